"""Rows of a table as JSON, column by column, and back. Every column, whatever kinds are to come."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from upswing.errors import RuleError
from upswing.record import rules

ODD = "“{name}” is not what Upswing writes there."
DEEPEST = 20  # levels in a column of JSON


def of(model: type[models.Model], leave: Iterable[str] = ()) -> list[Any]:
    """The columns of `model` as Django's fields, without those that `leave` names."""
    left = set(leave)
    return [field for field in model._meta.concrete_fields if field.attname not in left]


def outward(value: Any) -> Any:
    """A value of a column as JSON has it: moments in UTC, ids and days as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID | date) else value


def inward(fields: Iterable[Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one row as `line` has them. Raises RuleError at what does not fit.

    A column that is not there gets its default, where it has one; an id has to be there.
    """
    found = {}
    for field in fields:
        if field.attname in line:
            found[field.attname] = _value(field, line[field.attname])
        elif field.primary_key or not (field.has_default() or field.null):
            raise _odd(field)
        else:
            found[field.attname] = field.get_default()
    return found


def _odd(field: Any) -> RuleError:
    return RuleError(field.attname, ODD.format(name=field.attname))


def _value(field: Any, value: Any) -> Any:
    if value is None and field.null:
        return None
    try:
        return reader(field)(value)
    except (TypeError, ValueError, OverflowError, AttributeError):
        raise _odd(field) from None


def reader(field: Any) -> Callable[[Any], Any]:
    """What reads a value of the column; of a reference, what reads that to which it leads."""
    while hasattr(field, "target_field"):
        field = field.target_field
    return next(read for kind, read in READ if isinstance(field, kind))


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return rules.happened_at(moment.astimezone(UTC))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 63:
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return rules.readable("", value)


def _json(value: Any, depth: int = 0) -> Any:
    """JSON that both engines can keep."""
    if depth > DEEPEST or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError
    if isinstance(value, str):
        return _text(value)
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    for each in inner if isinstance(inner, list) else []:
        _json(each, depth + 1)
    return value


READ: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (models.DateTimeField, _moment),
    (models.DateField, date.fromisoformat),
    (models.UUIDField, UUID),
    (models.BooleanField, _flag),
    (models.IntegerField, _number),
    (models.JSONField, _json),
    (models.CharField, _text),
    (models.TextField, _text),
)
