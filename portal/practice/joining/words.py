"""What staff read about people who ask to join."""

TITLE = "Requests to join"
LEAD = (
    "These people followed your New Invitation link. Decide who each of them is: nothing happens before you do, and "
    "they do not learn whether you know them."
)
BACK = "All clients"
NOBODY, NOBODY_HELP = (
    "Nobody is waiting",
    "Whoever follows your New Invitation link appears here at once, without loading the page again.",
)
COUNTED_ONE, COUNTED_MANY = "1 person is waiting", "{count} people are waiting"
NAME, BIRTH_DATE, EMAIL, PHONE = "Name", "Date of birth", "Email", "Phone"
THEY_WROTE, ON_RECORD, COMPARED = "They wrote", "On record", "Compared"
SAME, DIFFERENT = "Same", "Different"
NOT_GIVEN, NOT_RECORDED = "Not given", "Not recorded"
NOTE = "Their message"
LOOKS_LIKE = "Looks like {name}"
NOBODY_ALIKE = "Nobody on your list looks like this person."
ONLY_CONTACT = (
    "In a contact network, not a client. If this is the same person and they want care themselves, open the record "
    "below, choose “Make a client” for them, and then reject this request."
)
HAS_LOGIN = "Has a login already."
ARCHIVED = "This record is archived."
SERVES = "Looks after"

SAME_PERSON, NEW_CLIENT, REJECT, LEAVE = "Same person", "New client", "Reject", "Leave it"
TAKE_EMAIL = "Same person, with the new email"
SAME_QUESTION = "Is this {name}?"
NEW_QUESTION = "Make {name} a new client?"
REJECT_QUESTION = "Reject the request of {name}?"
SAME_INVITES = "No second record is made. An invitation goes to {email}, the address on record."
SAME_TAKES = (
    "No second record is made. The address on record becomes {email}, and an invitation goes there. Ask the person "
    "first: anybody can type a name and a date of birth."
)
SAME_NO_EMAIL = "No second record is made. The record has no email address, so nobody is invited."
SAME_LOGIN = "No second record is made, and nothing is sent: they have a login. Tell them to sign in."
SAME_ARCHIVED = "No second record is made, and nothing is sent: the record is archived. Restore it to invite them."
NEW_TEXT = "A new record is added with what they wrote, and an invitation goes to {email}."
NEW_DESPITE = "They look like {names}. You will have two records, and they stay two."
REJECT_TEXT = "The request is put aside. Nobody is told, and no record is added or changed."
REJECTED = "The request is put aside."
MORE_ALIKE = "They look like somebody who was added just now. Please look again before you decide."
ASKED = "Asked on {when}"
BANNER_ONE, BANNER_MANY = "1 person asks to join.", "{count} people ask to join."
BANNER_LINK = "Decide who they are"


def counted(count: int) -> str:
    """Say how many wait."""
    return COUNTED_ONE if count == 1 else COUNTED_MANY.format(count=count)


def banner(count: int) -> str:
    """Say how many ask to join, where staff notice it; nothing for nobody."""
    if not count:
        return ""
    return BANNER_ONE if count == 1 else BANNER_MANY.format(count=count)
