"""What an import would do: every row judged, nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from upswing.errors import RuleError
from upswing.exchange import enclosed
from upswing.exchange.ledger import Ledger, Outcome, Verdict
from upswing.exchange.rows import Row, RowFile
from upswing.exchange.zones import Settled, settle, zone
from upswing.record import rules
from upswing.record.bulk import New
from upswing.record.models import Facet, Item
from upswing.strategies.coping.models import CheckIn, Entry
from upswing.strategies.coping.rules import lived, summary
from upswing.strategies.mindset.catalogue.traps import TRAPS
from upswing.strategies.mindset.models import Thought

CHUNK = 200
SAMPLE = 5
LABEL = 80
TWICE = "It has the same id as an entry further up in this file."
LONG_FIRST_LINE = "Its first line is too long for a title and stands in the text."
MANY_TAGS = "It has more tags than fit on one entry. These are not among them: {names}."


@dataclass(frozen=True)
class Judged:
    """A verdict with what is to be recorded; `new` is set exactly where the outcome is "new".

    joined: what the new item is joined to, as in its row. files: those of the row that can be kept.
    """

    verdict: Verdict
    new: New | None
    joined: tuple[str, str] | None = None
    files: tuple[RowFile, ...] = ()


@dataclass
class Plan:
    """The dry run of one import. first, last: naive, as written, of the new rows.

    thoughts: thought records among them; traps: the names of the thinking traps in those.
    """

    new: int = 0
    there: int = 0
    skipped: int = 0
    first: datetime | None = None
    last: datetime | None = None
    tags: Counter[str] = field(default_factory=Counter)
    starred: int = 0
    check_ins: int = 0
    thoughts: int = 0
    traps: Counter[str] = field(default_factory=Counter)
    files: int = 0
    verdicts: Ledger = field(default_factory=Ledger)

    @property
    def total(self) -> int:
        """How many rows were read."""
        return len(self.verdicts)

    @property
    def sample(self) -> list[Verdict]:
        """A few of the new rows."""
        return list(islice((each for each in self.verdicts if each.outcome == "new"), SAMPLE))

    @property
    def told(self) -> list[Verdict]:
        """The rows about which there is something to say."""
        return [each for each in self.verdicts if each.reason]

    def add(self, judged: Judged) -> None:
        """Count one more row."""
        verdict = judged.verdict
        self.verdicts.append(verdict)
        setattr(self, verdict.outcome, getattr(self, verdict.outcome) + 1)
        if judged.new and verdict.local:
            self.first = min(self.first or verdict.local, verdict.local)
            self.last = max(self.last or verdict.local, verdict.local)
            self.tags.update(judged.new.tags)
            self.starred += getattr(judged.new.facet, "starred", False)
            self.check_ins += judged.new.facet.KIND == CheckIn.KIND
            self.files += len(judged.files)
            self._add_thought(judged.new.facet)

    def _add_thought(self, facet: Facet) -> None:
        if isinstance(facet, Thought):
            chosen = facet.answers.get("traps") or []
            self.thoughts += 1
            self.traps.update(trap.name for trap in TRAPS if trap.key in chosen)


def dry_run(owner: Any, rows: Iterable[Row], *, now: datetime) -> Plan:
    """Judge every row and write nothing. Raises ImportProblem where the file cannot be read."""
    plan = Plan()
    for chunk in judged(owner, rows, now=now):
        for each in chunk:
            plan.add(each)
    return plan


def judged(owner: Any, rows: Iterable[Row], *, now: datetime) -> Iterator[list[Judged]]:
    """The rows in chunks, each with its verdict. Dry run and import both come through here.

    What lies in the trash counts as there: it was taken out on purpose.
    """
    source, seen = iter(rows), set[int]()
    while chunk := list(islice(source, CHUNK)):
        there = _there(owner, [row.key for row in chunk if row.key])
        yield [_judge(row, there, seen, now) for row in chunk]


def _there(owner: Any, keys: list[str]) -> set[str]:
    found = Item.objects.filter(owner=owner, external_id__in=keys)
    return {key for key in found.values_list("external_id", flat=True) if key}


def _judge(row: Row, there: set[str], seen: set[int], now: datetime) -> Judged:
    if row.problem or row.local is None:
        return _verdict(row, "skipped", row.problem)
    if (short := hash(row.key)) in seen:  # 64 bits are enough to tell, and a fifth of the key
        return _verdict(row, "skipped", TWICE)
    seen.add(short)
    if row.key in there:
        return _verdict(row, "there", "")
    try:
        new, notes = _new(row, row.local, now)
    except RuleError as refused:
        return _verdict(row, "skipped", str(refused))
    files, amiss = enclosed.fitting(row.files)
    judged = _verdict(row, "new", " ".join((*row.notes, *notes, *amiss)), new)
    return replace(judged, files=files) if files else judged


def _verdict(row: Row, outcome: Outcome, reason: str, new: New | None = None) -> Judged:
    label = row.title or row.body.partition("\n")[0]
    short = label if len(label) <= LABEL else f"{label[: LABEL - 2]} …"
    return Judged(Verdict(row.where, short, row.local, outcome, reason), new, row.joined)


def _new(row: Row, local: datetime, now: datetime) -> tuple[New, list[str]]:
    """The item for a row, checked by the rules of the record; with notes on what was converted."""
    moment = _moment(row, local, now)
    lived(moment.utc, now)
    title, body, long = _fitted(row)
    tags, many = _tags(row)
    new = New(
        facet=_facet(row, moment.utc),
        happened_at=rules.happened_at(moment.utc),
        zone=row.zone,
        external_id=row.key,
        title=rules.title(title),
        body=rules.body(body),
        tags=tags,
    )
    return new, [note for note in (moment.note, long, many) if note]


def _moment(row: Row, local: datetime, now: datetime) -> Settled:
    """When it was. What was written today, and names no time, was written by now."""
    where = zone(row.zone)
    if row.moment is not None:
        return Settled(row.moment)
    moment = settle(local, where)
    today = now.astimezone(where).date()
    return Settled(now) if row.day_only and moment.utc > now and local.date() == today else moment


def _facet(row: Row, moment: datetime) -> Facet:
    if row.thought is not None:
        return _thought(row.thought, moment)
    return Entry(starred=row.starred) if row.mood is None else CheckIn(mood=row.mood)


def _thought(answers: Mapping[str, Any], moment: datetime) -> Thought:
    """A thought record that was finished elsewhere. It does not come back by itself."""
    steps = len(Thought.EXERCISE.steps)
    thought = Thought(answers=dict(answers), reached=steps, finished_at=moment)
    thought.check_columns()
    return thought


def _fitted(row: Row) -> tuple[str, str, str]:
    if row.mood is not None:
        return summary(row.mood, None, None, []), row.body, ""
    if len(row.title) <= rules.LONGEST_TITLE:
        return row.title, row.body, ""
    return "", f"{row.title}\n\n{row.body}".strip(), LONG_FIRST_LINE


def _tags(row: Row) -> tuple[tuple[str, ...], str]:
    """The tags without their symbol, and a note on those that do not fit."""
    names = dict.fromkeys(name for tag in row.tags if (name := _name(tag)))
    fitting = [name for name in names if len(name) <= rules.LONGEST_TAG][: rules.MOST_TAGS]
    left = [name for name in names if name not in set(fitting)]
    return tuple(fitting), MANY_TAGS.format(names=", ".join(left[:5])) if left else ""


def _name(tag: str) -> str:
    return (tag if tag[:1].isalnum() else tag[1:]).lstrip("#@")
