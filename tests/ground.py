"""The pytest plugin under every test: a throw-away home and key, laid before Django wakes.

It is named in `addopts` because pytest-django reads the settings before any conftest is loaded.
Each xdist worker loads it anew and so has folders and a test database of its own.
"""

from __future__ import annotations

import throwaway

FOLDER = throwaway.settle()


def pytest_configure() -> None:
    throwaway.hold_key()


def pytest_unconfigure() -> None:
    FOLDER.cleanup()
