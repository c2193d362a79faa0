"""The rooms keep their order: what `.importlinter` says is so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(sys.executable).parent


@pytest.mark.solo
def test_every_contract_is_kept() -> None:
    told = subprocess.run(
        [HERE / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout
    assert "0 broken" in told.stdout


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("upswing.record.query", "django"),
        ("upswing.record.rules", "django"),
        ("upswing.record.words", "django"),
        ("upswing.strategies.coping.rules", "django"),
        ("upswing.moments", "dateparser"),
        ("upswing.config", "zoneinfo"),
        ("upswing.vault.capture", "django"),
        ("upswing.vault.capture", "click"),
        ("upswing.vault.capture", "sqlcipher3"),
    ],
)
def test_what_is_light_stays_light(module: str, heavy: str) -> None:
    asks = f"import sys, {module}; sys.exit({heavy!r} in sys.modules)"
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    told = subprocess.run([sys.executable, "-c", asks], env=environment, check=False)
    assert told.returncode == 0
