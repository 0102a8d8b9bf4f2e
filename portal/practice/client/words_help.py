"""What staff read about helping a client sign in."""

from portal.accounts.rules_access_help import Stage
from portal.models import IdentityCheck

TITLE, HELP, HELP_TITLE = "Signing in", "Help sign in", "Help this client sign in"
ABOUT = "For a client who lost the password and the phone or recovery codes. A forgotten password alone needs no help."
WHAT_HAPPENS = (
    "We mail a link to the address that the client signs in with; you never see it. With the link and the date of "
    "birth on record they choose a new password, and codes at sign-in are switched off. Without a date of birth there "
    "is a wait of a day. A login that opens another practice too, or somebody's staff pages, takes three days more."
)
HOW = "How did you make sure that it is the client?"
CHECKS = {
    IdentityCheck.IN_PERSON: "They stand before me, and I know them or saw an identity card",
    IdentityCheck.CALLED_BACK: "I called back the phone number on record, and spoke with them",
    IdentityCheck.VIDEO: "I saw them in a video call, and I know them",
}
WRITTEN_DOWN = "Your answer is kept in the record of changes."
SEND, CLOSE = "Mail the link", "Close"
CHOOSE_CHECK = "Please say how you made sure that it is the client."
STARTED = "The link is on its way to the address that the client signs in with."
WITHDRAW, WITHDRAW_TITLE = "Withdraw the link", "Withdraw the link?"
WITHDRAW_TEXT, CANCEL = "It stops working at once. You can help again at any time.", "Leave it"
WITHDRAWN = "The link does not work any more."
_STANDING = {
    Stage.ASKS_OWNER: "A link was mailed on {began}. It waits until the client says that they asked for it.",
    Stage.WAITS: "A link was mailed on {began}. The client can use it from {opens} on.",
    Stage.OPEN: "A link was mailed on {began}, and was not used yet.",
    Stage.USED: "A link was mailed on {began}, and the client has used it.",
    Stage.STOPPED: "A link was mailed on {began}, and was stopped.",
    Stage.EXPIRED: "A link was mailed on {began}. Nobody used it, and it no longer works.",
}


def standing(stage: Stage, began: str, opens: str) -> str:
    """Say how a help stands."""
    return _STANDING[stage].format(began=began, opens=opens)
