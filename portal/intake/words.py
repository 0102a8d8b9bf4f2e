"""Every sentence about forms that a person may read, in one place."""

from typing import TYPE_CHECKING

from portal.intake.fhir.findings import Reason

if TYPE_CHECKING:
    from portal.intake.fhir.scoring import Result

# Answers
NOT_AN_ANSWER = "That is not an answer we can keep. Please enter it again."
TOO_MANY_CHOICES = "That is more than this question can hold. Please choose fewer."
STRANGE_CHARACTERS = "Your text has a character that cannot be stored. Please remove it and try again."
NOT_ASKED = "This question is not asked here, so it cannot be answered."
DOES_NOT_APPLY = "This question does not apply any more after another answer, so this answer was not saved."
ONE_ANSWER = "This question takes one answer."
NEEDS_TEXT = "Please answer this question with text."
NEEDS_YES_OR_NO = "Please answer this question with Yes or No."
NEEDS_DATE = "Please enter a date that exists, with year, month and day."
CHECK_YEAR = "Please check the year."
NEEDS_WHOLE_NUMBER = "Please enter a whole number, such as 3."
NEEDS_NUMBER = "Please enter a number."
NUMBER_TOO_LARGE = "This number is too large."
NEEDS_OPTION = "Please choose one of the answers that are offered."
NEEDS_ADDRESS = "Please enter a web address, such as https://example.org."
NEEDS_TIME = "Please enter a time, such as 14:30."
NEEDS_MOMENT = "Please enter a date and a time."
NEEDS_UNIT = "Please choose a unit."
NEEDS_FILE = "Please add a file."
NEEDS_PATTERN = "This does not look as it should. Please check it."
KEEP_ONE = "Please keep at least one entry."
FILE_GONE = "This file is not there any more. Please add it again."
A_FILE = "File"
PLEASE_ADD = "Please add a file."
PLEASE_ANSWER = "Please answer this question."
PLEASE_CHOOSE = "Please choose an answer."
PLEASE_AGREE = "Please answer Yes: the form cannot be sent without it."
OTHER_OPERATION = "This answer could not be saved. Please reload the page and enter it again."
NO_ANSWER = "No answer"
YES, NO = "Yes", "No"

# Sheets
CLOSED = "This form was signed and sent, so its answers can no longer change."
NOT_SENT_YET = "This form is still being filled in. You can read it once it is signed and sent."
STATUS_ONLY = "Your role sees where a form stands, not what was answered."
NOT_FOR_FORMS = "This needs access to forms."
TYPE_NAME = "Please type your full name to sign."
NAME_TOO_LONG = "Please keep your name under 200 characters."
DRAW_AGAIN = "Your drawn signature could not be read. Please clear it and draw it again, or leave it out."
PLEASE_CONFIRM = "Please tick the box to confirm that you agree."
NOTHING_ANSWERED = "Nothing has been answered yet. Please fill in the form before you sign."
STILL_MISSING = "Some answers are still missing. Please complete them before you sign."
VIEWED_WHILE_OPEN = "This form is not done yet. You can read it once it is signed and sent."
SIGNED_BY_OTHERS = "The practice asked somebody else to sign this form. You can fill it in, but not sign it."
ON_BEHALF = "{relationship}, on behalf of {client}"
CONTACT = "contact"
IN_PERSON = "client"

# Sending
DUE_IN_THE_PAST = "The day by which a form is due cannot be in the past."
NO_SUCH_SIGNER = "A signer has to be one of this client's contacts."
EMPTY_PACKET = "Please choose at least one form."
PACKET_TOO_LARGE = "Please send at most 20 forms at once, and each of them once."
NO_SIGNER = "Somebody has to be able to sign this form."

# Importing
UNTITLED = "Untitled form"
THE_FORM = "the form"
FILE_TOO_LARGE = "This file is too large: a form has at most 3 MB. Nothing was imported."
NOT_TEXT = "This file is not text in UTF-8, so it is no FHIR Questionnaire. Nothing was imported."
NOT_JSON = "This file is not valid JSON, so it is no FHIR Questionnaire. Nothing was imported."
NOT_A_QUESTIONNAIRE = "This file is not a FHIR Questionnaire. Nothing was imported."
STRANGE_FILE = "This file holds characters that cannot be stored. Nothing was imported."
NO_ITEMS = "This Questionnaire asks nothing: it has no items. Nothing was imported."
REQUIRED_GROUP = "Please answer at least one of these questions."
BROKEN_ITEM = "One item of this Questionnaire is not a JSON object. Nothing was imported."


def other_resource(kind: str) -> str:
    """Name what a file is instead of a Questionnaire."""
    return f"This file is a FHIR {kind[:60]}, not a Questionnaire. Nothing was imported."


def twice(path: str) -> str:
    """Name a linkId that occurs twice."""
    return f"Two items of this Questionnaire have the linkId “{path}”. Nothing was imported."


def key_twice(name: str) -> str:
    """Name a key that one JSON object holds twice."""
    return f"The key “{name[:60]}” stands twice in one object of this file, so one would be lost. Nothing was imported."


def like_an_instance(path: str) -> str:
    """Name a linkId that looks like an entry of a repeated group."""
    return f"The linkId “{path[:60]}” could be taken for an entry of another item. Nothing was imported."


def at_least_entries(limit: int) -> str:
    """Say how many entries a repeated group needs."""
    return f"Please add at least {limit} of these entries."


def too_many_items(limit: int) -> str:
    """Say how many items a form may have."""
    return f"This Questionnaire has more than {limit:,} items. Please split it. Nothing was imported."


def too_deep(path: str, limit: int) -> str:
    """Say how deep items may be nested."""
    return f"The item “{path}” is nested more than {limit} levels deep. Nothing was imported."


