"""/practice/billing: the books, for those who keep them."""
