"""The sealed inbox: anybody may add, only the key reads, nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from upswing.vault import appending, inbox, lifecycle, seal
from upswing.vault.derive import inbox_key
from upswing.vault.errors import DamagedVault, NewerVault, NotWritable, NoVault
from upswing.vault.inbox import Captured, DrainReport, Undeliverable
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths


@pytest.fixture(autouse=True)
def key(paths: VaultPaths) -> VaultKey:
    return lifecycle.create(paths, passphrase=None)


class Record:
    """Takes each id once, as the record does; knows every attempt too."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.attempts: list[str] = []

    def deliver(self, captured: Captured) -> None:
        self.attempts.append(captured.id)
        self.kept.setdefault(captured.id, captured.payload)

    @property
    def texts(self) -> list[bytes]:
        return list(self.kept.values())


def test_what_was_sealed_comes_out_in_order(paths: VaultPaths, key: VaultKey) -> None:
    record = Record()
    said = [b"one", "zwölf\n\nBoxkämpfer".encode(), b"", b"x" * 1_000_000]
    for payload in said:
        seal.seal_line(paths, payload)
    assert inbox.pending(paths)
    assert inbox.drain(paths, key, record.deliver) == DrainReport(delivered=4, unreadable=0)
    assert record.texts == said
    assert all(len(name) == 32 for name in record.attempts)
    assert not inbox.pending(paths)
    assert inbox.drain(paths, key, record.deliver) == DrainReport(0, 0)


def test_nothing_of_it_can_be_read_on_disk(paths: VaultPaths) -> None:
    seal.seal_line(paths, b"a sentence that nobody else may read")
    seal.seal_line(paths, b"a sentence that nobody else may read")
    data = paths.pending.read_bytes()
    assert b"sentence" not in data
    first, second = data.split()
    assert first[40:] != second[40:]


def test_its_files_are_closed_to_others(paths: VaultPaths, key: VaultKey) -> None:
    before = os.umask(0)
    try:
        paths.inbox.rmdir()
        seal.seal_line(paths, b"a line")
        inbox.drain(paths, key, Record().deliver)
        seal.seal_line(paths, b"a line")
    finally:
        os.umask(before)
    assert stat.S_IMODE(paths.inbox.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in paths.inbox.iterdir()}
    assert modes == {0o600}


def test_another_vaults_key_reads_nothing_and_loses_nothing(
    paths: VaultPaths, key: VaultKey
) -> None:
    seal.seal_line(paths, b"a line")
    line = paths.pending.read_bytes()
    report = inbox.drain(paths, VaultKey(bytes(32), key.vault_id), Record().deliver)
    assert report == DrainReport(delivered=0, unreadable=1)
    assert paths.unreadable.read_bytes() == line


def test_a_torn_line_does_not_swallow_the_next(paths: VaultPaths, key: VaultKey) -> None:
    record = Record()
    seal.seal_line(paths, b"whole")
    whole = paths.pending.read_bytes()
    for cut in range(1, len(whole), 7):
        with paths.pending.open("ab") as file:
            file.write(whole[:-cut])
    seal.seal_line(paths, b"after")
    report = inbox.drain(paths, key, record.deliver)
    assert set(record.texts) == {b"whole", b"after"}
    assert report.unreadable == len(set(paths.unreadable.read_bytes().split()))
    assert report.unreadable > 10


def test_a_flipped_bit_is_never_delivered(paths: VaultPaths, key: VaultKey) -> None:
    seal.seal_line(paths, b"seven")
    line = bytearray(paths.pending.read_bytes())
    for place in range(1, len(line) - 1, 5):
        line[place] ^= 1
        paths.pending.write_bytes(line)
        line[place] ^= 1
        record = Record()
        inbox.drain(paths, key, record.deliver)
        assert record.texts == []


def test_a_drain_that_breaks_off_is_taken_up(paths: VaultPaths, key: VaultKey) -> None:
    record = Record()
    for number in range(5):
        seal.seal_line(paths, b"%d" % number)

    def breaks_off(captured: Captured) -> None:
        if len(record.kept) == 3:
            raise ConnectionError("the power went")
        record.deliver(captured)

    with pytest.raises(ConnectionError):
        inbox.drain(paths, key, breaks_off)
    assert inbox.pending(paths)
    seal.seal_line(paths, b"later")
    assert inbox.drain(paths, key, record.deliver) == DrainReport(delivered=6, unreadable=0)
    assert record.texts == [b"0", b"1", b"2", b"3", b"4", b"later"]
    assert len(record.attempts) == 3 + 6
    assert not inbox.pending(paths)


