"""Superbills: what a client hands to an insurer that the practice does not work with, to be paid back."""
