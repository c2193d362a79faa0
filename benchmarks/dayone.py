"""`python -m benchmarks.dayone FILE COUNT END`: an export of Day One, as a zip."""

from __future__ import annotations

import json
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.life import Moment, moments


def main(path: Path, count: int, end: datetime) -> int:
    """Write the export; its bytes."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Journal.json", "w") as file,
    ):
        file.write(b'{"metadata": {"version": "1.0"}, "entries": [')
        for number, moment in enumerate(moments(count, end=end, check_ins=False)):
            between = ",\n" if number else ""
            file.write(f"{between}{json.dumps(_entry(number, moment))}".encode())
        file.write(b"]}")
    return path.stat().st_size


def _entry(number: int, moment: Moment) -> dict[str, Any]:
    title = f"{moment.title}\n\n" if moment.title else ""
    at = moment.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "uuid": f"{number:032X}",
        "creationDate": at,
        "modifiedDate": at,
        "timeZone": "Europe/Berlin",
        "text": title + moment.body,
        "starred": False,
        "tags": list(moment.tags),
        "creationDevice": "My phone",
    }


if __name__ == "__main__":
    print(
        json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])))
    )
