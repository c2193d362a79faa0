"""Who is here."""

from __future__ import annotations

from upswing.accounts.models import User


def solo_owner() -> User:
    """The one person of a solo vault."""
    return User.objects.get(username="me")
