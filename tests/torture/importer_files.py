"""The sound files of each importer, from which the hostile ones are made."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from exchange import dayone_files, full, test_diarium, test_freecbt, trying
from exchange.test_dayone_classic import NAME
from exchange.test_markdown import VAULT
from exchange.test_memos import QUIET as MEMO
from exchange.test_memos import answer
from exchange.test_mini_diary import WALK, diary
from torture.hostile_samples import Sample
from torture.mutating_zips import members
from upswing.accounts.models import User
from upswing.exchange.exporters import exporter
from upswing.exchange.importers import sources
from upswing.exchange.members import Order
from upswing.exchange.zipping import zipped

DATA = Path(__file__).parents[1] / "exchange" / "data"
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
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


def freecbt(_: User) -> list[Sample]:
    thoughts = (test_freecbt.THOUGHT, test_freecbt.OTHER)
    return [
        Sample("thoughts.csv", test_freecbt.table(*thoughts)),
        Sample("thoughts.json", test_freecbt.archive(*thoughts)),
        Sample("backup.txt", test_freecbt.backup(*thoughts)),
    ]


SAMPLES: dict[str, Callable[[User], list[Sample]]] = {
    "jrnl": jrnl,
    "dayone": dayone,
    "dayone_classic": dayone_classic,
    "diarium": diarium,
    "freecbt": freecbt,
    "markdown": markdown,
    "memos": memos,
    "mini_diary": mini_diary,
    "upswing": upswing,
    "upswing-csv": upswing_csv,
}
