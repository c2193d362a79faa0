"""Pages of others in the same browser: they change nothing and read nothing.

The visitor is let in, so every cookie is there to be abused; the stranger is the same server seen
under three names: the machine's number, its name, and a name of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, Page, expect

from browser.house import House
from browser.stranger import Stranger, a_stranger
from browser.visitor import Reception, Visitor

pytestmark = [pytest.mark.solo, pytest.mark.browser]

HOSTS = ("127.0.0.1", "localhost", "evil.test")
SECRET = "quinceharbour"

POST = """
([url, fields]) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = url;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.name = name; input.value = value; form.append(input);
  }
  document.body.append(form); form.submit();
}
"""
FETCH = """
async ([url, options]) => {
  try {
    const answer = await fetch(url, options);
    return `${answer.type} ${await answer.text()}`;
  } catch (error) { return String(error); }
}
"""
EMBED = """
([kind, url]) => new Promise(done => {
  const element = document.createElement(kind);
  element.onload = () => done("loaded"); element.onerror = () => done("refused");
  if (kind === "link") { element.rel = "stylesheet"; element.href = url; } else element.src = url;
  document.body.append(element);
})
"""


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with a_stranger("<p>Win a prize</p>") as stranger:
        yield stranger


@pytest.fixture
def visitor(filled: House, reception: Reception) -> Visitor:
    return reception.visitor(filled, watched=False)


def kept(house: House) -> object:
    """Everything on the timeline, as the terminal sees it."""
    return json.loads(house.terminal("timeline", "--json"))


@pytest.mark.parametrize("host", HOSTS)
def test_a_form_of_theirs_changes_nothing(visitor: Visitor, stranger: Stranger, host: str) -> None:
    before, page = kept(visitor.house), visitor.page
    for path in ("/checkins/new/", "/draft/", "/lock/", "/launch/"):
        page.goto(stranger.address(host))
        with page.expect_navigation() as answered:
            page.evaluate(POST, [visitor.house.origin + path, {"mood": "1", "ticket": "AAAA-AAAA"}])
        answer = answered.value
        assert answer is not None
        assert answer.status == 403, path
        assert SECRET not in answer.text()
    assert kept(visitor.house) == before
    visitor.goto(f"/journal/{visitor.house.ids['entry']}/")
    expect(visitor.heading("A walk along the quinceharbour")).to_be_visible()  # and not locked


@pytest.mark.parametrize("host", HOSTS)
def test_a_script_of_theirs_reads_and_sends_nothing(
    visitor: Visitor, stranger: Stranger, host: str
) -> None:
    before, page, house = kept(visitor.house), visitor.page, visitor.house
    page.goto(stranger.address(host))
    entry = f"{house.origin}/journal/{house.ids['entry']}/"
    for options in ({}, {"credentials": "include"}):
        assert page.evaluate(FETCH, [entry, options]) == "TypeError: Failed to fetch"
    for options in ({"mode": "no-cors"}, {"mode": "no-cors", "credentials": "include"}):
        answer = page.evaluate(FETCH, [entry, options])
        assert answer.strip() in ("opaque", "TypeError: Failed to fetch")
    sent = {"method": "POST", "mode": "no-cors", "credentials": "include", "body": "mood=1"}
    typed = {"headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    page.evaluate(FETCH, [f"{house.origin}/checkins/new/", {**sent, **typed}])
    assert kept(house) == before


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_can_be_embedded(visitor: Visitor, stranger: Stranger, host: str) -> None:
    page, house = visitor.page, visitor.house
    page.goto(stranger.address(host))
    picture = f"{house.origin}/files/{house.ids['attachment']}/"
    for kind, url in (
        ("img", picture),
        ("img", f"{house.origin}/static/img/favicon.svg"),
        ("script", f"{house.origin}/static/js/up-lock.js"),
        ("link", f"{house.origin}/static/css/base.css"),
        ("script", f"{house.origin}/journal/"),
    ):
        assert page.evaluate(EMBED, [kind, url]) == "refused", url
    assert framed(page, f"{house.origin}/journal/{house.ids['entry']}/") == []


def framed(page: Page, url: str) -> list[str]:
    """The text of frames that show `url`; the browser puts its own error page in their place."""
    page.evaluate(EMBED, ["iframe", url])
    frames: list[Frame] = [frame for frame in page.frames if frame != page.main_frame]
    assert len(frames) == 1
    return [text for frame in frames if (text := frame.content()) and SECRET in text]


def test_the_same_picture_is_shown_to_its_owner(visitor: Visitor) -> None:
    """Or else the test above would be green without a cause."""
    visitor.goto("/care/")
    house = visitor.house
    picture = f"{house.origin}/files/{house.ids['attachment']}/"
    assert visitor.page.evaluate(EMBED, ["img", picture]) == "loaded"


@pytest.mark.parametrize("host", HOSTS)
def test_another_name_for_our_address_is_refused(visitor: Visitor, host: str) -> None:
    """DNS rebinding: their name, our port. Only the whole Host header tells."""
    for path in ("/", "/static/css/base.css", "/care/", "/no-such-page/"):
        answer = visitor.page.goto(f"http://{host}:{visitor.house.port}{path}")
        assert answer is not None
        assert answer.status == 400, path
        assert answer.text() == "This is not an address of Upswing."
