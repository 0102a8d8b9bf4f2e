"""Filling in one form, and reading what was sent."""
