"""One Markdown note on its way to a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import available_timezones

from upswing.exchange import hashtags, htmltext, textfile
from upswing.exchange.archives import shown
from upswing.exchange.checked import EMPTY, checked, local_of
from upswing.exchange.importers.markdown.dates import Dates, When
from upswing.exchange.importers.markdown.embeds import Tree, attached
from upswing.exchange.importers.markdown.properties import Property, split
from upswing.exchange.rows import ImportProblem, Keys, Options, Row, clean
from upswing.exchange.timeformat import NoSuchDate
from upswing.exchange.zones import zone

LARGEST = 4_000_000
WRITTEN = ("created", "createdat", "created_at", "created at", "date created")
LOOKS = {"cssclass", "cssclasses"}
PILE = {"isreply", "replies", "createdat"}
PILES_OWN = {*PILE, "updatedat", "isai", "attachments", "highlightcolor", "area"}
OUR_OWN = {"id", "kind", "zone", "date"}
OUR_REST = {*OUR_OWN, "created", "updated", "trashed", "starred"}
TEMPLATES = {"template", "templates", "_templates"}
BLANKS_OF_A_TEMPLATE = re.compile(r"\{\{ ?(?:date|time|title)\b|<%[-_*+]? ?tp\.")
PAGE_PROPERTY = re.compile(r"(?:- )?([\w-]{1,50}):: *(.*)")
UNDATED_KEY = datetime(1900, 1, 1)  # noqa: DTZ001 - in place of a date that changes with copying

NO_DATE = (
    "It has no date in its properties, its name or its folders. Where the date of the file is a "
    "true one, say so, and it comes in."
)
LARGE = f"It is larger than {LARGEST // 1_000_000} MB."
A_TEMPLATE = "It is a template for notes, not a note."
BY_ITS_FILE = "It has no date of its own; it stands at the date of its file."
NOT_READ = "Its property “{name}” cannot be read; it stands as it is below the text."
NO_SUCH = "Its property “{name}” says “{text}”, which is not a date."
OTHER_DAY = "Its name says {name}, its properties say {other}; {taken} is taken."
BY_PILE = "Pile’s AI wrote this reply, as its title says."
REPLY, AI_REPLY = "Reply", "Reply by Pile’s AI"


@dataclass
class Reader:
    """Makes the rows of one import, numbering its true doubles."""

    options: Options
    tree: Tree
    keys: Keys = field(default_factory=lambda: Keys("markdown"))

    def __post_init__(self) -> None:
        self.dates = Dates(self.options)

    def row(self, number: int, path: str) -> Row:
        """The row of the note at `path`. Raises ImportProblem where the tree cannot be read."""
        empty = Row(number, shown(path), "", "", None, self.options.zone)
        if self.tree.files.size(path) > LARGEST:
            return replace(empty, problem=LARGE)
        try:
            text, odd = clean(_text(self.tree.files.read(path, limit=LARGEST)))
        except ImportProblem as problem:
            return replace(empty, problem=str(problem))
        return _Note(self, path, *split(text), notes=[*odd]).row(empty)


def _text(data: bytes) -> str:
    """The text of a note with plain line ends. Raises ImportProblem, naming the line."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return "\n".join(line.text for line in textfile.lines(data))


def _fixed(when: When | None) -> datetime:
    """A moment for the key that is the same in every zone and on every copy of the file."""
    if not when:
        return UNDATED_KEY
    return when.moment.replace(tzinfo=None) if when.moment else when.local


