"""The page of one client: details, forms, invitation, contact network, and why somebody may do what."""
