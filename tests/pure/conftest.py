"""How hypothesis looks for trouble: without a clock, and leaving nothing behind."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("upswing", deadline=None, database=None)
settings.load_profile("upswing")
