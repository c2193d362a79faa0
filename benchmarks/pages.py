"""The pages: what the server spends on each, with few items and with many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks import cpu, shares, words
from benchmarks.ground import Ground
from benchmarks.inside import Inside
from benchmarks.table import Line, at_most, milliseconds

BAR = 1.5
MOST_QUERIES = 12
FLOOR = 6
KINDS = ("thought", "voices", "letter", "review", "factor", "lesson")
ROUNDS, TIMES = 15, 3
PAGES = (
    ("Today", "/"),
    ("setback", "/setbacks/{setback}/"),
    ("timeline", "/timeline/"),
    ("journal", "/journal/"),
    ("stone mindset", "/setbacks/{setback}/stones/mindset/"),
    ("stone compassion", "/setbacks/{setback}/stones/compassion/"),
    ("stone analysis", "/setbacks/{setback}/stones/reviews/"),
    ("about an exercise", "/exercises/thought/?setback={setback}"),
    ("step with a search in the record", "/exercises/{thought}/5/"),
    ("thought", "/exercises/{thought}/"),
    ("thought that comes back", "/exercises/{thought}/again/"),
    ("two voices", "/voices/{voices}/"),
    ("letter", "/exercises/{letter}/"),
    ("review", "/reviews/{review}/"),
    ("factors of a review", "/reviews/{review}/factors/"),
    ("factor", "/factors/{factor}/"),
    ("factors that return", "/factors/"),
    ("lessons", "/lessons/"),
    ("lessons at rest", "/lessons/?resting=1"),
    ("lesson", "/lessons/{lesson}/"),
    ("search", f"/search/?q={words.word(words.FREQUENT)}"),
)


def lines(here: Ground) -> Iterator[Line]:
    """CPU and queries of each page at the largest size, over those at the smallest."""
    few, many = Inside(here.vault(here.small)), Inside(here.vault(here.large))
    sizes = f"{here.large:,} items / {here.small:,}"
    for name, path in PAGES:
        paths = [path.format(**_ids(side)) for side in (many, few)]
        yield _cost(f"page: {name}, {sizes}", (many, few), paths)
        yield _queries(f"page: {name}, queries, {sizes}", (many, few), paths)
    few.close()
    many.close()


def _ids(side: Inside) -> dict[str, str]:
    return {"setback": side.ask("setback")} | {
        kind: side.ask("newest", kind=kind) for kind in KINDS
    }


def _cost(name: str, sides: tuple[Inside, Inside], paths: list[str]) -> Line:
    (many, few), (there, here) = sides, paths
    pair = cpu.paired(
        ROUNDS,
        lambda: float(many.ask("page", path=there, times=TIMES)),
        lambda: float(few.ask("page", path=here, times=TIMES)),
    )
    shown = milliseconds(pair.ours), milliseconds(pair.reference)
    line = at_most(name, *shown, pair.ratio, BAR)
    if line.met:
        return line
    told = [
        shares.sentence(side.ask("profile", order="page", path=path, times=20))
        for side, path in zip(sides, paths, strict=True)
    ]
    return replace(line, said=f"With many items: {told[0]}. With few: {told[1]}.")


def _queries(name: str, sides: tuple[Inside, Inside], paths: list[str]) -> Line:
    many, few = (side.ask("queries", path=path) for side, path in zip(sides, paths, strict=True))
    met = many == few and many <= MOST_QUERIES
    return Line(name, str(many), str(few), many / few, f"= 1, ≤ {MOST_QUERIES}", met)


def floor(here: Ground) -> Iterator[Line]:
    """Today, over an empty page that asks the database once."""
    inside = Inside(here.vault(here.large))
    pair = cpu.paired(
        ROUNDS,
        lambda: float(inside.ask("page", path="/", times=TIMES)),
        lambda: float(inside.ask("page", path="/empty/", times=4 * TIMES)),
    )
    shown = milliseconds(pair.ours), milliseconds(pair.reference)
    name = f"floor: Today, {here.large:,} items / an empty view, one query"
    line = at_most(name, *shown, pair.ratio, FLOOR)
    told = shares.sentence(inside.ask("profile", order="page", path="/", times=30))
    inside.close()
    yield line if line.met else replace(line, said=f"{told}.")