def test_what_makes_no_sense_is_set_aside_sealed_and_the_rest_goes_on(
    paths: VaultPaths, key: VaultKey
) -> None:
    record = Record()

    def picky(captured: Captured) -> None:
        if captured.payload == b"from the future":
            raise Undeliverable
        record.deliver(captured)

    for payload in (b"before", b"from the future", b"after"):
        seal.seal_line(paths, payload)
    assert inbox.drain(paths, key, picky) == DrainReport(delivered=2, unreadable=1)
    assert record.texts == [b"before", b"after"]
    assert b"future" not in paths.unreadable.read_bytes()
    name, payload = seal.unseal(
        paths.unreadable.read_bytes().strip(), bytes.fromhex(key.vault_id), inbox_key(key)
    )
    assert payload == b"from the future"
    assert name not in record.kept


def test_setting_aside_twice_keeps_one(paths: VaultPaths, key: VaultKey) -> None:
    for _ in range(2):
        paths.pending.write_bytes(b"\nnobody reads this\n")
        assert inbox.drain(paths, key, Record().deliver).unreadable == 1
    assert paths.unreadable.read_bytes().split(b"\n").count(b"nobody reads this") == 1


def test_a_line_that_comes_during_the_delivery_waits_for_the_next(
    paths: VaultPaths, key: VaultKey
) -> None:
    record = Record()

    def deliver(captured: Captured) -> None:
        if not record.kept:
            seal.seal_line(paths, b"meanwhile")
        record.deliver(captured)

    seal.seal_line(paths, b"first")
    assert inbox.drain(paths, key, deliver).delivered == 1
    assert inbox.pending(paths)
    inbox.drain(paths, key, deliver)
    assert record.texts == [b"first", b"meanwhile"]


def test_a_writer_that_waited_for_a_drain_writes_into_the_new_file(
    paths: VaultPaths, key: VaultKey
) -> None:
    seal.seal_line(paths, b"first")
    handle = appending.open_locked(str(paths.pending))
    writer = threading.Thread(target=seal.seal_line, args=(paths, b"second"))
    writer.start()
    time.sleep(0.1)
    paths.pending.rename(paths.draining)
    os.close(handle)
    writer.join()
    assert len(paths.draining.read_bytes().split()) == 1
    assert len(paths.pending.read_bytes().split()) == 1


def test_two_drains_wait_for_each_other(paths: VaultPaths, key: VaultKey) -> None:
    inside: list[int] = []
    most: list[int] = []
    record = Record()

    def slow(captured: Captured) -> None:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        record.deliver(captured)
        inside.pop()

    for number in range(8):
        seal.seal_line(paths, b"%d" % number)
    drains = [threading.Thread(target=inbox.drain, args=(paths, key, slow)) for _ in range(3)]
    for drain in drains:
        drain.start()
    for drain in drains:
        drain.join()
    assert max(most) == 1
    assert len(record.attempts) == len(record.kept) == 8


def test_a_full_disk_keeps_nothing_of_the_line(
    paths: VaultPaths, key: VaultKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal.seal_line(paths, b"before")
    before = paths.pending.read_bytes()
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[: len(data) // 2]))
    with pytest.raises(NotWritable, match="No space"):
        seal.seal_line(paths, b"after")
    assert paths.pending.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"version": 2}, NewerVault),
        ({"version": None}, NewerVault),
        ({"inbox_public_key": "ab"}, DamagedVault),
        ({"inbox_public_key": 7}, DamagedVault),
        ({"inbox_public_key": "00" * 32}, DamagedVault),
        ({"vault_id": "zz"}, DamagedVault),
    ],
)
def test_a_header_that_cannot_be_sealed_to(
    paths: VaultPaths, change: dict[str, object], error: type[Exception]
) -> None:
    fields = json.loads(paths.header.read_text()) | change
    paths.header.write_text(json.dumps(fields))
    with pytest.raises(error):
        seal.seal_line(paths, b"a line")
    assert not inbox.pending(paths)


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000])
def test_a_header_that_is_none(paths: VaultPaths, data: bytes) -> None:
    paths.header.write_bytes(data)
    with pytest.raises(DamagedVault):
        seal.seal_line(paths, b"a line")


def test_no_vault_no_inbox(tmp_path: Path) -> None:
    nowhere = VaultPaths(tmp_path / "nowhere", tmp_path)
    with pytest.raises(NoVault):
        seal.seal_line(nowhere, b"a line")
    assert not inbox.pending(nowhere)
