"""A stand-in for the card processor, for the demo and for tests: it answers as Stripe does, and no money moves."""
