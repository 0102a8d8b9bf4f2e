"""What the pages of messages say."""

MESSAGES = "Messages"
LEAD = "Write to your therapist here. Only the people named in a conversation can read it."
NEW = "New message"
NEW_TO = "Write a new message"
TO = "To"
ALSO = "Who else can read it"
ALSO_HELP = "Leave these empty for a conversation between you and your therapist alone. It cannot be changed later."
SUBJECT = "Subject"
SUBJECT_HELP = "A few words. Only the people in the conversation see them."
MESSAGE = "Message"
SEND = "Send"
NOTHING = "No messages yet"
NOTHING_HELP = "When you write to your therapist, or they write to you, the conversation appears here."
NOTHING_STAFF = (
    "When you write to a client, or somebody writes to you, the conversation appears here."
    " Clients can write to their therapists who are subscribed to messaging; an administrator sees that under Team."
)
NOTHING_FOUND = "No conversation fits"
NOTHING_FOUND_HELP = "You can look for a name, a subject or a date. What was written is not searched."
FIND = "Find"
FIND_ONE = "Find a conversation"
FIND_LABEL = "Name or subject"
SINCE, UNTIL = "From", "To"
ALL = "Show everything"
ARCHIVE, INBOX = "Show the archive", "Back to current messages"
OLDER = "Older conversations"
EARLIER = "Earlier messages"
PUT_ASIDE, TAKE_BACK = "Archive", "Take out of the archive"
WAS_PUT_ASIDE = "Archived. It comes back when something new arrives."
WAS_TAKEN_BACK = "Taken out of the archive."
PRINT = "Print"
PEOPLE = "In this conversation: "
NEW_MARK = "New"
UNREAD = "new"
CONVERSATION = "Conversation"
WITH_CLIENT = "Messages with this client"
ABOUT = "About "
WRITE_TO = "Who should get it"
HOURS = "When we answer: "
NO_HOURS = "Messages are not read around the clock."
HELP_NOW = "In danger, or need somebody now?"
CRISIS = (
    ("Emergency", "911", "tel:911"),
    ("Suicide and Crisis Lifeline, by phone or text, day and night", "988", "tel:988"),
    ("Crisis Text Line: text HOME to", "741741", "sms:741741"),
)
CRISIS_HELP = "Please do not wait for an answer here."
OTHERS = "Conversations you are not in"
OTHERS_HELP = (
    "Nobody reads a conversation they are not in. Where there is a serious reason, such as a complaint or a danger, "
    "you can open one for an hour. Everybody in it sees that you did, and why, and it is written down."
)
NO_OTHERS = "There are none."
REASON = "Reason"
REASON_HELP = "Everybody in the conversation will read this."
OPEN = "Open for an hour"
OPENED = "You can read this conversation for an hour."
STARTED = "Sent."

ATTACHING = {
    "add": "Attach a file",
    "help": "Photos (JPEG, PNG, WebP, GIF) and PDF files, up to 25 MB each.",
    "files": "Attached files",
    "remove": "Remove",
    "again": "Try again",
    "sending": "Being sent",
    "waits": "Waits for the connection, and is tried again by itself.",
    "lost": "This file could not be sent. Please try again.",
    "tooLarge": "This file is too large. Please choose one of at most 25 MB.",
    "tooMany": "A message can have at most 10 files. Please send the others with the next one.",
    "wait": "A file is still being sent. Please wait until it is there.",
    "stuck": "A file could not be attached. Please remove it first.",
}
FILES = "Attached: "
SAVE = "Save"
COMPOSER = {
    "label": "Your message",
    "send": SEND,
    "sending": "Sending…",
    "waits": "Waits for the connection. It goes out by itself, once.",
    "back": "Put it back into the box",
    "drop": "Throw it away",
    "empty": "Please write something first.",
    "outgoing": "On its way",
    "uploading": "Goes out when its files are there.",
    "attaching": ATTACHING,
}


def count_of(unread: int) -> str:
    """Say how much is new: "2 new"."""
    return f"{unread} {UNREAD}" if unread else ""
