"""The hand-checked file of help lines: its form, its traps and its age."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from upswing.care import helplines
from upswing.care.helplines import Country, Line

COUNTRIES = helplines.countries()
LINES = [line for country in COUNTRIES for line in country.lines]
DIALLED = re.compile(r"\d+( \d+)*")


def named(line: Line) -> str:
    return f"{line.country} {line.name}"


def one(code: str, name: str) -> Line:
    (found,) = [line for line in helplines.country(code).lines if line.name == name]
    return found


def test_there_are_at_least_twelve_countries_each_once() -> None:
    codes = [country.code for country in COUNTRIES]
    assert len(codes) >= 12
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)
def test_a_country_has_an_emergency_number_and_one_to_three_lines(country: Country) -> None:
    assert re.fullmatch(r"\d{3}", country.emergency)
    assert country.name
    assert 1 <= len(country.lines) <= 3
    assert {line.country for line in country.lines} == {country.code}
    assert country.emergency in country.danger


@pytest.mark.parametrize("line", LINES, ids=named)
def test_numbers_are_digits_and_spaces_as_dialled(line: Line) -> None:
    numbers = [line.dial_as] if line.dial_as else []
    numbers += [line.sms.number] if line.sms else []
    assert numbers, "a line needs a number to call or to text"
    for number in numbers:
        assert DIALLED.fullmatch(number)
    assert line.tel == "".join(sign for sign in line.dial_as if sign.isdigit())


@pytest.mark.parametrize("line", LINES, ids=named)
def test_every_field_is_filled_and_every_link_is_https(line: Line) -> None:
    assert line.name == line.name.strip() != ""
    assert line.hours
    assert line.languages
    assert all(line.languages)
    assert line.source_url.startswith("https://")
    assert line.chat_url == "" or line.chat_url.startswith("https://")
    assert not line.sms or line.sms.word == line.sms.word.strip().upper()
    assert "!" not in line.name + line.note + line.hours


def test_no_page_stands_for_two_lines() -> None:
    pages = [line.source_url for line in LINES]
    assert len(set(pages)) == len(pages)


@pytest.mark.parametrize("line", LINES, ids=named)
def test_the_check_is_not_older_than_a_year(line: Line) -> None:
    """Look the number up again, on the page of the service, then change checked_on."""
    today = datetime.now(tz=UTC).date()
    assert type(line.checked_on) is date
    assert today - timedelta(days=365) <= line.checked_on <= today + timedelta(days=1)


def test_short_codes_stay_short() -> None:
    """A known open data set made +44116123 and +1741741 of these: nobody can dial that."""
    shout, crisis_text = one("GB", "Shout"), one("US", "Crisis Text Line")
    assert one("GB", "Samaritans").dial_as == "116 123"
    assert one("US", "988 Suicide & Crisis Lifeline").dial_as == "988"
    assert shout.sms == helplines.Sms("85258", "SHOUT")
    assert crisis_text.sms == helplines.Sms("741741", "HOME")
    assert not shout.dial_as
    assert not crisis_text.dial_as


@pytest.mark.parametrize("line", LINES, ids=named)
def test_no_number_carries_its_country_code(line: Line) -> None:
    prefixes = {"AU": "61", "BE": "32", "CH": "41", "DE": "49", "ES": "34", "FI": "358"}
    prefixes |= {"FR": "33", "GB": "44", "IE": "353", "IT": "39", "JP": "81", "KR": "82"}
    prefixes |= {"MX": "52", "NL": "31", "NO": "47", "NZ": "64", "PL": "48", "PT": "351"}
    prefixes |= {"SE": "46", "SG": "65", "ZA": "27", "AT": "43", "BR": "55", "IN": "91"}
    prefix = prefixes.get(line.country)
    assert prefix is None or not line.tel.startswith((prefix, f"00{prefix}"))


@pytest.mark.parametrize("asked", ["GB", "gb", " uk ", "United Kingdom", "united kingdom"])
def test_a_country_is_found_by_code_alias_and_name(asked: str) -> None:
    assert helplines.country(asked).code == "GB"


def test_an_unknown_country_says_which_there_are() -> None:
    with pytest.raises(helplines.UnknownCountry, match=r'"XX".*GB.*findahelpline\.com'):
        helplines.country("XX")


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({"UPSWING_COUNTRY": "ie", "LANG": "de_DE.UTF-8"}, "IE"),
        ({"LANG": "pt_BR.UTF-8"}, "BR"),
        ({"LC_ALL": "de_CH@euro", "LANG": "en_US.UTF-8"}, "CH"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "en_US"}, "FR"),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "en_AQ.UTF-8"}, None),
        ({"UPSWING_COUNTRY": "nowhere"}, None),
        ({}, None),
    ],
)
def test_the_likely_country(environ: dict[str, str], code: str | None) -> None:
    likely = helplines.likely_country(environ)
    assert (likely.code if likely else None) == code


def test_what_upswing_is_not_says_what_the_rules_require() -> None:
    text = helplines.WHAT_UPSWING_IS_NOT
    required = ("self-help and reflection", "not a medical device", "diagnose or treat")
    for words in (*required, "not monitored", "emergency services", "crisis line"):
        assert words in text
    assert "!" not in text


def test_the_directories_are_plain_links() -> None:
    addresses = " ".join(address for _, address in helplines.DIRECTORIES)
    for site in ("findahelpline.com", "befrienders.org", "iasp.info"):
        assert site in addresses
