"""The builder: editing one form, with a preview beside it."""
