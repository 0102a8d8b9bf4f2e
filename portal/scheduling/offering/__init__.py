"""The page on which administrators say what the practice offers, and where."""
