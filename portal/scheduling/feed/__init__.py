"""The private address for a calendar program, on the page of appointments."""
