"""/billing: what is owed, paying it, payments so far, cards."""
