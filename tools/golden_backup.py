"""Make tests/golden/VERSION.upswing, the backup that every later version has to read.

Run it once, right before a version is released; a golden backup is never made anew afterwards.
Beside it stands VERSION.json: what opens it, and what it holds.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import throwaway

if TYPE_CHECKING:
    from upswing.vault.key import VaultKey
    from upswing.vault.paths import VaultPaths

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
PASSPHRASE = "a golden passphrase for ever"  # noqa: S105 - it protects nothing
MADE_AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
DAYS = 21
FILE = ("stone.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
SENTENCE = "Golden: written down so that it can always be read again. Ärger, 東京."


def main() -> int:
    """Make both files; 1 where this version has its golden backup already."""
    name = GOLDEN / version("upswing")
    if "--anew" not in sys.argv and name.with_name(f"{name.name}.upswing").exists():
        print(f"{name}.upswing is there already. Before its release: --anew", file=sys.stderr)
        return 1
    with throwaway.settle():
        told = _make(name)
    print(json.dumps(told, indent=1))
    return 0


def _make(name: Path) -> dict[str, Any]:
    from upswing import solo
    from upswing.vault import lifecycle
    from upswing.vault.slots import Argon2

    where = solo.paths()
    cheap = Argon2(memory=8 * 1024, passes=1, lanes=1)
    key = lifecycle.create(where, passphrase=PASSPHRASE, cost=cheap)
    code = lifecycle.new_recovery_code()
    lifecycle.confirm_recovery(where, key, code, {1: code.groups[0], 2: code.groups[1]})
    owner = solo.open_record(key)
    _live(owner)
    told = {"passphrase": PASSPHRASE, "recovery": code.text, **_expected(owner)}
    return _put(where, key, name, told)


def _live(owner: Any) -> None:
    """Some weeks of the demo, and one entry with everything that a golden one has to keep."""
    from upswing.demo.year import fill
    from upswing.record import attachments
    from upswing.strategies.coping.actions import write_entry

    fill(owner=owner, today=date(2026, 11, 22), seed=1, days=DAYS, progress=lambda *_: None)
    entry = write_entry(owner=owner, now=MADE_AT, zone="Asia/Tokyo", body=SENTENCE, tags=["golden"])
    attachments.attach(entry, now=MADE_AT, name=FILE[0], data=FILE[1])


def _expected(owner: Any) -> dict[str, Any]:
    from upswing.record.models import Item

    items = Item.objects.filter(owner=owner)
    kinds = sorted(set(items.values_list("kind", flat=True)))
    return {
        "sentence": SENTENCE,
        "file": {"name": FILE[0], "hex": FILE[1].hex()},
        "kinds": {kind: items.filter(kind=kind).count() for kind in kinds},
    }


def _put(where: VaultPaths, key: VaultKey, name: Path, told: dict[str, Any]) -> dict[str, Any]:
    from upswing.vault.backup import reading, writing

    GOLDEN.mkdir(exist_ok=True)
    made = writing.create(where, key, now=MADE_AT, to=where.home)
    manifest = reading.verify(where, made.path, key, newest_schema=10**6)
    told |= {"rows": manifest.contents.tables, "schema": manifest.contents.schema}
    made.path.replace(name.with_name(f"{name.name}.upswing"))
    text = json.dumps(told, indent=1, ensure_ascii=False)
    name.with_name(f"{name.name}.json").write_text(text + "\n")
    return told


if __name__ == "__main__":
    sys.exit(main())
