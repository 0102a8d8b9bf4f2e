"""`python -m portal` is the command line too."""

from portal.cli import app

app(prog_name="portal")
