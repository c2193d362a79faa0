"""Mutated files, through every importer that there is: rows or one sentence, and nothing else.

Each importer reads its files in a process of its own, where all that it raises, writes and takes is
seen. A part of the same files goes into the database by the verb that the doors call: where that
refuses, no table has a row more or less.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from exchange import dayone_files, full, test_diarium, trying
from exchange.test_dayone_classic import NAME
from exchange.test_markdown import VAULT
from exchange.test_memos import QUIET as MEMO
from exchange.test_memos import answer
from exchange.test_mini_diary import WALK, diary
from torture.hostile_samples import Sample, lay, mutant
from torture.mutating_zips import members
from upswing.accounts.models import User
from upswing.exchange import bringing
from upswing.exchange.exporters import exporter
from upswing.exchange.importers import recognise, source, sources
from upswing.exchange.members import Order
from upswing.exchange.rows import ImportProblem
from upswing.exchange.zipping import zipped

READER = Path(__file__).with_name("hostile_reader.py")
DATA = Path(__file__).parents[1] / "exchange" / "data"
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
NTH = 20  # so many read files to one that is brought in
MOST_SECONDS, MOST_MEMORY = 10, 300 << 20
NAMES = [each.name for each in sources()]
PICTURE = dayone_files.JPEG + b"river"


def jrnl(_: User) -> list[Sample]:
    days = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in DATA.rglob("*/*.txt")}
    files = [DATA / name for name in ("default.txt", "default.json", "plain.txt")]
    return [
        *(Sample(file.name, file.read_bytes()) for file in files),
        Sample("days.zip", trying.zipped(days)),
    ]


def dayone(_: User) -> list[Sample]:
    rich = {"contents": [{"text": "Two\nlines", "attributes": {"line": {"header": 2}}}]}
    entries = [
        dayone_files.entry(1, photos=[dayone_files.photo(PICTURE)], tags=["Walks"]),
        dayone_files.entry(2, text=None, richText=json.dumps(rich)),
    ]
    return [
        Sample("export.zip", dayone_files.export(*entries, photos=[PICTURE])),
        Sample("Journal.json", dayone_files.journal(*entries)),
    ]


def dayone_classic(_: User) -> list[Sample]:
    photo = NAME.replace("entries", "photos").replace("doentry", "jpg")
    parts: dict[str, str | bytes] = {NAME: dayone_files.classic(), photo: PICTURE}
    return [Sample("Journal.zip", trying.zipped(parts))]


def diarium(_: User) -> list[Sample]:
    later = {**test_diarium.QUIET, "date": "2026-03-15T08:00:00", "rating": 0}
    entries = test_diarium.export(test_diarium.QUIET, later)
    picture = {"media/2026-03-14_210530123/bench.png": test_diarium.PNG}
    return [
        Sample("Diarium.zip", trying.zipped({"Diarium_2026.json": entries, **picture})),
        Sample("Diarium.json", entries),
        Sample("diary.db", test_diarium._sound()),
    ]


def markdown(_: User) -> list[Sample]:
    pile = '---\ntitle: "A day"\ncreatedAt: 2026-03-14T21:05:30.123Z\nisReply: false\nreplies: []\n'
    return [
        Sample("vault.zip", trying.zipped(VAULT)),
        Sample("2026-03-14.md", str(VAULT["Daily/2026-03-14.md"]).encode()),
        Sample("2026_03_15.md", str(VAULT["journals/2026_03_15.md"]).encode()),
        Sample("note.md", f"{pile}---\n<p>Sat on the <b>bench</b>.</p><ul><li>x</ul>\n".encode()),
    ]


def memos(_: User) -> list[Sample]:
    comment = {
        **MEMO,
        "name": "memos/7",
        "parent": "memos/aB3x",
        "attachments": [{"filename": "a"}],
    }
    older = [{"id": 1, "content": "Short", "createdTs": 1773522330, "visibility": "PUBLIC"}]
    return [
        Sample("memos.json", answer(MEMO, comment, nextPageToken="x")),
        Sample("older.json", json.dumps(older).encode()),
    ]


def mini_diary(_: User) -> list[Sample]:
    return [Sample("mini-diary.json", diary(d2026_03_14=WALK, d2026_03_15=WALK))]


def upswing(owner: User) -> list[Sample]:
    return [Sample("upswing.zip", _exported(owner, "zip"))]


def upswing_csv(owner: User) -> list[Sample]:
    data = _exported(owner, "csv")
    tables = [Sample(one.name, one.data) for one in members(data)]
    return [Sample("upswing-csv.zip", data), *tables]


def _exported(owner: User, name: str) -> bytes:
    with transaction.atomic():
        full.fill(owner, 20, many=7)
        order = Order(owner, NOW, date(2026, 11, 22), trash=True)
        data = b"".join(zipped(exporter(name).taken(order), made=NOW))
        transaction.set_rollback(True)
    owner.refresh_from_db()
    return data


SAMPLES: dict[str, Callable[[User], list[Sample]]] = {
    "jrnl": jrnl,
    "dayone": dayone,
    "dayone_classic": dayone_classic,
    "diarium": diarium,
    "markdown": markdown,
    "memos": memos,
    "mini_diary": mini_diary,
    "upswing": upswing,
    "upswing-csv": upswing_csv,
}


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_are_sound(owner: User, name: str) -> None:
    """Else nothing would be tried but how rubbish is refused."""
    for sample in SAMPLES[name](owner):
        assert recognise(sample.data, sample.name) is source(name)
        assert trying.read_or_refused(name, sample.data, sample.name)


@pytest.mark.parametrize("name", NAMES)
def test_a_mutated_file_gives_rows_or_one_sentence(
    owner: User,
    name: str,
    tmp_path: Path,
    times: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    lay(SAMPLES[name](owner), tmp_path / "samples")
    for folder in ("work", "home", "temporary"):
        (tmp_path / folder).mkdir()
    tried = times(2_000, 50_000)
    told = read_all(name, tried, tmp_path)
    figure(
        f"Mutated files for {source(name).label}",
        tried=f"{tried:,} files, {told['read']:,} of them readable",
        found=f"{len(told['wrong'])} tracebacks, {len(told['done'])} files written, "
        f"slowest {told['slowest']:.2f} s, {told['peak'] >> 20} MiB at most",
        bar=f"0 tracebacks, 0 files written, {MOST_SECONDS} s, {MOST_MEMORY >> 20} MiB",
    )
    assert told["wrong"] == []
    assert told["done"] == []
    assert left_over(tmp_path) == []
    assert told["read"] + told["refused"] == tried
    assert min(told["read"], told["refused"]) > tried / 40
    assert told["slowest"] < MOST_SECONDS
    assert told["peak"] < MOST_MEMORY


def read_all(name: str, tried: int, root: Path) -> dict[str, Any]:
    """Let another process read them, in folders of its own."""
    done = subprocess.run(
        [sys.executable, str(READER), name, str(tried), str(root)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=root / "work",
        env=os.environ
        | {
            "HOME": str(root / "home"),
            "TMPDIR": str(root / "temporary"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def left_over(root: Path) -> list[Path]:
    """What is in its folders, but for the samples that it was given and the files that it read."""
    ours = {root / "work" / path.name for path in (root / "samples").glob("*/*")}
    places = (path for name in ("work", "home", "temporary") for path in (root / name).rglob("*"))
    return [path for path in places if path not in ours]


@pytest.mark.parametrize("name", NAMES)
def test_a_refused_file_leaves_no_row_behind(
    owner: User, name: str, times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    samples, tried = SAMPLES[name](owner), times(2_000, 50_000) // NTH
    before, refused, partial = rows(), 0, 0
    for number in range(tried):
        if brought_in(owner, name, samples, number * NTH):
            continue
        refused += 1
        partial += rows() != before
    figure(
        f"Mutated files brought in from {source(name).label}",
        tried=f"{tried:,} files, {refused:,} of them refused",
        found=f"{partial} partial writes",
        bar="0 partial writes",
    )
    assert partial == 0
    assert tried / 50 < refused < tried
    assert rows() == before


def brought_in(owner: User, name: str, samples: list[Sample], number: int) -> bool:
    """Whether the file is taken; what it would leave is checked as at the end of a real import, and
    rolled back."""
    sample, options = mutant(samples, name, number)
    with suppress(ImportProblem), transaction.atomic():
        bringing.bring_in(source(name), owner, sample.data, options, now=NOW, file_name=sample.name)
        connection.check_constraints()
        transaction.set_rollback(True)
        return True
    return False


def rows() -> list[tuple[Any, ...]]:
    """How many rows every table has."""
    names = sorted(connection.introspection.table_names())
    parts = (f"SELECT '{name}', count(*) FROM {connection.ops.quote_name(name)}" for name in names)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return sorted(cursor.fetchall())
