"""Stripe: the card processor, behind the port of portal.integrations.cards."""
