"""What staff read on Today."""

ARRIVALS = "Forms that came in"
NOTHING = "Nothing needs you right now"
NO_ARRIVALS = "Forms that your clients send appear here at once, without loading the page again."
NO_FORMS_HERE = "Your role does not include intake forms, so none are listed for you."
READ = "Read"
STATUS_ONLY = "You see that it came in. Its answers are for the therapist."


def sent_in(by: str, when: str) -> str:
    """Say who sent a form, and when."""
    return f"Sent {when} by {by}" if by else f"Sent {when}"
