"""What staff read on the page of one client."""

from datetime import date

BACK = "All clients"
CLOSE, SAVE, CANCEL = "Close", "Save", "Leave it"
WHY = "Why?"

MESSAGES = "Messages"
INSURANCE = "Insurance"
DETAILS, EDIT, EDIT_DETAILS = "Details", "Edit", "Edit details"
GIVEN_NAME, FAMILY_NAME, BIRTH_DATE, EMAIL, PHONE = "First name", "Last name", "Date of birth", "Email", "Phone"
THERAPISTS, NO_THERAPIST = "Therapists", "No therapist yet"
CHANGE_THERAPISTS, THERAPISTS_HELP = "Change therapists", "Therapists see the clients who are assigned to them."
NOT_RECORDED = "Not recorded"
CONFLICT = "Somebody else changed this record meanwhile, so nothing was saved yet. What you typed is still here."
CONFLICT_NEXT = "Save again to keep what you typed."
USE_THEIRS = "Use theirs"
SAVED, THERAPISTS_SAVED = "The details are saved.", "The therapists are saved."
ARCHIVE, RESTORE = "Archive", "Restore"
ARCHIVE_QUESTION = "Archive this record?"
ARCHIVE_TEXT = (
    "From this moment nobody can act for this client in the portal. Receipts and signed forms can still be read. "
    "Nothing is deleted, and you can restore the record at any time."
)
ARCHIVED = "This record is archived. Nobody can act for this client, and nothing can be changed until it is restored."
IS_ARCHIVED, IS_RESTORED = "The record is archived.", "The record is restored, with everything as it was."

FEATURES = "Features"
FEATURES_HELP = "What the practice has on can be switched off for this client alone. It holds at once."
AS_PRACTICE, OFF_HERE = "On, as for the whole practice.", "Switched off for this client."
ONLY_ADMINISTRATORS = "Only an administrator can change this."
SWITCH_ARCHIVED = "This record is archived, so nothing can be changed."
SHOW_ADDRESS_QUESTION, SHOW_REALLY_QUESTION = "Show the address?", "Really show the address?"
SHOW_REALLY = "Please confirm once more: the address becomes visible at once."
CANNOT_BE_UNSEEN = "You can hide it again, but nobody forgets what they have read."
SHOW_ADDRESS, KEEP_HIDDEN, UNDO = "Show the address", "Keep it hidden", "Undo"

FORMS, SEND_FORM, SEND = "Forms", "Send a form", "Send"
SEND_SEVERAL = "Send several forms"
FORM, DUE, DUE_HELP = "Form", "Due on", "Leave it empty when there is no hurry."
CHOOSE = "Please choose"
CHOOSE_FORM = "Please choose a form."
DAY_BAD = "Please choose a day of the calendar."
NO_FORMS, NO_FORMS_HELP = "No forms yet", "Forms that you send appear here, with how far they are."
FORM_SENT = "The form is on its way."
SIGNERS = "Who signs"
SIGNERS_HELP = "Tick nobody: then anyone with access to forms can sign. One signature is enough."
THIS_FORM_ONLY = "Gets access to this form only, until it is signed."
NO_LOGIN_YET = "Has no login yet: invite them too."
READ = "Read"
REMIND, REMINDED = "Remind", "The reminder is on its way."
HAPPENED = "What happened"
TAKE_BACK, TAKE_BACK_QUESTION = "Take back", "Take this form back?"
TAKE_BACK_TEXT = "Nobody is asked for it any more, and it leaves their list. What was answered stays in the record."
TAKEN_BACK = "The form is taken back."
FORM_STATUS = {
    "sent": "Not opened yet",
    "seen": "Opened",
    "in_progress": "Being filled in",
    "signing": "Signed by some, waits for others",
    "submitted": "Signed and sent",
    "returned": "Returned for correction",
    "completed": "Completed",
    "revoked": "Taken back",
    "expired": "Expired",
}

INVITATION, INVITE, INVITE_TITLE = "Invitation", "Invite", "Invite to the portal"
NEVER_INVITED = "Nobody has invited this client yet."
HAS_JOINED = "This client has a login."
WHOM, MESSAGE, FORMS_ALONG = "Whom", "Message", "Forms to complete"
MESSAGE_HELP = "{first_name}, {practice}, {therapist} and {link} are filled in for each person."
KEEP_WORDS, KEEP_NAME, KEEP_NOW = "Keep these words for later", "Name of the message", "Keep"
KEEP_HELP = "Everybody in your team who invites people can choose it then."
FORMS_NOT_NAMED = "These forms wait behind the link. The mail does not name them:"
KEPT_MESSAGES, MANAGE_MESSAGES = "Messages that you keep", "Rename or delete messages"
PREVIEW, SEND_INVITATION, SEND_AGAIN, WITHDRAW = "Preview", "Send invitation", "Send again", "Withdraw"
PREVIEW_TITLE, PREVIEW_TO, PREVIEW_SUBJECT = "This is what they get", "To", "Subject"
SENT_AGAIN = "A new invitation is on its way. The old link does not work any more."
WITHDRAWN = "The invitation is withdrawn. Its link does not work any more."
WITHDRAW_QUESTION = "Withdraw the invitation?"
WITHDRAW_TEXT = "The link in the mail stops working at once. You can invite again at any time."

