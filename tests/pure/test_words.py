"""Words as search sees them, and the pieces of a snippet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from upswing.record.query import parse
from upswing.record.words import LONGEST_WORD, Term, fold, snippet


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They said no.", ["they", "said", "no"]),
        ("Née in ZÜRICH", ["nee", "in", "zurich"]),
        ("Straße", ["strasse"]),
        ("ΟΔΟΣ", ["οδοσ"]),
        ("ﬁne ½", ["fine", "1", "2"]),
        ("snake_case co-op", ["snake", "case", "co", "op"]),
        ("10:30 c++", ["10", "30", "c"]),
        ("🙂 — …", []),
        ("面试ok", ["面", "试", "ok"]),
        ("Привет, Ёлка", ["привет", "елка"]),
        ("", []),
    ],
)
def test_fold(text: str, words: list[str]) -> None:
    assert fold(text) == words


@given(some.text())
def test_one_spelling_of_an_accent_is_as_good_as_another(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(some.text())
def test_folded_words_hold_nothing_that_an_engine_could_read_as_its_own(text: str) -> None:
    for word in fold(text):
        assert word.isalnum()
        assert word == word.lower()
        assert len(word) <= LONGEST_WORD


def test_a_very_long_word_is_cut_alike_in_text_and_query() -> None:
    assert fold("x" * 5000) == fold("x" * 6000) == ["x" * LONGEST_WORD]


def shown(text: str, query: str, width: int = 180) -> str:
    pieces = snippet(text, parse(query, kinds=()).terms, width=width)
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("They said no.", "no", "They said [no]."),
        ("No, no and known", "no", "[No], [no] and known"),
        ("an interview in Zürich", "zuri interv", "an [interview] in [Zürich]"),
        ("no, they said: no", '"said no"', "no, they [said: no]"),
        ("Straße, strasses", "strasse", "[Straße], [strasses]"),
        ("Straße, strasses", '"strasse"', "[Straße], strasses"),
        ("e\u0301te\u0301 ok", "ete", "[été] ok"),
        ("q\u0301 ok", "q", "[q\u0301] ok"),
        ("1¼ hours, ¼ day", "4", "1[¼] hours, [¼] day"),
        ("¼ day", "1 4", "[¼] day"),
        ("今天面试了，面对", "面试", "今天[面试]了，面对"),
        ("nothing of it", "else", "nothing of it"),
    ],
)
def test_hits_are_marked_as_they_were_written(text: str, query: str, marked: str) -> None:
    assert shown(text, query) == marked


def test_a_snippet_starts_near_the_first_hit_and_says_that_there_is_more() -> None:
    text = "far " * 300 + "the interview " + "away " * 300
    found = shown(text, "interview", width=60)
    assert found.startswith("… far")
    assert found.endswith(" …")
    assert "[interview]" in found
    assert len(found) < 80


def test_a_phrase_is_shown_where_it_stands_not_where_its_words_stand() -> None:
    text = "the " * 200 + "end of the road " + "the " * 50
    assert "[end of the]" in shown(text, '"end of the"', width=80)


def test_without_words_the_beginning_is_shown() -> None:
    assert shown("They said no.", "") == "They said no."


@given(some.text(), some.text(min_size=1), some.integers(20, 200))
def test_a_snippet_is_text_and_the_hit_is_what_was_looked_for(
    text: str, wanted: str, width: int
) -> None:
    words = tuple(fold(wanted))
    terms = (Term(words),) if words else ()
    pieces = snippet(text, terms, width=width)
    plain = unicodedata.normalize("NFC", text)
    assert all(piece.text in plain for piece in pieces if piece.text not in ("… ", " …"))
    for piece in pieces:
        if piece.hit:  # a sign that holds two words is marked whole
            assert " ".join(words) in " ".join(fold(piece.text))
