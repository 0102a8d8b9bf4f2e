"""What administrators read on Organization, Mail."""

from portal.notifications.views import Tally

LEAD = "Mail that did not arrive, and the work that the portal does by itself. The words of mails are not shown here."
FAILED, FAILED_HELP = "Mail that did not arrive", "The mail server refused it, or could not be reached for a whole day."
NONE_FAILED = "Every mail has arrived"
NONE_FAILED_HELP = "A mail that the mail server refuses appears here, with the reason. You can then send it again."
TRIED, TRIED_HELP = "Being tried again", "The mail server did not take these yet. The portal tries again by itself."
AGAIN, ASIDE, CANCEL, OLDER = "Send again", "Set aside", "Keep it", "Show older mail"
ASIDE_QUESTION = "Set this mail aside?"
SENT_AGAIN = "The mail is on its way again. If it is refused once more, it comes back to this list."
SET_ASIDE = "The mail is set aside."
JOBS = "Done by itself"
JOBS_HELP = (
    "For every practice on this server. If something does not run for long, tell whoever looks after the server."
)
LAST, NEXT, NEVER, RUNNING = "Last", "Next", "Not yet", "At it now"

JOB_LABELS = {
    "waiting messages": "Mails about unread messages",
    "payments": "Payments that were not heard of",
    "appointments": "Reminders of appointments, requests that expire",
    "due forms": "Reminders of forms, forms that expire",
    "coming of age": "Notes about clients who come of age",
    "leftovers": "Clearing away what nobody uses",
    "old mail": "Forgetting mail that was sent over a year ago",
}


def tally(counts: Tally) -> str:
    """Say how the mail stands."""
    return (
        f"Sent in the last seven days: {counts.sent:,}. Waiting: {counts.waiting:,}. Did not arrive: {counts.failed:,}."
    )


def to_whom(name: str, address: str) -> str:
    """Say to whom a mail was written."""
    return f"{name}, {address}" if name else address


def reason(text: str, tries: int) -> str:
    """Say why a mail was not taken, and how often it was tried."""
    said = f"{text[:1].upper()}{text[1:]}" if text else "It was not taken"
    return f"{said}. Tried once." if tries <= 1 else f"{said}. Tried {tries} times."


def again_name(subject: str, address: str) -> str:
    """Name the button that sends a mail again for who cannot see where it stands."""
    return f"Send again: {subject}, to {address}"


def aside_name(subject: str, address: str) -> str:
    """Name the button that sets a mail aside for who cannot see where it stands."""
    return f"Set aside: {subject}, to {address}"


def aside_text(subject: str, address: str) -> str:
    """Say what setting a mail aside does."""
    return f"“{subject}”, to {address}. It leaves this list and is not sent any more."


def done(found: int) -> str:
    """Say that a job went well."""
    return "Done" if not found else f"Done: {found:,}"


def failing(times: int, kind: str) -> str:
    """Say that a job failed, how often in a row, and with what."""
    return f"Failed ({kind})" if times <= 1 else f"Failed {times} times in a row ({kind})"
