"""`upswing search`: words, phrases, tags and days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import click

from upswing.cli import data, door, lists, say, when
from upswing.record.search import Hit, Results
from upswing.record.search import search as find

FILTER = re.compile(r"(-?\w+:)(.*)", re.DOTALL)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1)
@click.option("--best", is_flag=True, help="Best match first; otherwise newest first.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(words: tuple[str, ...], best: bool, limit: int, as_json: bool) -> None:
    """Find words, phrases, tags and days.

    \b
    interview offer       both words; four letters or more also find longer words
    "final round"         these words side by side
    -recruiter            not this word
    tag:interview         with this tag
    kind:entry            only entries (check-in, setback, note, person)
    setback:kestrel       what belongs to this setback
    after:2025-11 before:2026    from a day on, until before a day

    Upper and lower case and accents make no difference. Without WORDS you are asked, and what
    you look for stays out of the shell's history.
    """
    text = query(words or (_asked(),))
    owner = door.opened()

    results = find(owner=owner, text=text, best=best, limit=limit)
    if as_json:
        say.as_json({"count": results.count, "capped": results.capped, "items": _data(results)})
    else:
        _show(results, door.today(owner))


def query(words: Iterable[str]) -> str:
    """What the shell took the quotes from, with its quotes again."""
    unknown = [word for word in words if word.startswith("--")]
    if unknown:
        raise click.NoSuchOption(unknown[0], ctx=click.get_current_context())
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if '"' in word or not re.search(r"\s", word):
        return word
    name, value = found.groups() if (found := FILTER.fullmatch(word)) else ("", word)
    minus, value = ("-", value[1:]) if value.startswith("-") and not name else ("", value)
    return f'{minus}{name}"{value}"'


def _asked() -> str:
    if not say.somebody_is_there():
        raise click.UsageError("What shall be found?", ctx=click.get_current_context())
    words: str = click.prompt("Search for", err=True)
    return words


def _data(results: Results) -> list[dict[str, object]]:
    return [
        data.row(hit.row) | {"found": "".join(piece.text for piece in hit.excerpt)}
        for hit in results.hits
    ]


def _show(results: Results, today: date) -> None:
    if not results.hits:
        say.lines("Nothing found. Fewer words or a beginning of one may find more.")
        return
    for hit in results.hits:
        _hit(hit, today)
        click.echo()
    say.note(_count(results))


def _hit(hit: Hit, today: date) -> None:
    row = hit.row
    title = say.one_line("".join(piece.text for piece in hit.title)) or row.noun
    say.sides(title, door.short(row.id), bold=True)
    about = f" · {row.setback}" if row.setback else ""
    say.lines(f"{when.moment(row.lived_at, today)} · {row.noun}{about}", indent="  ", dim=True)
    if hit.excerpt and any(piece.text.strip() for piece in hit.excerpt):
        lists.pieces(hit.excerpt, indent="  ")


def _count(results: Results) -> str:
    found = f"{'more than ' if results.capped else ''}{results.count:,}"
    if len(results.hits) == results.count and not results.capped:
        return f"{found} found."
    return f"The first {len(results.hits)} of {found}. More with --limit 100."
