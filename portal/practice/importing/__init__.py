"""Taking in a list of clients from a file."""
