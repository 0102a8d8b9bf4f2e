"""What the receipts on /account say."""

TITLE = "Your receipts"
HELP = "What you have paid through the portal, at every practice. Receipts stay for as long as you have this login."
NOTHING, NOTHING_HELP = "No receipts yet", "When you pay through the portal, the receipt appears here."
OPEN = "Receipt"
OLDER = "Show older receipts"


def given_back(amount: str) -> str:
    """Say what came back of a payment since."""
    return f"{amount} given back"
