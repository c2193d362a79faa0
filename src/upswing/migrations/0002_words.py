"""The full-text index, made for the engine at hand."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations


def make_index(apps: Any, schema_editor: Any) -> None:
    from upswing.record.index import MAKE_FTS5, MAKE_TERMS, MAKE_TSVECTOR

    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in MAKE_TSVECTOR if on_postgresql else (MAKE_FTS5, MAKE_TERMS):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("upswing", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(make_index, migrations.RunPython.noop)]
