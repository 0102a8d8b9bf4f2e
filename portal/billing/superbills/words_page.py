"""What the pages about superbills say."""

TITLE = "Superbill"
OWN_HELP = "For your insurance, if your practice does not bill it: hand this in, and ask to be paid back."
OWN_CARE = "It names the diagnosis. Keep it where nobody else reads it."
FIRST, LAST = "From", "Until"
DOWNLOAD = "Download a superbill"
ON_ITS_WAY = "The superbill is on its way."
STAFF_HELP = "What this client hands to an insurer that you do not work with. It names the diagnosis."
MISSING = "Missing for sessions of the last twelve months"
NOTHING_MISSING = "Nothing is missing for the sessions of the last twelve months."
NO_SESSIONS = "No session was kept and charged in the last twelve months. Sessions appear on a superbill once they are."
DIAGNOSES = "Diagnoses"
DIAGNOSES_HELP = "A session is billed with the diagnoses that held on its day. Who looks here is written down."
SHOW, HIDE = "Show diagnoses", "Hide diagnoses"
NO_DIAGNOSES = "No diagnosis is entered yet."
CODES, CODES_HELP = (
    "ICD-10-CM codes",
    "Like F41.1, F43.10. Leave it empty to take away what was entered for that day.",
)
FROM_DAY, FROM_DAY_HELP = "Applies from", "The first session that it is about, or the day on which it changed."
SAVE = "Save"
DIAGNOSES_SAVED = "The diagnoses are saved."

SETUP_TITLE = "Superbills"
LEAD = "What superbills say of your practice. Without a CPT code, an NPI and a diagnosis a session stands on none."
PRACTICE = "The practice"
EIN, EIN_HELP = "Tax ID (EIN)", "Nine digits, like 12-3456789."
GROUP_NPI, NPI, NPI_HELP = "NPI of the practice", "NPI", "Ten digits, as the NPI registry has them."
ADDRESS, ADDRESS_HELP = "Address on superbills", "As your insurers know it. It may differ from where you see clients."
VIDEO_PLACE = "Where clients are during a session by video"
VIDEO_PLACES = {"10": "At home (10)", "02": "Somewhere else (02)"}
CLINICIANS = "Who gives care"
LICENCE, LICENCE_HELP = "Credential and license", "Like LMHC, NY 012345."
SERVICES = "Services"
CODE, CODE_HELP = "CPT code", "Five characters, like 90834."
NO_SERVICES = "There is no service yet. You add services under Calendar, Services."
SAVED = "Saved. Superbills say it from now on."


def from_day(day: str) -> str:
    """Say from when diagnoses hold."""
    return f"From {day}"
