"""Bits that turn, ends that are missing, logs that are torn: damage is found, never shown as data.

All of it is done to a record as the verbs write one, under the key of a vault of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from sqlcipher3 import dbapi2

import making
from promises.world import furnish
from torture import damaging, faults
from upswing.accounts.models import User
from upswing.record import schema
from upswing.record.actions import erase_all
from upswing.record.models import Item
from upswing.strategies.coping.actions import edit_entry
from upswing.vault import doctor, files, held
from upswing.vault.backend.base import open_keyed
from upswing.vault.backup import envelope, reading, restoring, snapshot, writing
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from vault.conftest import PASSPHRASE, key, paths
from vault.recording import Dump, dump

__all__ = ["key", "paths"]
pytestmark = [pytest.mark.solo, pytest.mark.django_db(transaction=True)]

PAGE = 4096  # bytes
EARLIER, COMMITS = 14, 12
LARGEST = 1 << 30
AS_EVER = 1000  # pages, after which the engine folds its log back


@pytest.fixture
def record(owner: User) -> Iterator[Path]:
    """The tests' own file with something of everything; the flush does not know the index."""
    with transaction.atomic():
        furnish(owner)
    yield Path(connection.settings_dict["NAME"])
    erase_all(Item.objects.all())


@pytest.fixture
def before(record: Path, paths: VaultPaths, key: VaultKey) -> Dump:
    """A vault with that record, closed, and every row that is in it."""
    snapshot.copy(record, held.held().data, paths.database, key.data)
    return dump(paths.database, key)


# --- The vault -----------------------------------------------------------------------------------


