"""Every sentence about money that a person may read."""

CHOOSE_SOMETHING = "Please choose what you want to pay."
ONE_CURRENCY = "These are in different currencies. Please pay them one after the other."
HAS_CHANGED = "What is owed has changed, or somebody is paying it right now. Please look at it again. Nothing was paid."
PART_OF_ONE = "You can pay a part of one session, or several sessions in full."
MORE_THAN_OWED = "That is more than is owed for this session. Nothing was paid."
TOO_LITTLE = "Please pay at least 0.50. Nothing was paid."
NO_AMOUNT = "Please enter an amount above zero."
PAID_ALREADY = "More than that was paid for it already. Give a refund first."
ALREADY_GIVEN = "That is more than is left of this payment."
MORE_THAN_OPEN = "That is more than is open for this client. Nothing was noted."
NO_CARD = "That card is no longer there. Please choose another."
DECLINED = "The card was declined. Nothing was paid. Please try another card."
NOT_REACHED = "We could not reach the payment service. Nothing was paid. Please try again in a few minutes."
UNSURE = (
    "We are still waiting to hear whether this was paid. You do not need to do anything: this page changes as soon as "
    "we know, and nothing is ever paid twice."
)
NOT_CONNECTED = "Your practice has not connected card processing."
BROKEN_KEYS = "The payment service did not accept the practice's keys. Nothing was paid."
NOT_FOR_MONEY = "Your role does not include changing what is owed."
KEY_REFUSED = "The payment service does not know this key. Nothing was changed."
KEY_SHAPE = "This does not look like a secret key and a signing secret. Please copy both again."
KEY_SANDBOX = "The keys of the sandbox work in the demo only."
NO_MONTH = "Please choose a month."
NOT_YET = "This day is yet to come. Please enter the day on which the money came in."
NOT_WAITING = "This is settled already."
CHARGED = "This appointment was charged, so it stays. Mark it as not kept; the charge is then taken back."

CONSENT = (
    "I allow {practice} to keep this card with its payment service and to charge it when I choose it here. Only I can "
    "choose it, and I can remove it at any time."
)
DEFAULT_LABEL = "Session"
REASONS = {
    "discount": "Discount",
    "write_off": "Written off",
    "correction": "Correction",
    "insurance": "Paid by insurance",
    "refunded": "Refunded",
}
METHODS = {"card": "Card", "cash": "Cash", "check": "Check"}


def consent(practice: str) -> str:
    """What somebody agrees to when they keep a card."""
    return CONSENT.format(practice=practice)


BEING_PAID = "Somebody is paying this right now"
BY_YOU, BY_OTHERS = "paid by you", "paid by somebody else, or at the practice"
REFUND = "Refund"
REFUND_FAILED = "Refund that did not arrive, counted as paid again"
PAID = "Paid. Your receipt is on its way by mail, and stands under Account."
CARD_KEPT = "The card is kept."
CARD_REMOVED = "The card is removed. Nobody can charge it from here any more."
CARD_DEFAULT = "This is your usual card now."
CARD_NAMED = "The card has its name."
CARD_DEEDS = {"name": CARD_NAMED, "default": CARD_DEFAULT, "remove": CARD_REMOVED}
GOING = "You are being taken to the payment page."
NOT_FINISHED = "You came back without paying. Nothing was paid."
AMOUNT_SHAPE = "Please write the amount like 25 or 25.00."
OUTCOMES = {"declined": DECLINED, "keys": BROKEN_KEYS, "refused": NOT_REACHED}


def summary(name: str, count: int, total: str) -> str:
    """Say in one line what is owed: "Milo Park, 2 sessions, $140.00"."""
    return f"{name}, {count} {'session' if count == 1 else 'sessions'}, {total}"


def partly(worth: str, paid: str) -> str:
    """Say what part was paid."""
    return f"{paid} of {worth} is paid"


def expires(month: int, year: int) -> str:
    """Say until when a card is good."""
    return f"Expires {month:02d}/{year}"
