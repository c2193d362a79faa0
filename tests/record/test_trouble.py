"""What a person is told where the disk or the database did not do its part."""

from __future__ import annotations

import errno

import pytest
from django.db import DatabaseError, OperationalError

from upswing.errors import RuleError
from upswing.record import trouble


class Engine(Exception):
    """An error as an engine names it."""

    def __init__(self, **names: str) -> None:
        self.__dict__.update(names)


def handed_on(cause: Exception | None) -> DatabaseError:
    error = OperationalError("the engine's own words")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"sqlite_errorname": "SQLITE_FULL"}, trouble.FULL),
        ({"sqlite_errorname": "SQLITE_READONLY_DBMOVED"}, trouble.READ_ONLY),
        ({"sqlite_errorname": "SQLITE_BUSY_SNAPSHOT"}, trouble.BUSY),
        ({"sqlite_errorname": "SQLITE_IOERR_WRITE"}, trouble.FAILING),
        ({"sqlite_errorname": "SQLITE_CONSTRAINT_UNIQUE"}, ""),
        ({"sqlstate": "53100"}, trouble.FULL),
        ({"sqlstate": "55P03"}, trouble.BUSY),
        ({"sqlstate": "25006"}, trouble.READ_ONLY),
        ({"sqlstate": "23505"}, ""),
        ({}, ""),
    ],
)
def test_each_engine_by_its_own_names(names: dict[str, str], sentence: str) -> None:
    assert trouble.sentence(handed_on(Engine(**names))) == sentence


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, trouble.FULL),
        (errno.EROFS, trouble.READ_ONLY),
        (errno.EIO, trouble.FAILING),
        (errno.ENOENT, ""),
        (None, ""),
    ],
)
def test_the_system_by_its_numbers(number: int | None, sentence: str) -> None:
    error = OSError() if number is None else OSError(number, "words")
    assert trouble.sentence(error) == sentence


@pytest.mark.parametrize("error", [None, RuleError("body", "No."), KeyError("x"), handed_on(None)])
def test_a_fault_of_ours_has_no_sentence(error: Exception | None) -> None:
    assert trouble.sentence(error) == ""
