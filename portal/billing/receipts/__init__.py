"""The part of /account with everything one has ever paid: receipts belong to the login, not to a client."""
