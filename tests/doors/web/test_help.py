"""The guide in the program."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from django.test import Client

from doors.web.reading import text

NAMES = sorted(
    path.name.removesuffix(".md")
    for path in files("upswing.guide").iterdir()
    if path.name.endswith(".md")
)


def test_every_page_is_listed(web: Client) -> None:
    page = web.get("/help/").content.decode()
    for name in NAMES:
        assert f'href="/help/{name}/"' in page
    assert re.findall(r'href="/help/(\w+)/"', page)[0] == "start"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_shown(web: Client, name: str) -> None:
    answer = web.get(f"/help/{name}/")
    source = files("upswing.guide").joinpath(f"{name}.md").read_text("utf-8")
    title = source.split("\n", 1)[0].removeprefix("# ")
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1
    assert len(text(answer)) > len(source) * 0.6


@pytest.mark.parametrize("name", NAMES)
def test_every_link_between_pages_leads_somewhere(web: Client, name: str) -> None:
    page = web.get(f"/help/{name}/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r'href="([^"#]+)"( rel="noopener noreferrer")?', main)
    for target, unreferred in links:
        if unreferred:
            continue  # a page of somebody else, which is not told where one comes from
        assert target.startswith("/"), target
        assert web.get(target).status_code in (200, 302), target


def test_there_is_no_other_page(web: Client) -> None:
    for name in ("nothing", "START", "start.md", "__init__"):
        assert web.get(f"/help/{name}/").status_code == 404
