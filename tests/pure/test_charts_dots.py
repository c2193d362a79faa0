"""A series of dots over days: gaps stay gaps, one value and none are fine, text is readable."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from upswing.charts import dots
from upswing.charts.dots import Dot, Dots

FIRST = date(2026, 11, 3)
BOTH = ("wide", "narrow")


def a_series(values: str, **more: object) -> Dots:
    """Return Mood with one digit a day from 3 November; a space is a day without a value."""
    made = [
        Dot(FIRST + timedelta(days=at), int(value))
        for at, value in enumerate(values)
        if value != " "
    ]
    return Dots("Mood", tuple(made), **more)  # type: ignore[arg-type]


def drawn(series: Dots, which: str = "wide") -> ElementTree.Element:
    return ElementTree.fromstring(getattr(dots.svg(series), which))  # noqa: S314 (drawn just now)


def by_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [part for part in svg.iter() if part.get("class") == name]


def places(svg: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in by_class(svg, "dot")]


@pytest.mark.parametrize("which", BOTH)
def test_a_dot_a_value_later_to_the_right_higher_above(which: str) -> None:
    (x1, y1), (x2, y2), (x3, y3) = places(drawn(a_series("2 59"), which))
    assert x1 < x2 < x3
    assert x2 - x1 == pytest.approx(2 * (x3 - x2), abs=0.2)
    assert y1 > y2 > y3
    assert (y1 - y2) / 3 == pytest.approx((y2 - y3) / 4, abs=0.1)


def test_a_gap_is_not_drawn_through() -> None:
    (line,) = by_class(drawn(a_series("23  45")), "hair")
    assert (line.get("d") or "").count("M") == 2
    assert not by_class(drawn(a_series("2 3 4")), "hair")


def test_the_line_goes_through_the_mean_of_a_day() -> None:
    twice = Dots("Mood", (Dot(FIRST, 2), Dot(FIRST, 6), Dot(FIRST + timedelta(days=1), 4)))
    svg = drawn(twice)
    (line,) = by_class(svg, "hair")
    start, end = re.findall(r"[ML][\d.]+,([\d.]+)", line.get("d") or "")
    assert start == end
    assert len(places(svg)) == 3


def test_a_crowded_span_has_small_dots_and_no_hairs() -> None:
    few, many = drawn(a_series("46" * 10)), drawn(a_series("46" * 180))
    assert by_class(few, "hair")
    assert not by_class(many, "hair")
    assert by_class(many, "dot")[0].get("r") == "1.8"
    assert by_class(few, "dot")[0].get("r") == "3.2"


def test_a_level_of_ones_own_is_drawn_instead() -> None:
    level = tuple(Dot(FIRST + timedelta(days=at), 5) for at in range(4))
    svg = drawn(a_series("2  9", level=level))
    (line,) = by_class(svg, "level")
    assert (line.get("d") or "").count("L") == 3
    assert not by_class(svg, "hair")


@pytest.mark.parametrize("which", BOTH)
def test_the_band_lies_between_its_values(which: str) -> None:
    svg = drawn(a_series("46", band=(4, 6), band_name="usual <range>"), which)
    band, swatch = by_class(svg, "band")
    assert swatch.get("y") == "3"
    (_, low), (_, high) = places(svg)
    assert float(band.get("y", "")) == pytest.approx(high, abs=0.1)
    assert float(band.get("height", "")) == pytest.approx(low - high, abs=0.2)
    assert "usual <range>" in [part.text for part in svg.iter("text")]


def test_nothing_yet_is_said_and_nothing_is_drawn() -> None:
    empty = Dots("Mood", ())
    svg = drawn(empty)
    assert places(svg) == []
    assert [part.text for part in svg.iter("text")] == ["1", "5", "10", "Nothing yet"]
    assert dots.table(empty).rows == ()
    assert dots.text(empty) == "Mood: nothing yet"


def test_one_value_stands_in_the_middle() -> None:
    one = a_series("4")
    svg = drawn(one)
    ((x, _),) = places(svg)
    ends = [
        float(line.get(name, "")) for line in by_class(svg, "tick")[:1] for name in ("x1", "x2")
    ]
    assert x == pytest.approx(sum(ends) / 2)
    assert dots.text(one) == "Mood: one value, 4 on 3 Nov 2026\n▃\n3 Nov 2026"


def test_the_span_can_begin_before_the_first_value() -> None:
    wider = a_series("44", first=FIRST - timedelta(days=2), last=FIRST + timedelta(days=3))
    (x1, _), (x2, _) = places(drawn(wider))
    (tight, _), _ = places(drawn(a_series("44")))
    assert x1 > tight
    assert x2 < 940


@pytest.mark.parametrize("which", BOTH)
@pytest.mark.parametrize("length", [1, 2, 7, 30, 60, 100, 366, 3700])
def test_words_stay_inside_and_off_each_other(which: str, length: int) -> None:
    long = Dots("Mood", (Dot(FIRST, 4), Dot(FIRST + timedelta(days=length - 1), 6)))
    svg = drawn(long, which)
    width, height = (float(part) for part in (svg.get("viewBox") or "").split()[2:])
    ends = []
    for part in svg.iter("text"):
        x, size = float(part.get("x", "")), len(part.text or "") * 7.0
        left = {"start": x, "middle": x - size / 2, "end": x - size}[
            part.get("text-anchor", "start")
        ]
        assert left >= -1
        assert left + size <= width + 1
        assert float(part.get("y", "")) <= height
        if float(part.get("y", "")) == max(float(text.get("y", "")) for text in svg.iter("text")):
            ends.append((left, left + size))
    assert ends
    assert all(a[1] + 4 <= b[0] for a, b in pairwise(ends))


@pytest.mark.parametrize(("which", "least"), [("wide", 832), ("narrow", 283)])
def test_text_is_never_under_12_px(which: str, least: int) -> None:
    """`least`: the width of the smallest figure that shows the drawing; its text is 14 units."""
    width = float((drawn(a_series("4"), which).get("viewBox") or "").split()[2])
    assert 14 * least / width >= 12


def test_it_is_an_image_that_says_what_it_shows() -> None:
    svg = drawn(a_series("47 3"))
    desc = svg.find("desc")
    assert svg.get("role") == "img"
    assert desc is not None
    assert desc.text == "Scale from 1 to 10: 3 values from 3 to 7, latest 3 on 6 Nov 2026."


def test_colour_comes_by_class_only() -> None:
    drawing = dots.svg(a_series("47 3", band=(3, 5), band_name="range"))
    assert not re.search(r'(style|fill|stroke|font[a-z-]*)="', drawing.wide + drawing.narrow)


def test_the_table_has_a_row_a_day_oldest_first() -> None:
    late, early = Dot(FIRST + timedelta(days=1), 4), Dot(FIRST, 2.5)
    made = dots.table(Dots("Mood", (late, early, Dot(FIRST, 3))))
    assert made.columns == ("Day", "Mood")
    assert made.rows == (("3 Nov 2026", "2.5, 3"), ("4 Nov 2026", "4"))


def test_the_terminal_draws_blocks_and_leaves_gaps() -> None:
    assert dots.text(a_series("15  9  1 1 1   1")).splitlines() == [
        "Mood: 7 values from 1 to 9, latest 1 on 18 Nov 2026",
        "▁▄  ▇  ▁ ▁ ▁   ▁",
        "3 Nov 2026   18 Nov 2026",
    ]


def test_a_long_span_fits_the_width() -> None:
    _, blocks, foot = dots.text(a_series("19" * 100), 40).splitlines()
    assert blocks == "▃▅" * 20
    assert foot == "3 Nov 2026                   21 May 2027"
