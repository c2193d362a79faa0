"""The report of an import, which was one long value, becomes pages of rows."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

ROWS = 500


def into_pages(apps: Any, schema_editor: Any) -> None:
    page = apps.get_model("upswing", "ReportPage")
    for batch in apps.get_model("upswing", "Batch").objects.exclude(rows=[]).iterator(1):
        for number, at in enumerate(range(0, len(batch.rows), ROWS)):
            rows = batch.rows[at : at + ROWS]
            page.objects.create(batch=batch, number=number, rows=rows)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("upswing", "0002_words")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ReportPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("rows", models.JSONField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_pages",
                        to="upswing.batch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="one_page_a_number")
                ]
            },
        ),
        migrations.RunPython(into_pages, migrations.RunPython.noop),
        migrations.RemoveField("batch", "rows"),
    ]
