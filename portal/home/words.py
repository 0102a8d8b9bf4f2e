"""What the home page says."""

ALL_DONE = "You are all done"
NOTHING_YET = "When your practice sends you something to do, it appears here."
NOBODY = "No practice has added you yet"
ASK = "Ask your practice to add you, with the email address you signed in with."
NOTHING_FOR = "Nothing to do right now."
SEE = "See"
FOR_YOU = "For you"


def for_person(given_name: str) -> str:
    """Head the list of somebody one acts for."""
    return f"For {given_name}"


def appointment_with(therapist: str) -> str:
    """Name the next appointment."""
    return f"Appointment with {therapist}"