def test_each_turned_bit_in_the_vault_is_found_and_none_is_shown(
    paths: VaultPaths,
    key: VaultKey,
    before: Dump,
    times: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    sound = paths.database.read_bytes()
    bits = damaging.bits(sound, times(200, 1_000), Random("vault"))
    missed, shown, refused = [], list[object](), 0
    assert doctor.examine(paths, key).problems == []
    for bit in bits:
        paths.database.write_bytes(damaging.turned(sound, bit))
        if not _is_found(paths, key, bit // (8 * PAGE) + 1):
            missed.append(bit)
        rows, whole = _what_is_shown(paths.database, key, before)
        shown += rows
        refused += not whole
    figure(
        "Single bits turned in the vault",
        tried=f"{len(bits):,} bits",
        found=f"{len(bits) - len(missed):,} found, {len(shown)} wrong rows shown",
        bar="all found, 0 shown",
    )
    assert (missed, shown) == ([], [])
    assert refused > 0


def _is_found(paths: VaultPaths, key: VaultKey, page: int) -> bool:
    """Whether the doctor tells of it, and the engine's own check finds it in that page."""
    told = doctor.examine(paths, key)
    named = any("database" in sentence for sentence in told.problems)
    return told.checked and named and f"page {page}" in _torn_pages(paths.database, key)


def _torn_pages(database: Path, key: VaultKey) -> set[str]:
    """The pages whose sum is not that of their bytes, as in “page 7”."""
    with closing(dbapi2.connect(str(database))) as opened:
        opened.execute("PRAGMA cipher_log_level = NONE")
        opened.execute(f"PRAGMA key = \"x'{key.data.hex()}'\"")
        told = opened.execute("PRAGMA cipher_integrity_check")
        return {sentence[sentence.index("page") :] for (sentence,) in told}


def _what_is_shown(database: Path, key: VaultKey, before: Dump) -> tuple[list[object], bool]:
    """Rows that can be read and never stood there; and whether all that stood there can be read."""
    wrong, read = list[object](), 0
    try:
        opened = open_keyed(str(database), key.data)
    except (VaultError, dbapi2.DatabaseError):
        return [], False
    with closing(opened):
        for name, rows in before.items():
            for row in _until_refused(opened, name):
                read += 1
                if row not in rows:
                    wrong.append(row)
    return wrong, read == sum(map(len, before.values()))


def _until_refused(opened: Any, table: str) -> Iterator[tuple[Any, ...]]:
    try:
        yield from opened.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    except dbapi2.DatabaseError:
        return


# --- Backups -------------------------------------------------------------------------------------


def test_each_changed_backup_is_refused_and_nothing_is_written(
    paths: VaultPaths,
    key: VaultKey,
    before: Dump,
    tmp_path: Path,
    times: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    made = writing.create(paths, key, now=making.NOW).path
    flips, cuts = times(500, 5_000), times(100, 500)
    torn, place = tmp_path / made.name, tmp_path / "place"
    (place / "empty").mkdir(parents=True)
    (place / "neighbour").write_text("mine")
    beside, calm, touched = _tree(place), 0, 0
    for number, changed in enumerate(chain(_flipped(made, flips), _cut(made, cuts))):
        torn.write_bytes(changed)
        calm += _is_sentence(_refusal(torn, place / ("new", "empty")[number % 2]))
        touched += _tree(place) != beside
    figure(
        "Bits turned in a backup, and its end cut off",
        tried=f"{flips:,} bits, {cuts:,} ends",
        found=f"{calm:,} refused in a sentence, {touched} times something was written",
        bar="all refused, nothing written",
    )
    assert (calm, touched) == (flips + cuts, 0)
    assert _refusal(made, place / "new") == ""
    assert dump(place / "new" / "vault.db", key) == before


def _flipped(made: Path, tried: int) -> Iterator[bytes]:
    """Bits of the whole file, and a third of them of its beginning."""
    sound, chance = made.read_bytes(), Random("backup")
    beginning = envelope.START.size + envelope.START.unpack_from(sound)[2]
    for number, bit in enumerate(damaging.bits(sound, tried, chance)):
        place = bit % (8 * beginning) if number % 3 == 0 else bit
        yield damaging.turned(sound, place)


def _cut(made: Path, tried: int) -> Iterator[bytes]:
    """Ends at any byte, and some within the first ones."""
    sound, chance = made.read_bytes(), Random("cut")
    for number in range(tried):
        end = number if number < tried / 5 else chance.randrange(len(sound))
        yield sound[:end]


def _refusal(file: Path, to: Path) -> str:
    """The sentence with which `upswing backup restore` refuses it; "" where it is taken.

    Whatever is no sentence for a person comes as the error that it is.
    """
    try:
        about = reading.look(file)
        restoring.restore(
            file,
            reading.key_by_secret(about, PASSPHRASE),
            to=to,
            newest_schema=schema.code_version(),
        )
    except VaultError as error:
        return str(error)
    except Exception as error:
        return repr(error)
    return ""


def _is_sentence(said: str) -> bool:
    return said.endswith(".") and said == " ".join(said.split()) and "Error" not in said


def _tree(folder: Path) -> dict[Path, bytes]:
    """Every file and folder below `folder`."""
    return {path: path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


# --- The write-ahead log -------------------------------------------------------------------------


def test_a_torn_log_leaves_the_commits_before_the_tear(
    owner: User,
    record: Path,
    tmp_path: Path,
    times: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    base, log, states = _committed(owner, record)
    ends, tried, chance = damaging.ends_of_commits(log), times(200, 1_000), Random("log")
    assert (len(ends), len(states), ends[-1] < len(log)) == (COMMITS, COMMITS + 1, True)
    found, lost, torn = set[int](), 0, 0
    for _ in range(tried):
        changed, place = damaging.damaged_log(log, chance)
        state = _reopened(tmp_path / "torn.db", base, changed)
        torn += state not in states
        kept = states.index(state) if state in states else 0
        lost += kept < sum(end <= place for end in ends)
        found.add(kept)
    figure(
        "Write-ahead logs cut or garbled",
        tried=f"{tried:,} logs of {COMMITS} commits",
        found=f"{torn} with a half commit, {lost} that lost a whole one before the damage",
        bar="0 of each",
    )
    assert (torn, lost) == (0, 0)
    assert len(found) > COMMITS / 2


def _committed(owner: User, record: Path) -> tuple[bytes, bytes, list[Dump]]:
    """The file, its log with COMMITS in it, and the record after each of them and before the first.

    The log was used before, so that older frames lie behind the present ones. Its bytes are peeked
    at: to close another handle on the file would take the engine's locks away.
    """
    faults.run("PRAGMA wal_autocheckpoint = 0")
    faults.run("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(EARLIER):
        making.entry(owner, f"Earlier {number}. {'A long day. ' * 2_000}")
    faults.run("PRAGMA wal_checkpoint")
    base, states = files.peek(record, LARGEST), [dump(record, held.held())]
    for number in range(COMMITS):
        _commit(owner, number)
        states.append(dump(record, held.held()))
    log = files.peek(record.with_name(f"{record.name}-wal"), LARGEST)
    faults.run(f"PRAGMA wal_autocheckpoint = {AS_EVER}")
    return base, log, states


def _commit(owner: User, number: int) -> None:
    """One commit, of a kind by its number; each changes the index in the same transaction."""
    if number % 3 == 0:
        making.entry(owner, f"Commit {number} #kept {'and so on ' * 100 * number}")
    elif number % 3 == 1:
        making.check_in(owner, body=f"Commit {number}")
    else:
        item = Item.objects.filter(kind="entry").latest("created_at", "position")
        edit_entry(
            item,
            now=making.NOW,
            title=f"Commit {number}",
            body=item.body,
            happened_at=item.happened_at,
            zone=item.zone,
            setback=None,
            tags=["other"],
        )


def _reopened(database: Path, base: bytes, log: bytes) -> Dump:
    """What is read where the file and its log are as after a crash."""
    database.write_bytes(base)
    database.with_name(f"{database.name}-wal").write_bytes(log)
    return dump(database, held.held())
