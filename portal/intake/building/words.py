"""What the steps of the builder of forms say, and how its kinds are called."""

FIRST_SECTION = "First section"
FIRST_OPTIONS = ("First answer", "Second answer")
KINDS = {
    "section": "Section",
    "information": "Text to read",
    "line": "Short text",
    "paragraph": "Long text",
    "yes_no": "Yes or no",
    "agree": "Agreement (only Yes)",
    "one": "One choice",
    "several": "Several choices",
    "one_or_other": "Choice or own words",
    "whole_number": "Whole number",
    "number": "Number",
    "amount": "Amount with unit",
    "date": "Date",
    "date_time": "Date and time",
    "time": "Time",
    "link": "Web address",
    "file": "Photo or file",
}
OTHER_KIND = "Kept as imported"

GONE = "That part of the form is not there any more. Please look at the form again."
TOO_MANY = "A form can have 1,000 parts at most. Please split it into two forms."
TOO_DEEP = "That would be nested too deep. Please keep the form flatter."
AT_THE_TOP = "This is the first part already."
AT_THE_BOTTOM = "This is the last part already."
NOTHING_TO_GO_INTO = "There is nothing above it that it could go into."
NOTHING_BELOW_TEXT = "Nothing can stand below a text to read."
OUTERMOST = "This stands at the outermost level already."
UNKNOWN_KIND = "There is no such kind of question."
NO_QUESTION = "Only a question can be required."
NO_REPEATS = "This kind cannot be answered several times."
NO_OPTIONS_HERE = "Only choices have answers to choose from."
NO_LIMITS = "This kind has no limits."
NO_ALERT = "Only a choice can tell the practice at once."
LIMIT_BAD = "Please enter a number or a day that exists, or leave it empty."
CONDITION_BAD = "Please choose another question of this form for the condition."
NAME_IT = "Please give the form a name."
BANDS_OVERLAP = "Two ranges of the score overlap. Please check them."
BAND_BACKWARDS = "A range of the score ends before it begins. Please check it."
STALE = "{who} changed this form while you had it open. You see the latest now; your last change was not made."
STALE_SELF = "This form was changed in another window. You see the latest now; your last change was not made."
NOT_PUBLISHED = "This form cannot be published yet. Please look at what is listed."
NOTHING_TO_PUBLISH = "Nothing has changed since the last version."
ARCHIVED = "This form is archived. Restore it before you change it."
NEVER_PUBLISHED = "This form was never published, so there is nothing to take out yet."
COPY_OF = "{title} (copy)"
NEW_FORM = "New form"
THERE_ALREADY = "This very file is there already, as “{title}”. Nothing was changed."
BROUGHT_IN = "“{title}” is in: {items} parts on {pages} pages."
PREVIEW_CLIENT = "a client"
PREVIEW_ONLY = "This is a preview: nothing of it is kept or sent."

# What stands in the way of publishing
NO_TITLE = "The form has no name."
NO_QUESTIONS = "The form asks nothing yet."
EMPTY_SECTION = "This section is empty."
NO_TEXT = "This has no words yet."
FEW_OPTIONS = "A choice needs at least two answers."
SAME_OPTIONS = "Two answers say the same."
CONDITION_MISSING = "It is shown after a question that is not in the form any more."
CONDITION_CIRCLE = "Its condition goes round in a circle."
NO_POINTS = "The form has a score, but no answer has points."
NOBODY_SIGNS = "Nobody is to sign the form."


_VERBS = {"=": "is", "!=": "is not", ">": "is more than", "<": "is less than", ">=": "is at least", "<=": "is at most"}


def shown_when(question: str, operator: str, answer: str) -> str:
    """Say a condition in words."""
    if operator == "exists":
        return f"“{question}” is {'answered' if answer == 'true' else 'not answered'}"
    return f"“{question}” {_VERBS.get(operator, operator)} {answer}"
