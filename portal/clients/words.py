"""What people read about clients and contact networks."""

from collections.abc import Mapping

from portal.clients.views import ClientStatus
from portal.models import Basis, Permission

STATUS: Mapping[ClientStatus, str] = {
    ClientStatus.NO_EMAIL: "No email",
    ClientStatus.NOT_INVITED: "Not invited",
    ClientStatus.INVITED: "Invited",
    ClientStatus.ACTIVE: "Active",
    ClientStatus.ARCHIVED: "Archived",
}
PERMISSIONS: Mapping[Permission, str] = {
    Permission.FORMS: "Forms",
    Permission.PAYMENTS: "Payments",
    Permission.SCHEDULING: "Scheduling",
    Permission.MESSAGING: "Messages",
    Permission.INSURANCE: "Insurance",
}
BASES: Mapping[Basis, str] = {
    Basis.PARENT: "Parent",
    Basis.LEGAL_GUARDIAN: "Legal guardian",
    Basis.AGENCY: "Agency",
    Basis.POWER_OF_ATTORNEY: "Power of attorney",
    Basis.PAYER_ONLY: "Payer only",
    Basis.OTHER: "Other",
}
FIELDS: Mapping[str, str] = {
    "given_name": "First name",
    "family_name": "Last name",
    "birth_date": "Date of birth",
    "email": "Email",
    "phone": "Phone",
    "relationship": "Relationship",
}

CHECK_FIELDS = "Please check what you entered: {problems}"
NAME_MISSING = "Please enter the {field}."
NAME_LONG = "Please use at most 80 letters for the {field}."
NAME_ODD = "The {field} has a character that cannot be used. Please type it again."
NAME_NO_LETTER = "Please use at least one letter for the {field}."
BIRTH_DATE_BAD = "Please enter the date of birth as year-month-day, such as 2010-05-31."
BIRTH_DATE_FUTURE = "The date of birth is in the future."
BIRTH_DATE_OLD = "The date of birth is more than 120 years ago."
EMAIL_BAD = "Please enter an email address such as name@example.com."
PHONE_BAD = "Please enter a phone number with its area code. Start with + and the country code for other countries."
RELATIONSHIP_MISSING = "Please say how they are related, such as mother or caseworker."
RELATIONSHIP_BAD = "Please describe the relationship in at most 60 letters."
NOTE_LONG = "Please keep the note to 400 letters."

OPEN_THE_CLIENT = "To do this, open Clients first."
NOT_THERAPISTS = "Your role shows no therapists, so this list cannot be narrowed by them."
NOT_FEATURES = "Your role does not show whether this is switched off, so this list cannot be narrowed by it."
NOT_FOR_ASSIGNED = "Only an administrator or the front desk can do this. Please ask them."
BAD_PAGE = "We could not find that page of the list. Please start from the top."
TOO_MANY_CLIENTS = "Please choose at most 200 clients at a time."
NO_CLIENTS = "Please choose at least one client."
OFF_FOR_PRACTICE = "“{label}” is off for the whole practice, so there is nothing to switch for one client."
NO_SUCH_THERAPIST = "One of these people is not an active therapist of your practice. Please choose again."
ARCHIVED = "This record is archived. Restore it first."

SAME_EMAIL = "Has the same email address."
SAME_NAME_AND_BIRTH = "Has the same name and date of birth."
SAME_NAME = "Has the same name."
SAME_PERSON_OUT_OF_REACH = "A client like this is not assigned to you. Please ask an administrator."
SAME_CONTACT_OUT_OF_REACH = "Somebody with this email address is in the contact network of another client."

EMAIL_OF_SHARED_CONTACT = (
    "Somebody else's client is involved, so you cannot change this email address. "
    "Please ask an administrator or the front desk."
)
ALREADY_IN_NETWORK = "{name} is already in this contact network."
NOT_THEIR_OWN_CONTACT = "A client cannot be in their own contact network."
SAME_LOGIN = "Has the same login, so this is the same person."
OTHER_CONTACT_IS_CLIENT = "Another contact is this client already. Use that contact instead."
OTHER_LOGIN = "These two sign in with different logins, so they cannot be joined here."
ALREADY_A_CLIENT = "{name} is a client already."
CHOOSE_PERMISSION = "Please choose at least one thing that they may do."
CHOOSE_BASIS = "Please choose why they may do this, such as parent or agency."
END_BEFORE_START = "The last day is before the first day. Please choose a later last day."
END_IN_PAST = "The last day has passed already. To end access now, choose “End now”."
DAY_PASSED = "That day has passed. To end access now, choose “End now”."
DAY_BAD = "Please enter days as year-month-day, such as 2026-06-30."
DAY_FAR = "Please choose a day within the next 100 years."
GRANT_OVER = "This access has ended. Give it again if it is needed."
ONE_FORM_ONLY = "This access is for signing one form. It can be ended, not changed."
CLIENT_OF_AGE = "{client} is of age, so access as parent or guardian would not count. Choose another basis."
GIVEN = "{name} now has {given} for {client}."
GIVEN_ALREADY = "{name} already had {already}; that stays as it was."
NOTHING_GIVEN = "{name} already had {already}. Nothing was changed: use Change for other days."

ONLY_IN_PERSON = "Only {client} can decide this."
TOO_YOUNG = "You can decide who has access from the age of {age}. Until then please talk to {practice}."
NO_BIRTH_DATE = "{practice} has no date of birth for you. Please ask them to add it, then you can decide this here."
NOT_RENEWABLE = "This access does not depend on age, so there is nothing to renew."

CONTACTS_OFF = "Portal access for contacts is off for the whole practice. Nobody in this network can use the portal."
CONTACTS_OFF_FOR_CLIENT = "Portal access for contacts is off for {client}. Nobody in this network can use the portal."

OFF_HERE = "This is off for the whole practice."

FILE_EMPTY = "The file is empty."
FILE_TOO_LARGE = "The file is larger than 10 MB. Please split it."
FILE_NOT_CSV = "This is not a CSV file. Please save your list as CSV first."
FILE_ODD = "We could not use what was sent. Please choose the file again."
FILE_TOO_MANY = "The file has more than {most} rows. Please split it."
FILE_NO_NAMES = "The file needs a column “First name” and a column “Last name”. Its first line has to name the columns."
FILE_COLUMN_TWICE = "Two columns of the file mean “{field}”. Please keep one of them."
ROW_TOO_LONG = "This row has more cells than the first line. Is a name or an address missing its quotation marks?"
ROW_BIRTH_DATE = "The date of birth “{text}” cannot be read. Write it as year-month-day, such as 2010-05-31."
ROW_THERAPIST = "“{text}” is not an active therapist of this practice."
ROW_SAME_AS_LINE = "Looks like line {line} of this file."
ROW_SAME_AS_CLIENT = "Looks like {name}, who is a client already."

CONFIRM_ADDRESS = "Please confirm that you want that."
ADDRESS_LATER = "as soon as a location has one."


def will_see(clients: list[str], contacts: list[str], most: int) -> str:
    """Say who will see an address, by name; beyond `most` names they are counted."""
    people = list(dict.fromkeys([*clients, *contacts]))
    left = len(people) - most
    named = [*people[:most], f"{left} more"] if left > 1 else people
    return f"{joined(named)} will see the address of the location"


def joined(words: list[str]) -> str:
    """Put words into a sentence: "forms, payments and messages"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"
