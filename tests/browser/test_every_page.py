"""Every page, in the states in which a person meets it: accessible in both themes at each width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Browser

from browser.house import House
from browser.look import faults
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

# Pages that are simply there. The values are what stands in the address; a name of fill.py's ids
# means that item.
PAGES: dict[str, list[dict[str, Any]]] = {
    "today": [{}],
    "care": [{}],
    "sheet": [{}],
    "first_hour": [{}],
    "setbacks": [{}],
    "setback": [{"id": "setback"}, {"id": "laid_down"}],
    "setback_edit": [{"id": "setback"}],
    "setback_close": [{"id": "setback"}],
    "stone": [
        {"id": "setback", "key": "mindset"},
        {"id": "setback", "key": "coping"},
        {"id": "setback", "key": "reviews"},
    ],
    "note": [{"id": "note"}],
    "checkin_new": [{}],
    "checkin": [{"id": "checkin"}],
    "journal": [{}],
    "entry_new": [{}],
    "entry": [{"id": "entry"}, {"id": "trashed"}],
    "entry_edit": [{"id": "entry"}],
    "entry_history": [{"id": "entry"}],
    "exercise": [{"id": "thinking"}, {"id": "judging"}],
    "exercise_about": [{"kind": "thought"}],
    "exercise_begin": [{"kind": "thought"}, {"kind": "verdict"}],
    "exercise_step": [
        *({"id": "thinking", "number": str(number)} for number in range(1, 8)),
        {"id": "judging", "number": "3"},
        *({"id": "hearing", "number": str(number)} for number in range(1, 6)),
        {"id": "pausing", "number": "2"},
    ],
    "exercise_again": [{"id": "thinking"}],
    "voices": [{"id": "hearing"}],
    "review": [{"id": "review"}],
    "review_factors": [{"id": "review"}],
    "review_lessons": [{"id": "review"}],
    "factors": [{}],
    "factor": [{"id": "factor"}, {"id": "outside"}],
    "factor_edit": [{"id": "factor"}],
    "factor_way": [{"id": "outside"}],
    "lesson_new": [{"id": "factor"}],
    "lessons": [{}],
    "lesson": [{"id": "lesson"}],
    "lesson_edit": [{"id": "lesson"}],
    "timeline": [{}],
    "search": [{}],
    "item": [{"id": "person"}],
    "trash_bin": [{}],
    "settings": [{}],
    "passphrase": [{}],
    "vault_doctor": [{}],
    "help": [{}],
    "help_page": [{"name": "start"}, {"name": "search"}],
    "imports": [{}],
    "import_report": [{"id": "batch"}],
    "exports": [{}],
    "backups": [{}],
    "rekey": [{}],
}
# Pages that are reached by doing something: in test_reached_pages.py.
REACHED = {
    "launch",
    "begin",
    "unlock",
    "lock",
    "first_hour_step",
    "import_plan",
    "imports_progress",
}
# Not to be had at will: an import that breaks half-way, a backup on its way. Both pages are made of
# parts that other pages have, too.
BY_CHANCE = {"import_trouble", "backup_progress"}
# A picture or a file, not a page.
FILES = {"attachment", "backup_download", "review_markdown", "factor_names", "second_look"}
POSTED = {
    "setback_reopen",
    "entry_star",
    "entry_take_back",
    "attachment_remove",
    "exercise_skip",
    "exercise_take_back",
    "lesson_become",
    "trash",
    "restore",
    "erase",
    "erase_all",
    "change_way",
    "draft",
    "draft_discard",
    "import_undo",
    "import_go",
    "import_leave",
    "export_make",
    "backup_create",
    "backup_verify",
}
ANY = {"uuid": "01a202b2-0000-7000-8000-000000000000", "int": "1", "slug": "x", "str": "x"}


@pytest.fixture(scope="module")
def reader(filled: House, chromium: Browser) -> Iterator[Visitor]:
    """One visitor for all pages that are simply there. Nothing moves, so colours are settled."""
    reception = Reception(chromium)
    yield reception.visitor(filled, reduced_motion="reduce")
    assert reception.close() == []


def routes() -> list[URLPattern]:
    """Every address that the program answers at."""
    return [route for route in get_resolver().url_patterns if isinstance(route, URLPattern)]


def test_every_address_is_in_one_of_the_lists() -> None:
    lists = [*PAGES, *REACHED, *BY_CHANCE, *FILES, *POSTED]
    assert sorted(lists) == sorted(str(route.name) for route in routes())
    assert len(routes()) == len(get_resolver().url_patterns)


def test_what_is_only_posted_cannot_be_visited(filled: House, reception: Reception) -> None:
    visitor = reception.visitor(filled, watched=False)
    for route in (route for route in routes() if route.name in POSTED):
        filling = {name: ANY[of(kind)] for name, kind in route.pattern.converters.items()}
        path = reverse(str(route.name), kwargs=filling)
        status = visitor.page.evaluate("path => fetch(path).then(({status}) => status)", path)
        assert status == 405, path


def of(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


@pytest.mark.parametrize(
    ("name", "values"), [(name, one) for name, several in PAGES.items() for one in several]
)
def test_a_page(reader: Visitor, name: str, values: dict[str, str]) -> None:
    ids = reader.house.ids
    reader.goto(reverse(name, kwargs={key: ids.get(value, value) for key, value in values.items()}))
    assert reader.page.locator("h1").count() == 1
    assert faults(reader) == []
