"""What Organization, Card Processing says."""

LEAD = "Payments by card go from your clients to your own account with Stripe. The portal never sees a card."
ON, OFF = "Connected", "Not connected"
OFF_HELP = "Nobody is offered to pay in the portal, and the setting for payments stays grey."
LIVE, TEST = "Real money moves.", "This is a test: no real money moves."
SECRET, SIGNING = "Secret key", "Signing secret"
KEY_HELP = "From Stripe: Developers, API keys."
SIGNING_HELP = (
    "From Stripe: Developers, Webhooks. Let it tell the address below of checkout, payment and refund events."
)
HOOK = "Address for the webhook"
CONNECT, REPLACE, DISCONNECT = "Test and connect", "Test and replace the keys", "Disconnect"
DISCONNECT_TITLE = "Disconnect card processing?"
DISCONNECT_TEXT = "From the next click on nobody can pay by card. Refunds by card have to be given in Stripe itself."
KEEP = "Stay connected"
DONE_ON = "Connected. Payments can be switched on under Client Portal."
DONE_OFF = "Disconnected. The keys are gone from here."


def connected(name: str, when: str) -> str:
    """Say whose account it is, and since when."""
    return f"{name or 'Your Stripe account'}, since {when}"
