"""Backups: what comes back is what was there, and nothing that was changed comes back at all."""

from __future__ import annotations

import json
import os
import random
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from upswing.vault import header, lifecycle
from upswing.vault.backup import (
    chunks,
    content,
    envelope,
    folder,
    reading,
    restoring,
    snapshot,
    state,
    writing,
)
from upswing.vault.backup.snapshot import Contents
from upswing.vault.errors import (
    DamagedBackup,
    DamagedVault,
    ForeignBackup,
    NewerVault,
    NotWritable,
    VaultError,
    WrongSecret,
)
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.vault.slots import Argon2
from vault.recording import add, bodies, dump, fill

NOW = datetime(2026, 11, 22, 18, 0, 7, tzinfo=UTC)
NEWEST = 3


@pytest.fixture
def record(paths: VaultPaths, key: VaultKey) -> VaultPaths:
    """A vault with a record."""
    fill(paths, key)
    return paths


@pytest.fixture
def made(record: VaultPaths, key: VaultKey) -> Path:
    """The file of a backup of it."""
    return writing.create(record, key, now=NOW).path


def bring_back(file: Path, key: VaultKey, to: Path) -> VaultPaths:
    restoring.restore(file, key, to=to, newest_schema=NEWEST)
    return VaultPaths(to, to)


def temporary(paths: VaultPaths) -> list[str]:
    return [path.name for path in paths.home.rglob("*") if path.name.startswith(".")]


# --- There and back ------------------------------------------------------------------------------


def test_what_comes_back_is_what_was_there(
    record: VaultPaths, key: VaultKey, made: Path, tmp_path: Path, passphrase: str
) -> None:
    before = dump(record.database, key)
    back = bring_back(made, key, tmp_path / "new" / "folder")
    assert lifecycle.open_with_passphrase(back, passphrase) == key
    assert dump(back.database, key) == before
    assert len(before["file"][0][1]) == 150_000
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [back.home, *back.home.rglob("*")]}
    assert modes == {0o700, 0o600}


def test_its_name_tells_only_when_it_was_made_and_its_bytes_nothing(made: Path) -> None:
    assert made.name == "upswing-2026-11-22T1800Z.upswing"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    data = made.read_bytes()
    assert b"canary" not in data
    assert b"SQLite format 3" not in data


def test_two_in_one_minute_have_names_of_their_own(record: VaultPaths, key: VaultKey) -> None:
    for day in range(2):
        for _ in range(2):
            writing.create(record, key, now=NOW, to=record.home)
        assert day or len(list(record.home.glob("*.upswing"))) == 2
    assert {path.name[-9:] for path in record.home.glob("*-[234].upswing")} == {
        f"{number}.upswing" for number in (2, 3, 4)
    }


def test_the_passphrase_and_the_sheet_of_that_time_open_it(
    record: VaultPaths, key: VaultKey, cheap: Argon2, passphrase: str, tmp_path: Path
) -> None:
    code = lifecycle.new_recovery_code()
    lifecycle.confirm_recovery(record, key, code, {1: code.groups[0], 2: code.groups[1]})
    made = writing.create(record, key, now=NOW).path
    lifecycle.change_passphrase(record, key, "another passphrase", cost=cheap)
    about = reading.look(made)
    assert reading.key_by_secret(about, passphrase) == key
    assert reading.key_by_secret(about, code.text) == key
    for wrong in ("another passphrase", "", lifecycle.new_recovery_code().text):
        with pytest.raises(WrongSecret, match="does not open this backup"):
            reading.key_by_secret(about, wrong)
    back = bring_back(made, key, tmp_path / "back")
    assert {way.type for way in lifecycle.slots(back)} == {"passphrase", "recovery"}
    assert lifecycle.open_with_passphrase(back, passphrase) == key
    assert lifecycle.open_with_recovery(back, code.text) == key


