"""What the home page says."""

ALL_DONE = "You are all done"
NOTHING_YET = "When your practice sends you something to do, it appears here."
NOBODY = "No practice has added you yet"
CLOSED = "Nothing is open to you right now"
ASK = "Ask your practice to add you, with the email address you signed in with."
NOTHING_FOR = "Nothing to do right now."
SEE = "See"
PAY = "Pay"
READ = "Read"
JOIN = "Join"
JOIN_NOTE = "opens in a new tab"
FOR_YOU = "For you"


def for_person(given_name: str) -> str:
    """Head the list of somebody one acts for."""
    return f"For {given_name}"


def appointment_with(therapist: str) -> str:
    """Name the next appointment."""
    return f"Appointment with {therapist}"


def to_pay(amount: str) -> str:
    """Name what is owed."""
    return f"{amount} to pay"


def sessions(count: int) -> str:
    """Say of how much it is the sum."""
    return "1 session" if count == 1 else f"{count} sessions"


def new_messages(threads: int) -> str:
    """Name what waits to be read."""
    return "A new message" if threads == 1 else f"New messages in {threads} conversations"
