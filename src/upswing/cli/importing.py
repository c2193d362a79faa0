"""`upswing import`: look first, then bring in, all or nothing; and take it back whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from upswing.accounts.models import User
from upswing.cli import batches_page, door, import_report, say
from upswing.errors import RuleError
from upswing.exchange import bringing, importers
from upswing.exchange.plan import Plan
from upswing.exchange.rows import ImportProblem, Options, Source
from upswing.exchange.run import Report
from upswing.record import reads
from upswing.record.models import Setback

EXAMPLE = datetime(2026, 2, 3, 18, 30)  # noqa: DTZ001 - what a date in a format looks like


@click.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--dry-run", "only_look", is_flag=True, help="Count only; nothing is written.")
@click.option("--zone", metavar="NAME", help="Where it was written: Europe/Berlin. Else your own.")
@click.option("--timeformat", metavar="FORMAT", default="", help="Dates in it: “%d.%m.%Y %H:%M”.")
@click.option("--file-dates", is_flag=True, help="Take notes without a date at their file's date.")
@click.option(
    "--best-rating",
    type=click.Choice(["5", "1"]),
    help="Which rating a good day has in it; ratings then come in as check-ins.",
)
@click.option("--places", is_flag=True, help="Keep place, weather and device, as Day One has them.")
@click.option("--setback", "about", metavar="WORDS", help="What all of it belongs to.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--report", is_flag=True, help="Show every row, and what becomes of it.")
@click.option("--list", "listed", is_flag=True, help="Show what was brought in before.")
@click.option("--undo", metavar="ID", help="Take one of those back, whole.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bring_in(
    file: Path | None,
    only_look: bool,
    zone: str | None,
    timeformat: str,
    file_dates: bool,
    best_rating: str | None,
    places: bool,
    about: str | None,
    yes: bool,
    report: bool,
    listed: bool,
    undo: str | None,
    as_json: bool,
) -> None:
    """Bring in a journal that you keep elsewhere.

    FILE is a file, a zip or a folder from jrnl, Day One, Obsidian, Logseq, memos, Diarium, Mini
    Diary or FreeCBT, or an export of Upswing.

    It is looked through first, and you see what would happen. The same file a second time adds
    nothing. Nothing is changed where it comes from.

    \b
    upswing import journal.txt --dry-run
    upswing import journal.txt --zone Europe/Berlin --setback kestrel
    upswing import --list
    upswing import --undo 5f3c01ab
    """
    owner = door.opened()
    if undo:
        batches_page.undo(owner, undo, yes)
    elif listed or file is None:
        batches_page.listing(owner, as_json)
    else:
        best = int(best_rating) if best_rating else None
        options = Options(
            zone or owner.zone, timeformat, file_dates=file_dates, best=best, places=places
        )
        job = Job(owner, file, options, about, report, as_json)
        job.run(only_look=only_look, yes=yes)


class Job:
    """One file on its way in."""

    def __init__(
        self,
        owner: User,
        file: Path,
        options: Options,
        about: str | None,
        report: bool,
        as_json: bool,
    ) -> None:
        self.owner, self.file, self.options = owner, file, options
        self.setback: Setback | None = door.setback(owner, about) if about else None
        self.source = _source(file)
        self.report, self.as_json = report, as_json

    def run(self, *, only_look: bool, yes: bool) -> None:
        """Look, ask, bring in, tell."""
        with _formats_named():
            plan = bringing.look(self.source, self.owner, self.file, self.options, now=door.now())
        if only_look or not plan.new:
            self._tell(plan, "")
            return
        if not yes:
            self._ask(plan)
        with _formats_named():
            done = self._bring_in(plan)
        self._tell(done.plan, str(done.batch.pk))

    def _ask(self, plan: Plan) -> None:
        if not self.as_json:
            import_report.foretell(plan, self.source.label)
        if not say.somebody_is_there():
            raise RuleError("yes", "Nothing was written. To bring it in without a question: --yes")
        click.confirm(f"Bring in {_entries(plan.new)}?", default=True, abort=True, err=True)

    def _bring_in(self, plan: Plan) -> Report:
        with _progress(plan.total) as progress:
            return bringing.bring_in(
                self.source,
                self.owner,
                self.file,
                self.options,
                now=door.now(),
                file_name=self.file.name,
                setback=self.setback,
                total=plan.total,
                progress=progress,
            )

    def _tell(self, plan: Plan, batch: str) -> None:
        if self.as_json:
            say.as_json(import_report.data(plan, batch, rows=self.report))
            return
        if not batch:
            import_report.foretell(plan, self.source.label)
        import_report.rows(plan, every=self.report)
        if batch:
            click.echo(f"{_entries(plan.new)} brought in.")
            self._way_back(batch)

    def _way_back(self, batch: str) -> None:
        """How to undo it. What an export brought into an empty vault stands on its own again."""
        if reads.batch(owner=self.owner, id=batch).items.exists():
            say.note(f"To take them back: upswing import --undo {door.short(batch)}")


def _entries(count: int) -> str:
    return say.amount(count, "entry", "entries")


def _source(file: Path) -> Source:
    """The source that knows this file or folder. Raises ImportProblem."""
    found = importers.recognise(file, file.name)
    if found is None:
        raise ImportProblem(importers.unknown())
    return found


@contextmanager
def _formats_named() -> Iterator[None]:
    """Name the date formats that would fit, to be chosen from."""
    try:
        yield
    except ImportProblem as problem:
        if not problem.formats:
            raise
        fitting = " or ".join(f"“{one}” ({EXAMPLE.strftime(one)})" for one in problem.formats)
        raise ImportProblem(f"{problem} Say with --timeformat which: {fitting}.") from None


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal; elsewhere nothing."""
    if not say.somebody_is_there():
        yield _silent
        return
    with click.progressbar(range(total), label="Bringing in", file=sys.stderr) as bar:
        yield lambda done, _: bar.update(done - bar.pos)


def _silent(done: int, total: int) -> None:
    """Tell nobody."""
