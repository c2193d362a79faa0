"""The query language of search. Pure.

words            every word is wanted; four letters or more also find longer words, so that
                 interv finds interview
"two words"      exactly these, side by side
-word -"a b"     not this; -kind:checkin and -tag:work too
kind:entry  tag:interview  setback:layoff  before:2026-03  after:2025
Several kinds widen the search; everything else narrows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from upswing.errors import RuleError
from upswing.record import rules
from upswing.record.words import Term, fold

PART = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S*))')
PREFIX_FROM = 4
LONGEST = 400


@dataclass(frozen=True)
class Query:
    """What is looked for. `after` is the first day, `before` the first day that is too late."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    setbacks: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    without_kinds: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()


def parse(text: str, *, kinds: tuple[str, ...]) -> Query:
    """Read a query; `kinds` are the kinds there are. Raises RuleError("q", …)."""
    if len(text) > LONGEST:
        raise RuleError("q", f"That is a long question; up to {LONGEST} characters work.")
    query = Query()
    for minus, name, quoted, bare in PART.findall(rules.readable("q", text)):
        query = _take(query, minus == "-", name.lower(), quoted, bare, kinds)
    if text.strip() and query == Query():
        raise RuleError("q", "There is no word in this that can be looked for.")
    return query


def _take(
    query: Query, minus: bool, name: str, quoted: str, bare: str, kinds: tuple[str, ...]
) -> Query:
    value = quoted or bare
    if name not in FILTERS:
        return _term(query, minus, f"{name} {value}" if name else value, exact=bool(quoted))
    if not value.strip("#@ "):
        raise RuleError("q", f"Say what to look for right after “{name}:”.")
    if name == "kind":
        value = _kind(value, kinds)
    return FILTERS[name](query, value, minus)


def _term(query: Query, minus: bool, text: str, *, exact: bool) -> Query:
    words = tuple(fold(text))
    if not words:
        return query
    starts = not exact and (text.endswith("*") or len(words[-1]) >= PREFIX_FROM)
    term = Term(words, prefix=starts)
    if minus:
        return replace(query, without=(*query.without, term))
    return replace(query, terms=(*query.terms, term))


def _kind(value: str, kinds: tuple[str, ...]) -> str:
    wanted = value.lower().replace("-", "")
    if wanted not in kinds:
        raise RuleError("q", f"There is no kind “{value}”. The kinds are: {', '.join(kinds)}.")
    return wanted


def _kinds(query: Query, value: str, minus: bool) -> Query:
    if minus:
        return replace(query, without_kinds=(*query.without_kinds, value))
    return replace(query, kinds=(*query.kinds, value))


def _tags(query: Query, value: str, minus: bool) -> Query:
    name = rules.tag_name(value)
    if minus:
        return replace(query, without_tags=(*query.without_tags, name))
    return replace(query, tags=(*query.tags, name))


def _setbacks(query: Query, value: str, minus: bool) -> Query:
    _no(minus, "setback")
    return replace(query, setbacks=(*query.setbacks, value))


def _after(query: Query, value: str, minus: bool) -> Query:
    _no(minus, "after")
    return replace(query, after=max(filter(None, (query.after, _first_day(value)))))


def _before(query: Query, value: str, minus: bool) -> Query:
    _no(minus, "before")
    return replace(query, before=min(filter(None, (query.before, _first_day(value)))))


def _no(minus: bool, name: str) -> None:
    if minus:
        raise RuleError("q", f"A minus goes with words, kind: and tag:, not with {name}:.")


def _first_day(value: str) -> date:
    shape = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", value)
    if not shape:
        raise RuleError("q", f"“{value}” is not a day. Write 2026, 2026-03 or 2026-03-14.")
    year, month, day = (int(part or 1) for part in shape.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise RuleError("q", f"There is no date “{value}”.") from None


FILTERS: dict[str, Callable[[Query, str, bool], Query]] = {
    "kind": _kinds,
    "tag": _tags,
    "setback": _setbacks,
    "after": _after,
    "before": _before,
}
