"""A throw-away Upswing: its own folders and a key that everybody knows.

Tests and checks stand on this, so that neither ever opens the vault of the person who runs them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from upswing.vault import held
from upswing.vault.key import VaultKey

KEPT = ("UPSWING_CHROMIUM", "UPSWING_DATABASE")


def settle() -> tempfile.TemporaryDirectory[str]:
    """Point UPSWING_* at a new temporary folder and return it; the caller cleans it up.

    Call it before Django reads its settings. Of the settings in the environment only KEPT survive.
    """
    folder = tempfile.TemporaryDirectory(prefix="upswing-")
    for name in [name for name in os.environ if name.startswith("UPSWING_")]:
        if name not in KEPT:
            del os.environ[name]
    root = Path(folder.name)
    os.environ["UPSWING_HOME"] = str(root / "home")
    os.environ["UPSWING_RUNTIME"] = str(root / "run")
    os.environ["UPSWING_TEST_DATABASE"] = str(root / "test.db")
    for name in ("home", "run"):
        (root / name).mkdir(mode=0o700)
    return folder


def hold_key() -> None:
    """Let this process hold the key of the throw-away vault."""
    held.hold(VaultKey(data=bytes(range(32)), vault_id="0" * 32))
