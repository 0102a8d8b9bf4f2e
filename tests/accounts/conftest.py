"""Fixtures shared by every test that signs in."""

from tests.logins import hasher, logins

__all__ = ["hasher", "logins"]
