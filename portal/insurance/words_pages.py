"""What the pages about insurance say."""

TITLE = "Insurance"
LEAD = "What you send is looked at by your practice first. Until then nothing changes."
NONE, NONE_HELP = "No insurance yet", "Add yours, and your practice looks at it."
NONE_STAFF, NONE_STAFF_HELP = "No insurance yet", "Add a policy, or wait for the client to send one."
ADD, UPDATE, CLOSE, SEND, SAVE = "Add insurance", "Update", "Close without sending", "Send to the practice", "Save"
CLOSE_STAFF = "Close without saving"
WAITS_HERE = "A change of this waits for the practice."
WAITS_FOR_STAFF = "A change of this waits for a decision."
WAITING = "Waiting for the practice"
STALE = "The practice has changed this insurance since you sent it. It still decides about what you sent."
STALE_STAFF = "This insurance was changed since the client sent it. What is on record now stands in the middle."
TAKE_BACK, TAKE_BACK_TITLE, KEEP_IT = "Take back", "Take this back?", "Keep it"
TAKE_BACK_TEXT = "The practice does not see it any more. What is on record stays as it is."
TAKEN_BACK = "You took it back. Nothing was changed."
SENT = "Sent. It is waiting for the practice now."
LATEST = "What the practice decided"
MESSAGE_FROM = "From the practice"
BEFORE, NOW, AFTER, WAS = "On record", "On record now", "New", "On record when it was sent"
WAS_BEFORE, BECAME, ASKED = "Before", "After", "What was sent"
NOTHING = "Nothing"

PAYER = "Insurance company"
PAYER_HELP = "Start typing, and choose yours from the list."
PAYER_NEW_HELP = (
    "Start typing, and choose yours from the list. If it is not there, write its name; the practice adds it."
)
PLAN, PLAN_HELP = "Plan", "As it stands on the card, such as Open Choice PPO. Leave it empty when there is none."
MEMBER, GROUP = "Member ID", "Group number"
GROUP_HELP = "Leave it empty when there is none on the card."
SUBSCRIBER, HOLDER, HOLDER_BORN = "Who holds this insurance", "Their full name", "Their date of birth"
FIRST_DAY, LAST_DAY = "First day", "Last day"
LAST_HELP = "Leave this empty while the insurance runs."
PLACE, PLACE_HELP = "Which one is it", "Primary is billed first."
FRONT, BACK = "Front of the card", "Back of the card"
CARD_WORDS = {
    "take": "Take a photo",
    "choose": "Choose a picture",
    "again": "Replace it",
    "sending": "Sending the photo…",
    "there": "The photo is there.",
    "lost": "The photo did not arrive. Please try again.",
    "tooLarge": "This picture is too large. Please choose one of at most 15 MB.",
    "preview": "What you chose",
}

REVIEW_TITLE = "Insurance"
REVIEW_LEAD = "Changes that clients and their families sent, and the companies that they choose from."
QUEUE = "Waiting for you"
NOBODY, NOBODY_HELP = (
    "Nothing waits",
    "What clients and their families change about insurance appears here at once, without loading the page again.",
)
OPEN, MORE, BACK_TO_QUEUE = "Look at it", "Show more", "Back to the list"
RECORD = "Insurance of this client"
ACCEPT, EDIT, REJECT = "Accept", "Change", "Reject"
DECIDE_LINE = "What about it?"
INSTEAD = "Write this instead"
MESSAGE, MESSAGE_HELP = "Message to who sent it", "They read this in the portal. You can leave it empty."
DECIDE, ACCEPT_ALL = "Save these decisions", "Accept everything"
ACCEPT_ALL_TITLE = "Accept everything?"
ACCEPT_ALL_TEXT = "Every line becomes what was sent, and is in force at once."
DECIDED = "Decided. Whoever sent it sees what you said."
MOVED_ON = "Somebody changed this meanwhile."
LOOK_AGAIN = "Look again"
NEW_PAYER = "This company is not on your list yet. Accepting it puts it there."
PUT_AT = "Place"
CANCEL = "Cancel"

PAYERS = "Insurance companies"
PAYERS_HELP = "Clients choose from this list. What you put aside is not offered any more; policies with it stay."
FIND_PAYER = "Find a company"
ADD_PAYER, PAYER_NAME = "Add a company", "Name of the company"
LARGE = "Add the large companies"
LARGE_DONE_NONE = "They are on your list already."
PUT_ASIDE, OFFER = "Put aside", "Offer again"
NO_PAYERS, NO_PAYERS_HELP = "No company is called that", "Type fewer letters, or add the company."
PAYER_ADDED, PAYER_CHANGED = "The company is on your list.", "The list is changed."

DESK_LEAD = "What you enter here is in force at once. Every earlier version stays in the history."
BACK_TO_CLIENT = "Back to the client"
ADD_POLICY, CHANGE = "Add a policy", "Change"
ADDS_PAYER, ADDS_PAYER_HELP = "Put this company on our list", "Needed only when it is not there yet."
UP = "Move up"
END, END_TITLE = "End", "End this policy?"
END_TEXT = "It stays in the record. Those after it move up by one place."
ENDED, SAVED, MOVED = "The policy has ended.", "Saved.", "The order is changed."
HISTORY = "History"


def waiting(count: int) -> str:
    """Say how many changes wait, where staff notice it; nothing for none."""
    if not count:
        return ""
    return "1 change of insurance waits." if count == 1 else f"{count} changes of insurance wait."


def large_done(count: int) -> str:
    """Say how many companies were added."""
    return f"{count} companies are on your list now." if count else LARGE_DONE_NONE
