"""One's own record, on the account page: who has access, and who looked."""
