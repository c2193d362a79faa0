"""What the person's account tells."""

from __future__ import annotations

from datetime import datetime, timedelta

from upswing.accounts.models import User

SHEET_AFTER = timedelta(days=7)


def sheet_is_due(owner: User, *, now: datetime) -> bool:
    """Whether a week has gone by without a recovery sheet."""
    return owner.recovery_confirmed_at is None and now - owner.created_at >= SHEET_AFTER
