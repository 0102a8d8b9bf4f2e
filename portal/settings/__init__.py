"""WHAT THE PRACTICE DECIDED: the catalogue of settings, what they come to, and where they are kept."""
