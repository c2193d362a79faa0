"""The query language: every text is either read or refused with a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from upswing.errors import RuleError
from upswing.record.query import LONGEST, Query, parse
from upswing.record.words import Term

KINDS = ("entry", "checkin", "setback")


def read(text: str) -> Query:
    return parse(text, kinds=KINDS)


def word(text: str, *, prefix: bool = False) -> Term:
    return Term(tuple(text.split()), prefix)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("no", Query(terms=(word("no"),))),
        ("interv", Query(terms=(word("interv", prefix=True),))),
        ("no*", Query(terms=(word("no", prefix=True),))),
        ('"interview"', Query(terms=(word("interview"),))),
        ('said "no way', Query(terms=(word("said", prefix=True), word("no way")))),
        ("well-being", Query(terms=(word("well being", prefix=True),))),
        ("-no -“x”", Query(without=(word("no"), word("x")))),
        ('-"said no" ok', Query(terms=(word("ok"),), without=(word("said no"),))),
        ("5 - 3", Query(terms=(word("5"), word("3")))),
        ("10:30", Query(terms=(word("10 30"),))),
        ("note: it", Query(terms=(word("note", prefix=True), word("it")))),
        ("AND OR NOT", Query(terms=(word("and"), word("or"), word("not")))),
        ("kind:entry KIND:check-in", Query(kinds=("entry", "checkin"))),
        ("-kind:entry", Query(without_kinds=("entry",))),
        ("tag:#Work tag:c++", Query(tags=("work", "c++"))),
        ('tag:"two words" -tag:x', Query(tags=("two words",), without_tags=("x",))),
        ('setback:"Forty of us"', Query(setbacks=("Forty of us",))),
        ("after:2026 before:2026-03", Query(after=date(2026, 1, 1), before=date(2026, 3, 1))),
        ("after:2026-3-9", Query(after=date(2026, 3, 9))),
        ("after:2025 after:2026 after:2024", Query(after=date(2026, 1, 1))),
        ("before:2025 before:2026", Query(before=date(2025, 1, 1))),
        ('"kind:entry"', Query(terms=(word("kind entry"),))),
    ],
)
def test_what_is_read(text: str, query: Query) -> None:
    assert read(text) == query


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("kind:letter", "There is no kind “letter”. The kinds are: entry, checkin, setback."),
        ("kind:", "right after “kind:”"),
        ("tag: interview", "right after “tag:”"),
        ('tag:""', "right after “tag:”"),
        ("tag:#", "right after “tag:”"),
        ('setback:"', "right after “setback:”"),
        ("before:2026-13", "There is no date “2026-13”."),
        ("after:2026-02-30", "There is no date “2026-02-30”."),
        ("after:0000", "There is no date “0000”."),
        ("after:yesterday", "“yesterday” is not a day."),
        ("-after:2026", "A minus goes with words"),
        ("-setback:layoff", "A minus goes with words"),
        ("?!", "no word in this"),
        ("🙂", "no word in this"),
        ("-", "no word in this"),
        ("a\x00b", "zero byte"),
        ("\ud800", "not valid UTF-8"),
        ("x" * (LONGEST + 1), "up to 400 characters"),
    ],
)
def test_what_is_refused(text: str, part: str) -> None:
    with pytest.raises(RuleError) as refused:
        read(text)
    assert refused.value.field == "q"
    assert part in refused.value.sentence


PARTS = some.sampled_from(
    ['"', "-", ":", "*", " ", "(", ")", "'", "\\", "^", "NEAR(", "AND", "kind:", "tag:", "after:"]
)
TEXTS = some.lists(some.one_of(PARTS, some.text(max_size=6)), max_size=12).map("".join)


@given(TEXTS)
@example('"' * 7)
@example("tag:\ud800")
def test_no_text_raises_anything_but_a_sentence_for_the_person(text: str) -> None:
    with suppress(RuleError):
        query = read(text)
        assert all(term.words and all(term.words) for term in (*query.terms, *query.without))
