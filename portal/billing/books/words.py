"""What /practice/billing says."""

LEAD = "Who owes what, what came in, and what went back."
NOT_CONNECTED = (
    "Card processing is not connected, so nobody is offered to pay in the portal. You can still note cash and checks."
)
CONNECT = "Connect card processing"
OWED = "Who owes what"
NOBODY, NOBODY_HELP = "Nobody owes anything", "Charges appear here when an appointment was kept, or when you make one."
MORE = "Show more"
OPEN = "Open"
BACK = "Back to everybody"
SUPERBILL = "Superbill, on the client's page"
CHARGES, NO_CHARGES = "Open charges", "Nothing is open."
PAYMENTS, NO_PAYMENTS = "Payments", "Nothing was paid yet."
CHARGE = "Charge by hand"
AMOUNT, DAY, LABEL = "Amount", "Day", "What for"
LABEL_HELP = "The client reads this. Somebody who may only pay does not."
RECORD = "Note cash or a check"
METHOD, REFERENCE = "How it was paid", "Check number"
ADJUST = "Make it worth more or less"
ADJUST_AMOUNT, ADJUST_HELP = "By how much", "Write -10.00 to take ten off, or 10.00 to add ten."
REASON = "Why"
REFUND = "Give a refund"
REFUND_AMOUNT, AGAIN = "How much", "The amount is owed again"
AGAIN_HELP = "Leave this empty when the session simply costs less."
SAVE = "Save"
GIVE = "Give back"
EXPORT, MONTH, DOWNLOAD = "Export", "Month", "Download as CSV"
EXPORT_HELP = "What came in and what went back in one month. It opens in any spreadsheet."
EXPORTING = "The file is on its way."
UNCLEAR = "Needs your eyes"
UNCLEAR_HELP = "The payment service and the portal do not agree about these. Please look there, and then decide."
NOTHING_CAME, NOTHING_WENT, SEEN_TO = "Nothing came of it", "Nothing went back", "Seen to"
DONE_CHARGE, DONE_PAYMENT, DONE_ADJUST = "The charge is made.", "The payment is noted.", "The charge is changed."
DONE_REFUND = "The refund is given. The balance is right already."
REFUND_WAITS = "The refund is decided. We are waiting to hear from the payment service; nothing is given back twice."
REFUND_FAILED = "The payment service refused the refund. Nothing was given back."
DONE_UNCLEAR = {
    "payment": "Noted. What it had reserved can be paid again.",
    "refund": "Noted. It can be given back again.",
    "came_back": "Noted.",
    "event": "Noted.",
}
CAME_BACK_HELP = (
    "The money is with the practice again, and the books count it as paid again. Give it back once more on the "
    "client's account, or agree with whoever paid on another way. Then say that you have seen to it."
)
DECIDE_TITLE, NOT_NOW = "Have you looked there?", "Not yet"
SEARCH, SEARCH_HELP = "Find a client", "By name, email or phone; also those who owe nothing."
FOUND_NOBODY, FOUND_NOBODY_HELP = "Nobody found", "Try the beginning of a first or last name."
OWES_NOTHING = "Nothing is open"
FEE, FEE_AMOUNT = "Agreed fee", "Fee for a session"
FEE_HELP = "What a kept appointment is charged at. Leave it empty for the price of the service."
COPAY, COPAY_HELP = "This is a copay", "Insurance pays the rest."
DONE_FEE = "The fee is agreed. It counts for appointments from now on."
EVENT = "The payment service told us of something that fits no payment of ours"


def owes(count: int, total: str) -> str:
    """Say how much somebody owes, in how many charges."""
    return f"{total} in {count} {'charge' if count == 1 else 'charges'}"


def unclear_payment(amount: str) -> str:
    """Say which payment nobody could find out about."""
    return f"A payment of {amount}"


def came_back(amount: str, client: str) -> str:
    """Say which refund failed after it was written down."""
    return f"A refund of {amount} for {client} did not reach whoever had paid"


def unclear_refund(amount: str) -> str:
    """Say which refund nobody could find out about."""
    return f"A refund of {amount}"
