"""The path of stones: two drawings, a table and a terminal picture of the same walk."""

from __future__ import annotations

import re
from pathlib import Path as File
from xml.etree import ElementTree

import pytest

from upswing.charts import path
from upswing.charts.path import Path, State, Stone

CSS = File(__file__).resolve().parents[2] / "src/upswing/web/static/css/charts.css"
NAMES = (
    "growth mindset",
    "self-compassion",
    "analysis",
    "feedback",
    "coping",
    "support",
    "small goals",
    "action",
)
STAGES = ("See", "See", "Learn", "Learn", "Steady", "Steady", "Act", "Act")
LETTERS: dict[str, State] = {"w": "walked", "h": "here", "n": "next", "a": "ahead"}


def a_path(states: str, href: str = "/stone/{}/") -> Path:
    """Return a path whose stones' states are given by their first letters."""
    stones = (
        Stone(f"s{at}", name, stage, LETTERS[letter], href.format(at) if href else "")
        for at, (name, stage, letter) in enumerate(zip(NAMES, STAGES, states, strict=True))
    )
    return Path(tuple(stones))


def drawn(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 (drawn a moment ago)


def by_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [part for part in svg.iter() if name in (part.get("class") or "").split()]


def middle(stone: ElementTree.Element) -> tuple[float, float]:
    (ring,) = by_class(stone, "ring")
    return float(ring.get("cx", "")), float(ring.get("cy", ""))


BOTH = ("wide", "narrow")


@pytest.mark.parametrize("which", BOTH)
def test_each_stone_is_a_link_in_order_with_its_name_and_state(which: str) -> None:
    svg = drawn(getattr(path.svg(a_path("wwhawnaa")), which))
    stones = by_class(svg, "stone")
    assert [stone.get("href") for stone in stones] == [f"/stone/{at}/" for at in range(8)]
    assert [" ".join(stone.itertext()) for stone in stones][:4] == [
        "growth mindset   walked",
        "self-compassion   walked",
        "analysis   you are here",
        "feedback",
    ]
    assert [stone.get("class") for stone in stones][4:] == [
        "stone walked",
        "stone next",
        "stone ahead",
        "stone ahead",
    ]


def test_a_path_without_links_is_an_image_and_one_with_links_is_not() -> None:
    assert drawn(path.svg(a_path("aaaaaaaa", href="")).wide).get("role") == "img"
    assert drawn(path.svg(a_path("aaaaaaaa")).wide).get("role") == "group"
    assert "href" not in path.svg(a_path("aaaaaaaa", href="")).wide


def test_the_wide_path_rises_from_left_to_right() -> None:
    places = [middle(stone) for stone in by_class(drawn(path.svg(a_path("a" * 8)).wide), "stone")]
    assert places == sorted(places)
    heights = [y for _, y in places]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] - heights[-1] > 150


def test_the_narrow_path_winds_upward_two_a_row() -> None:
    svg = drawn(path.svg(a_path("a" * 8)).narrow)
    places = [middle(stone) for stone in by_class(svg, "stone")]
    sides = ["left" if x < 150 else "right" for x, _ in places]
    assert sides == ["left", "right", "right", "left", "left", "right", "right", "left"]
    heights = [y for _, y in places]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("which", BOTH)
def test_the_trail_is_one_path(which: str) -> None:
    (trail,) = by_class(drawn(getattr(path.svg(a_path("wawaaaaa")), which)), "trail")
    assert (trail.get("d") or "").count("M") == 1
    assert (trail.get("d") or "").count("C") == 9


@pytest.mark.parametrize(
    ("states", "pieces", "strokes"),
    [
        ("wwwwwwww", 9, 1),  # all of it, in one stroke
        ("waaaaaaa", 2, 1),  # the lead-in, and half of the way to the second stone
        ("wwaaaaaa", 3, 1),
        ("waaawaaa", 4, 2),  # half a way on both sides of a stone walked out of order
        ("aaaaaaaw", 2, 1),
        ("hnaaaaaa", 0, 0),  # being there is not having walked
    ],
)
def test_the_trail_fills_around_walked_stones(states: str, pieces: int, strokes: int) -> None:
    walked = by_class(drawn(path.svg(a_path(states)).wide), "trail-walked")
    data = "".join(part.get("d") or "" for part in walked)
    assert (data.count("C"), data.count("M")) == (pieces, strokes)


