"""What administrators read on Organization, Audit."""

from portal.audit.service import ChainReport
from portal.audit.trail import Entry
from portal.audit.words import ACCESS_KINDS, ACTIONS, fault_sentence
from portal.practice import words_team
from portal.practice.settings import words as settings_words

LEAD = (
    "What was done in your practice, by whom and when. Nobody can change or delete an entry, not even an administrator."
)
SHOW, CHANGES, LOOKS = "Show", "What was done", "Who looked at records"
PERSON, ANYBODY = "Person", "Anybody"
CLIENT, CLIENT_HELP = "Client", "The beginning of a name, an email address or a phone number."
ACTION, ANYTHING = "What", "Anything"
FIND, ALL = "Find", "Show everything"
ENTRIES = "Entries"
OLDER = "Show older entries"
ONLY = "Show only what concerns this person"
NOTHING = "No entry fits"
NOTHING_HELP = "Look for something else, or show everything."
VERIFY = "Verify"
VERIFY_TITLE = "Is the record whole?"
VERIFY_HELP = (
    "Every entry is tied to the one before it. This reads them all, and finds what was changed, removed or moved."
)
JOB = "Portico"


def what_was_done(entry: Entry) -> str:
    """Say what an entry is about; an action that has no sentence yet keeps its name."""
    return ACTIONS.get(entry.action, entry.action)


def what_was_seen(kind: str) -> str:
    """Say what somebody looked at."""
    return ACCESS_KINDS.get(kind, kind)


def actions() -> list[tuple[str, str]]:
    """List the actions one can look for, by their sentences."""
    return sorted(((name, text[0].upper() + text[1:]) for name, text in ACTIONS.items()), key=lambda pair: pair[1])


def detail_of(entry: Entry) -> str:
    """Say more about an entry where its detail is made for people: settings and roles."""
    detail = entry.detail
    if "setting" in detail:
        what, from_to = settings_words.history_line(str(detail["setting"]), detail.get("from"), detail.get("to"))
        return f"{what}: {from_to[0].lower()}{from_to[1:]}" if "to" in detail and from_to else what
    if entry.action == "staff.role_changed":
        return f"From {_role(detail.get('from'))} to {_role(detail.get('to'))}"
    return ""


def _role(word: object) -> str:
    return next((label.lower() for role, label in words_team.ROLES.items() if role == word), str(word))


def verdict(report: ChainReport) -> str:
    """Say how the chain stands."""
    count = f"{report.events:,}"
    if report.intact:
        return f"All {count} entries are there, unchanged and in order."
    found = "one fault" if len(report.problems) == 1 else f"{len(report.problems)} faults"
    return f"This record is not whole: {found} in {count} entries. Please tell whoever runs your server."


def end_of(report: ChainReport) -> str:
    """Say where the chain ends: written down elsewhere, it proves later that nothing was cut off."""
    if not report.events:
        return ""
    return f"It ends with entry {report.end.sequence}, {report.end.hash[:16]}. Keep this, and compare it another day."


def faults(report: ChainReport) -> list[str]:
    """Say each fault."""
    return [fault_sentence(problem) for problem in report.problems]
