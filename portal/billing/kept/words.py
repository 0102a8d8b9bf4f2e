"""What the cards on /account say."""

TITLE = "Cards you keep"
HELP = (
    "At every practice. The card itself is kept by the practice's payment service, never by us. You can remove one "
    "here at any time."
)
REMOVE, REMOVE_TITLE, KEEP_IT = "Remove", "Remove this card?", "Keep it"
REMOVE_TEXT = "Nobody can pay with it from here any more. Receipts stay."
REMOVED_HERE = (
    "The card is removed here, and nobody can charge it from here any more. The practice's payment service could not "
    "be told, so it may keep the card still. Please ask the practice to remove it there."
)