@dataclass
class _Note:
    """A note that is being read. used: the properties that found a place of their own."""

    reader: Reader
    path: str
    properties: list[Property]
    text: str
    notes: list[str]
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_name = {each.name: each for each in self.properties}
        self.is_piles = self.by_name.keys() >= PILE
        if self.is_piles:
            self.text = htmltext.markdown(self.text)
        self.used |= LOOKS | (PILES_OWN if self.is_piles else set())
        self.is_ours = self.by_name.keys() >= OUR_OWN
        self.used |= OUR_REST if self.is_ours else set()

    def row(self, empty: Row) -> Row:
        """The row of this note; `empty` has its place."""
        when, rest, problem = self._when()
        if problem:
            title = rest or self.path.rpartition("/")[2]
            return replace(empty, title=title, problem=problem)
        title, body = self._title("" if self.is_ours else rest)
        return self._row(empty, when, title, body, starred=self._is("starred"))

    def _row(self, empty: Row, when: When | None, title: str, body: str, *, starred: bool) -> Row:
        paths = self._said("attachments") if self.is_piles else ()
        zone_name = self._zone()
        files, missing = attached(self.reader.tree, self.path, self.text, paths)
        tags = self._tags()
        body = "\n\n".join(part for part in (body.strip("\n").rstrip(), self._left()) if part)
        hollow = not (title or files or body.strip(" \t\n-*+#>"))
        local = when.local if when else self._of_its_file()
        return checked(
            replace(
                empty,
                title=title,
                body=body,
                local=local,
                zone=zone_name,
                starred=starred,
                tags=tags,
                key=self.reader.keys.of(title, body, _fixed(when), starred),
                problem=EMPTY if hollow else "" if local else NO_DATE,
                notes=(*self.notes, *missing),
                day_only=bool(when and when.day_only),
                moment=when.moment if when else None,
                files=files,
            )
        )

    def _said(self, name: str) -> tuple[str, ...]:
        """What a property says; that it was read is remembered."""
        if not (found := self.by_name.get(name)):
            return ()
        if found.values is None:
            self.notes.append(NOT_READ.format(name=name))
            return ()
        self.used.add(name)
        return found.values

    def _zone(self) -> str:
        own = self._said("zone")
        return own[0] if own and own[0] in available_timezones() else self.reader.options.zone

    # When

    def _when(self) -> tuple[When | None, str, str]:
        """The date of the note, what its name says besides, and why it is skipped."""
        folders, _, name = self.path.rpartition("/")
        stem = name.rpartition(".")[0]
        try:
            named, rest = self.reader.dates.of_name(stem)
            in_folders = None if named else self.reader.dates.of_folders(self.path)
        except NoSuchDate as none:
            named, rest, in_folders, problem = None, stem, None, str(none)
        else:
            problem = ""
        rest = rest if named or not in_folders else ""
        if TEMPLATES & set(folders.lower().split("/")) or self._is_blank(named):
            return None, rest, A_TEMPLATE
        when = self._dated(named or in_folders)
        if when or self.reader.options.file_dates:
            return when, rest, ""
        return None, rest, problem or NO_DATE

    def _is_blank(self, named: When | None) -> bool:
        return named is None and bool(BLANKS_OF_A_TEMPLATE.search(self.text[:20_000]))

    def _dated(self, named: When | None) -> When | None:
        """A property `date` counts most, then the name; `created` says when a note without was
        begun, and of a note with a date its time of day."""
        told, created = self._date("date"), self._first_date(WRITTEN)
        if told and named:
            self._compare(named, told, taken=told)
        elif named and created:
            self._compare(named, created, taken=named)
        when = told or named or created
        if when and created and when.day_only and when.local.date() == created.local.date():
            return created
        if when is not created and not (self.is_piles or self.is_ours):
            self.used -= set(WRITTEN)
        return when

    def _compare(self, named: When, other: When, *, taken: When) -> None:
        days = {"name": named, "other": other, "taken": taken}
        if named.local.date() != other.local.date():
            told = {word: f"{when.local:%Y-%m-%d}" for word, when in days.items()}
            self.notes.append(OTHER_DAY.format(**told))

    def _first_date(self, names: Iterable[str]) -> When | None:
        return next(filter(None, (self._date(name) for name in names)), None)

    def _date(self, name: str) -> When | None:
        """The date of a property. Where it is none, it stays with the text, and is told."""
        if not (values := self._said(name)):
            return None
        try:
            if when := self.reader.dates.of_value(values[0]):
                return when
        except NoSuchDate:
            pass
        self.used.discard(name)
        self.notes.append(NO_SUCH.format(name=name, text=values[0][:40]))
        return None

    def _of_its_file(self) -> datetime | None:
        changed = self.reader.tree.files.changed(self.path)
        if changed:
            self.notes.append(BY_ITS_FILE)
        if changed and changed.tzinfo == UTC:
            return local_of(changed, zone(self.reader.options.zone))
        return changed

    # What it says

    def _title(self, rest: str) -> tuple[str, str]:
        """The title, and the text without it: the property, the name, or the heading on top."""
        own = " ".join(self._said("title"))
        if self.is_piles and not own and self._is("isreply"):
            own = AI_REPLY if self._is("isai") else REPLY
            self.notes += [BY_PILE] if own == AI_REPLY else []
        if own or (rest and any(map(str.isalpha, rest))):
            return own or rest, self.text
        return hashtags.headed(self.text)

    def _is(self, name: str) -> bool:
        return [value.lower() for value in self._said(name)] == ["true"]

    def _tags(self) -> tuple[str, ...]:
        """The tags of the properties, of a Logseq page, and those in the text."""
        words = [*self._own_tags(), *self._page_tags()]
        told = (f"#{word.strip('#[]/ ').lower()}" for word in words)
        return tuple(dict.fromkeys(tag for tag in (*told, *hashtags.found(self.text)) if tag[1:]))

    def _own_tags(self) -> Iterator[str]:
        """The tags of the properties: a list, or words in one line."""
        values = self._said("tags")
        lines = self.by_name["tags"].lines if values else ("",)
        listed = len(lines) > 1 or "[" in lines[0]
        for value in values:
            yield from [value] if listed else re.split(r"[,\s]+", value)

    def _page_tags(self) -> Iterator[str]:
        """The tags among the `name:: value` lines with which a Logseq page begins."""
        for line in self.text.split("\n", 50)[:50]:
            if not (found := PAGE_PROPERTY.match(line)):
                return
            if found[1].lower() == "tags":
                yield from found[2].split(",")

    def _left(self) -> str:
        """The properties that have no place of their own here, to the letter."""
        left = [
            line
            for each in self.properties
            if each.name not in self.used and (each.values is None or each.values)
            for line in each.lines
        ]
        ticks = max((len(run) for line in left for run in re.findall("`+", line)), default=0)
        fence = "`" * max(3, ticks + 1)
        return "\n".join([f"{fence}yaml", *left, fence]) if left else ""
