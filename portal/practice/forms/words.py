"""What staff read on the list of the practice's forms."""

FORMS = "Forms"
SEARCH = "Search"
SHOW, IN_USE, ARCHIVED = "Show", "In use", "Archived"
NONE_FOUND = "No form was found"
NONE_FOUND_HELP = "Try fewer letters, or look among the archived forms."
NONE_YET = "No forms yet"
NONE_YET_HELP = "Begin a new form, or bring one in from a file."
NONE_ARCHIVED = "Nothing is archived"
NONE_ARCHIVED_HELP = "Forms that you archive are kept here, and can be put back into use."
NEW, NEW_TITLE, NAME, BEGIN = "New form", "Begin a new form", "Name of the form", "Begin"
NAME_HELP = "Clients see this name. You can change it later."
IMPORT, IMPORT_TITLE = "Bring in", "Bring a form in"
IMPORT_HELP = (
    "A form in the FHIR R4 format (Questionnaire, JSON). What the portal cannot act upon is listed afterwards and kept."
)
IMPORT_TEXT, IMPORT_FILE, IMPORT_NOW = "The text of the file", "Choose a file", "Bring it in"
EDIT, DUPLICATE, ARCHIVE, RESTORE, EXPORT = "Edit", "Copy", "Archive", "Restore", "Download"
CLOSE, CANCEL = "Close", "Cancel"
ARCHIVE_TITLE = "Archive this form?"
ARCHIVE_TEXT = "It can no longer be sent. What was sent already goes on as it is. You can restore it at any time."
DRAFT = "Draft"
ARCHIVED_NOW = "Archived. You find it under “Archived”."
RESTORED_NOW = "The form is in use again."
ALL_UNDERSTOOD = "Everything in it is understood."
REPORT_TITLE = "What the portal does not act upon"


def version(number: int) -> str:
    """Name a version."""
    return f"Version {number}" if number else "Never published"


def waiting(count: int) -> str:
    """Say how many sheets of a form are still to be signed."""
    return "" if not count else "1 waits to be signed" if count == 1 else f"{count} wait to be signed"


def published(when: str) -> str:
    """Say when the newest version was published."""
    return f"Published {when}"


def edited(who: str, when: str) -> str:
    """Say who edited the draft last, and when."""
    return f"Draft, edited {when} by {who}" if who else f"Draft, edited {when}"


def counted(count: int) -> str:
    """Say how many forms are listed."""
    return "1 form" if count == 1 else f"{count} forms"