def item_without_id(text: str) -> str:
    """Name an item without a linkId, by its text."""
    return f"The item “{text}” has no linkId. Nothing was imported."


def item_without_type(path: str) -> str:
    """Name an item without a type."""
    return f"The item “{path}” has no type. Nothing was imported."


def id_too_long(path: str, limit: int) -> str:
    """Name a linkId that is too long."""
    return f"The linkId that begins with “{path}” is longer than {limit} characters. Nothing was imported."


def text_is_no_text(path: str) -> str:
    """Name an item whose text is something else."""
    return f"The text of the item “{path}” is not text. Nothing was imported."


def items_are_no_list(path: str) -> str:
    """Name an item whose children are not a list."""
    return f"What stands under “{path}” is not a list of items. Nothing was imported."


def page_title(number: int) -> str:
    """Name a page that has no title."""
    return f"Part {number}"


def text_too_long(limit: int) -> str:
    """Say how long a text may be."""
    return f"Your text is too long. Please keep it under {limit:,} characters."


def text_too_short(limit: int) -> str:
    """Say how long a text has to be."""
    return f"Your text is too short. Please use at least {limit:,} characters."


def at_most_answers(limit: int) -> str:
    """Say how many answers a question takes."""
    return "This question takes one answer." if limit == 1 else f"This takes {limit} entries at most."


def at_least_answers(limit: int) -> str:
    """Say how many answers a question needs."""
    return f"Please give at least {limit} answers."


def instance_title(title: str, number: int) -> str:
    """Name one instance of a group that is repeated."""
    return f"{title} {number}".strip() if title else f"Entry {number}"


def points(score: "Result") -> str:
    """Write a score: "14 of 27"."""
    text = f"{score.points.normalize():f} of {score.highest.normalize():f}"
    return text if score.is_complete else f"{text}, with questions left open"


def at_least(limit: str) -> str:
    """Say the smallest value."""
    return f"Please enter {limit} or more."


def at_most(limit: str) -> str:
    """Say the greatest value."""
    return f"Please enter {limit} or less."


def not_before(day: str) -> str:
    """Say the first day."""
    return f"Please enter {day} or a later day."


def not_after(day: str) -> str:
    """Say the last day."""
    return f"Please enter {day} or an earlier day."


def intent(capacity: str, title: str) -> str:
    """Say what signing means."""
    return (
        f"By typing my name and choosing Sign, I sign “{title}” as {capacity}. I have read it, and what I answered is "
        "true as far as I know. My typed name counts like my signature by hand."
    )


def own_name(name: str) -> str:
    """Ask for one's own name."""
    return f"Please sign with your own name: {name}."


FACTS = {
    "given_name": "the client's first name",
    "family_name": "the client's last name",
    "name": "the client's name",
    "birth_date": "the client's birth date",
    "today": "the day on which the form is filled in",
    "practice": "the name of the practice",
    "therapist": "the name of the client's therapist",
    "email": "the client's email address",
    "phone": "the client's phone number",
    "is_adult": "whether the client is 18 or older",
}
REPORT = {
    Reason.TYPE: "“{name}” is no type of FHIR R4: people read that the practice will ask this question.",
    Reason.EXPRESSION: "“{name}” is computed, which is not supported: the form works without it.",
    Reason.MODIFIER: "“{name}” changes the meaning of what it stands on, which is not supported. Please check it.",
    Reason.EXTENSION: "The extension “{name}” is not known here: it has no effect.",
    Reason.ELEMENT: "“{name}” is no element of FHIR R4 where it stands, or not of its type: it has no effect.",
    Reason.CONTAINED: "“{name}” is brought along in the file, which is not supported: it has no effect.",
    Reason.CONTROL: "The look “{name}” is not supported: this is shown as others of its type are.",
    Reason.OPTIONS: "{name} of the choices cannot be offered: empty, of another type, there twice, or too many.",
    Reason.PARTIAL_OPTIONS: "Not all choices of “{name}” are listed in the file: those that are listed are offered.",
    Reason.REMOTE_OPTIONS: "The choices of “{name}” are not in the file: the question is asked as text.",
    Reason.NO_OPTIONS: "A choice without anything to choose is asked as text.",
    Reason.REPEATS: "Questions under one that takes several answers are asked once, not once for each answer.",
    Reason.ONCE: "A yes/no question is said to repeat: it takes one answer.",
    Reason.LIMITS: "“{name}” is a limit that no answer could keep: answers are not held against it.",
    Reason.PATTERN: "The pattern “{name}” is not simple enough to check safely: answers are not held against it.",
    Reason.FILLED: "A read-only question is filled in by the portal: {name}.",
    Reason.FIXED: "A reference is shown, with the name that the form gives it, and never asked for.",
    Reason.NO_TEXT: "A question has no text: its linkId is shown instead.",
    Reason.READ_ONLY: "A required question is read-only: it never keeps anybody from signing.",
    Reason.CONCEALED: "A required question is hidden: it never keeps anybody from signing.",
    Reason.DOTTED: "A condition names “{name}”: its last part was taken as the question.",
    Reason.STATUS: "A condition looks at the status of the answers: while a form is filled in, it is “in-progress”.",
    Reason.MISSING: "A condition names “{name}”, which is not in the form: it counts as a question never answered.",
    Reason.CIRCULAR: "A condition on “{name}” goes round in a circle: what was answered there counts, shown or not.",
    Reason.CONDITION: "A condition cannot be understood (operator “{name}”): it hides nothing.",
    Reason.NEVER: "A condition on “{name}” can never hold, as nobody can give that answer there: check what it hides.",
    Reason.BEHAVIOR: "Several conditions, but the form does not say whether all must hold: one is enough.",
    Reason.INITIAL: "A value that should stand there from the start does not fit the question: it is left out.",
}
