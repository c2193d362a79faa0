"""What would come back from an export: every item judged, nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError

from upswing.errors import RuleError
from upswing.exchange import columns, tables
from upswing.exchange.export_file import Book
from upswing.exchange.ledger import Outcome, Verdict
from upswing.exchange.plan import LABEL, TWICE, Plan
from upswing.exchange.rows import clean
from upswing.moments import zone_of
from upswing.record import rules
from upswing.record.models import Facet, Item, facets

UNKNOWN_KIND = "This Upswing does not know the kind “{kind}”."
NO_COLUMNS = "What belongs to its kind is missing, or is not as Upswing writes it."
ELSEWHERE = "Its id is taken here by something else."
LONGEST_ORIGIN = 200
ONE_DAY = timedelta(days=1)


class Found(NamedTuple):
    """One item of the file. item: as it would be recorded, exactly where the outcome is "new"."""

    verdict: Verdict
    item: Item | None = None
    tags: tuple[str, ...] = ()


class Survey:
    """Goes through the items of one export, for one owner."""

    def __init__(self, owner: Any, book: Book) -> None:
        self._owner, self._book = owner, book
        self._own = {kind: set(self._sound(kind)) for kind in facets()}
        self._seen: set[UUID] = set()
        self._origins: set[str] = set()

    def _sound(self, kind: str) -> Iterator[UUID]:
        """The ids of items whose own columns can be kept."""
        for facet in rows_of(self._book, kind):
            try:
                _check(facet)
            except RuleError:
                continue
            yield facet.item_id

    def found(self) -> Iterator[list[Found]]:
        """Every item of the file, in chunks. Raises ImportProblem where it is damaged."""
        rows = self._book.rows(tables.ITEMS.name)
        fields = tables.ITEMS.fields
        while chunk := list(islice(rows, tables.CHUNK)):
            read = [(f"item {number}", *_read(fields, line)) for number, line in chunk]
            there = _There(self._owner, [values for _, values, _ in read])
            yield [
                _left(where, values, problem) if problem else self._judge(where, values, there)
                for where, values, problem in read
            ]

    def _judge(self, where: str, values: dict[str, Any], there: _There) -> Found:
        id_, origin = values["id"], values.get("external_id")
        if id_ in self._seen or (origin and origin in self._origins):
            return _left(where, values, TWICE)
        self._seen.add(id_)
        self._origins.add(origin or "")
        if id_ in there.own or origin in there.origins:
            return _left(where, values, "", "there")
        if id_ in there.others:
            return _left(where, values, ELSEWHERE)
        return self._new(where, values)

    def _new(self, where: str, values: dict[str, Any]) -> Found:
        kind, tags = values["kind"], values.pop("tags")
        if kind not in self._own:
            return _left(where, values, UNKNOWN_KIND.format(kind=kind[:20]))
        if values["id"] not in self._own[kind]:
            return _left(where, values, NO_COLUMNS)
        item = Item(owner=self._owner, **values)
        return Found(_verdict(where, values, "new"), item, tags)


class _There:
    """Which of a chunk's items are in the vault already."""

    def __init__(self, owner: Any, chunk: list[dict[str, Any]]) -> None:
        ids = [values["id"] for values in chunk if "id" in values]
        found = Item.objects.filter(pk__in=ids).values_list("pk", "owner_id")
        self.own = {pk for pk, owner_id in found if owner_id == owner.pk}
        self.others = {pk for pk, owner_id in found if owner_id != owner.pk}
        origins = [values["external_id"] for values in chunk if values.get("external_id")]
        same = Item.objects.filter(owner=owner, external_id__in=origins)
        self.origins = set(same.values_list("external_id", flat=True))


def rows_of(book: Book, kind: str) -> Iterator[Facet]:
    """The own columns of the items of one kind; what cannot be read at all is passed over."""
    table = tables.kind(facets()[kind])
    fields = table.fields
    for _, line in book.rows(table.name):
        try:
            yield facets()[kind](**columns.inward(fields, line))
        except RuleError:
            continue  # its item is named in the report, as one without


def _check(facet: Facet) -> None:
    """Raise RuleError where the columns are not as the verbs write them."""
    try:
        facet.full_clean(exclude={"item"}, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise RuleError("", str(error)) from None
    facet.check_columns()


def _read(fields: list[Any], line: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The columns of an item, and why it cannot be kept."""
    try:
        values = columns.inward(fields, line)
        return values | _cleaned(values, line.get("tags", [])), ""
    except RuleError as refused:
        title = line.get("title")
        return {"title": clean(title)[0] if isinstance(title, str) else ""}, str(refused)


def _cleaned(values: dict[str, Any], tags: Any) -> dict[str, Any]:
    """What the rules of the record make of some columns. Raises RuleError."""
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise RuleError("tags", columns.ODD.format(name="tags"))
    here = values["happened_at"].astimezone(zone_of(values["zone"])).date()
    # The rules of a zone may have been others when it was written; the day that was lived stays.
    if abs(values["day"] - here) > ONE_DAY or len(values.get("external_id") or "") > LONGEST_ORIGIN:
        raise RuleError("day", columns.ODD.format(name="day"))
    title, body = rules.title(values["title"]), rules.body(values["body"])
    return {"title": title, "body": body, "tags": tuple(rules.tags(tags))}


def _left(where: str, values: dict[str, Any], reason: str, outcome: Outcome = "skipped") -> Found:
    return Found(_verdict(where, values, outcome, reason))


def _verdict(where: str, values: dict[str, Any], outcome: Outcome, reason: str = "") -> Verdict:
    label = values["title"] or values.get("body", "").strip().partition("\n")[0]
    short = label if len(label) <= LABEL else f"{label[: LABEL - 2]} …"
    at = values.get("happened_at")
    local = at.astimezone(zone_of(values["zone"])).replace(tzinfo=None) if at else None
    return Verdict(where, short, local, outcome, reason)


def count(plan: Plan, found: Found) -> None:
    """Count one more item in the plan."""
    verdict = found.verdict
    note(plan, verdict)
    if found.item and verdict.local:
        plan.first = min(plan.first or verdict.local, verdict.local)
        plan.last = max(plan.last or verdict.local, verdict.local)
        plan.tags.update(found.tags)


def note(plan: Plan, verdict: Verdict) -> None:
    """Count one more row of the report."""
    plan.verdicts.append(verdict)
    setattr(plan, verdict.outcome, getattr(plan, verdict.outcome) + 1)


def look(owner: Any, book: Book) -> Plan:
    """The dry run. Raises ImportProblem."""
    plan = Plan()
    for chunk in Survey(owner, book).found():
        for each in chunk:
            count(plan, each)
    return plan
