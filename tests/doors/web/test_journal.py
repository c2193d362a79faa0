"""The journal in the browser: one entry to read, and the list of all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from doors.web.lived import an_hour_ago, written
from upswing.accounts.models import User
from upswing.journeys.capture import WITH
from upswing.record import actions as record
from upswing.record import setbacks
from upswing.record.models import Setback
from upswing.strategies.coping import actions
from upswing.web.opening import opening

SCRIPTS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "![a picture](https://example.org/spy.png)",
    '<iframe src="https://example.org"></iframe>',
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    '[x](https://example.org "onmouseover=alert(1)")',
    '<a href="https://example.org" onclick="alert(1)">x</a>',
    "<form action=https://example.org><button>x</button></form>",
]


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")


@pytest.fixture
def now() -> datetime:
    return an_hour_ago()


@pytest.fixture
def setback(owner: User, now: datetime) -> Setback:
    return setbacks.tell(owner=owner, now=now, zone="Europe/Berlin", title="They let the team go")


class Dangers(HTMLParser):
    """What in the body of a page could run, or fetch from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "style", "svg", "img", "object", "embed", "base", "meta"):
            self.found.append(tag)
        for name, value in attrs:
            scheme = (value or "").strip().lower().partition(":")[0]
            if name.startswith("on") or name == "style":
                self.found.append(name)
            if name in ("href", "src", "action") and scheme in ("javascript", "data", "vbscript"):
                self.found.append(f"{name}={value}")
            if name in ("src", "action") and scheme in ("http", "https"):
                self.found.append(f"{name}={value}")


def dangers(page: str) -> list[str]:
    parser = Dangers()
    parser.feed(page.partition("<main")[2])
    return parser.found


def test_an_entry_shows_what_belongs_to_it(
    web: Client, owner: User, now: datetime, setback: Setback
) -> None:
    item = written(
        owner, now, "They **said** no.", title="The call", setback=setback, tags=["new job"]
    )
    felt = actions.check_in(owner=owner, now=now, zone="Europe/Berlin", mood=3)
    record.link(felt, item, relation=WITH)
    page = web.get(reverse("entry", args=[item.pk])).content.decode()
    assert "<h1>The call</h1>" in page
    assert "They <strong>said</strong> no." in page
    assert reverse("setback", args=[setback.pk]) in page
    assert reverse("checkin", args=[felt.pk]) in page
    assert 'q=tag:"new job"' in unquote(page).replace("+", " ")
    assert "Europe/Berlin" not in page


def test_another_zone_is_named(web: Client, owner: User) -> None:
    moment = datetime(2024, 11, 20, 20, 0, tzinfo=UTC)
    item = written(owner, moment, zone="America/New_York")
    page = web.get(reverse("entry", args=[item.pk])).content.decode()
    assert "15:00 · America/New York" in page


def test_the_title_of_the_page_says_nothing_private(
    web: Client, owner: User, now: datetime
) -> None:
    item = written(owner, now, "Secret first line", title="Secret title")
    for name in ("entry", "entry_edit", "entry_history"):
        page = web.get(reverse(name, args=[item.pk])).content.decode()
        assert "Secret" not in page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_written_can_do_nothing(
    web: Client, owner: User, now: datetime, script: str
) -> None:
    item = written(owner, now, f"First line\n\n{script}", title=script, tags=[script[:80]])
    actions.edit_entry(
        item,
        now=now,
        title=script,
        body=f"{script}\n\nmore",
        happened_at=now,
        zone="UTC",
        setback=None,
        tags=[],
    )
    for address in (
        reverse("entry", args=[item.pk]),
        reverse("entry_history", args=[item.pk]),
        reverse("entry_edit", args=[item.pk]),
        reverse("journal"),
    ):
        assert dangers(web.get(address).content.decode()) == [], address


@pytest.mark.parametrize(
    ("title", "body", "heading", "text"),
    [
        ("A title", "Text", "A title", "Text"),
        ("", "They said no.", "They said no.", ""),
        ("", "# Heading\n\nText", "Heading", "\nText"),
        ("", "First\nsecond", "First", "second"),
        ("", "- one\n- two", "one", "- one\n- two"),
        ("", "> quoted", "quoted", "> quoted"),
        ("", "Title\n=====\ntext", "Title", "Title\n=====\ntext"),
        ("", "w " * 80, ("w " * 35).strip() + " …", "w " * 80),
        ("", "#tag alone", "#tag alone", ""),
        ("", "```\ncode\n```", "", "```\ncode\n```"),
    ],
)
def test_the_heading_is_the_title_or_the_first_line(
    title: str, body: str, heading: str, text: str
) -> None:
    assert opening(title, body) == (heading, text)


