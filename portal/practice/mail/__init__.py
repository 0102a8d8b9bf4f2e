"""Organization, Mail: what became of the practice's mail, and of what is done by itself."""
