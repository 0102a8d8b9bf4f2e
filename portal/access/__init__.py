"""WHO MAY DO WHAT: the actor, the facts, the questions (policies/), the gate, and Why? No Reflex, no Stripe."""
