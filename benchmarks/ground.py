"""Where a run happens: a throw-away folder with vaults and journals, and the programs in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

PROGRAMS = Path(sys.executable).parent
JRNL = Path(".venv-bench/bin/jrnl").absolute()
PASS = (sys.executable, "-c", "pass")


def environ(**more: str) -> dict[str, str]:
    """The environment without anything of the person's own Upswing, plus `more`."""
    own = ("UPSWING_", "PYTHON", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "TZ": "UTC", **more}


def child(module: str, *arguments: object, env: Mapping[str, str]) -> Any:
    """Run `benchmarks.<module>` in a process of its own; what it printed, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
        env=dict(env),
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


@dataclass(frozen=True)
class Vault:
    """A vault on the disk, filled and unlocked."""

    folder: Path
    size: int

    @cached_property
    def environ(self) -> dict[str, str]:
        """What a process needs to find this vault and no other."""
        return environ(
            HOME=str(self.folder),
            UPSWING_HOME=str(self.folder / "home"),
            UPSWING_RUNTIME=str(self.folder / "run"),
            UPSWING_IDLE_MINUTES="60",
        )

    def upswing(self, *words: str) -> Sequence[str]:
        """The command line of a word of the terminal."""
        return (str(PROGRAMS / "upswing"), *words)


@dataclass
class Ground:
    """One run. end: the moment at which every record ends."""

    folder: Path
    sizes: Sequence[int]  # smallest first
    end: datetime = field(default_factory=lambda: datetime.now(UTC))
    versions: dict[str, str] = field(default_factory=dict)
    vaults: dict[str, Vault] = field(default_factory=dict)

    @property
    def small(self) -> int:
        return self.sizes[0]

    @property
    def large(self) -> int:
        return self.sizes[-1]

    def vault(self, size: int, *, entries_only: bool = False) -> Vault:
        """The vault with so many items; it is made when first asked for."""
        name = f"{'entries' if entries_only else 'items'}-{size}"
        if name not in self.vaults:
            vault = self.bare(name, size)
            self.versions |= child(
                "fill", size, self.end.isoformat(), int(entries_only), env=vault.environ
            )
            self.vaults[name] = vault
        return self.vaults[name]

    def bare(self, name: str, size: int = 0) -> Vault:
        """A folder for a vault that somebody else will make."""
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        return Vault(folder, size)

    def close(self) -> None:
        """Lock every vault, which ends the workers that hold their keys."""
        for vault in self.vaults.values():
            subprocess.run(
                vault.upswing("lock"), env=vault.environ, capture_output=True, check=True
            )
