"""A Day One export, brought in by the terminal: a zip, a folder, and what is private in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from doors.cli.terminal import Upswing
from exchange.dayone_files import JPEG, classic, entry, export, journal, md5, photo, zipped
from upswing.record.models import Attachment, Item

PICTURE = JPEG + b"the river"
TOLD = (entry(1, photos=[photo(PICTURE)]), entry(2, creationDate="no"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "export.zip"
    path.write_bytes(export(*TOLD, photos=[PICTURE]))
    return path


def test_a_zip_comes_in_with_its_pictures_and_goes_again(upswing: Upswing, archive: Path) -> None:
    seen = upswing("import", str(archive), "--dry-run")
    assert "Day One" in seen.out
    assert "Pictures, files" in seen.out
    assert "“no” is not a date as Day One writes it." in seen.out
    done = upswing("import", str(archive), "--yes", "--json").data
    assert (done["new"], done["skipped"], done["files"]) == (1, 1, 1)
    assert bytes(Attachment.objects.get().data) == PICTURE
    assert "Kestrel" not in Item.objects.get().body
    assert upswing("import", "--undo", done["batch"], "--yes").code == 0
    assert not Attachment.objects.exists()


def test_place_and_weather_come_where_they_are_wanted(upswing: Upswing, archive: Path) -> None:
    assert upswing("import", str(archive), "--yes", "--places").code == 0
    assert "Café Kestrel" in Item.objects.get().body


def test_folders_come_in_as_their_zips(upswing: Upswing, tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old" / "Journal.dayone" / "entries"
    (new / "photos").mkdir(parents=True)
    (new / "Journal.json").write_bytes(journal(*TOLD))
    (new / "photos" / f"{md5(PICTURE)}.jpeg").write_bytes(PICTURE)
    old.mkdir(parents=True)
    (old / "A.doentry").write_bytes(classic())
    for folder in (new, tmp_path / "old"):
        assert upswing("import", str(folder), "--yes").code == 0
    assert set(Item.objects.values_list("title", flat=True)) == {
        "They said no",
        "A walk by the river.",
    }
    assert Attachment.objects.count() == 1


def test_an_archive_that_lies_is_refused_in_one_sentence(upswing: Upswing, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({"Journal.json": journal(*TOLD), "/etc/x": b"x"}))
    answer = upswing("import", str(path), "--yes")
    assert (answer.code, Item.objects.exists()) == (1, False)
    assert "points outside of it" in answer.err
