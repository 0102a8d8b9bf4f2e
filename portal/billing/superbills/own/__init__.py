"""The part of /billing with which a client's side takes a superbill."""
