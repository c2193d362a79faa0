"""An export comes back: into an empty vault exactly as it was, into another one what is new.

What is there already stays as it is. One transaction around everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from upswing.accounts import actions as accounts
from upswing.accounts.models import User
from upswing.errors import RuleError
from upswing.exchange import columns, importers, survey, tables
from upswing.exchange.export_file import Book
from upswing.exchange.ledger import PAGE, Verdict
from upswing.exchange.plan import Plan
from upswing.exchange.rows import UNSTORABLE, ImportProblem
from upswing.exchange.run import Progress, Report, keep_report
from upswing.exchange.survey import Survey
from upswing.exchange.tables import ATTACHMENTS, BATCHES, CHUNK, DRAFTS, LINKS, REVISIONS
from upswing.exercises.reads import kinds
from upswing.record import attachments, batches, drafts, returning, rules
from upswing.record.models import (
    Attachment,
    Batch,
    Facet,
    Item,
    ItemQuerySet,
    Link,
    Revision,
    facets,
)

T = TypeVar("T")

GONE_END = "One of the two items that it joins is not here."
GONE_FILE = "Its file is missing in the export, or is not what it was."
ODD_ROW = "It is not as Upswing writes it."
ID_TAKEN = "Its id is taken here by something else."
MANY_FILES = f"Up to {attachments.MOST_BROUGHT} files fit on one entry."
OUTCOMES = {"new", "there", "skipped"}
SETTINGS = ("zone", "country", "theme")
LONGEST_RELATION, LONGEST_NAME = 40, 255


class Homecoming:
    """One export on its way back. new: kind of each item that was added. whole: the vault was
    empty, so that account, drafts and earlier imports come back too."""

    def __init__(self, owner: Any, book: Book, batch: Batch, progress: Progress) -> None:
        self.owner, self.book, self.batch, self.progress = owner, book, batch, progress
        self.whole = book.complete and is_empty(owner, but=batch)
        self.plan = Plan()
        self.new: dict[UUID, str] = {}
        self.batches: set[UUID] = set()

    def run(self, total: int) -> None:
        """Bring everything back. Raises ImportProblem where the file is damaged."""
        if self.whole:
            self._account()
            self._batches()
        self._items(total)
        for kind in facets():
            self._facets(kind)
        self._history()
        self._links()
        self._files()
        if self.whole:
            self._drafts()
        returning.settle(self._brought(), owner=self.owner)

    def _brought(self) -> ItemQuerySet:
        found = Item.objects.of(self.owner)
        return found if self.whole else found.filter(batch=self.batch)

    def _account(self) -> None:
        for _, line in self.book.rows("account"):
            with self._noted("Settings"):
                zone, country, theme = (_text(line, name) for name in SETTINGS)
                accounts.change_settings(owner=self.owner, zone=zone, country=country, theme=theme)
                looks = line.get("second_look") is not False
                accounts.set_second_look(owner=self.owner, on=looks)
                begun = columns.inward([User._meta.get_field("created_at")], line)
                accounts.note_beginning(owner=self.owner, **begun)

    def _noted(self, label: str) -> _Noted:
        return _Noted(self.plan, label)

    def _batches(self) -> None:
        for number, line in self.book.rows(BATCHES.name):
            with self._noted(f"Import {number}"):
                one = Batch(owner=self.owner, **columns.inward(BATCHES.fields, line))
                _check_batch(one)
                one.save(force_insert=True)
                self.batches.add(one.pk)
        rows = (line for _, line in self.book.rows("batch-rows"))
        for id_, lines in groupby(rows, key=lambda line: str(line.get("batch_id"))):
            if id_ in {str(pk) for pk in self.batches}:
                report = (line.get("row") for line in lines if _is_report(line.get("row")))
                batches.write_report(UUID(id_), chunks(report, PAGE))

    def _items(self, total: int) -> None:
        seats = returning.Seats(self.owner)
        for chunk in Survey(self.owner, self.book).found():
            new = [each for each in chunk if each.item]
            items = [each.item for each in new if each.item]
            for item in items:
                item.batch_id = self._batch_of(item)
                self.new[item.pk] = item.kind
            returning.put_items(items, [each.tags for each in new], owner=self.owner, seats=seats)
            for each in chunk:
                survey.count(self.plan, each)
            self.progress(self.plan.total, max(total, self.plan.total))

    def _batch_of(self, item: Item) -> UUID | None:
        if not self.whole:
            return self.batch.pk
        return item.batch_id if item.batch_id in self.batches else None

    def _facets(self, kind: str) -> None:
        left = {pk for pk, own in self.new.items() if own == kind}
        for chunk in chunks(survey.rows_of(self.book, kind)):
            wanted = []
            for row in chunk:
                if row.item_id in left:
                    left.discard(row.item_id)
                    wanted.append(row)
            _derive(wanted)
            returning.put_facets(wanted)

    def _history(self) -> None:
        for chunk in chunks(self._rows(REVISIONS, "Earlier text")):
            known = [Revision(**values) for values, _ in chunk if values["item_id"] in self.new]
            returning.put_revisions([one for one in known if self._fits(one)])

    def _fits(self, one: Revision) -> bool:
        with self._noted("Earlier text"):
            one.title, one.body = rules.title(one.title), rules.body(one.body)
            one.answers = _answers(self.new[one.item_id], one.answers)
            return True
        return False

    def _rows(
        self, table: tables.Table, label: str
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """The rows of a table that can be read, as columns and as they stand in the file."""
        fields = table.fields
        for number, line in self.book.rows(table.name):
            with self._noted(f"{label} {number}"):
                yield columns.inward(fields, line), line

    def _links(self) -> None:
        for chunk in chunks(self._rows(LINKS, "Link")):
            ends = {values[end] for values, _ in chunk for end in ("source_id", "target_id")}
            here = returning.there(owner=self.owner, ids=ends)
            added = []
            for values, _ in chunk:
                both = {values["source_id"], values["target_id"]}
                if not both & self.new.keys():
                    continue
                if both <= here and len(values["relation"]) <= LONGEST_RELATION:
                    added.append(Link(**values))
                else:
                    self._note("Link", GONE_END)
            returning.put_links(added)

    def _note(self, label: str, reason: str) -> None:
        survey.note(self.plan, Verdict(label, label, None, "skipped", reason))

    def _files(self) -> None:
        many: Counter[UUID] = Counter()
        for values, line in self._rows(ATTACHMENTS, "File"):
            if (item := values["item_id"]) not in self.new:
                continue
            many[item] += 1
            if reason := self._file(values, line, many[item]):
                self._note(str(values["name"])[:80], reason)

    def _file(self, values: dict[str, Any], line: dict[str, Any], place: int) -> str:
        """Keep one file, or say why not."""
        if place > attachments.MOST_BROUGHT:
            return MANY_FILES
        name, sha256 = str(line.get("file")), str(line.get("sha256"))
        data = self.book.file(name, limit=attachments.LARGEST, sha256=sha256)
        if not data:
            return GONE_FILE
        if Attachment.objects.filter(pk=values["id"]).exists():
            return ID_TAKEN
        attachments.put_back(values["id"], values["item_id"], name=values["name"], data=data)
        return ""

    def _drafts(self) -> None:
        for values, _ in self._rows(DRAFTS, "Draft"):
            with self._noted("Draft"):
                self._draft(values["key"], values["fields"], values["saved_at"])

    def _draft(self, key: str, fields: Any, saved_at: datetime) -> None:
        if not isinstance(fields, dict):
            raise RuleError("", ODD_ROW)
        if not drafts.find(owner=self.owner, key=key):
            drafts.keep(owner=self.owner, key=key, fields=fields, now=saved_at)


class _Noted:
    """Names what cannot be kept in the report, and goes on."""

    def __init__(self, plan: Plan, label: str) -> None:
        self._plan, self._label = plan, label

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if not isinstance(error, RuleError):
            return False
        verdict = Verdict(self._label, self._label, None, "skipped", str(error))
        survey.note(self._plan, verdict)
        return True


def _text(line: dict[str, Any], name: str) -> str:
    if not isinstance(text := line.get(name), str):
        raise RuleError(name, ODD_ROW)
    return rules.readable(name, text)


def _derive(rows: Sequence[Facet]) -> None:
    """Let the columns that follow from an item do so, of a kind that has any."""
    own = [row for row in rows if type(row).derive is not Facet.derive]
    items = Item.objects.in_bulk([row.item_id for row in own])
    for row in own:
        row.item = items[row.item_id]
        row.derive()


def _answers(kind: str, answers: Any) -> dict[str, Any] | None:
    """Earlier answers, as an exercise of that kind keeps them. Raises RuleError."""
    if answers is None:
        return None
    if kind not in kinds() or not isinstance(answers, dict):
        raise RuleError("answers", ODD_ROW)
    return kinds()[kind].EXERCISE.sound(answers)


def is_empty(owner: Any, *, but: Batch) -> bool:
    """Whether nothing was recorded or brought in yet, `but` that import aside."""
    imports = Batch.objects.filter(owner=owner).exclude(pk=but.pk)
    return not Item.objects.of(owner).exists() and not imports.exists()


def _check_batch(one: Batch) -> None:
    known = {each.name for each in importers.sources()}
    counted = all(0 <= many < 1 << 31 for many in (one.added, one.there, one.skipped))
    fits = counted and len(one.file_name) <= LONGEST_NAME
    if one.source not in known or not fits or Batch.objects.filter(pk=one.pk).exists():
        raise RuleError("", ODD_ROW)


def _is_report(row: Any) -> bool:
    texts = isinstance(row, list) and len(row) == 4 and all(isinstance(one, str) for one in row)
    return texts and row[1] in OUTCOMES and not UNSTORABLE.search("".join(row))


def chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The rows, so many at a time."""
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk


@transaction.atomic
def bring_back(
    owner: Any,
    book: Book,
    *,
    now: datetime,
    source: str,
    file_name: str,
    total: int = 0,
    progress: Progress,
) -> Report:
    """Bring an export back, all or nothing, and keep a report with the batch of this import.

    In a vault that was empty items keep the batches that they had; elsewhere they get this one, by
    which all of it can be undone. Raises ImportProblem.
    """
    batch = batches.start(owner=owner, now=now, source=source, file_name=file_name)
    coming = Homecoming(owner, book, batch, progress)
    try:
        coming.run(total)
    except RuleError as refused:
        raise ImportProblem(refused.sentence) from None
    keep_report(batch, coming.plan)
    return Report(batch, coming.plan)
