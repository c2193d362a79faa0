"""jrnl's text: entries that begin with a date in brackets, in one file or one file a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from upswing.exchange import folders, textfile
from upswing.exchange.importers.jrnl.entries import Maker, Told
from upswing.exchange.rows import ImportProblem, Options, Origin, Row
from upswing.exchange.textfile import Line
from upswing.exchange.timeformat import NoSuchDate, TimeFormat, Written, read_iso

# A fresh jrnl puts the first into its settings; its code falls back on the second.
OWN_FORMATS = ("%F %r", "%Y-%m-%d %H:%M")
COMMON_FORMATS = (
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%Y/%m/%d %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%d. %B %Y %H:%M",
    "%d %B %Y %H:%M",
    "%B %d, %Y %H:%M",
)
MOST_NOTES = 5
SHOWN_BEFORE = 200
HEADER = re.compile(r"\[([^\]]{1,100})\] (.*)", re.DOTALL)
ANY_BRACKET = re.compile(r"\[([^\]]{1,100})\](?: |$)")
SENTENCE_END = re.compile("[.!?…‼‽⁇⁈⁉⋯﹒﹗]['’\"”]?[\\])]*\\s+|[！．？｡。]")

NOT_JRNL = "This is not a jrnl journal: no line begins with a date in square brackets."
OTHER_FORMAT = (
    "Entries seem to begin with dates such as [{date}]. That is not jrnl's usual format; "
    "give the “timeformat” that stands in jrnl's settings."
)
NO_DAY = "“{pattern}” does not say year, month and day, so no entry would have a date."
NO_DAYS = "No day of a journal is in there: jrnl lays them out as 2024/03/01.txt."
NO_SUCH_DAY = "Its name is not a day of the calendar."
BEFORE = "This text stands before the first dated entry, so it belongs to none."
RIGHT_BELOW = (
    "It begins right below other text, without an empty line between; jrnl reads it so too."
)
KEPT_AS_TEXT = (
    "Line {number} begins with [{date}], which is not read as a date here; it stays text."
)
OFFSET = "The offset {offset} beside its date is left aside; the time stays as written."

ReadDate = Callable[[str], Written | None]


@dataclass
class Draft:
    """One entry while its lines come in; the first is what follows the date. date: naive."""

    line: int
    date: datetime | None
    problem: str = ""
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Take a further line of text; of what belongs to no entry, only the beginning."""
        if self.problem == BEFORE and len(self.lines) >= SHOWN_BEFORE:
            return
        self.lines.append(line.text)
        found = ANY_BRACKET.match(line.text)
        if found and datelike(found[1]) and len(self.notes) < MOST_NOTES:
            self.notes.append(KEPT_AS_TEXT.format(number=line.number, date=found[1]))


