"""The guide, shown in the program itself."""

from __future__ import annotations

import re
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from upswing.web import markdown
from upswing.web.page import show

PAGE_LINK = re.compile(r"\]\((\w+)\.md\)")
ORDER = (
    "start",
    "setbacks",
    "thoughts",
    "kind",
    "reviews",
    "journal",
    "checkin",
    "search",
    "import",
    "export",
    "backup",
    "vault",
    "privacy",
    "care",
    "terminal",
    "demo",
)


def pages() -> dict[str, str]:
    """Each guide page by its name, in the order of a newcomer, with its title."""
    found = {
        path.name[:-3]: path.read_text("utf-8")
        for path in files("upswing.guide").iterdir()
        if path.name.endswith(".md")
    }
    names = sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else 99, name))
    return {name: found[name].split("\n", 1)[0].lstrip("# ") for name in names}


def contents(request: HttpRequest) -> HttpResponse:
    """The list of pages."""
    rows = [
        {"title": title, "href": reverse("help_page", args=[name])}
        for name, title in pages().items()
    ]
    return show(request, "help.html", page="help", rows=rows)


def chapter(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the guide."""
    if name not in pages():
        raise Http404
    text = files("upswing.guide").joinpath(f"{name}.md").read_text("utf-8")
    title, _, body = text.partition("\n")
    return show(
        request,
        "help_page.html",
        page="help",
        title=title.lstrip("# "),
        html=markdown.html(_linked(body), breaks=False),
    )


def _linked(body: str) -> str:
    """Links between the pages, written as file names, lead to the pages here."""
    return PAGE_LINK.sub(lambda found: f"]({reverse('help_page', args=[found[1]])})", body)
