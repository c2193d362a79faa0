"""The terminal word help-now: at once, for anybody, leaving nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from io import StringIO
from pathlib import Path

import pytest

import upswing
from upswing.care import helplines
from upswing.care.help_now import main

SOURCE = Path(upswing.__file__).parent.parent
CODES = [country.code for country in helplines.countries()]
RUN = "import sys; from upswing.care.help_now import main; sys.exit(main(sys.argv[1:], sys.stdout))"
LOADED = (
    "import sys; from upswing.care.help_now import main; main([], sys.stdout);"
    " sys.stderr.write(' '.join(sorted(sys.modules)))"
)


def run(
    home: Path, *words: str, code: str = RUN, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the word in a process of its own with ``home`` as the only folder it is told of."""
    told = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "LANG": "C.UTF-8"}
    told |= {"XDG_RUNTIME_DIR": str(home / "run"), "PYTHONDONTWRITEBYTECODE": "1"}
    told |= {"PYTHONPATH": str(SOURCE), **environ}
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=home, env=told, capture_output=True, check=False
    )


def page(*words: str) -> str:
    out = StringIO()
    assert main(words, out) == 0
    return out.getvalue()


def width(text: str) -> int:
    """Columns in a terminal: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


@pytest.fixture(autouse=True)
def _no_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UPSWING_COUNTRY", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def test_it_works_in_an_empty_home_and_leaves_it_empty(tmp_path: Path) -> None:
    done = run(tmp_path, UPSWING_HOME=str(tmp_path / "vault"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "116 123" in done.stdout.decode()
    assert list(tmp_path.iterdir()) == []


def test_it_works_without_a_home_at_all(tmp_path: Path) -> None:
    done = run(tmp_path, "GB", HOME=str(tmp_path / "gone"), TMPDIR=str(tmp_path / "gone"))
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_it_loads_neither_django_nor_click_nor_the_vault(tmp_path: Path) -> None:
    loaded = run(tmp_path, code=LOADED).stderr.decode().split()
    assert "upswing.care.helplines" in loaded
    heavy = ("django", "click", "sqlcipher3", "cryptography", "upswing.vault", "logging")
    assert [name for name in loaded if name.startswith(heavy)] == []


def test_an_unknown_country_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "Atlantis")
    said = " ".join(done.stderr.decode().split())
    assert (done.returncode, done.stdout) == (2, b"")
    assert said.startswith('There are no help lines here for "Atlantis". Countries: AT,')
    assert "findahelpline.com" in said
    assert "Traceback" not in said


def test_an_unknown_option_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "--loud")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"There is no option --loud." in done.stderr


def test_a_terminal_without_letters_still_gets_the_numbers(tmp_path: Path) -> None:
    done = run(tmp_path, "JP", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"0120 279 338" in done.stdout


def test_one_country_comes_in_the_order_of_help() -> None:
    text = page("United", "Kingdom")
    order = ["call 999", "116 123", "SHOUT to 85258", "A person you trust", "What Upswing is not"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "13 11 14" not in text


def test_the_country_of_the_environment_comes_first_and_hides_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "en_NZ.UTF-8")
    text = page()
    assert text.index("call 111") < text.index("1737") < text.index("Other countries")
    for country in helplines.countries():
        assert country.name in text


def test_without_a_hint_every_country_has_its_row_with_both_numbers() -> None:
    rows = [row.split() for row in page().splitlines()]
    for country in helplines.countries():
        (row,) = [row for row in rows if row[:1] == [country.code]]
        assert country.emergency in row
        assert country.lines[0].dial_as in " ".join(row)


@pytest.mark.parametrize("words", [(), *((code,) for code in CODES)], ids=lambda words: str(words))
def test_the_page_fits_eighty_columns_and_is_calm(words: tuple[str, ...]) -> None:
    text = page(*words)
    assert max(width(row) for row in text.splitlines()) <= 80
    assert "!" not in text
    assert "Last checked" in text
    assert helplines.WHAT_UPSWING_IS_NOT in " ".join(text.split())


def test_a_country_page_shows_all_its_lines_whole() -> None:
    for country in helplines.countries():
        text = " ".join(page(country.code).split())
        for line in country.lines:
            for part in (line.name, line.dial_as, line.hours, line.note, line.source_url):
                assert part in text


def test_json_holds_everything_and_says_what_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSWING_COUNTRY", "AU")
    told = json.loads(page("--json"))
    assert told["first"] == "AU"
    assert told["countries"][0]["lines"][0]["sms"] == {"number": "0477 13 11 14", "word": ""}
    assert sorted(each["code"] for each in told["countries"]) == sorted(CODES)
    assert told["what_upswing_is_not"] == helplines.WHAT_UPSWING_IS_NOT


def test_json_of_one_country() -> None:
    told = json.loads(page("--json", "us"))
    (country,) = told["countries"]
    text_line = country["lines"][1]
    assert country["emergency"] == "911"
    assert text_line["dial_as"] == ""
    assert text_line["sms"] == {"number": "741741", "word": "HOME"}
    assert text_line["checked_on"] == helplines.country("US").lines[1].checked_on.isoformat()


def test_help_is_help(tmp_path: Path) -> None:
    assert page("--help").startswith("Usage: upswing help-now")
