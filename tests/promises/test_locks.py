"""What `make run` installs is pinned by hash, and named without saying where it was fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)[^\n]*((?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.M)


def pins(name: str) -> dict[str, str]:
    """Package → version of one lock file, of those that carry a hash."""
    return {found[1]: found[2] for found in PIN.finditer((ROOT / name).read_text())}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_pinned_by_hash_and_no_address_is_named(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert len(pins(name)) == text.count("==") - text.count(" == ") > 20


def test_the_tests_run_on_the_libraries_that_people_run_on() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run.items() <= dev.items()
