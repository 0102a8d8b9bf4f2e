"""Money, clock, ids, tokens and sealing. Knows nothing of the portal."""
