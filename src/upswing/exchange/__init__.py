"""Bringing a record in from elsewhere, and taking it out again."""
