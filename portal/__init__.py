"""Portico: the client portal that therapy practices run for themselves."""
