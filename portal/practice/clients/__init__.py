"""Clients: the list of a practice's clients."""
