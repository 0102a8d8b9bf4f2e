"""What the page /billing says."""

TITLE, WITH_INSURANCE = "Billing", "Billing & Insurance Info"
PARTS = "Billing"
TABS = {"balance": "Balance", "history": "History", "cards": "Cards", "insurance": "Insurance"}
BALANCE = "What is owed"
CHOOSE, OPEN = "Choose what to pay", "Not yet paid"
PAY_THEIRS = "In this view nothing can be paid. They choose and pay here when they sign in themselves."
NOTHING_OWED = "Nothing is owed"
NOTHING_OWED_HELP = "When your practice charges for an appointment, it appears here."
PART = "Pay only a part"
PART_HELP = "Leave this empty to pay all that you chose. A part is possible for one session at a time."
PAY_WITH, NEW_CARD = "Pay with", "A new card"
KEEP = "Keep a new card for next time"
PAY = "Pay"
ASKS = {
    "title": "Pay {sum} now?",
    "text": "{card} is charged at once. The receipt comes by mail, and stays under History.",
    "confirm": "Pay {sum}",
    "cancel": "Not now",
}
HISTORY = "Payments so far"
NO_PAYMENTS = "Nothing was paid yet."
RECEIPT = "Receipt"
OLDER = "Show older payments"
NAME, NAME_HELP, SAVE_NAME = "Name of this card", "Something that you know it by.", "Save name"
RENAME = "Change name"
STATEMENT = "Download a statement"
CARDS = "Cards you keep"
CARDS_HELP = "The card itself is kept by the payment service, never by us. Only you can pay with it."
CARDS_THEIRS = "Which cards somebody keeps is shown to them alone, so you see none here."
ADD_CARD = "Add a card"
MAKE_USUAL, USUAL = "Use as usual card", "your usual card"
REMOVE, REMOVE_TITLE = "Remove", "Remove this card?"
REMOVE_TEXT = "Nobody can pay with it from here any more. Receipts stay."
KEEP_IT = "Keep it"
WAITING = "A payment is on its way"
BEGUN = "You have begun to pay"
CARD_BEGUN = "You have begun to add a card."
WAITING_HELP = "This page changes as soon as we hear that it is done. Nothing is ever paid twice."
GO_ON = "Go on to the payment page"
GIVE_UP = "Do not pay this way"
