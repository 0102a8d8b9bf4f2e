"""Forms: the forms of a practice, and building them."""
