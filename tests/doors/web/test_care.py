"""Care: one key away, also while locked, and recorded nowhere."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doors.web.reading import text
from upswing.accounts.models import User
from upswing.care import helplines
from upswing.vault import held


def test_it_opens_for_everybody_also_while_locked(outside: Client, db: None) -> None:
    held.let_go()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = outside.get("/care/")
    assert answer.status_code == 200
    assert not queries
    assert "Somebody to talk to, now" in text(answer)
    assert not answer.cookies.keys() - {"upswing_csrf"}


@pytest.mark.parametrize("country", helplines.countries(), ids=lambda country: country.code)
def test_every_line_of_every_country_is_there(outside: Client, country: helplines.Country) -> None:
    answer = outside.get(f"/care/?country={country.code.lower()}")
    page, words = answer.content.decode(), text(answer)
    assert answer.context["chosen"] == country
    assert country.danger in words
    for line in country.lines:
        assert line.name in words
        assert not line.dial_as or f'href="tel:{line.tel}">{line.dial_as}</a>' in page
        assert not line.sms or line.sms.number in words
        assert line.hours in words
        assert f"{line.checked_on.day} {line.checked_on:%b %Y}" in words
    assert words.index(country.name) < words.index("Other countries")


def test_all_countries_are_one_click_away(outside: Client) -> None:
    answer = outside.get("/care/?country=DE")
    assert len(answer.context["others"]) == len(helplines.countries()) - 1 >= 11
    for other in answer.context["others"]:
        assert other.name in text(answer)


@pytest.mark.parametrize("odd", ["XX", "<script>", "", "D", "DEUTSCHLAND"])
def test_an_unknown_country_shows_all(
    outside: Client, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    answer = outside.get("/care/", {"country": odd})
    assert answer.context["chosen"] is None
    assert len(answer.context["others"]) == len(helplines.countries())
    assert "emergency number where you are" in text(answer)
    assert "<script>" not in answer.content.decode()


def test_the_persons_own_country_comes_first(web: Client, owner: User) -> None:
    owner.country = "AT"
    owner.save()
    assert web.get("/care/").context["chosen"].code == "AT"
    assert web.get("/care/?country=CH").context["chosen"].code == "CH"


def test_it_says_plainly_what_upswing_is_not(outside: Client) -> None:
    assert helplines.WHAT_UPSWING_IS_NOT in text(outside.get("/care/"))


def test_a_form_sent_there_does_nothing(web: Client) -> None:
    before = User.objects.values().get()
    assert web.post("/care/", {"country": "DE"}).status_code in (200, 405)
    assert User.objects.values().get() == before


@pytest.mark.parametrize("path", ["/help/", "/first-hour/", "/nowhere/", "/imports/"])
def test_it_is_one_key_away_on_every_page(web: Client, path: str) -> None:
    assert '<a class="care" href="/care/" accesskey="c"' in web.get(path).content.decode()


def test_it_is_one_key_away_before_the_launch_too(outside: Client) -> None:
    assert '<a class="care" href="/care/" accesskey="c"' in outside.get("/launch/").content.decode()


def test_it_loads_nothing_from_elsewhere(outside: Client) -> None:
    page = outside.get("/care/").content.decode()
    assert 'src="http' not in page
    assert page.count('href="http') == page.count('rel="noreferrer"')
