"""Bringing a journal in by the browser."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doors.web.reading import text
from upswing.accounts.models import User
from upswing.exchange.importers import source
from upswing.exchange.rows import Options
from upswing.exchange.run import Report, import_rows
from upswing.record import batches, setbacks
from upswing.record.models import Batch, Item
from upswing.web import import_desk, imports

DATA = Path(__file__).parents[2] / "exchange" / "data"
JOURNAL = (DATA / "default.txt").read_bytes()
BERLIN = "Europe/Berlin"


@pytest.fixture(autouse=True)
def _empty_desk() -> None:
    import_desk._desk.clear()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run an import inside the request, as the tests' transaction is seen by no other thread."""
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())


def send(web: Client, data: bytes | None, name: str = "journal.txt", **fields: str) -> Any:
    form: dict[str, Any] = {"zone": BERLIN, **fields}
    if data is not None:
        form["file"] = SimpleUploadedFile(name, data)
    return web.post("/imports/", form)


def tried(web: Client, data: bytes = JOURNAL, **fields: str) -> str:
    """The address of the dry run, without its last part."""
    answer = send(web, data, **fields)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"]).removesuffix("plan/")


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def bring(owner: User, now: datetime) -> Report:
    rows = source("jrnl").read(JOURNAL, Options(BERLIN))
    return import_rows(owner, rows, now=now, source="jrnl", file_name="journal.txt")


def test_the_form_offers_the_persons_own_zone(web: Client) -> None:
    page = web.get("/imports/")
    assert page.context["form"]["zone"].value() == BERLIN
    assert "Nothing yet. Each import stands here" in text(page)


def test_the_dry_run_tells_and_writes_nothing(web: Client) -> None:
    page = web.get(tried(web) + "plan/")
    words = text(page)
    assert "jrnl · journal.txt" in words
    assert "New 9" in words
    assert "First of the new ones 1 March 2024, 10:00" in words
    assert "Last 1 January 2025, 08:00" in words
    assert "Bring them in" in words
    assert len(page.context["sample"]) == 5
    assert not Item.objects.exists()
    assert not Batch.objects.exists()


def test_every_row_with_a_problem_is_named_with_its_reason(web: Client) -> None:
    journal = b"[2024-02-30 10:00] Wrong day\n\n[2024-03-01 10:00] Good\n\n[2024-03-31 02:30] Gap\n"
    page = web.get(tried(web, journal) + "plan/")
    assert [(line["title"], line["fact"]) for line in page.context["lines"]] == [
        ("Wrong day", "left out"),
        ("Gap", "comes in"),
    ]
    assert "Line 1. There is no date “2024-02-30 10:00”." in text(page)
    assert "went forward over 02:30" in text(page)


def test_many_rows_stand_on_several_pages(web: Client) -> None:
    journal = "".join(f"[2024-02-30 10:00] Wrong {number}\n\n" for number in range(250))
    address = tried(web, journal.encode()) + "plan/"
    first, last = web.get(address), web.get(f"{address}?rows=3")
    assert [len(page.context["lines"]) for page in (first, last)] == [100, 50]
    assert last.context["lines"][-1]["title"] == "Wrong 249"
    assert (first.context["earlier_url"], last.context["further_url"]) == ("", "")
    for odd in ("0", "99", "-1", "x", "٣", "9" * 30):
        assert web.get(address, {"rows": odd}).status_code == 200


def test_brought_in_with_a_report_a_row(web: Client, at_once: None) -> None:
    journal = JOURNAL + b"\n[2024-02-30 10:00] Wrong day\n"
    address = tried(web, journal)
    answer = web.post(address + "go/", follow=True)
    batch = Batch.objects.get()
    assert answer.redirect_chain[-1][0] == f"/imports/{batch.pk}/"
    assert "9 brought in · 1 left out." in text(answer)
    assert "There is no date “2024-02-30 10:00”." in text(answer)
    assert Item.objects.filter(batch=batch).count() == 9
    left = web.get(f"/imports/{batch.pk}/?show=skipped")
    assert [line["fact"] for line in left.context["lines"]] == ["left out"]
    assert "journal.txt" in text(web.get("/imports/"))


def test_a_second_time_adds_nothing_and_offers_no_button(
    web: Client, owner: User, now: datetime
) -> None:
    bring(owner, now)
    words = text(web.get(tried(web) + "plan/"))
    assert "There is nothing new in it" in words
    assert "Every entry of this file is here already." in words
    assert "Bring them in" not in words


def test_a_second_click_brings_nothing_in_twice(web: Client, at_once: None) -> None:
    address = tried(web)
    web.post(address + "go/")
    web.post(address + "go/")
    assert Batch.objects.count() == 1


def test_leaving_forgets_the_file(web: Client) -> None:
    address = tried(web)
    assert web.post(address + "leave/")["Location"] == "/imports/?done=import-left"
    assert not import_desk._desk
    for page in ("plan/", "progress/", "trouble/"):
        assert web.get(address + page)["Location"] == "/imports/?done=import-gone"
    assert web.post(address + "go/")["Location"] == "/imports/?done=import-gone"
    assert "no longer held" in text(web.get("/imports/?done=import-gone"))


def test_the_file_is_forgotten_after_its_import(web: Client, at_once: None) -> None:
    address = tried(web)
    web.post(address + "go/")
    assert import_desk._desk[0].data == b""
    web.get(address + "progress/")
    assert not import_desk._desk


def test_the_file_is_forgotten_after_a_while(web: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_desk, "KEPT_SECONDS", 0.05)
    tried(web)
    until = time.monotonic() + 5
    while import_desk._desk and time.monotonic() < until:
        time.sleep(0.01)
    assert not import_desk._desk


