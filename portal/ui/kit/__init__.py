"""Shared stateless pieces: each takes text and handlers and knows no page."""