@pytest.mark.parametrize(("which", "least"), [("wide", 832), ("narrow", 283)])
def test_text_is_never_under_12_px(which: str, least: int) -> None:
    """`least`: the width of the smallest figure that shows the drawing; its text is 14 units."""
    svg = drawn(getattr(path.svg(a_path("wwhawnaa")), which))
    width = float((svg.get("viewBox") or "").split()[2])
    assert 14 * least / width >= 12


def test_the_stylesheet_keeps_what_the_sizes_rest_on() -> None:
    css = CSS.read_text()
    assert "@container (min-width: 52rem)" in css  # 832 px
    sizes = re.findall(r"font: (?:italic )?400 (\d+)px", css)
    assert sizes == ["14", "17", "16"]  # the last is of the tree
    assert "font-size:" not in css.split(".chart text", 1)[1]


@pytest.mark.parametrize("which", BOTH)
def test_everything_stays_inside_the_picture(which: str) -> None:
    svg = drawn(getattr(path.svg(a_path("wwhawnaa")), which))
    width, height = (float(part) for part in (svg.get("viewBox") or "").split()[2:])
    for part in svg.iter("text"):
        x, y = float(part.get("x", "")), float(part.get("y", ""))
        half = len(part.text or "") * 7.4 / 2
        assert half <= x <= width - half
        assert 13 <= y <= height


@pytest.mark.parametrize("which", BOTH)
def test_no_two_texts_lie_on_each_other(which: str) -> None:
    svg = drawn(getattr(path.svg(a_path("wwhnwnhw")), which))
    boxes = [
        (float(part.get("x", "")), float(part.get("y", "")), len(part.text or "") * 7.4)
        for part in svg.iter("text")
    ]
    for at, (x, y, width) in enumerate(boxes):
        for other_x, other_y, other_width in boxes[at + 1 :]:
            apart = abs(x - other_x) >= (width + other_width) / 2
            assert apart or abs(y - other_y) >= 13


def test_words_are_escaped_and_colour_comes_by_class_only() -> None:
    stones = a_path("wwhawnaa").stones
    odd = Stone("x", "<i> & co", "A&B", "here", '/"><script>')
    drawing = path.svg(Path((odd, *stones[1:]), ident="one"))
    assert "<script" not in drawing.wide + drawing.narrow
    assert "&lt;i&gt; &amp; co" in drawing.wide
    assert not re.search(r'(style|fill|stroke|font[a-z-]*)="', drawing.wide + drawing.narrow)
    assert 'id="one-wide-title"' in drawing.wide
    assert 'id="one-narrow-title"' in drawing.narrow


def test_a_long_name_is_set_in_lines() -> None:
    stones = a_path("aaaaaaaa").stones
    long = Stone("x", "looking at what happened", "See", "here")
    svg = drawn(path.svg(Path((long, *stones[1:]))).wide)
    assert [part.text for part in by_class(by_class(svg, "here")[0], "name")] == [
        "looking at what",
        "happened",
    ]


def test_the_title_says_how_far_it_is_walked() -> None:
    title = drawn(path.svg(a_path("wwhawnaa")).wide).find("title")
    assert title is not None
    assert title.text == "3 of 8 stones walked; you are at analysis."
    assert path.summary(a_path("aaaaaaaa")) == "0 of 8 stones walked"


def test_the_table_has_a_row_for_each_stone() -> None:
    made = path.table(a_path("wwhawnaa"))
    assert made.columns == ("Stage", "Stone", "Now")
    assert made.rows[1:4] == (
        ("See", "self-compassion", "walked"),
        ("Learn", "analysis", "you are here"),
        ("Learn", "feedback", "ahead"),
    )
    assert len(made.rows) == 8


def test_the_terminal_draws_it_from_the_bottom_up() -> None:
    assert path.text(a_path("wwhawnaa"), 60).splitlines() == [
        "Act     ○ small goals ··········· ○ action",
        "Steady  ● coping ················ ◎ support",
        "Learn   ◉ analysis ·············· ○ feedback",
        "See     ● growth mindset ──────── ● self-compassion",
        "",
        "● walked   ◉ you are here   ◎ next   ○ ahead",
    ]


def test_a_narrow_terminal_gets_one_stone_a_line() -> None:
    lines = path.text(a_path("wwhawnaa"), 30).splitlines()
    assert lines[0] == "Act     ○ action"
    assert lines[1] == "        ○ small goals"
    assert lines[7] == "        ● growth mindset"
    assert max(len(line) for line in lines) <= 30


def test_another_number_of_stones_is_refused() -> None:
    with pytest.raises(ValueError, match="8 stones, not 7"):
        Path(a_path("aaaaaaaa").stones[1:])
