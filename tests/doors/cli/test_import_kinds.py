"""What a file does not say of itself, said in the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

from doors.cli.terminal import Upswing
from upswing.record.models import Item
from upswing.strategies.coping.models import CheckIn
from upswing.strategies.mindset.models import Thought


def test_a_folder_of_notes_comes_in_as_it_is(upswing: Upswing, tmp_path: Path) -> None:
    (tmp_path / "2026-03-14.md").write_text("Sat on the bench.")
    note = tmp_path / "Ideas.md"
    note.write_text("Some day.")
    os.utime(note, (1_700_000_000, 1_700_000_000))
    answer = upswing("import", str(tmp_path), "--dry-run")
    assert "1, lived from 2026-03-14 to 2026-03-14" in answer.out
    assert "It has no date" in answer.out
    upswing("import", str(tmp_path), "--yes", "--file-dates")
    assert sorted(item.day.isoformat() for item in Item.objects.all()) == [
        "2023-11-14",
        "2026-03-14",
    ]


def test_ratings_come_in_once_their_direction_is_said(upswing: Upswing, tmp_path: Path) -> None:
    diary = tmp_path / "diarium.json"
    entry = {"date": "2026-03-14T21:05:00", "heading": "Quiet", "html": "Bench.", "rating": 2}
    diary.write_text(json.dumps([entry]))
    answer = upswing("import", str(diary), "--yes")
    assert "whether 5 or 1 is a good day" in " ".join(answer.out.split())
    assert not CheckIn.objects.exists()
    answer = upswing("import", str(diary), "--dry-run", "--best-rating", "1")
    assert "Check-ins in it" in answer.out
    upswing("import", str(diary), "--yes", "--best-rating", "1")
    assert CheckIn.objects.get().mood == 8
    assert upswing("import", str(diary), "--best-rating", "3").code == 2


def test_thoughts_come_in_as_thought_records(upswing: Upswing, tmp_path: Path) -> None:
    thoughts = tmp_path / "FreeCBT.csv"
    thoughts.write_text(
        "uuid,createdAt,updatedAt,automaticThought,cognitiveDistortions,challenge,"
        "alternativeThought\n"
        "a,2024-03-01T10:00:00.000Z,2024-03-01T10:00:00.000Z,I am done,"
        '"labeling,odd-one",No,Not yet\n'
    )
    answer = upswing("import", str(thoughts), "--dry-run")
    assert "FreeCBT" in answer.out
    assert "Thought records   1" in answer.out
    assert "A label for a person 1" in answer.out
    assert "stands there as a word: odd-one" in " ".join(answer.out.split())
    assert not Thought.objects.exists()
    upswing("import", str(thoughts), "--yes", "--zone", "Europe/Berlin")
    assert Thought.objects.get().answers["balanced"] == "Not yet"
    assert upswing("thought").ids == [Thought.objects.get().pk.hex[-8:]]
