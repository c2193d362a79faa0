"""Every pair of colours that meets on a page is readable, in both themes and in high contrast."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "src/upswing/web/static/css"
COLOUR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
THEMES = ("light", "dark")

TEXT = 4.5  # WCAG 1.4.3, text of any size
SHAPE = 3.0  # WCAG 1.4.11, what tells a control, a state or a focus

TEXT_PAIRS = [
    *product(("ink", "soft", "moss", "moss-deep", "amber"), ("paper", "sheet")),
    *product(("ink", "soft", "moss", "moss-deep", "amber"), ("moss-wash", "amber-wash")),
    ("paper", "moss"),
    ("paper", "moss-deep"),
]
SHAPE_PAIRS = [
    *product(("edge", "moss", "amber"), ("paper", "sheet")),
    *product(("moss", "amber"), ("moss-wash", "amber-wash")),
]


def palettes() -> dict[str, dict[str, str]]:
    """Return {"light": {token: colour}, "dark": …, "light more": …, "dark more": …}."""
    text = (CSS / "tokens.css").read_text()
    usual, more = text.split("@media (prefers-contrast: more)")
    found: dict[str, dict[str, str]] = {}
    for index, theme in enumerate(THEMES):
        base = {name: pair[index] for name, *pair in COLOUR.findall(usual)}
        found[theme] = base
        found[f"{theme} more"] = base | {name: pair[index] for name, *pair in COLOUR.findall(more)}
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb" (WCAG 2.2), 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PALETTES = palettes()


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_every_token_is_read() -> None:
    wanted = {name for pair in TEXT_PAIRS + SHAPE_PAIRS for name in pair} | {"line"}
    assert {theme: set(colours) for theme, colours in PALETTES.items()} == dict.fromkeys(
        PALETTES, wanted
    )


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_is_readable(theme: str, front: str, back: str) -> None:
    found = contrast(PALETTES[theme][front], PALETTES[theme][back])
    assert found >= (7 if theme.endswith("more") else TEXT)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_controls_and_focus_stand_out(theme: str, front: str, back: str) -> None:
    assert contrast(PALETTES[theme][front], PALETTES[theme][back]) >= SHAPE


def used_colours() -> set[str]:
    """Return every colour token that a stylesheet uses."""
    names = set(PALETTES["light"])
    texts = [path.read_text() for path in CSS.glob("*.css")]
    return {name for text in texts for name in re.findall(r"var\(--([a-z-]+)\)", text)} & names


def test_no_stylesheet_has_a_colour_of_its_own() -> None:
    allowed = {"tokens.css", "print.css"}
    strays = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
        for path in CSS.glob("*.css")
        if path.name not in allowed
    }
    assert {name: found for name, found in strays.items() if found} == {}


def test_every_colour_is_used() -> None:
    assert used_colours() == set(PALETTES["light"])
