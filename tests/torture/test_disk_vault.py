"""The vault's own files while nothing can be written: backups, keys, exports, a new vault.

Real processes on a real vault, under a system that refuses to write: no file may grow beyond a few
bytes, or the folder is read-only. Each time: exit code 1 and one sentence, no secret is shown,
every file is as it was and nothing half made is left, what opened the vault opens it, the last good
backup is still the last and still good, and once there is room the same command works.
"""

from __future__ import annotations

import random
import shutil
import string
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from doors.cli.terminal import CHEAP, PASSPHRASE, Answer, Machine
from torture import faults
from upswing.vault import doctor, keeper, lifecycle
from upswing.vault.backup import folder, reading
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from vault.recording import dump

pytestmark = [
    pytest.mark.solo,
    pytest.mark.skipif(sys.platform != "linux", reason="root gives its power up in Linux's way"),
]

NEW = "loud river at dusk"
BOTH = f"{PASSPHRASE}\n{NEW}\n"
MUCH = "".join(random.Random(1).choices(string.ascii_letters, k=90_000))  # no zip makes it small
# Python may write a module's cache torn where files end early, so none is written here.
SETTINGS = {"PYTHONDONTWRITEBYTECODE": "1"}
TALLY = faults.Tally()


@dataclass(frozen=True)
class Command:
    """words: FILE is the last backup, ELSEWHERE a folder on another disk.

    limit: bytes beyond which no file may grow; below zero, so many less than the backup has. shut:
    the folder that is read-only. back: whether what was piped has to be shown again.
    """

    words: str
    limit: int
    shut: str
    typed: str = ""
    back: bool = False
    home: str = "home"


COMMANDS = {
    "a line": Command("log", 4_000, "home/inbox", MUCH, back=True),
    "a backup, no room for its picture": Command("backup create", 40_000, "home"),
    "a backup, no room at its end": Command("backup create", -1, "home/backups"),
    "a copy elsewhere": Command("backup create --to ELSEWHERE", -1, "elsewhere"),
    "a backup, brought back": Command(
        "backup restore FILE --to ELSEWHERE/back", 40_000, "elsewhere"
    ),
    "another passphrase": Command("vault passphrase", 100, "home", BOTH),
    "a key file": Command("vault device on", 10, "home"),
    "a new key": Command("vault rekey", 40_000, "home", BOTH),
    "an export": Command("export --to ELSEWHERE/all.zip", 40_000, "elsewhere", f"{PASSPHRASE}\n"),
    "a new vault": Command("vault create", 100, "second", f"{NEW}\n", home="second"),
}


@dataclass(frozen=True)
class Place:
    """A vault that is open, on a machine with another disk, and the size of its one backup."""

    machine: Machine
    paths: VaultPaths
    key: VaultKey
    size: int

    @property
    def elsewhere(self) -> Path:
        return self.machine.root / "elsewhere"

    def run(self, command: Command, *, powerless: bool = False) -> Answer:
        (backup, *_) = folder.listing(self.paths)
        known = {"FILE": str(backup.path), "ELSEWHERE": str(self.elsewhere)}
        words = command.words
        for name, path in known.items():
            words = words.replace(name, path)
        home = {"UPSWING_HOME": str(self.machine.root / command.home)}
        return self.machine.run(
            *words.split(), typed=command.typed, powerless=powerless, environ=SETTINGS | home
        )

    def files(self) -> dict[str, bytes]:
        """What is in every file but those that the engine and the locks keep for themselves."""
        passing = ("run/*", "home/vault*.db*", "home/*.lock", "second/*.lock")
        found = [
            path for path in self.machine.root.rglob("*") if path.is_file() and path.stat().st_size
        ]
        named = {str(path.relative_to(self.machine.root)): path for path in found}
        return {
            name: path.read_bytes()
            for name, path in named.items()
            if not any(Path(name).match(pattern) for pattern in passing)
        }

    def is_sound(self) -> bool:
        """Whether vault and backups are whole, and the present passphrase opens the vault."""
        report = doctor.examine(self.paths, keeper.fetch(self.paths) or self.key)
        for one in folder.listing(self.paths):
            reading.verify(self.paths, one.path, self.key, newest_schema=10_000)
        return report.sound and report.checked


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a record and one good backup: made once, then copied."""
    with tempfile.TemporaryDirectory(prefix="up-") as root:
        machine = Machine(Path(root))
        paths = VaultPaths(home=machine.home, runtime=machine.root / "run")
        keeper.start(paths, lifecycle.create(paths, passphrase=PASSPHRASE, cost=CHEAP), 5)
        assert machine.run("log", typed=MUCH).code == 0
        assert machine.run("backup", "create").code == 0
        keeper.lock(paths)
        return Path(shutil.copytree(machine.home, tmp_path_factory.mktemp("pattern") / "home"))


@pytest.fixture
def place(pattern: Path) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="up-") as root:
        machine = Machine(Path(root))
        paths = VaultPaths(home=machine.home, runtime=machine.root / "run")
        shutil.copytree(pattern, paths.home)
        key = lifecycle.open_with_passphrase(paths, PASSPHRASE)
        keeper.start(paths, key, idle_minutes=5)
        for name in ("elsewhere", "second"):
            (machine.root / name).mkdir(mode=0o700)
        yield Place(machine, paths, key, folder.listing(paths)[0].size)
        for home in (paths.home, machine.root / "second"):
            keeper.lock(VaultPaths(home=home, runtime=paths.runtime))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be made in it by whoever obeys the modes of files."""
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def fault_of(place: Place, command: Command, fault: str) -> AbstractContextManager[None]:
    if fault == "read-only":
        return read_only(place.machine.root / command.shut)
    return faults.files_end_at(command.limit if command.limit > 0 else place.size + command.limit)


@pytest.mark.parametrize("fault", ["no room", "read-only"])
@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_says_so_and_works_again(place: Place, what: str, fault: str) -> None:
    command, files, rows = COMMANDS[what], place.files(), dump(place.paths.database, place.key)
    with fault_of(place, command, fault):
        answer = place.run(command, powerless=True)
    unchanged = place.files() == files and dump(place.paths.database, place.key) == rows
    opens = lifecycle.open_with_passphrase(place.paths, PASSPHRASE) == place.key
    sound = place.is_sound()
    again = place.run(command)
    outcome = {
        "calm": answer.code == 1 and is_one_sentence(answer.err),
        "given_back": answer.err.count(MUCH) == command.back and shows_no_secret(answer),
        "whole": unchanged and opens and sound,
        "works": again.code == 0 and place.files() != files and place.is_sound(),
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), (answer, again)


def is_one_sentence(err: str) -> bool:
    """Whether the last line is a sentence, and no trace was printed."""
    return err.splitlines()[-1].endswith(".") and "Traceback" not in err


def shows_no_secret(answer: Answer) -> bool:
    return not any(secret in answer.out + answer.err for secret in (PASSPHRASE, NEW))


def test_what_all_commands_came_to(figure: Callable[..., None]) -> None:
    TALLY.tell(figure, "Disk full, read-only: backups, keys and exports in the terminal")