def read_text(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry of a journal in one file. Raises ImportProblem where no entry begins at all."""
    read_date, maker = _date_reader(options, in_folder=False), Maker(options)
    drafts = _drafts(textfile.lines(origin), read_date)
    first, second = next(drafts, None), next(drafts, None)
    if first and not second and first.problem == BEFORE:
        raise _not_jrnl(first.lines)
    for draft in chain(filter(None, (first, second)), drafts):
        yield _row(maker, draft, f"line {draft.line}")


def read_days(origin: Origin, options: Options) -> Iterator[Row]:
    """Every entry of a journal in a folder, or a zip, of YYYY/MM/DD.txt. Raises ImportProblem."""
    read_date, maker = _date_reader(options, in_folder=True), Maker(options)
    file = None
    for file in folders.day_files(origin):
        for draft in _of_day(file, read_date):
            yield _row(maker, draft, f"{file.name}, line {draft.line}")
    if file is None:
        raise ImportProblem(NO_DAYS)


def _of_day(file: folders.DayFile, read_date: ReadDate) -> Iterator[Draft]:
    """The entries of one day file; the name of the file counts for the day, as for jrnl."""
    if not (day := file.day):
        yield Draft(1, None, NO_SUCH_DAY, [file.name])
        return
    try:
        for draft in _drafts(textfile.lines(file.data), read_date):
            yield replace(draft, date=draft.date and datetime.combine(day, draft.date.time()))
    except ImportProblem as problem:
        raise ImportProblem(f"{file.name}: {problem}") from None


def _row(maker: Maker, draft: Draft, where: str) -> Row:
    return maker.row(
        (draft.line, where),
        told(draft.lines),
        draft.date,
        problem=draft.problem,
        notes=tuple(draft.notes),
    )


def _date_reader(options: Options, *, in_folder: bool) -> ReadDate:
    """A function from bracketed text to its date; it raises NoSuchDate as `TimeFormat.read`."""
    patterns = (options.timeformat,) if options.timeformat else OWN_FORMATS
    formats = [TimeFormat(pattern) for pattern in patterns]
    if not all(each.names_day or (in_folder and each.names_time) for each in formats):
        raise ImportProblem(NO_DAY.format(pattern=options.timeformat))
    ways = (*(each.read for each in formats), read_iso)
    return lambda text: _first_reading(text, ways)


def _first_reading(text: str, ways: Iterable[ReadDate]) -> Written | None:
    missing: NoSuchDate | None = None
    for way in ways:
        try:
            if written := way(text):
                return written
        except NoSuchDate as none:
            missing = missing or none
    if missing:
        raise missing
    return None


def _drafts(lines: Iterator[Line], read_date: ReadDate) -> Iterator[Draft]:
    """Cut the lines at every line that begins with a date in brackets, as jrnl does."""
    current: Draft | None = None
    above = ""
    for line in lines:
        if begun := _begun(line, read_date):
            if above.strip():
                begun.notes.append(RIGHT_BELOW)
            if current:
                yield current
            current = begun
        elif current:
            current.add(line)
        elif line.text.strip():
            current = Draft(line.number, None, BEFORE, [line.text])
        above = line.text
    if current:
        yield current


def _begun(line: Line, read_date: ReadDate) -> Draft | None:
    """The entry that begins with this line; None for a line of text."""
    if not (header := HEADER.match(line.text)):
        return None
    try:
        written = read_date(header[1])
    except NoSuchDate as none:
        return Draft(line.number, None, str(none), [header[2]])
    if not written:
        return None
    notes = [OFFSET.format(offset=written.offset)] if written.offset else []
    return Draft(line.number, written.local, "", [header[2]], notes)


def told(lines: list[str]) -> Told:
    """Title, body and star of an entry; its first line is the rest of the line with the date."""
    if starred := lines[0].strip().endswith("*"):
        lines = [lines[0].strip(" \t*"), *(lines[1:] or [""])]
    text = "\n".join(lines).lstrip()
    title, end, body = text.partition("\n")
    # jrnl takes the first sentence for the title where an entry is one line and nothing below it.
    if not end and (sentence := SENTENCE_END.search(text)):
        title, body = text[: sentence.end()], text[sentence.end() :]
    return Told(title.strip(), body.strip(), starred)


def _not_jrnl(lines: list[str]) -> ImportProblem:
    """What to say of a text in which no entry begins; with formats that would fit, if any."""
    dates = [found[1] for text in lines if (found := HEADER.match(text)) and datelike(found[1])]
    if not dates:
        return ImportProblem(NOT_JRNL)
    fitting = tuple(each for each in COMMON_FORMATS if _fits(TimeFormat(each), dates))
    hint = f" It may be {' or '.join(fitting)}." if fitting else ""
    return ImportProblem(OTHER_FORMAT.format(date=dates[0]) + hint, fitting)


def datelike(text: str) -> bool:
    """Whether `text` has enough figures for a date."""
    return sum(character.isdigit() for character in text) >= 4


def _fits(form: TimeFormat, dates: list[str]) -> bool:
    try:
        return all(form.read(text) for text in dates)
    except NoSuchDate:
        return False
