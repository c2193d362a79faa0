"""`python -m benchmarks.fill COUNT END ENTRIES_ONLY`: make the vault of UPSWING_HOME and fill it.

It leaves the vault unlocked and today's backup made, so that no command starts that meanwhile.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

from benchmarks import stones
from benchmarks.life import Moment, moments
from upswing import solo
from upswing.vault import keeper, lifecycle

CHUNK = 500
SETBACKS = ("They closed the whole team", "No answer after the last round", "The review in March")
ZONE = "UTC"


def main(count: int, end: datetime, *, entries_only: bool) -> dict[str, str]:
    """Fill the vault; the versions of the engine."""
    where = solo.paths()
    key = lifecycle.create(where, passphrase=None)
    owner = solo.open_record(key)
    keeper.start(where, key, 60)
    about = _fill(owner, moments(count, end=end, check_ins=not entries_only), end)
    if not entries_only:
        stones.walk(owner, about, count, end)
    from upswing.journeys import backups

    backups.make_if_due(where, key, zone=owner.zone, now=end)
    return _versions()


def _fill(owner: Any, record: Iterator[Moment], end: datetime) -> tuple[Any, Any]:
    """Write everything; the setback to which a quarter of it belongs, and one that is like it."""
    from django.db import transaction

    from upswing.record import batches, bulk, setbacks

    told: dict[str, Any] = {"owner": owner, "zone": ZONE, "weight": 6, "sort": "layoff"}
    first, second, *_ = [
        setbacks.tell(now=end - timedelta(days=9, minutes=at), title=title, **told)
        for at, title in enumerate(SETBACKS)
    ]
    with transaction.atomic():
        batch = batches.start(owner=owner, now=end, source="jrnl", file_name="made up")
        places, number = bulk.Places(owner), 0
        while chunk := list(islice(record, CHUNK)):
            for _, some in groupby(sorted(chunk, key=_is_check_in), key=_is_check_in):
                new = [_new(each, number := number + 1) for each in some]
                quarter = len(new) // 4
                about: dict[str, Any] = {
                    "owner": owner,
                    "now": end,
                    "batch": batch,
                    "places": places,
                }
                bulk.add_many(new[:quarter], setback=first, **about)
                bulk.add_many(new[quarter:], **about)
    return first, second


def _is_check_in(moment: Moment) -> bool:
    return moment.mood is not None


def _new(moment: Moment, number: int) -> Any:
    from upswing.record.bulk import New
    from upswing.strategies.coping.models import CheckIn, Entry

    return New(
        facet=Entry() if moment.mood is None else CheckIn(mood=moment.mood, energy=5),
        happened_at=moment.at,
        zone=ZONE,
        external_id=f"made-up:{number}",
        title=moment.title,
        body=moment.body,
        tags=moment.tags,
    )


def _versions() -> dict[str, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cipher_version")
        (cipher,) = cursor.fetchone()
        cursor.execute("SELECT sqlite_version()")
        (engine,) = cursor.fetchone()
    return {"SQLCipher": cipher, "SQLite": engine}


if __name__ == "__main__":
    count, end, entries_only = sys.argv[1:]
    print(
        json.dumps(
            main(int(count), datetime.fromisoformat(end), entries_only=bool(int(entries_only)))
        )
    )
