"""One page of appointments."""