def test_a_file_under_way_is_neither_forgotten_nor_replaced(web: Client) -> None:
    address = tried(web)
    import_desk._desk[0].begun = True
    web.post(address + "leave/")
    assert import_desk._desk
    assert errors(send(web, JOURNAL))["file"] == [import_desk.BUSY]


def test_a_strangers_file_is_not_there(web: Client, stranger: User) -> None:
    address = tried(web)
    import_desk._desk[0].owner = stranger
    assert web.get(address + "plan/").status_code == 302
    assert web.post(address + "go/")["Location"] == "/imports/?done=import-gone"


def test_progress_goes_on_by_itself_and_without_script(web: Client) -> None:
    address = tried(web)
    import_desk._desk[0].begun, import_desk._desk[0].done = True, 4
    whole = web.get(address + "progress/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="1"></noscript>' in whole
    assert "4 of 9 entries" in whole
    part = web.get(address + "progress/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert f'hx-get="{address}progress/" hx-trigger="every 500ms"' in part
    assert '<progress value="4" max="9"' in part


def test_the_end_of_an_import_is_told_to_htmx(web: Client, at_once: None) -> None:
    address = tried(web)
    web.post(address + "go/")
    part = web.get(address + "progress/", headers={"hx-request": "true"})
    assert part["HX-Redirect"] == f"{address}progress/"


def test_an_import_that_breaks_leaves_nothing_and_says_so(
    web: Client,
    at_once: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError("Größe zeigen")

    address = tried(web)
    monkeypatch.setattr(batches, "start", broken)
    answer = web.post(address + "go/", follow=True)
    assert "Nothing was brought in Something broke, on our side." in text(answer)
    assert not Item.objects.exists()
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "Größe" not in told


def test_all_of_it_can_belong_to_a_setback(
    web: Client, at_once: None, owner: User, now: datetime
) -> None:
    setback = setbacks.tell(owner=owner, now=now, zone=BERLIN, title="They said no")
    address = tried(web, setback=str(setback.pk))
    assert "All of it belongs to They said no" in text(web.get(address + "plan/"))
    web.post(address + "go/")
    assert setback.items.count() == 9


def test_a_strangers_setback_is_not_offered(web: Client, stranger: User, now: datetime) -> None:
    other = setbacks.tell(owner=stranger, now=now, zone=BERLIN, title="Theirs")
    assert "setback" in errors(send(web, JOURNAL, setback=str(other.pk)))


def test_the_chosen_zone_is_where_it_was_lived(web: Client, at_once: None) -> None:
    journal = b"[2024-03-01 23:30] Late in Auckland\n"
    web.post(tried(web, journal, zone="Pacific/Auckland") + "go/")
    item = Item.objects.get()
    assert (item.zone, item.day.isoformat()) == ("Pacific/Auckland", "2024-03-01")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "Choose a file first."),
        (b"", "This file is empty"),
        (b"hello, this is no journal\n", "does not know this kind of file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "does not know this kind of file"),
        (b"[2024-03-01 10:00] Good\n\nbad \xff byte\n", "Line 3 is not valid UTF-8"),
        ((DATA / "encrypted-v2.txt").read_bytes(), "encrypted by jrnl"),
        ((DATA / "encrypted-v3.txt").read_bytes(), "encrypted by jrnl"),
        ((DATA / "export.md").read_bytes(), "Markdown export"),
        (b'{"title": "x", "date": "y", "time":', ""),
    ],
)
def test_a_wrong_file_is_refused_at_its_field(
    web: Client, data: bytes | None, sentence: str
) -> None:
    answer = send(web, data)
    assert sentence in errors(answer)["file"][0]
    assert 'aria-describedby="id_file_helptext id_file_error"' in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_the_limit(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LARGEST_FILE", 100)
    assert "larger than 50 MB" in errors(send(web, JOURNAL))["file"][0]


def test_a_request_beyond_all_bounds_is_refused_too(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upswing.web.uploads.LARGEST_REQUEST", 100)
    assert "larger than 50 MB" in errors(send(web, JOURNAL))["file"][0]


def test_a_zone_that_is_none_is_refused_at_its_field(web: Client) -> None:
    assert "zone" in errors(send(web, JOURNAL, zone="Nowhere/Land"))


def test_a_file_with_other_dates_waits_for_its_format(web: Client) -> None:
    german = b"[03.02.2024 10:00] Ein Tag\n\nText\n"
    answer = send(web, german)
    assert "timeformat" in errors(answer)
    assert "%d.%m.%Y %H:%M" in answer.content.decode()
    held = re.search('name="held" value="([^"]+)"', answer.content.decode())
    assert held
    again = send(web, None, held=held[1], timeformat="%d.%m.%Y %H:%M")
    assert again.status_code == 302
    assert "First of the new ones 3 February 2024" in text(web.get(again["Location"]))


@pytest.mark.django_db(transaction=True)
def test_the_import_runs_beside_the_pages(web: Client, now: datetime) -> None:
    address = tried(web)
    answer = web.post(address + "go/")
    assert answer["Location"] == f"{address}progress/"
    until = time.monotonic() + 20
    while not import_desk._desk[0].ended and time.monotonic() < until:
        assert web.get(f"{address}progress/").status_code in (200, 302)
        time.sleep(0.02)
    batch = Batch.objects.get()
    assert web.get(f"{address}progress/")["Location"] == f"/imports/{batch.pk}/"
    assert Item.objects.count() == 9
    batches.undo(batch, now=now)  # the flush after this test does not know the full-text index
