"""What staff read on the list of clients."""

CLIENTS = "Clients"
SEARCH = "Search"
SEARCH_HELP = "By name, e-mail or phone. The first letters are enough."
STATUS, ANY_STATUS = "Status", "All but archived"
THERAPIST, ANY_THERAPIST = "Therapist", "All therapists"
NAME, THERAPISTS, CONTACT, NETWORK = "Name", "Therapists", "E-mail and phone", "Contact network"
NO_THERAPIST = "No therapist"
NOBODY_YET = "No clients yet"
NOBODY_YET_HELP = "The clients of your practice appear here. Add the first one to invite them to the portal."
NOBODY_ASSIGNED = "No clients yet"
NOBODY_ASSIGNED_HELP = "The clients who are assigned to you appear here."
NOBODY_FOUND = "Nobody was found"
NOBODY_FOUND_HELP = "Try fewer letters, or another status. Archived clients are listed under the status “Archived”."
MORE = "Show more"
STALE = "Something in this list has changed."
REFRESH = "Show the latest"

ADD = "Add client"
ADD_TITLE = "Add a client"
ADD_ANYWAY = "Add as a new client all the same"
CLOSE = "Close"
GIVEN_NAME, FAMILY_NAME, BIRTH_DATE, EMAIL, PHONE = "First name", "Last name", "Date of birth", "E-mail", "Phone"
EMAIL_HELP = "Needed to invite the client. Leave it empty for a child without an e-mail address."
BIRTH_DATE_HELP = "Asked as a second check when the client joins; access of parents ends by it."
LOOKS_LIKE = "This may be somebody you have already:"
LOOKS_LIKE_HELP = "Nobody was added yet. Open the record to check, or add a new client all the same."


def counted(shown: int, *, more: bool) -> str:
    """Say how many clients are listed."""
    if more:
        return f"The first {shown} clients"
    return "1 client" if shown == 1 else f"{shown} clients"


def people(count: int) -> str:
    """Say how many people are in a contact network."""
    return "" if not count else "1 contact" if count == 1 else f"{count} contacts"
