"""What staff read on Today."""

HOW_IT_IS_SET_UP = "How the client portal is set up"
ARRIVALS = "Forms that came in"
NOTHING = "No form waits for you"
NO_ARRIVALS = "Forms that your clients send appear here at once, without loading the page again."
NO_FORMS_HERE = "Your role does not include intake forms, so none are listed for you."
READ = "Read"
STATUS_ONLY = "You see that it came in. Its answers are for the therapist."
ALERTS = "Needs you now"
ALERT_TEXT = (
    "gave an answer on safety that you should see now. The client was shown crisis help at once. Please get in touch."
)
ALERT_OPEN, ACKNOWLEDGE = "Open the client", "I have seen this"
ACKNOWLEDGED = "Noted, with your name and the time."


def raised(when: str) -> str:
    """Say when an alert was raised."""
    return f"Since {when}" if when == "yesterday" else when[:1].upper() + when[1:]


def acknowledge(client: str) -> str:
    """Name the button that takes note of an alert."""
    return f"{ACKNOWLEDGE}: {client}"


def sent_in(by: str, when: str) -> str:
    """Say who sent a form, and when."""
    return f"Sent {when} by {by}" if by else f"Sent {when}"
