"""What no template may hold, as the strict Content-Security-Policy would block it, or worse."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import upswing.web

WEB = Path(upswing.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted((WEB / "static" / "js").glob("*.js"))
STYLES = sorted((WEB / "static" / "css").glob("*.css"))
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "background"}
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)
EXEMPT = {"launch.html"}  # takes its form from a file, with a one-time ticket instead of a token
PASSES = {"{% csrf_token %}", 'name="csrfmiddlewaretoken"'}


class Tags(HTMLParser):
    """Every tag of a template with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def source(path: Path) -> str:
    return COMMENT.sub("", path.read_text("utf-8"))


def tags(path: Path) -> list[tuple[str, dict[str, str]]]:
    parser = Tags()
    plain = re.sub(r"{%\s*static '([^']*)'\s*%}", r"/static/\1", source(path))
    parser.feed(re.sub(r"{%.*?%}", " ", plain))
    return parser.found


def name(path: Path) -> str:
    return str(path.relative_to(WEB))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 40
    assert sum(len(tags(path)) for path in TEMPLATES) > 300


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    for tag, attributes in tags(path):
        assert tag not in {"style", "iframe", "object", "embed", "base", "applet"}, tag
        for attribute, value in attributes.items():
            assert not attribute.startswith("on"), attribute
            assert not attribute.startswith("hx-on"), attribute
            assert attribute not in {"style", "hx-vars", "srcdoc"}, attribute
            assert "javascript:" not in value.lower(), value
            assert not re.match(r"\s*(js|javascript):", value), value
            if attribute in LOADS or attribute.startswith("hx-"):
                assert not re.match(r"\s*(https?:)?//", value), value
            if (tag, attribute) == ("link", "href"):
                assert value.startswith("/static/"), value
        if tag == "script":
            assert attributes.get("src", "").startswith("/static/")
    assert not re.search(r"<script[^>]*>[^<]", source(path))
    assert "|safe" not in source(path)
    assert "autoescape off" not in source(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_is_sent_has_its_token(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", source(path), re.DOTALL):
        posts = re.match(r"<form[^>]*method=\"?post", form)
        has = any(token in form for token in PASSES)
        assert has == bool(posts) or path.name in EXEMPT, form
        assert "{{ request" not in form


@pytest.mark.parametrize("path", SCRIPTS + STYLES, ids=name)
def test_scripts_and_styles_ask_nobody_and_keep_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"https?://(?!www\.w3\.org)", text)
    assert not re.search(r"\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b", text)
    assert not re.search(r"\b(eval|Function)\(|innerHTML|insertAdjacentHTML|document\.write", text)
    assert not re.search(r"@import|url\(\s*[\"']?(https?:)?//", text)


def test_python_marks_as_safe_only_what_it_has_cleaned_or_drawn() -> None:
    marked = {path.name for path in WEB.rglob("*.py") if "mark_safe(" in path.read_text("utf-8")}
    assert marked <= {"markdown.py", "pictures.py", "search.py"}
