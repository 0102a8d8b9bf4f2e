"""Billing: what is owed and why, who paid what, cards, receipts, and what staff do about them."""
