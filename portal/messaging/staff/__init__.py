"""The staff pages of messages."""
