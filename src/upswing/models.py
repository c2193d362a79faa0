"""All tables, gathered for Django: one app, one migration history."""

from __future__ import annotations

from upswing.accounts.models import User
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
from upswing.strategies.coping.models import CheckIn, Entry

__all__ = [
    "Attachment",
    "Batch",
    "CheckIn",
    "Draft",
    "Entry",
    "Item",
    "Link",
    "Note",
    "Person",
    "Receipt",
    "ReportPage",
    "Revision",
    "Setback",
    "Tag",
    "User",
]
