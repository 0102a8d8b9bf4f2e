"""What staff read about the messages that the practice keeps."""

TITLE = "Invitation messages"
LEAD = "Words that your team can choose when it invites people. What stands in { } is filled in for each person."
BACK = "All clients"
NONE, NONE_HELP = (
    "No messages yet",
    "Write one here, or keep the words of an invitation while you write it. It can be chosen from then on.",
)
ADD, ADD_TITLE = "Write a message", "Write a message"
EDIT, DELETE, SAVE, CLOSE, CANCEL = "Edit", "Delete", "Save", "Close", "Leave it"
NAME, BODY = "Name", "Message"
NAME_HELP = "Only your team sees it."
BODY_HELP = (
    "{first_name}, {practice} and {therapist} are filled in. {link} is the button that opens the invitation; without "
    "it the button stands at the end."
)
DELETE_TEXT = "It cannot be chosen any more. Invitations that were sent with it stay as they are."
SAVED, DELETED = "The message is saved.", "The message is deleted."


def delete_question(name: str) -> str:
    """Ask before a message is deleted."""
    return f"Delete “{name}”?"
