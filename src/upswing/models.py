"""All tables, gathered for Django: one app, one migration history."""

from __future__ import annotations

from upswing.accounts.models import User
from upswing.exercises.models import Work
from upswing.record.models import (
    Attachment,
    Batch,
    Draft,
    Item,
    Link,
    Note,
    Person,
    Receipt,
    ReportPage,
    Revision,
    Setback,
    Tag,
)
from upswing.strategies.compassion.models import Break, Letter, Talk, Voices
from upswing.strategies.coping.models import CheckIn, Entry
from upswing.strategies.mindset.models import Thought, Verdict
from upswing.strategies.reviews.models import Factor, Lesson, Review

__all__ = [
    "Attachment",
    "Batch",
    "Break",
    "CheckIn",
    "Draft",
    "Entry",
    "Factor",
    "Item",
    "Lesson",
    "Letter",
    "Link",
    "Note",
    "Person",
    "Receipt",
    "ReportPage",
    "Review",
    "Revision",
    "Setback",
    "Tag",
    "Talk",
    "Thought",
    "User",
    "Verdict",
    "Voices",
    "Work",
]
