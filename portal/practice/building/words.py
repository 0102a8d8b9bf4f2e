"""What the page of the builder says. What its parts say in the browser is in WORDS."""

FORM, BACK = "Form", "All forms"
PREVIEW, PREVIEW_HELP = "Preview", "As a client sees it on a phone. Fill it in to try it: nothing is kept."
NOTHING_TO_SHOW = "Add a question to see it here."
START_OVER = "Start over"
VERSIONS = "Versions"
NO_VERSIONS = "This form was never published, so it cannot be sent yet."
PUBLISH, PUBLISH_TITLE = "Publish version {number}", "Publish version {number}?"
PUBLISH_TEXT = (
    "From now on it is sent as version {number}. Forms that were sent before keep the version they were sent with."
)
CANCEL = "Cancel"
DISCARD, DISCARD_TITLE = "Discard changes", "Discard all changes since version {number}?"
DISCARD_TEXT = "The form is then again as it was published last."
DISCARDED = "The changes are gone. You see the published version."
PROBLEMS = "To put right before it can be published"
READY = "Nothing stands in the way of publishing."
UNCHANGED = "No changes since version {number}."
NOT_SENT = "This is a preview: nothing was signed or sent."
ARCHIVED = "This form is archived. Restore it on the list of forms before you change it."
KEPT = "Draft, kept {when}"


def published(number: int) -> str:
    """Say that a version was published."""
    return f"Version {number} is published. You can send it now."


def version_line(number: int, when: str, who: str) -> str:
    """Say when a version was published, and by whom."""
    return f"Version {number}, {when}" + (f", by {who}" if who else "")


WORDS = {
    "outline": "Parts of the form",
    "form": "The form itself",
    "add": "Add",
    "addHere": "Add after “{text}”",
    "addEnd": "Add at the end",
    "kind": "Kind",
    "text": "Question",
    "sectionText": "Title of the section",
    "informationText": "Text",
    "help": "Help under it",
    "required": "Has to be answered",
    "repeats": "Can be answered several times",
    "sectionRepeats": "Can be filled in several times",
    "options": "Answers to choose from",
    "option": "Answer {number}",
    "points": "Points",
    "pointsOf": "Points of answer {number}",
    "addOption": "Add an answer",
    "removeOption": "Remove answer {number}",
    "alerts": "Tell us at once when an answer with points is chosen",
    "alertsHelp": "Crisis help belongs on the form too: add a text to read, shown when this is answered so.",
    "minimum": "Smallest",
    "maximum": "Greatest",
    "longest": "Longest, in characters (0: the usual limit)",
    "unit": "Unit",
    "conditions": "When it is shown",
    "always": "Always",
    "addCondition": "Add a condition",
    "showWhen": "Show this when",
    "andAll": "all of these hold",
    "orAny": "any of these holds",
    "howMany": "How many have to hold",
    "question": "Question of condition {number}",
    "operator": "Comparison of condition {number}",
    "value": "Answer of condition {number}",
    "removeCondition": "Remove condition {number}",
    "chooseQuestion": "Choose a question",
    "is": "is",
    "isNot": "is not",
    "more": "is more than",
    "less": "is less than",
    "atLeast": "is at least",
    "atMost": "is at most",
    "answered": "is answered",
    "unanswered": "is not answered",
    "yes": "Yes",
    "no": "No",
    "up": "Move up",
    "down": "Move down",
    "in": "Move in",
    "out": "Move out",
    "copy": "Copy",
    "remove": "Remove",
    "undo": "Undo",
    "redo": "Redo",
    "keys": "Keys: Alt with the arrows moves a part, Ctrl Z takes the last change back, Delete removes.",
    "untitled": "No words yet",
    "requiredMark": "required",
    "name": "Name of the form",
    "description": "What it is for (only you see this)",
    "signatures": "Signatures",
    "clientSigns": "The client signs",
    "contactSigns": "A contact signs (a parent, a guardian …)",
    "oneSigns": "One of them is enough",
    "allSign": "All who are named have to sign",
    "countersign": "A therapist signs below them",
    "score": "Score",
    "scoreHelp": "The sum of the points of all answers. Give points to answers first.",
    "scoreName": "Name of the score",
    "bands": "Ranges",
    "low": "From",
    "high": "To",
    "label": "Called",
    "addBand": "Add a range",
    "removeBand": "Remove range {number}",
    "range": "Range {number}",
    "addScore": "Add a score",
    "removeScore": "Remove the score",
    "kept": "Kept",
    "keeping": "Keeping…",
}
