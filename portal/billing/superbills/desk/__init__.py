"""The part of a client's page about superbills: what is missing, taking one, and the diagnoses."""
