"""The pytest plugin under every test: a throw-away home and key, laid before Django wakes.

It is named in `addopts` because pytest-django reads the settings before any conftest is loaded.
Each xdist worker loads it anew and so has folders and a test database of its own.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import throwaway

FOLDER = throwaway.settle()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the torture tests in their long form")
    parser.addoption("--figures", metavar="FILE", help="write down what the torture tests found")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Hold the key; keep temporary folders short, since a socket's name has room for 100 bytes."""
    throwaway.hold_key()
    if config.option.basetemp is None:
        config.option.basetemp = str(Path(FOLDER.name) / "t")
    if config.option.figures and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Figures(Path(config.option.figures)))


class Figures:
    """Adds a line of JSON to a file for each figure of a test; under xdist in one place only."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        with self.file.open("a") as lines:
            for name, value in report.user_properties:
                kept = {"figure": name, "passed": report.passed, "said": value}
                lines.write(json.dumps(kept) + "\n")


def pytest_unconfigure() -> None:
    FOLDER.cleanup()
