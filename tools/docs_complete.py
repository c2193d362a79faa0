"""Fail when something that a person can use or set is told nowhere.

Each command of the terminal, page of the web, setting and page of the guide has to be named in the
docs, and each link between the docs has to lead somewhere.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import throwaway

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "upswing"
GUIDE = SOURCE / "guide"
CHANGES = ROOT / "CHANGELOG.md"  # names what came and went, and so explains nothing
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "docs").glob("statistics/*.md"),
    *GUIDE.glob("*.md"),
]

SETTING = re.compile(r'"(UPSWING_[A-Z_]+)"')
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")


def commands(command: click.Command | None, path: str) -> Iterator[str]:
    """Every command as it is typed: "upswing vault doctor".

    A word that `__main__` answers without click is listed by its group and has no command there.
    """
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from commands(command.get_command(context, name), f"{path} {name}")


def routes() -> Iterator[str]:
    """The name of every page, in the backticks in which the docs have it."""
    from django.urls import get_resolver

    for name in get_resolver().reverse_dict:
        if isinstance(name, str):
            yield f"`{name}`"


def settings() -> set[str]:
    """Every UPSWING_* variable that the source reads."""
    return {name for file in SOURCE.rglob("*.py") for name in SETTING.findall(file.read_text())}


def broken_links() -> Iterator[str]:
    """Links of the docs to a file that is not there."""
    for page in PAGES:
        for target in LINK.findall(page.read_text()):
            if not target.startswith("/") and not (page.parent / target).exists():
                yield f"{page.relative_to(ROOT)} links to {target}, which is not there"


def unlinked() -> Iterator[str]:
    """Pages of the guide to which no other page leads."""
    for page in sorted(GUIDE.glob("*.md")):
        others = [other for other in PAGES if other != page]
        targets = {target for other in others for target in LINK.findall(other.read_text())}
        if page.stem not in {Path(target).stem for target in targets}:
            yield f"no other page links to the guide's {page.name}"


def untold() -> Iterator[str]:
    """What a person can type, open or set and is named nowhere."""
    from upswing.cli.main import upswing

    told = "\n".join(page.read_text() for page in PAGES if page != CHANGES)
    things = [*commands(upswing, "upswing"), *routes(), *settings()]
    yield from (f"{thing} is told nowhere" for thing in sorted(things) if thing not in told)


def main() -> None:
    with throwaway.settle():
        os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.settings"
        import django

        django.setup()
        if faults := [*untold(), *unlinked(), *broken_links()]:
            sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
