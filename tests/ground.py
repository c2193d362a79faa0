"""The pytest plugin under every test: a throw-away home and key, laid before Django wakes.

It is named in `addopts` because pytest-django reads the settings before any conftest is loaded.
Each xdist worker loads it anew and so has folders and a test database of its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import throwaway

FOLDER = throwaway.settle()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Hold the key; keep temporary folders short, since a socket's name has room for 100 bytes."""
    throwaway.hold_key()
    if config.option.basetemp is None:
        config.option.basetemp = str(Path(FOLDER.name) / "t")


def pytest_unconfigure() -> None:
    FOLDER.cleanup()
