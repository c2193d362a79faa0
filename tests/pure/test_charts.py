"""The shapes and axes that the charts share."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from upswing.charts import axes, figure


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (drawn a moment ago)


def test_an_element_escapes_its_attributes_and_words() -> None:
    made = figure.words("text", '<b> & "c"', class_='a"b', text_anchor="end", x=2.25)
    assert made == (
        '<text class="a&quot;b" text-anchor="end" x="2.2">&lt;b&gt; &amp; &quot;c&quot;</text>'
    )


def test_an_empty_element_closes_itself() -> None:
    assert figure.element("path", {"d": "M0,0"}) == '<path d="M0,0"/>'


@pytest.mark.parametrize(
    ("value", "said"), [(3, "3"), (3.0, "3"), (2.25, "2.2"), (-0.04, "0"), (10.06, "10.1")]
)
def test_numbers_are_short(value: float, said: str) -> None:
    assert figure.number(value) == said


def test_a_picture_is_an_image_and_one_with_links_is_a_group() -> None:
    image = read(figure.picture((10, 20), "x", "T", "D"))
    group = read(figure.picture((10, 20), "x", "T", "D", links=True))
    assert (image.get("role"), group.get("role")) == ("img", "group")
    assert (image.get("viewBox"), image.get("aria-labelledby")) == ("0 0 10 20", "x-title")
    assert [(part.tag, part.get("id"), part.text) for part in image] == [
        ("title", "x-title", "T"),
        ("desc", "x-desc", "D"),
    ]


def test_a_smooth_curve_goes_through_every_point() -> None:
    points = [(0.0, 0.0), (10.0, 5.0), (20.0, 0.0)]
    segments = figure.smooth(points)
    assert [segment[0] for segment in segments] == points[:2]
    assert [segment[-1] for segment in segments] == points[1:]
    # the way out of the middle point goes on in the direction of the way in
    assert segments[1][1][1] - 5.0 == pytest.approx(5.0 - segments[0][2][1])


def test_the_pen_is_lifted_between_segments_that_do_not_meet() -> None:
    one, two = figure.smooth([(0, 0), (1, 1), (2, 2)])
    assert figure.drawn([one, two]).count("M") == 1
    assert figure.drawn([one, two[::-1]]).count("M") == 2


@pytest.mark.parametrize(
    ("low", "high", "most", "marks"),
    [
        (1, 10, 3, [5, 10]),
        (0, 10, 3, [0, 5, 10]),
        (0, 1, 3, [0, 0.5, 1]),
        (0, 100, 6, [0, 20, 40, 60, 80, 100]),
        (0, 7, 4, [0, 2, 4, 6]),
        (-3, 3, 3, [-2, 0, 2]),
    ],
)
def test_marks_are_round_numbers(low: float, high: float, most: int, marks: list[float]) -> None:
    assert axes.nice(low, high, most) == marks


def test_an_axis_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="low < high"):
        axes.nice(3, 3, 4)


@pytest.mark.parametrize(
    ("length", "most", "said"),
    [
        (0, 4, ["3 Nov"]),
        (3, 4, ["3 Nov", "4 Nov", "5 Nov", "6 Nov"]),
        (6, 4, ["3 Nov", "5 Nov", "7 Nov", "9 Nov"]),
        (21, 4, ["3 Nov", "10 Nov", "17 Nov", "24 Nov"]),
        (56, 5, ["3 Nov", "17 Nov", "1 Dec", "15 Dec", "29 Dec"]),
        (100, 5, ["Dec", "Jan 2027", "Feb"]),
        (400, 5, ["Jan 2027", "Apr", "Jul", "Oct"]),
        (3650, 4, ["2030", "2035"]),
    ],
)
def test_days_are_counted_as_people_count(length: int, most: int, said: list[str]) -> None:
    first = date(2026, 11, 3)
    marks = axes.days(first, first + timedelta(days=length), most)
    assert [words for _, words in marks] == said
    assert all(first <= day <= first + timedelta(days=length) for day, _ in marks)


def test_a_long_day_says_its_year() -> None:
    assert axes.long_day(date(2026, 11, 3)) == "3 Nov 2026"
