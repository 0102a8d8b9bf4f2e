"""What the command line does; `portal.cli` puts the commands together."""
