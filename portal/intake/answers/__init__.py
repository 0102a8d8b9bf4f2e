"""Reading a form that came in."""
