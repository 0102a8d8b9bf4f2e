"""Every sentence about messages that a person may read, but for the pages' own."""

ONLY_SPACES = "Please write something first."
TOO_LONG = "This message is too long. Please send it in parts of at most {most} letters."
NO_SUBJECT = "Please say in a few words what it is about."
TOO_MANY = "You have sent many messages in a short time. Please wait a minute."
NOBODY_TO_WRITE_TO = "Please choose who should get this message."
NOT_FOR_MESSAGES = "To read messages, open Messages first."
NO_THERAPIST = "None of the therapists in this conversation can be written to now. Please ring the practice."
NOBODY_READS = (
    "Nobody on {client}'s side can read messages now. Open the client's page and choose Why? to see the reason."
)
NOT_SUBSCRIBED = "You have no subscription to messaging, so you cannot write to clients. An administrator can add one."
READ_ONLY = "You opened this conversation as an administrator. You can read it, but not write."
OPENED = "{who}, an administrator, opened this conversation and can read it until {until}. Reason: {why}"
NO_REASON = "Please say why. Everybody in the conversation will see it."
NOT_THAT_FAR = "There is no such message."
THE_CLIENT = "client"
YOU = "You"
