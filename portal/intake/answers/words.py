"""What staff read around a form that came in."""

STATUS, DUE = "Where it stands", "Due {when}"
COMMENT, COMMENT_ABOUT = "Comment", "Comment on this answer"
COMMENT_WHOLE = "Comment on the form"
YOUR_COMMENT = "Your comment"
COMMENT_HELP = "The client's side reads it when you return the form."
SAY, CLOSE = "Add the comment", "Close"
SAID = "The comment is added."
RETURN, RETURN_TITLE = "Return to be corrected", "Return this form to be corrected"
RETURN_HELP = (
    "Whoever signed it can change the answers and sign again. What was signed now stays as it is, and can be read."
)
RETURN_TEXT = "What has to be corrected (not needed where you commented on answers)"
RETURN_NOW = "Return it"
RETURNED = "The form is on its way back. They hear of it by email."
COUNTERSIGN, COUNTERSIGN_TITLE = "Countersign", "Countersign and complete"
NAME, AGREE = "Your full name", "I have read it and countersign it"
COUNTERSIGNED = "Countersigned. The form is complete."
COMPLETE, COMPLETE_TITLE = "Complete", "Complete and lock this form?"
COMPLETE_TEXT = "Nothing can be changed, commented on or returned after that. It stays readable."
COMPLETED = "The form is complete."
CANCEL = "Cancel"
COMMENTS, HISTORY, VERSIONS = "Comments", "What happened", "What was signed before"
NEWEST = "Show what was signed last"
COURSE = "Over time"
WHEN, POINTS, BAND = "When", "Points", "Means"


def said(author: str, when: str) -> str:
    """Say who commented, and when."""
    return f"{author}, {when}"


def version(number: int, who: str, when: str) -> str:
    """Name a frozen state."""
    return f"Version {number}, signed by {who} on {when}"


def showing(number: int) -> str:
    """Say which state is shown."""
    return f"You are reading version {number}, which was signed before the form was corrected."


def countersigned(name: str, capacity: str, when: str) -> str:
    """Say who countersigned, as what, and when."""
    return f"Countersigned by {name}, {capacity}, on {when}."


def points(number: str, highest: str) -> str:
    """Say a score."""
    return f"{number} of {highest}"
