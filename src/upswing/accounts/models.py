"""Whoever the record belongs to. In solo mode there is exactly one.

A plain table: the vault's secrets are what opens it, so Django's accounts would only make every
command start later. The server mode brings log-in with it.
"""

from __future__ import annotations

from django.db import models

THEMES = [("", "as the device does"), ("light", "light"), ("dark", "dark")]


class User(models.Model):
    """An owner: every item belongs to one, and other people's items answer 404."""

    username = models.CharField(max_length=150, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True)
    theme = models.CharField(max_length=5, blank=True, choices=THEMES)
    second_look = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    recovery_confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.username
