"""Every sentence about insurance that a person may read, but for what stands on the pages."""

from collections.abc import Mapping
from types import MappingProxyType

from portal.models import Subscriber

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "payer": "Insurance company",
        "plan": "Plan",
        "member_id": "Member ID",
        "group_number": "Group number",
        "subscriber": "Who holds this insurance",
        "subscriber_name": "Name of who holds it",
        "subscriber_birth_date": "Date of birth of who holds it",
        "first_day": "First day",
        "last_day": "Last day",
        "front": "Front of the card",
        "back": "Back of the card",
    }
)
"""What a policy has, in the order in which it is shown."""
SUBSCRIBERS: Mapping[Subscriber, str] = MappingProxyType(
    {
        Subscriber.SELF: "The client",
        Subscriber.PARENT: "A parent",
        Subscriber.SPOUSE: "The spouse or partner",
        Subscriber.GUARDIAN: "A guardian",
        Subscriber.OTHER: "Somebody else",
    }
)
PLACES = ("Primary", "Secondary", "Tertiary")
ENDED = "Ended"

MISSING = "Please enter the {field}."
TOO_LONG = "Please shorten the {field} to at most {most} characters."
ODD = "The {field} has signs in it that nobody can see. Please type it again."
CARD_SIGNS = "A {field} has letters, digits, spaces and hyphens only, as on the card."
NO_SUCH_CHOICE = "Please choose who holds this insurance."
NOT_A_DAY = "Please enter the {field} as a date."
OUT_OF_RANGE = "The {field} is too far away. Please check the year."
ENDS_FIRST = "The last day is before the first day."

NOT_LISTED = "This company is not on the list of {practice}. Please choose one from the list, or call the practice."
NOT_LISTED_STAFF = "This company is not on your list. Please choose one that is, or tick that it is to come onto it."
DECIDE_FIRST = "A change of this insurance waits for a decision. Please decide about it first."
PAYER_NAME = "Please give the company a name of 2 to 120 letters."
PAYER_THERE = "This company is on your list already."
ONLY_PHOTOS = "Please send a photo of the card (JPEG, PNG, WebP or GIF)."
PHOTO_GONE = "A photo of the card is not there any more. Please take it again."
THREE_ALREADY = "There are three policies already. Please end one of them first."
HAS_CHANGED = "Somebody changed this insurance just now. Please look at it again: nothing of yours was saved."
HAS_CHANGED_MEANWHILE = (
    "The practice changed this insurance while you were typing. What is on record now stands above; what you typed is "
    "still here. Please look through it and send it again."
)
NOTHING_CHANGED = "Nothing is different from what is on record. Please change something, or close this."
ALREADY_WAITING = "A change of this insurance waits for the practice already. Take it back first if it is wrong."
NOT_WAITING = "This was decided, or taken back, just now. Please look at it again."
NOT_FOR_YOU = "Only those who keep the books of the practice look after insurance."
EVERY_FIELD = "Please decide about every line."
NEEDS_BOTH = "A new insurance needs a company and a member ID. Change what is wrong with them, or reject every line."

NEW, NEW_AT, CHANGE_OF = "New insurance", "New {place} insurance", "Change of the {place} insurance"
SENT_BY = "Sent by {name} on {when}"
NOTHING = "Nothing"
VERDICTS: Mapping[str, str] = MappingProxyType({"accept": "Accepted", "edit": "Changed", "reject": "Not taken"})
MESSAGE_LONG = "Please shorten your message to at most 500 characters."


def place_of(place: int | None) -> str:
    """Name a place in the order of policies."""
    return PLACES[place - 1] if place else ENDED


def field_of(name: str) -> str:
    """Name a field within a sentence."""
    label = FIELDS[name]
    return label if label.startswith("Member") else label[0].lower() + label[1:]
