"""What staff read on the list of clients."""

MESSAGES_WITH = "Messages with "
CLIENTS = "Clients"
SEARCH = "Search"
SEARCH_HELP = "By name, email or phone. The first letters are enough."
STATUS, ANY_STATUS = "Status", "Not archived"
THERAPIST, ANY_THERAPIST = "Therapist", "All therapists"
SWITCHED_OFF, ANY_FEATURE = "Switched off", "Any or none"
NAME, THERAPISTS, CONTACT, NETWORK = "Name", "Therapists", "Email and phone", "Contact network"
NOBODY_YET = "No clients yet"
NOBODY_YET_HELP = "The clients of your practice appear here. Add the first one to invite them to the portal."
NOBODY_ASSIGNED = "No clients yet"
NOBODY_ASSIGNED_HELP = "The clients who are assigned to you appear here."
NOBODY_FOUND = "Nobody was found"
NOBODY_FOUND_HELP = "Try fewer letters, or another status. Archived clients are listed under the status “Archived”."
MORE = "Show more"
STALE = "Something in this list has changed."
REFRESH = "Show the latest"

IMPORT, EXPORT, MESSAGES = "Import a list", "Export the list", "Invitation messages"
EXPORT_HELP = "A file for a spreadsheet. We ask for your password first, and write down that it was fetched."
ADD = "Add client"
ADD_TITLE = "Add a client"
ADD_ANYWAY = "Add as a new client all the same"
CLOSE = "Close"
GIVEN_NAME, FAMILY_NAME, BIRTH_DATE, EMAIL, PHONE = "First name", "Last name", "Date of birth", "Email", "Phone"
EMAIL_HELP = "Needed to invite the client. Leave it empty for a child without an email address."
BIRTH_DATE_HELP = "Asked as a second check when the client joins; access of parents ends by it."
LOOKS_LIKE = "This may be somebody you have already:"
LOOKS_LIKE_HELP = "Nobody was added yet. Open the record to check, or add a new client all the same."

ONE_PICKED, MANY_PICKED, UNPICK = "1 client chosen", "{count} clients chosen", "Choose nobody"
PICKED = "With those who are chosen"
SWITCH, SWITCH_TITLE = "Switch a feature", "Switch a feature for those who are chosen"
SWITCH_HELP = (
    "Off means off for these clients alone. A feature cannot be on for a client while it is off for the practice."
)
FEATURE = "Feature"
SWITCH_OFF, FOLLOW = "Switch off", "As the practice decided"
SHOW_ADDRESS = "Yes, these clients may see the address of the location"
INVITE, INVITE_TITLE = "Invite", "Invite those who are chosen"
PREVIEW, SEND = "Preview", "Send invitations"
CANNOT = "These cannot be invited and are passed over:"
WILL_GET = "Everybody gets their own name in it. This is the first one:"
OFF = "Off: {features}"
MAIL_FAILS = "Mail does not arrive"
SHORT = {
    "online_payments": "payments",
    "secure_messaging": "messages",
    "self_scheduling": "self-scheduling",
    "insurance_info": "insurance",
    "new_payers": "new payers",
    "contact_access": "contacts",
    "hide_location": "hidden address",
}


def switched(changed: int, chosen: int, *, off: bool) -> str:
    """Say for how many of the chosen clients something was switched, and for how many it was so before."""
    if not changed:
        return "Nothing to change: it was so already."
    people = _clients(changed)
    said = f"Switched off for {people}." if off else f"As the practice decided, for {people}."
    return said if changed == chosen else f"{said} For {_clients(chosen - changed)} it was so already."


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients"


def progress(done: int, count: int) -> str:
    """Say how far sending many invitations has come."""
    return f"{done} of {count} done…"


def counted(shown: int, *, more: bool) -> str:
    """Say how many clients are listed."""
    if more:
        return f"The first {shown} clients"
    return _clients(shown)


def pick(name: str) -> str:
    """Name the box that chooses somebody."""
    return f"Choose {name}"


def people(count: int) -> str:
    """Say how many people are in a contact network."""
    return "" if not count else "1 contact" if count == 1 else f"{count} contacts"
