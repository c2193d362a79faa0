"""Two migrations of an Upswing that is still to come: tables are rebuilt, and rows rewritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations, models

BROUGHT = " (brought over)"


def rewrite(apps: Any, schema_editor: Any) -> None:
    """Change each item's text, row by row."""
    for item in apps.get_model("upswing", "Item").objects.all():
        item.body += BROUGHT
        item.save(update_fields=["body"])


def weigh(apps: Any, schema_editor: Any) -> None:
    """Fill the new column from the item."""
    for entry in apps.get_model("upswing", "Entry").objects.select_related("item"):
        entry.weather = f"{entry.item.day:%A}"
        entry.save(update_fields=["weather"])


class Longer(migrations.Migration):
    """Rebuilds the items, to which nearly every other table refers."""

    dependencies: ClassVar = []  # the newest that there is; see `package`
    operations: ClassVar = [
        migrations.AlterField("item", "title", models.CharField(max_length=400, blank=True)),
        migrations.RunPython(rewrite),
    ]


class Weather(migrations.Migration):
    """Rebuilds the entries with one column more."""

    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.AddField("entry", "weather", models.CharField(max_length=20, default="")),
        migrations.RunPython(weigh),
    ]


def package(present: Path, folder: Path) -> None:
    """Lay a copy of the migrations of now into `folder`, and these two after them."""
    folder.mkdir()
    for path in present.glob("*.py"):
        (folder / path.name).write_text(path.read_text())
    newest = sorted(path.stem for path in folder.glob("[0-9]*.py"))[-1]
    for number, migration in enumerate((Longer, Weather), start=int(newest[:4]) + 1):
        migration.dependencies = [("upswing", newest)]
        newest = f"{number:04}_{migration.__name__.lower()}"
        source = f"from torture.later import {migration.__name__} as Migration\n"
        (folder / f"{newest}.py").write_text(source)
