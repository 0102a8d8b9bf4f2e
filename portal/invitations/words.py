"""What people read about invitations."""

from collections.abc import Mapping

from portal.invitations.views import InvitationState

STATES: Mapping[InvitationState, str] = {
    InvitationState.NOT_INVITED: "Not invited",
    InvitationState.INVITED: "Invited",
    InvitationState.FOLLOWED: "Opened the invitation",
    InvitationState.JOINED: "Joined",
    InvitationState.MAIL_REFUSED: "Mail refused",
    InvitationState.EXPIRED: "Invitation expired",
    InvitationState.REVOKED: "Invitation withdrawn",
}
PLACEHOLDERS: Mapping[str, str] = {
    "first_name": "the first name of whoever gets the mail",
    "practice": "the name of your practice",
    "therapist": "the client's therapists",
    "link": "the button that opens the invitation; without it the button stands at the end",
}
SUBJECT = "You are invited"
BUTTON = "Open your invitation"
UNTIL = "The link works once, until {until}. If you did not expect this mail, you need not do anything."
DEFAULT_MESSAGE = """Hello {first_name},

{practice} invites you to its client portal. There you can complete your forms, on a phone or a computer.

{link}

If you have a question, please call us.

{practice}"""
STAFF_MESSAGE = """Hello {first_name},

{practice} invites you to work with its client portal.

{link}"""
NO_THERAPIST = "your therapist"

NOBODY = "Please choose at least one person."
TOO_MANY = "Please invite at most 200 people at a time."
TOO_MANY_FORMS = "Please choose at most 20 forms."
NO_SUCH_FORM = "One of these forms is not in use any more. Please choose again."
MESSAGE_MISSING = "Please write a message."
MESSAGE_LONG = "Please keep the message to 3,000 letters."
MESSAGE_ODD = "The message has a character that cannot be used. Please type it again."
LINK_TWICE = "{link} can stand in the message only once."
UNKNOWN_PLACEHOLDER = "{unknown} is not something we can fill in. You can use {known}."

NO_EMAIL = "Has no email address. Please add one first."
HAS_LOGIN = "Has a login already."
ARCHIVED = "The record is archived."
LOGIN_OF_ANOTHER = "This email address is the login of another client of your practice. Please add one of their own."
EMAIL_OF_CONTACT = (
    "This is the email address of somebody in the contact network. Invite them as a contact, "
    "or add an address of the client's own."
)
NO_FORMS_ACCESS = "Has no access to the forms of this client. Give it first, or invite without forms."

SENT_ONE = "One invitation is on its way."
SENT_MANY = "{count} invitations are on their way."
SENT_NONE = "No invitation was sent."
PASSED_OVER = "{count} could not be invited."

ALREADY_JOINED = "This person has joined already."
NOT_OPEN = "This invitation was used, withdrawn or replaced already."

DEFAULT_NAME = "Our suggestion"
TEMPLATE_NAME_MISSING = "Please give the message a name."
TEMPLATE_NAME_LONG = "Please keep the name to 80 letters."
TEMPLATE_NAME_TAKEN = "There is a message with this name already."
TOO_MANY_TEMPLATES = "You have 100 messages already. Please delete one first."

NOT_FOR_ASSIGNED = "Only an administrator or the front desk can decide this. Please ask them."
DECIDED_ALREADY = "Somebody has decided this already."
SAME_PERSON = "Joined with the record of {name}. An invitation is on its way to {email}."
SAME_HAS_LOGIN = "Joined with the record of {name}, who has a login already. Nothing was sent."
SAME_NOT_INVITED = "Joined with the record of {name}. No invitation was sent: {reason}"
NEW_CLIENT = "{name} is a client now. An invitation is on its way to {email}."
NEW_NOT_INVITED = "{name} is a client now. No invitation was sent: {reason}"
NOTE_LONG = "Please keep your message to 1,000 letters."
NOTE_ODD = "Your message has a character that cannot be used. Please type it again."
EMAIL_MISSING = "Please enter your email address."
BIRTH_DATE_MISSING = "Please enter your date of birth."

ENTER_BIRTH_DATE = "Enter your date of birth."
WRONG_BIRTH_DATE = "That is not the date of birth that {practice} has for you. Please check it. {left}"
ENTER_BIRTH_DATE_OF_CLIENT = "Enter the date of birth of the client you are invited for."
WRONG_BIRTH_DATE_OF_CLIENT = (
    "That is not the date of birth that {practice} has for the client you are invited for. Please check it. {left}"
)
LAST_TRY = "You have one more try."
MORE_TRIES = "You have {count} more tries."
LOGIN_TAKEN = "This login belongs to another record at {practice}. Please ask them."
LOGIN_JUST_MADE = "A login with this email address was made just now. Please open the invitation again."
SIGN_IN_FIRST = "This email address has a login already. Sign in with it first, then open the invitation again."
SIGN_UP_OFF = "{practice} takes new clients in person. Please ask them."


def sent(count: int, passed_over: int) -> str:
    """Say how many invitations went out, and how many people could not be invited."""
    told = {0: SENT_NONE, 1: SENT_ONE}.get(count, SENT_MANY.format(count=count))
    return f"{told} {PASSED_OVER.format(count=passed_over)}" if passed_over else told


def enter_birth_date(*, is_own: bool) -> str:
    """Ask for the date of birth that is missing: one's own, or that of whom one looks after."""
    return ENTER_BIRTH_DATE if is_own else ENTER_BIRTH_DATE_OF_CLIENT
