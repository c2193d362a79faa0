"""A Day One export with pictures, brought in by the browser."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.dayone_files import JPEG, entry, export, photo, zipped
from upswing.record.models import Attachment, Batch, Item
from upswing.web import import_desk, imports

PICTURE = JPEG + b"the river"
EXPORT = export(entry(1, photos=[photo(PICTURE), photo(b"gone", "X")]), entry(2), photos=[PICTURE])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run an import inside the request, as the tests' transaction is seen by no other thread."""
    import_desk._desk.clear()
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())


def send(web: Client, data: bytes, **fields: str) -> Any:
    form = {"zone": "UTC", "file": SimpleUploadedFile("export.zip", data), **fields}
    return web.post("/imports/", form)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_an_export_is_recognised_and_comes_in_with_its_pictures(web: Client) -> None:
    found = send(web, EXPORT)
    page = words(web.get(found["Location"]))
    assert "Day One · export.zip" in page
    assert "Pictures and files 1" in page
    assert "“picture 2.jpeg” is not in the export." in page
    assert not Item.objects.exists()
    web.post(found["Location"].removesuffix("plan/") + "go/")
    kept = Attachment.objects.get()
    item = Item.objects.get(attachments=kept)
    assert f"/files/{kept.pk}/" in web.get(f"/journal/{item.pk}/").content.decode()
    assert web.get(f"/files/{kept.pk}/").content == PICTURE
    web.post(f"/imports/{Batch.objects.get().pk}/undo/")
    assert not Attachment.objects.exists()
    assert not Item.objects.exists()


def test_place_and_weather_come_only_where_they_are_wanted(web: Client) -> None:
    for fields, kept in (({}, False), ({"places": "on"}, True)):
        found = send(web, EXPORT, **fields)
        web.post(found["Location"].removesuffix("plan/") + "go/")
        assert ("Café Kestrel" in Item.objects.order_by("position")[0].body) == kept
        web.post(f"/imports/{Batch.objects.get(undone_at=None).pk}/undo/")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped({"../x": b"x"}), "points outside of it"),
        (EXPORT[:-9], "damaged"),
        (zipped({"x.bin": b"x"}), "does not know this kind of file"),
        (zipped({"Journal.json": b" " * 5_000_000}), "swells to more than 200 times"),
    ],
)
def test_archives_that_lie_are_refused_at_the_field(
    web: Client, data: bytes, sentence: str
) -> None:
    answer = send(web, data)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["file"][0]


def test_the_page_says_how_large_a_file_may_be(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Up to 50 MB; what is larger, the terminal takes." in words(web.get("/imports/"))
    monkeypatch.setattr(imports, "LARGEST_FILE", len(EXPORT) - 1)
    assert (
        "In the terminal there is no limit" in send(web, EXPORT).context["form"].errors["file"][0]
    )


def test_a_zip_as_large_as_the_page_takes_comes_in(web: Client) -> None:
    pictures = [JPEG + number.to_bytes() + os.urandom(9_900_000) for number in range(5)]
    told = [entry(number, photos=[photo(data)]) for number, data in enumerate(pictures)]
    found = send(web, export(*told, photos=pictures))
    web.post(found["Location"].removesuffix("plan/") + "go/")
    assert Attachment.objects.count() == 5
