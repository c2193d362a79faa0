"""Forty texts and forty queries, and a plain reading of which text fits which query.

Both engines are compared with this reading, and so with each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from upswing.record.query import Query
from upswing.record.words import Term, fold

FIRST_DAY = date(2025, 12, 1)
LAYOFF, REVIEW = "The layoff of forty people", "The hard review of forty pages"


@dataclass(frozen=True)
class Text:
    """One entry of the corpus; it was lived on the day that `day` says."""

    body: str
    title: str = ""
    tags: tuple[str, ...] = ()
    setback: str = ""
    kind: str = "entry"
    feelings: tuple[str, ...] = ()
    trashed: bool = False
    day: date = field(default=FIRST_DAY)


def _texts() -> Iterator[Text]:
    yield Text("They said no.")
    yield Text("No one said anything", title="They said")
    yield Text("nothing here", title="said no")
    yield Text("the end of said", title="begins with no")
    yield Text("said, however, no")
    yield Text("The interview went well #interview", tags=("interview",))
    yield Text("Two interviews and an interviewer")
    yield Text("interv")
    yield Text("Née Müller, Straße 5, Zürich")
    yield Text("nee muller, strasse 5, zurich")
    yield Text("NE\u0301E MU\u0308LLER")
    yield Text("İstanbul ve ılık çay")
    yield Text("Привет, ёлка. Всё хорошо")
    yield Text("ΟΔΟΣ οδος")
    yield Text("今天我面试了，他们说不。")
    yield Text("面对他们，不试")
    yield Text("カタカナ・テスト ひらがな")
    yield Text("한국어 면접")
    yield Text("नमस्ते दुनिया")
    yield Text("السلام عليكم")
    yield Text("🙂 🙂 fine 🙂")
    yield Text("AND OR NOT NEAR NEAR(a b, 3)")
    yield Text("""quotes "double" 'single' `back` \\backslash % _ under_score""")
    yield Text("colon:value title:x {curly} (round) [square] ^caret* +plus -minus")
    yield Text("NULL; DROP TABLE upswing_item; -- ok")
    yield Text("ﬁnally ﬂy ½ m²")
    yield Text("co-op well-being re-org e-mail")
    yield Text("10:30 until 11:45, 2026-03-14, 3.14")
    yield Text("http://example.org/path?a=b#part")
    yield Text("x" * 3000 + " short")
    yield Text("the " * 300 + "raven flew over the house")
    yield Text(" ".join(f"w{number}" for number in range(17_000)) + " late swan song")
    yield Text("", title="only a title")
    yield Text("tagged by hand", tags=("c++", "two words", "work"))
    yield Text("tagged too", tags=("work", "interview"))
    yield Text("about the layoff", setback=LAYOFF)
    yield Text("about the review", setback=REVIEW)
    yield Text("about the layoff again", setback=LAYOFF, tags=("work",))
    yield Text("a line", kind="checkin", feelings=("tired", "let down"), title="mood 4")
    yield Text("They said no, and it is in the trash", trashed=True, tags=("work",))
    yield Text("last day of the year, no interview", day=date(2025, 12, 31))
    yield Text("first day of the year, said no", day=date(2026, 1, 1))


TEXTS = [
    text if text.day != FIRST_DAY else Text(**(vars(text) | {"day": FIRST_DAY + timedelta(number)}))
    for number, text in enumerate(_texts())
]

QUERIES = (
    "",
    "no",
    "said no",
    '"said no"',
    "interview",
    "interv",
    "int*",
    '"interview"',
    "nee muller",
    "NÉE MÜLLER",
    "zürich",
    "istanbul",
    "елка",
    "ΟΔΟΣ",
    "面试",
    "不",
    "カナ",
    "면접",
    "दुनिया",
    "عليكم",
    "fine",
    "AND OR NOT",
    "NEAR(a b, 3)",
    "under_score",
    '"double"',
    "colon:value",
    "finally m2",
    "1/2",
    "well-being",
    "10:30",
    "3.14",
    "x" * 300,
    "raven",
    '"raven flew"',
    '"flew over the house"',
    '"the house"',
    '"swan song"',
    "w16999 swan",
    "w1*",
    "w1* swan -raven",
    "-w1* about",
    "title",
    '"said nothing"',
    '"said no one"',
    "tired",
    '"let down"',
    "-no",
    "-interview -the",
    '-"said no" no',
    "-面试",
    "kind:entry no",
    "kind:checkin",
    "kind:entry kind:checkin mood",
    "kind:setback",
    "-kind:entry",
    "tag:work",
    "tag:work tag:interview",
    'tag:"two words"',
    "tag:c++",
    "tag:nowhere",
    "-tag:work",
    "-tag:work about",
    "tag:interview -tag:work",
    "setback:layoff",
    "setback:forty",
    'setback:"forty pages" about',
    "setback:forty tag:work",
    "after:2026",
    "before:2026",
    "after:2025-12-31 before:2026-01-02",
    "after:2026-01 no",
    "before:2025-12-05 said",
    "after:2027",
)


def fits(text: Text, query: Query) -> bool:
    """Whether the text is what the query looks for, read plainly."""
    return (
        not text.trashed
        and all(_holds(text, term) for term in query.terms)
        and not any(_holds(text, term) for term in query.without)
        and (not query.kinds or text.kind in query.kinds)
        and text.kind not in query.without_kinds
        and set(query.tags) <= set(text.tags)
        and not set(query.without_tags) & set(text.tags)
        and all(set(fold(words)) <= set(fold(text.setback)) for words in query.setbacks)
        and (query.after is None or text.day >= query.after)
        and (query.before is None or text.day < query.before)
    )


def _holds(text: Text, term: Term) -> bool:
    more = " ".join((*text.feelings, *text.tags))
    return _in(text.title, term) or _in(f"{text.body}\n{more}", term)


@cache
def _folded(text: str) -> tuple[list[str], set[str]]:
    words = fold(text)
    return words, set(words)


def _in(text: str, term: Term) -> bool:
    words, known = _folded(text)
    if not set(term.words[:-1]) <= known:
        return False
    size = len(term.words)
    windows = (words[at : at + size] for at in range(len(words) - size + 1))
    return any(_same(window, term) for window in windows)


def _same(window: Sequence[str], term: Term) -> bool:
    *whole, last = term.words
    if list(window[:-1]) != whole:
        return False
    return window[-1].startswith(last) if term.prefix else window[-1] == last
