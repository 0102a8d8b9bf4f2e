"""The part of /account with the cards one keeps, at whatever practice: they belong to the login, not to a client."""