def test_an_empty_journal_teaches(web: Client, owner: User) -> None:
    page = web.get(reverse("journal")).content.decode()
    assert "A sentence is an entry." in page
    assert reverse("entry_new") in page


def test_the_list_goes_by_day_and_on_to_older_ones(web: Client, owner: User, now: datetime) -> None:
    for back in range(35):
        written(owner, now, f"Day {back:02}", happened_at=now - timedelta(days=back))
    first = web.get(reverse("journal"))
    assert [len(group["entries"]) for group in first.context["groups"]] == [1] * 30
    second = web.get(reverse("journal") + first.context["older_url"])
    shown = [group["entries"][0]["title"] for group in second.context["groups"]]
    assert shown == [f"Day {back:02}" for back in range(30, 35)]
    assert second.context["older_url"] == ""
    assert second.context["newest_url"] == reverse("journal")


@pytest.mark.parametrize("before", ["x", "", "-1", "9" * 19, "9" * 400, "1e9", "²"])
def test_a_strange_position_breaks_nothing(
    web: Client, owner: User, now: datetime, before: str
) -> None:
    written(owner, now)
    for name in ("journal", "timeline", "search"):
        page = web.get(reverse(name), {"before": before, "q": "day"})
        assert page.status_code == 200, name


def test_other_kinds_and_the_trash_are_not_listed(
    web: Client, owner: User, now: datetime, setback: Setback
) -> None:
    gone = written(owner, now, "Regretted")
    record.trash(gone, now=now)
    page = web.get(reverse("journal")).content.decode()
    assert "Regretted" not in page
    assert "They let the team go" not in page


def test_on_this_day_is_shown(web: Client, owner: User) -> None:
    today = datetime.now(UTC)
    if (today.month, today.day) == (2, 29):
        pytest.skip("a leap day has no day before it")
    then = today.replace(year=today.year - 2)
    written(owner, today, "The chair is too low", happened_at=then)
    page = web.get(reverse("journal")).content.decode()
    aside = page.partition("On this day")[2].partition("</section>")[0]
    assert "The chair is too low" in aside
    assert str(then.year) in aside


@pytest.mark.parametrize("name", ["journal", "entry", "entry_edit", "entry_history"])
def test_no_page_asks_more_for_more_rows(
    web: Client, owner: User, now: datetime, setback: Setback, name: str
) -> None:
    item = written(owner, now, "The one", setback=setback)
    counts = []
    for size in (10, 20):
        for n in range(size):
            written(owner, now, f"{size} {n}", setback=setback, tags=[f"{size}-{n}"])
            felt = actions.check_in(owner=owner, now=now, zone="UTC", mood=3)
            record.link(felt, item, relation=WITH)
            actions.edit_entry(
                item,
                now=now,
                title="",
                body=f"{size} {n}",
                happened_at=now,
                zone="UTC",
                setback=setback,
                tags=[f"{size}-{m}" for m in range(n)],
            )
        address = reverse(name) if name == "journal" else reverse(name, args=[item.pk])
        with CaptureQueriesContext(connection) as asked:
            assert web.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_a_stranger_s_entry_is_not_here(
    web: Client, owner: User, stranger: User, now: datetime
) -> None:
    theirs = written(stranger, now, "Not yours")
    actions.edit_entry(
        theirs,
        now=now,
        title="",
        body="Nor this",
        happened_at=now,
        zone="UTC",
        setback=None,
        tags=[],
    )
    revision = theirs.revisions.get().pk
    for name in ("entry", "entry_edit", "entry_star", "entry_history"):
        address = reverse(name, args=[theirs.pk])
        assert web.post(address, {"body": "mine"}).status_code in (404, 405)
        assert web.get(address).status_code in (404, 405)
        assert 404 in (web.get(address).status_code, web.post(address).status_code)
    assert web.post(reverse("entry_take_back", args=[theirs.pk, revision])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.body == "Nor this"
    assert "Nor this" not in web.get(reverse("journal")).content.decode()


def test_only_entries_have_an_entry_s_page(
    web: Client, owner: User, now: datetime, setback: Setback
) -> None:
    for name in ("entry", "entry_edit", "entry_history"):
        assert web.get(reverse(name, args=[setback.pk])).status_code == 404
    assert web.post(reverse("entry_star", args=[setback.pk])).status_code == 404