NETWORK = "Contact network"
NETWORK_HELP = "People who look after this client, and what each of them may do in the portal."
NOBODY, NOBODY_HELP = (
    "Nobody in the contact network",
    "Parents, guardians, caseworkers or whoever pays appear here. Each gets only what you give them.",
)
ADD_PERSON, ADD_TITLE = "Add a person", "Add a person to the contact network"
FIND_KNOWN, FIND_KNOWN_HELP = (
    "Somebody you know already?",
    "Search by name, email or phone, or enter a new person below.",
)
CHOOSE_THIS, CHOSEN, SOMEBODY_ELSE = "Choose", "You are adding", "Somebody else"
NOT_KNOWN = "Nobody was found. Enter the person below."
RELATIONSHIP, RELATIONSHIP_HELP = "Relationship to the client", "Such as mother, aunt or caseworker."
NOT_ADDED_YET = "Nobody was added yet. This may be somebody you know:"
ADD, ADD_ANYWAY = "Add", "Add as a new person all the same"
ADDED_ONLY = "The person is in the contact network now. They may do nothing yet: give access when you are ready."
MAY_DO, NOTHING_YET, CHOOSE_ACCESS = "What they may do", "Nothing yet", "Please choose"
CHOOSE_ACCESS_FIRST = "Please choose what they may do."
OFTEN, SINGLE = "Often chosen", "One thing only"
BASIS, AS_PRESET, BASIS_HELP = "Because they are", "As usual for this choice", "Needed for one thing only."
FIRST_DAY, FIRST_DAY_HELP = "First day", "Empty: today."
LAST_DAY, LAST_DAY_HELP = "Last day", "Access ends after this day. Empty: no end."
NOTE, NOTE_HELP = "Note", "For your team only."
GIVE, GIVE_TITLE = "Give access", "Give access"
CHANGE, CHANGED = "Change", "The change is saved. It holds from now on."
END_NOW, END_QUESTION = "End now", "End this access now?"
ENDED = "The access has ended. It holds on their next click, also on a page that is open."
EARLIER = "Ended"
NO_ACCESS = "May do nothing at the moment."
HAS_LOGIN, NO_LOGIN = "Has a login", "No login yet"
PERSON_SAVED = "The person's details are saved."
OTHER_CLIENTS = "A change of name, email or phone holds for every client they look after."
CONVERT = "Make a client"
CONVERT_HELP = (
    "They get a record of their own, with the same name, email, phone and login. What they may do for others stays."
)
CONVERT_BIRTH_HELP = "Asked as a second check when they join. It may stay empty."
CONVERT_WHO = "You have somebody like this already. Who is it?"
CONVERT_NEW = "None of them: add a new client"
CONVERT_CHOOSE = "Please choose who this is."
CONVERTED = "This person is a client too now. Their name leads to their own record."
REMOVE, REMOVE_QUESTION = "Remove", "Remove {name} from this contact network?"
REMOVE_TEXT = "All their access for this client ends at once. For other clients nothing changes."
REMOVED = "The person is no longer in the contact network."

MAIL_FAILS = "Mail to {name} does not arrive: {reason}. Please check the address with them."
VIEW_AS = "View as"
WHY_TITLE = "What {person} may do for {client}"
WHY_OWN = "What {person} may do in the portal"
ALLOWED, NOT_ALLOWED, PASSED, FAILED = "Allowed", "Not allowed", "Holds", "Stands in the way"


def day(text: str) -> str:
    """Write "2026-11-24" as "24 November 2026"; nothing for nothing."""
    if not text:
        return ""
    when = date.fromisoformat(text)
    return f"{when.day} {when:%B} {when.year}"


def conflict(theirs: str, mine: str) -> str:
    """Say what two people wrote into one field."""
    return f"They wrote “{theirs}”, you wrote “{mine}”." if theirs else f"They left it empty, you wrote “{mine}”."


def mail_fails(name: str, reason: str) -> str:
    """Say that mail to somebody does not arrive, and why; nothing while it does."""
    return MAIL_FAILS.format(name=name, reason=reason) if reason else ""


def switched(label: str, *, is_on: bool) -> str:
    """Say what a feature is now for this client."""
    return f"{label}: as for the whole practice again." if is_on else f"{label}: now off for this client."


def kept(name: str) -> str:
    """Say that a message is kept."""
    return f"The message is kept as “{name}”."


def end_text(person: str, what: str, client: str) -> str:
    """Say what ending one access does."""
    return f"{person} loses access to {what.lower()} for {client} on the next click, also on a page that is open."


def end_name(what: str, person: str) -> str:
    """Name the button that ends an access for who cannot see where it stands."""
    return f"End now: {what} for {person}"


def change_name(what: str, person: str) -> str:
    """Name what changes an access for who cannot see where it stands."""
    return f"Change {what.lower()} of {person}"
