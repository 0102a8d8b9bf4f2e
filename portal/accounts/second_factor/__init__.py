"""The section of the account page about codes at sign-in."""
