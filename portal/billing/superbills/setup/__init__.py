"""/practice/superbills: what superbills say of the practice, of who gives care, and of what is offered."""
