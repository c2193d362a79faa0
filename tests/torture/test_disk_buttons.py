"""Every other press that writes, while nothing can be written: a page that says so, and no harm.

Behind them stands no form with words in it; the page says that the one before still has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from doors.web.conftest import door, launched, outside, vault, web
from doors.web.reading import text
from promises.world import World
from torture import faults
from torture.faults import FAULTS, SAID, marks
from torture.test_disk_forms import Press, of, world
from upswing.record.models import Batch, Item
from upswing.web import import_desk
from upswing.web.errors import SENT

__all__ = ["door", "launched", "outside", "vault", "web", "world"]
pytestmark = pytest.mark.django_db(transaction=True)

JOURNAL = b"[2024-03-01 10:00] A heron.\n\nIt stood in the river.\n"
TALLY = faults.Tally()
BUTTONS = {
    "a draft": Press("draft", fields={"draft": "entry-new", "body": "A heron"}),
    "a draft, dropped": Press("draft_discard", fields={"draft": "entry-new"}),
    "a star": Press("entry_star", of("entry"), {"star": "1"}),
    "an earlier version": Press(
        "entry_take_back", lambda world: [world.entry.pk, world.version.pk]
    ),
    "a file, removed": Press("attachment_remove", of("file")),
    "into the trash": Press("trash", of("entry")),
    "out of the trash": Press("restore", of("trashed")),
    "erased": Press("erase", of("trashed")),
    "an empty trash": Press("erase_all"),
}
POINTS = [
    pytest.param(press, fault, id=f"{what}: {fault}", marks=marks(fault))
    for what, press in BUTTONS.items()
    for fault in ("no room", "read-only")
]


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    yield
    faults.send_home()


@pytest.mark.parametrize(("press", "fault"), POINTS)
def test_a_press_says_so_and_works_again(
    web: Client, world: World, press: Press, fault: str
) -> None:
    before = faults.everything()
    with FAULTS[fault]():
        answer, other = press.send(web, world), web.get("/trash/")
    unchanged, sound = faults.everything() == before, faults.is_sound()
    again = press.send(web, world)
    outcome = {
        "calm": (answer.status_code, other.status_code) == (503, 200),
        "given_back": SENT.strip() in text(answer) and _said(answer, fault),
        "whole": unchanged and sound and faults.is_sound(),
        "works": again.status_code in (204, 302) and faults.everything() != before,
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), text(answer)[:300]


def _said(answer: Any, fault: str) -> bool:
    return any(sentence in text(answer) for sentence in SAID[fault])


def _brought(web: Client) -> str:
    """The page on which an import ends."""
    file = SimpleUploadedFile("journal.txt", JOURNAL)
    plan = web.post(reverse("imports"), {"zone": "Europe/Berlin", "file": file})
    token = plan["Location"].split("/")[2]
    web.post(reverse("import_go", args=[token]))
    return str(text(web.get(web.get(reverse("imports_progress", args=[token]))["Location"])))


@pytest.mark.parametrize("fault", [pytest.param(each, marks=marks(each)) for each in FAULTS])
def test_an_import_brings_all_or_nothing(
    web: Client, world: World, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())
    monkeypatch.setattr(f"{__name__}.JOURNAL", JOURNAL + b"A heron, and a river. " * 3_000)
    import_desk._desk.clear()
    before = faults.everything()
    with FAULTS[fault]():
        told = _brought(web)
    unchanged, sound = faults.everything() == before, faults.is_sound()
    again = _brought(web)
    outcome = {
        "calm": any(sentence in told for sentence in SAID[fault]),
        "given_back": True,
        "whole": unchanged and sound and faults.is_sound(),
        "works": "1 brought in" in again
        and Item.objects.filter(batch__file_name="journal.txt").count() == 1,
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), told[:300]


@pytest.mark.parametrize("fault", [pytest.param("read-only"), pytest.param("locked")])
def test_an_import_is_taken_back_whole_or_stays(
    web: Client, world: World, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_desk, "_in_background", lambda work: work())
    import_desk._desk.clear()
    _brought(web)
    batch, before = Batch.objects.get(file_name="journal.txt"), faults.everything()
    with FAULTS[fault]():
        answer = web.post(reverse("import_undo", args=[batch.pk]))
    unchanged = faults.everything() == before
    again = web.post(reverse("import_undo", args=[batch.pk]))
    outcome = {
        "calm": answer.status_code == 503 and _said(answer, fault),
        "given_back": True,
        "whole": unchanged and faults.is_sound(),
        "works": again.status_code == 302 and not Item.objects.filter(batch=batch).exists(),
    }
    TALLY.note(**outcome)
    assert outcome == dict.fromkeys(outcome, True), text(answer)[:300]


def test_what_all_buttons_came_to(figure: Callable[..., None]) -> None:
    TALLY.tell(figure, "Disk full, read-only, locked: other buttons in the browser")
