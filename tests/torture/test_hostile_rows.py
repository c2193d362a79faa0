"""Mutated files brought in by the verb that the doors call: where it refuses, no table changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from torture.hostile_samples import Sample, mutant
from torture.importer_files import NAMES, NOW, SAMPLES
from upswing.accounts.models import User
from upswing.exchange import bringing
from upswing.exchange.importers import source
from upswing.exchange.rows import ImportProblem

NTH = 20  # so many files that are only read to one that is brought in


@pytest.mark.parametrize("name", NAMES)
def test_a_refused_file_leaves_no_row_behind(
    owner: User, name: str, times: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    samples, tried = SAMPLES[name](owner), times(2_000, 50_000) // NTH
    before, refused, partial = rows(), 0, 0
    for number in range(tried):
        if brought_in(owner, name, samples, number * NTH):
            continue
        refused += 1
        partial += rows() != before
    figure(
        f"Mutated files brought in from {source(name).label}",
        tried=f"{tried:,} files, {refused:,} of them refused",
        found=f"{partial} partial writes",
        bar="0 partial writes",
    )
    assert partial == 0
    assert tried / 50 < refused < tried
    assert rows() == before


def brought_in(owner: User, name: str, samples: list[Sample], number: int) -> bool:
    """Whether the file is taken; what it would leave is checked as at the end of a real import, and
    rolled back."""
    sample, options = mutant(samples, name, number)
    with suppress(ImportProblem), transaction.atomic():
        bringing.bring_in(source(name), owner, sample.data, options, now=NOW, file_name=sample.name)
        connection.check_constraints()
        transaction.set_rollback(True)
        return True
    return False


def rows() -> list[tuple[Any, ...]]:
    """How many rows every table has."""
    names = sorted(connection.introspection.table_names())
    parts = (f"SELECT '{name}', count(*) FROM {connection.ops.quote_name(name)}" for name in names)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return sorted(cursor.fetchall())
