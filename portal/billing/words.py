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
NOT_WAITING = "This is settled already."
CHARGED = "A charge belongs to this appointment. Take the charge back under Billing first."

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
