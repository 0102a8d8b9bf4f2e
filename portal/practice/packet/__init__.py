"""Sending several forms about one client at once."""