def test_a_vault_without_a_passphrase_comes_back_with_a_new_key_file(
    paths: VaultPaths, device_key: VaultKey, tmp_path: Path
) -> None:
    fill(paths, device_key)
    made = writing.create(paths, device_key, now=NOW).path
    about = reading.look(made)
    assert reading.only_by_device(about)
    assert reading.key_by_device(about, paths) == device_key
    assert reading.key_by_device(about, VaultPaths(tmp_path, tmp_path)) is None
    with pytest.raises(WrongSecret, match="key file"):
        reading.key_by_secret(about, "anything at all")
    back = bring_back(made, device_key, tmp_path / "back")
    assert lifecycle.open_with_device(back) == device_key
    assert back.device_key.read_bytes() != paths.device_key.read_bytes()


def test_a_backup_is_whole_while_others_write(
    record: VaultPaths, key: VaultKey, tmp_path: Path
) -> None:
    stop = threading.Event()
    written: list[str] = []

    def write() -> None:
        while not stop.is_set():
            add(record, key, body := f"meanwhile {len(written)}")
            written.append(body)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for number in range(4):
            before = len(written)
            made = writing.create(record, key, now=NOW + timedelta(days=number)).path
            after = len(written)
            back = bring_back(made, key, tmp_path / str(number))
            found = [body for body in bodies(back.database, key) if body.startswith("mean")]
            # A prefix of what was written: nothing torn, nothing from the future, nothing missing.
            assert found == [f"meanwhile {place}" for place in range(len(found))]
            assert before <= len(found) <= after + 1
            counts.append(len(found))
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_one_in_another_folder_is_one_more_copy(
    record: VaultPaths, key: VaultKey, made: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    copy = writing.create(record, key, now=NOW, to=drive).path
    assert copy.parent == drive
    assert [one.path for one in folder.listing(record)] == [made]
    with pytest.raises(NotWritable, match="is not there"):
        writing.create(record, key, now=NOW, to=tmp_path / "unplugged")


def test_a_chosen_folder_takes_them_all(record: VaultPaths, key: VaultKey, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    elsewhere = VaultPaths(record.home, record.runtime, drive)
    made = writing.create(elsewhere, key, now=NOW).path
    assert made.parent == drive
    assert not record.backups.exists()
    assert [one.path for one in folder.listing(elsewhere)] == [made]
    assert folder.last_good(elsewhere) == (made.name, NOW.replace(microsecond=0))


# --- What is refused -----------------------------------------------------------------------------


def refused(file: Path, key: VaultKey, room: Path) -> str:
    """The sentence with which `file` is refused; what was extracted on the way is removed."""
    target = room / "extracted"
    try:
        about = reading.look(file)
        assert reading.key_by_secret(about, "quiet river at dawn") == key
        reading.read_back(file, key, target, reading.silent)
    except VaultError as told:
        return str(told)
    finally:
        target.unlink(missing_ok=True)
    raise AssertionError("it was taken")


def test_every_flipped_bit_is_found(made: Path, key: VaultKey, tmp_path: Path) -> None:
    data, dice = made.read_bytes(), random.Random(20261122)
    beginning = envelope.START.size + json_size(data)
    places = [dice.randrange(beginning) for _ in range(90)]
    places += [dice.randrange(beginning, len(data)) for _ in range(210)]
    torn = tmp_path / "torn.upswing"
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << dice.randrange(8)
        torn.write_bytes(changed)
        assert refused(torn, key, tmp_path).endswith("."), place


def json_size(data: bytes) -> int:
    size: int = envelope.START.unpack(data[: envelope.START.size])[2]
    return size


def test_every_cut_is_found(made: Path, key: VaultKey, tmp_path: Path) -> None:
    data, dice = made.read_bytes(), random.Random(7)
    chunk = chunks.CHUNK_BYTES + chunks.TAG_BYTES
    begin = envelope.START.size + json_size(data)
    edges = [begin + number * chunk for number in range((len(data) - begin) // chunk + 1)]
    cuts = [0, 1, 7, 8, 13, 14, *edges, len(data) - 1]
    cuts += [dice.randrange(len(data)) for _ in range(60 - len(cuts))]
    torn = tmp_path / "torn.upswing"
    assert len(cuts) >= 60
    for cut in cuts:
        torn.write_bytes(data[:cut])
        assert refused(torn, key, tmp_path).endswith("."), cut


def test_chunks_cannot_be_swapped_doubled_or_added(
    made: Path, key: VaultKey, tmp_path: Path
) -> None:
    data = made.read_bytes()
    chunk = chunks.CHUNK_BYTES + chunks.TAG_BYTES
    begin = envelope.START.size + json_size(data)
    head, rest = data[:begin], data[begin:]
    parts = [rest[at : at + chunk] for at in range(0, len(rest), chunk)]
    assert len(parts) >= 3
    torn = tmp_path / "torn.upswing"
    for wrong in (
        [parts[1], parts[0], *parts[2:]],
        [parts[0], parts[0], *parts[1:]],
        [*parts[:-2], parts[-1]],
        [*parts, parts[-1]],
        [*parts, b"x"],
        [*parts, bytes(chunk)],
        [],
    ):
        torn.write_bytes(head + b"".join(wrong))
        assert "damaged" in refused(torn, key, tmp_path)


def test_a_chunk_of_another_backup_does_not_fit(
    record: VaultPaths, key: VaultKey, made: Path, tmp_path: Path
) -> None:
    other = writing.create(record, key, now=NOW + timedelta(days=1)).path
    one, two = made.read_bytes(), other.read_bytes()
    begin = envelope.START.size + json_size(one)
    torn = tmp_path / "torn.upswing"
    torn.write_bytes(one[:begin] + two[envelope.START.size + json_size(two) :])
    assert "damaged" in refused(torn, key, tmp_path)


def test_something_else_is_told_from_a_damaged_backup(tmp_path: Path) -> None:
    other = tmp_path / "holiday.jpg"
    other.write_bytes(b"\xff\xd8\xff\xe0 and so on")
    with pytest.raises(ForeignBackup, match=r"^holiday.jpg is not a backup of Upswing\.$"):
        reading.look(other)
    other.write_bytes(b"")
    with pytest.raises(ForeignBackup):
        reading.look(other)
    with pytest.raises(NotWritable, match="There is no file"):
        reading.look(tmp_path / "nothing")
    with pytest.raises(NotWritable, match="is a folder"):
        reading.look(tmp_path)


def test_one_of_a_newer_upswing_is_left_alone(made: Path, key: VaultKey, tmp_path: Path) -> None:
    data = made.read_bytes()
    newer = tmp_path / "newer.upswing"
    newer.write_bytes(data[:8] + b"\x00\x02" + data[10:])
    with pytest.raises(NewerVault, match="newer Upswing"):
        restoring.restore(newer, key, to=tmp_path / "to", newest_schema=NEWEST)
    with pytest.raises(NewerVault, match="newer Upswing"):
        restoring.restore(made, key, to=tmp_path / "to", newest_schema=NEWEST - 1)
    assert not (tmp_path / "to").exists()


def test_the_key_of_another_vault_does_not_open_it(made: Path, key: VaultKey) -> None:
    another = VaultKey(bytes(32), key.vault_id)
    stranger = VaultKey(key.data, "0" * 32)
    assert reading.opens_with(made, key)
    assert not reading.opens_with(made, another)
    assert not reading.opens_with(made, stranger)
    with pytest.raises(WrongSecret, match="another vault"):
        reading.read_back(made, stranger, made.with_name("x"), reading.silent)


def test_a_list_of_contents_that_does_not_fit_is_refused(
    record: VaultPaths, key: VaultKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed rightly, and wrong all the same: the engine, the disk or the memory made a mistake."""
    right = snapshot.copy

    def miscount(*args: Path, **more: bytes) -> Contents:
        counted = right(*args, **more)  # type: ignore[arg-type]
        return Contents(counted.tables | {"entry": 7}, counted.schema)

    good = writing.create(record, key, now=NOW)
    monkeypatch.setattr(snapshot, "copy", miscount)
    with pytest.raises(DamagedBackup, match="not sound"):
        writing.create(record, key, now=NOW + timedelta(days=1))
    assert [one.path for one in folder.listing(record)] == [good.path]
    assert folder.last_good(record) == (good.path.name, good.made_at)


@pytest.mark.parametrize(
    "described",
    [
        b"",
        b"[]",
        b"{}",
        b'{"database": 1, "rows": {}, "schema": 1}',
        b'{"database": {"bytes": -1, "sha256": "00"}, "rows": {}, "schema": 1}',
        b'{"database": {"bytes": 1, "sha256": "' + b"0" * 64 + b'"}, "rows": [], "schema": 3}',
        b'{"database": {"bytes": 1, "sha256": "' + b"0" * 64 + b'"}, "rows": {}, "schema": 4}',
        b'{"database": {"bytes": 1, "sha256": "' + b"0" * 64 + b'"}, "rows": {}, "schema": 3}',
        b"\xff\xfe",
    ],
)
def test_a_strange_list_of_contents_is_refused(
    made: Path, key: VaultKey, tmp_path: Path, described: bytes
) -> None:
    about = reading.look(made)
    start = envelope.render(about)
    whole = [len(described).to_bytes(4, "big") + described, b"not a database"]
    sealed = b"".join(chunks.seal(whole, about.content_key(key), start))
    strange = tmp_path / "strange.upswing"
    strange.write_bytes(start + sealed)
    with pytest.raises(DamagedBackup):
        content.extract(strange, key, tmp_path / "out", reading.silent)


# --- Where it may come back ----------------------------------------------------------------------


def test_it_never_comes_back_over_something(
    record: VaultPaths, key: VaultKey, made: Path, tmp_path: Path
) -> None:
    full, file, link = tmp_path / "full", tmp_path / "file", tmp_path / "link"
    full.mkdir()
    (full / "mine").write_text("mine")
    file.write_text("mine")
    link.symlink_to(tmp_path / "nowhere")
    for target in (full, file, link, record.home):
        before = sorted(str(path) for path in tmp_path.rglob("*"))
        with pytest.raises(VaultError, match=r"Nothing was changed|nothing was changed"):
            bring_back(made, key, target)
        assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    empty = tmp_path / "empty"
    empty.mkdir()
    assert bring_back(made, key, empty).database.exists()


def test_a_damaged_one_leaves_no_trace(made: Path, key: VaultKey, tmp_path: Path) -> None:
    data = bytearray(made.read_bytes())
    data[-1] ^= 1
    torn = tmp_path / "torn.upswing"
    torn.write_bytes(data)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(DamagedBackup):
        bring_back(torn, key, tmp_path / "to")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_a_killed_restore_left_is_removed(made: Path, key: VaultKey, tmp_path: Path) -> None:
    left = tmp_path / ".to.0a0b0c0d.restoring"
    left.mkdir()
    (left / "vault.db").write_bytes(b"half")
    bring_back(made, key, tmp_path / "to")
    assert not left.exists()


# --- Making, keeping, telling --------------------------------------------------------------------


def test_older_ones_go_only_after_a_newer_one_was_read_back(
    record: VaultPaths, key: VaultKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in range(12):
        writing.create(record, key, now=NOW + timedelta(days=days))
    before = [one.name for one in folder.listing(record)]
    assert 7 <= len(before) < 12
    assert set(state.read(record).verified) == set(before)

    def bad(*_: object) -> None:
        raise DamagedBackup("It came back otherwise.")

    monkeypatch.setattr(writing, "read_back", bad)
    with pytest.raises(DamagedBackup):
        writing.create(record, key, now=NOW + timedelta(days=30))
    assert [one.name for one in folder.listing(record)] == before
    assert folder.last_good(record) == (before[0], NOW + timedelta(days=11))


def test_what_is_not_this_vaults_is_never_removed(
    record: VaultPaths, key: VaultKey, tmp_path: Path, cheap: Argon2
) -> None:
    other = VaultPaths(tmp_path / "other", tmp_path, record.backups)
    theirs = lifecycle.create(other, passphrase="some other words", cost=cheap)
    fill(other, theirs)
    record.backups.mkdir(mode=0o700)
    foreign = writing.create(other, theirs, now=NOW).path
    strange = [record.backups / "upswing-2020-01-01T0000Z.upswing", record.backups / "mine.upswing"]
    for path in strange:
        path.write_bytes(b"not one of ours")
    own = [writing.create(record, key, now=NOW + timedelta(days=day)).path for day in range(10)]
    assert not all(path.exists() for path in own)
    assert all(path.exists() for path in [foreign, *strange])
    told = {one.name: one.trouble for one in folder.listing(record)}
    assert told[strange[0].name].endswith("is not a backup of Upswing.")
    assert strange[1].name not in told


def test_a_vault_that_somebody_else_changed_is_not_backed_up(
    record: VaultPaths, key: VaultKey, made: Path
) -> None:
    fields = json.loads(record.header.read_text())
    fields["inbox_public_key"] = "00" * 32
    record.header.write_text(json.dumps(fields))
    with pytest.raises(DamagedVault):
        writing.create(record, key, now=NOW + timedelta(days=1))
    assert made.exists()
    assert temporary(record) == []


def test_without_a_record_there_is_nothing_to_back_up(paths: VaultPaths, key: VaultKey) -> None:
    with pytest.raises(VaultError, match="nothing to back up"):
        writing.create(paths, key, now=NOW)
    assert not paths.database.exists()


def test_what_a_killed_one_left_is_removed_by_the_next(
    record: VaultPaths, key: VaultKey, made: Path
) -> None:
    half = record.backups / ".upswing-2026-11-22T1800Z.upswing.0a0b0c0d.new"
    half.write_bytes(b"half")
    room = record.home / ".snapshot-abc"
    room.mkdir()
    (room / "picture.db").write_bytes(b"half")
    writing.create(record, key, now=NOW + timedelta(days=1))
    assert temporary(record) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(record: VaultPaths, key: VaultKey) -> None:
    record.backups.mkdir(mode=0o500)
    with pytest.raises(NotWritable):
        writing.create(record, key, now=NOW)


def test_a_full_disk_is_told_and_leaves_no_trace(
    record: VaultPaths, key: VaultKey, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritable, match="No space left"):
        writing.create(record, key, now=NOW + timedelta(days=1))
    monkeypatch.undo()
    assert [one.path for one in folder.listing(record)] == [made]
    assert temporary(record) == []


def test_the_state_is_kept_and_a_torn_one_knows_nothing(record: VaultPaths, made: Path) -> None:
    state.note_trouble(record, "The drive is full.", now=NOW)
    found = state.read(record)
    assert found.last == made.name
    assert found.trouble == state.Trouble(NOW, "The drive is full.")
    state.note_verified(record, made.name, sound=False, now=NOW)
    assert state.read(record).verified == {}
    for torn in (b"", b"[]", b"{}", b"\xff", b'{"last": 3, "verified": {}, "trouble": null}'):
        record.backup_state.write_bytes(torn)
        assert state.read(record) == state.State()


def test_a_header_with_its_database_is_what_is_restored(
    record: VaultPaths, key: VaultKey, made: Path, tmp_path: Path
) -> None:
    back = bring_back(made, key, tmp_path / "to")
    assert header.read(back).database == "vault.db"
    assert header.read(back).inbox_public_key == header.read(record).inbox_public_key
