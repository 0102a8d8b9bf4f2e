"""What the home page says."""

from datetime import date, timedelta

ALL_DONE = "You are all done"
NOTHING_YET = "When your practice sends you something to do, it appears here."
NOBODY = "No practice has added you yet"
ASK = "Ask your practice to add you, with the email address you signed in with."
NOTHING_FOR = "Nothing to do right now."
START, CONTINUE = "Start", "Continue"
FOR_YOU = "For you"


def for_person(given_name: str) -> str:
    """Head the list of somebody one acts for."""
    return f"For {given_name}"


def due(day: date | None, today: date) -> str:
    """Say when something is due; days within a week by their name."""
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return "Was due yesterday" if left == -1 else f"Was due {-left} days ago"
    if left < 2:
        return "Due today" if left == 0 else "Due tomorrow"
    if day - today < timedelta(days=7):
        return f"Due on {day:%A}"
    return f"Due on {day:%A}, {day.day} {day:%B}"


def progress(answered: int, total: int) -> str:
    """Say how far a form is."""
    if not answered:
        return ""
    return f"{answered} of {total} answered"
