"""/practice/card-processing: a practice's own account with the card processor."""
