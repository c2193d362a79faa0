"""The words of the terminal, and the one group that finds them without loading the others."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

import click

from upswing import solo
from upswing.cli import endings


class Word(NamedTuple):
    """One word: what it does in a line, where its command stands ("" = `__main__` knows it), and
    whether that needs the record."""

    name: str
    line: str
    place: str = ""
    record: bool = True


SECTIONS = (
    (
        "Write",
        (
            Word("log", "Write down what is on your mind. Works while locked."),
            Word("checkin", "Note how it is: mood, energy, stress. Works while locked."),
            Word("setback", "Tell what happened, and walk its eight stones.", "setback.setback"),
            Word("thought", "Weigh a hard thought, and ask again later.", "thought.thought"),
            Word("kind", "Be as fair to yourself as to a friend.", "kind.kind"),
            Word("review", "Look back at a setback or a win, in order.", "review.review"),
            Word("lesson", "Lessons that come back, and how they served.", "lesson.lesson"),
        ),
    ),
    (
        "Look",
        (
            Word("today", "Today on one screen. “upswing” alone does the same.", "today.today"),
            Word("timeline", "Everything, newest first.", "timeline.timeline"),
            Word("search", "Find words, phrases, tags and days.", "search.search"),
            Word("show", "One item, whole.", "item.show"),
        ),
    ),
    (
        "Change",
        (
            Word("edit", "Change an item; how it read before is kept.", "edit.edit"),
            Word("go-on", "Go on with an exercise where you left it.", "exercises.go_on"),
            Word("trash", "Put items into the trash, or look into it.", "item.trash"),
            Word("restore", "Bring items back from the trash.", "item.restore"),
            Word("import", "Bring in a journal you already keep.", "importing.bring_in"),
            Word("export", "Take everything out, to read without Upswing.", "export.export"),
        ),
    ),
    (
        "Vault",
        (
            Word(
                "unlock",
                "Open the vault for this and the next commands.",
                "locking.unlock",
                record=False,
            ),
            Word("lock", "Lock the vault now.", "locking.lock", record=False),
            Word("backup", "Copies of the vault: make, check, bring back.", "backup.backup"),
            Word("vault", "Make the vault, and choose how it opens.", "vault.vault"),
        ),
    ),
    (
        "More",
        (
            Word("serve", "Open Upswing in the browser."),
            Word("demo", "Look at a made-up year in a throw-away vault."),
            Word("help-now", "Help lines by country. Works while locked."),
        ),
    ),
)
WORDS = {word.name: word for _, words in SECTIONS for word in words}

EPILOG = "Each word explains itself: upswing WORD --help"


class Words(click.Group):
    """A group that imports a command when it is called, and never shows a traceback for a no."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        word = WORDS.get(cmd_name)
        return _load(word) if word and word.place else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, words in SECTIONS:
            with formatter.section(title):
                formatter.write_dl([(word.name, word.line) for word in words], col_max=12)

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        raise SystemExit(run(list(args or ())))


def _load(word: Word) -> click.Command:
    if word.record:
        solo.wake()  # its modules name tables, so Django comes before them
    module, _, name = word.place.partition(".")
    command: click.Command = getattr(import_module(f"upswing.cli.{module}"), name)
    _collect_again()
    return command


def _collect_again() -> None:
    """Where `__main__` has turned it off: collect what the word leaves, not what was imported."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


@click.group(
    cls=Words,
    name="upswing",
    invoke_without_command=True,
    subcommand_metavar="[WORD] …",
    epilog=EPILOG,
    context_settings={"max_content_width": 88},
)
@click.version_option(package_name="upswing", message="Upswing %(version)s")
@click.pass_context
def upswing(ctx: click.Context) -> None:
    """A private workbook for the time after a setback at work."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(_load(WORDS["today"]))


def run(argv: list[str]) -> int:
    """Do what `argv` says and return the exit code."""
    return endings.code_of(lambda: click.Group.main(upswing, argv, **endings.settings()))
