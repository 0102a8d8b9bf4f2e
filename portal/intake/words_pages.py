"""What the pages of forms say. What the filler itself says is in assets/ui/filler/words.js."""

from datetime import date

FORMS = "Forms"
ALL_FORMS = "All forms"
TO_FILL_IN = "To fill in"
SENT_IN = "Sent"
NOTHING_OPEN = "Nothing to fill in"
NOTHING_OPEN_HELP = "When your practice sends a form, it appears here."
START, CONTINUE, READ = "Start", "Continue", "Read"
FORM = "Form"
ANSWERS = "Answers"

NOT_YET = "Not sent yet"
SENT_TITLE = "Your form was sent"
SIGNED_BY = "Signed by"
TYPED_NAME = "Typed name"
DRAWN = "Drawn signature"
SIGNED_AS = "Signed as"
SIGNED_AT = "Signed on"
DOCUMENT = "Download as PDF"
FINGERPRINT = "Fingerprint"
FINGERPRINT_HELP = "This code is worked out from the answers. If any answer were changed, it would be another."
INTACT = "The answers are exactly what was signed."
NOT_INTACT = "These answers are not what was signed. Please tell whoever runs your portal."
NO_ANSWER = "No answer"
SIGNATURES = "Signatures"
SCORES = "Scores"
BACK_TO_TODAY = "Back to Today"
STATUS = {
    "sent": "New",
    "seen": "New",
    "in_progress": "Started",
    "signing": "Waits for others to sign",
    "submitted": "Sent",
    "returned": "Please look at it again",
    "completed": "Completed",
}
YOU_SIGN = "Waits for your signature"
OTHERS_SIGN = "Your signature is there. The form goes to the practice once the others have signed it."
SIGN_TOO_TITLE = "Your signature is wanted too"
SIGN_TOO_HELP = "Others have signed these answers. Read them, and sign below if they are right."
SIGN_TOO_NAME, SIGN_TOO_AGREE, SIGN_TOO = "Your full name", "I have read this, and I agree", "Sign"


def what_is_next(practice: str) -> str:
    """Say what happens after a form was sent."""
    return (
        f"{practice} has it now and reads it before the next appointment. You do not need to do anything else. "
        "If something has to be corrected, they will write to you."
    )


def sent_by(name: str, moment: str) -> str:
    """Say who sent a form, and when."""
    return f"{name} signed and sent this form on {moment}." if name else f"This form was sent on {moment}."


def due(day: date | None, today: date) -> str:
    """Say when a form is due; days within a week by their name."""
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return "Was due yesterday" if left == -1 else f"Was due {-left} days ago"
    if left < 2:
        return "Due today" if left == 0 else "Due tomorrow"
    if left < 7:
        return f"Due on {day:%A}"
    return f"Due on {day:%A}, {day.day} {day:%B}"


def progress(answered: int, total: int) -> str:
    """Say how far a form is."""
    return f"{answered} of {total} answered" if answered else ""
