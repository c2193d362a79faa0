"""`upswing review factors`: what came up in more than one review."""

from __future__ import annotations

import shlex
from typing import Any

import click

from upswing.cli import door, say
from upswing.strategies.reviews import reads, rules
from upswing.strategies.reviews.reads import Return

NOTHING = "Nothing has returned yet. When two reviews name the same factor, it is here."
NO_MORE = "There is nothing below that."


@click.command()
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--below", metavar="NAME", default="", help="Go on below a factor of the last list.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def factors(limit: int, below: str, as_json: bool) -> None:
    """What came up in more than one review, and in how many."""
    page = reads.returned(owner=door.opened(), below=rules.key(below), limit=limit)
    if as_json:
        more = page.found[-1].name if page.more else None
        say.as_json({"factors": [_data(one) for one in page.found], "more": more})
        return
    if not page.found:
        say.lines(NO_MORE if below else NOTHING)
    for one in page.found:
        _tell(one)
    if page.more:
        say.note(f"More: upswing review factors --below {shlex.quote(page.found[-1].name)}")


def _data(one: Return) -> dict[str, Any]:
    return {"name": one.name, "reviews": one.many, "shares": one.shares}


def _tell(one: Return) -> None:
    say.sides(say.one_line(one.name), f"in {one.many} reviews")
    said = ", ".join("–" if share is None else str(share) for share in one.shares)
    earlier = one.many - len(one.shares)
    before = f", after {earlier} earlier ones" if earlier else ""
    say.note(f"  shares, oldest first{before}: {said}")
    if one.trend:
        say.note(f"  {one.trend}")
