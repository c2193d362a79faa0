"""Ratings over a few times: one spec as picture, as table and in the terminal."""

from __future__ import annotations

from xml.etree import ElementTree

from upswing.charts import moves
from upswing.charts.moves import Line, Moves

SPEC = Moves(
    name="How it moved",
    times=("before", "after", "8 days"),
    lines=(Line("The first <thought>", (80, 60, 45)), Line("A fairer one", (None, 55, 70))),
)
ONE = Moves(name="One", times=("before",), lines=(Line("It", (5,)),), high=10)


def test_both_drawings_are_sound_and_say_what_they_show() -> None:
    for drawn in (moves.svg(SPEC).wide, moves.svg(SPEC).narrow):
        root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
        said = [node.text for node in root.iter() if node.text]
        assert {"80", "60", "45", "55", "70", "before", "after", "8 days"} <= set(said)
        assert "The first <thought>" in said
        assert "from 80 to 45" in said[1]
        assert "style" not in drawn


def test_higher_is_higher_and_later_is_further_right() -> None:
    root = ElementTree.fromstring(moves.svg(SPEC).wide)  # noqa: S314 - our own drawing
    dots = [
        (float(node.get("cx", "")), float(node.get("cy", "")))
        for node in root.iter("circle")
        if node.get("class") == "mark one"
    ][1:]
    assert [x for x, _ in dots] == sorted({x for x, _ in dots})
    assert [y for _, y in dots] == sorted({y for _, y in dots})


def test_a_time_without_a_value_has_no_dot() -> None:
    drawn = moves.svg(SPEC).wide
    assert drawn.count('class="mark two"') == 1 + 2
    assert drawn.count('class="mark one"') == 1 + 3


def test_numbers_of_two_lines_at_one_place_do_not_lie_on_each_other() -> None:
    same = Moves("Same", ("before", "after"), (Line("a", (50, 20)), Line("b", (50, 25))))
    root = ElementTree.fromstring(moves.svg(same).narrow)  # noqa: S314 - our own drawing
    places = [
        (node.get("x"), float(node.get("y", "")))
        for node in root.iter("text")
        if node.text in {"50", "20", "25"} and node.get("text-anchor") == "middle"
    ]
    for at, (x, y) in enumerate(places):
        assert all(abs(y - other) > 12 for across, other in places[at + 1 :] if across == x)


def test_one_time_alone_can_be_drawn() -> None:
    assert 'class="mark one"' in moves.svg(ONE).narrow
    assert moves.svg(ONE).narrow.count("<path") == 1  # the one of the legend


def test_the_table() -> None:
    table = moves.table(SPEC)
    assert table.columns == ("", "before", "after", "8 days")
    assert table.rows == (
        ("The first <thought>", "80", "60", "45"),
        ("A fairer one", "–", "55", "70"),
    )


def test_the_terminal() -> None:
    assert moves.text(SPEC).splitlines() == [
        "                     before  after  8 days",
        "The first <thought>      80     60      45",
        "A fairer one              –     55      70",
    ]
    assert all(len(line) <= 34 for line in moves.text(SPEC, width=34).splitlines())
    assert moves.summary(SPEC) == "The first <thought>: from 80 to 45; A fairer one: from 55 to 70"
