"""Search over everything, as one types or at the press of a button."""

from __future__ import annotations

import re

from django import forms
from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from upswing import moments
from upswing.record import reads, setbacks
from upswing.record.search import COUNT_CAP, Results
from upswing.record.search import search as look
from upswing.record.words import Piece
from upswing.web import days, links
from upswing.web.forms import attempt
from upswing.web.lists import below, number, onwards
from upswing.web.page import show
from upswing.web.person import PersonRequest

ORDERS = [("newest", "newest first"), ("best", "best match first")]


class SearchForm(forms.Form):
    """What is looked for, and in which order it is shown."""

    q = forms.CharField(label="What are you looking for?", required=False, strip=False)
    order = forms.ChoiceField(label="Order", required=False, choices=ORDERS)


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """What was found; the page teaches the language of search where nothing is asked yet."""
    asked = request.GET.get("q", "").strip()
    form = SearchForm(request.GET)
    results = attempt(request, form, lambda: _look(request, form)) if asked else None
    return show(
        request,
        "search.html",
        page="search",
        form=form,
        q=request.GET.get("q", ""),
        order=request.GET.get("order", "newest"),
        orders=ORDERS,
        asked=asked,
        found=found_words(results) if results else "",
        entries=_entries(request, results) if results else [],
        newest_url=onwards(request, before=None) if below(request) is not None else "",
        older_url=onwards(request, before=results.older) if results and results.older else "",
        examples=_examples(request),
    )


def _look(request: PersonRequest, form: SearchForm) -> Results:
    return look(
        owner=request.owner,
        text=form.cleaned_data["q"],
        best=form.cleaned_data["order"] == "best",
        before=below(request),
    )


def found_words(results: Results) -> str:
    """ "23 found", "More than 200 found"."""
    if results.capped:
        return f"More than {number(COUNT_CAP)} found"
    return f"{number(results.count)} found" if results.count else "Nothing found"


def _entries(request: PersonRequest, results: Results) -> list[dict[str, object]]:
    today = moments.lived_day(request.now, request.zone)
    return [
        days.entry(hit.row)
        | {
            "title": marked(hit.title) or hit.row.noun,
            "time": days.short(hit.row.day, today),
            "marked": marked(hit.excerpt),
        }
        for hit in results.hits
    ]


def marked(pieces: list[Piece]) -> SafeString:
    """A snippet with its hits in <mark>; every piece of text is escaped."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", one.text) if one.hit else one.text,) for one in pieces),
    )


def _examples(request: PersonRequest) -> list[dict[str, str]]:
    """The language of search, in examples that find something where that is possible."""
    tags, setback = reads.tags(owner=request.owner), setbacks.current(owner=request.owner)
    tag = next((name for name, _ in tags if " " not in name), "interview")
    named = sorted(re.findall(r"\w{4,}", setback.item.title), key=len) if setback else []
    year = moments.lived_day(request.now, request.zone).year
    told = [
        ("interview offer", "both words; the beginning of a longer word is enough"),
        ('"hand-over"', "exactly these words, side by side"),
        ("interview -offer", "the first word without the second"),
        (f"tag:{tag}", "what carries this tag"),
        ("kind:check-in", "one kind: entry, check-in, setback, note or person"),
        *([(f"setback:{named[-1].lower()}", "what belongs to this setback")] if named else []),
        (f"after:{year - 1}-06 before:{year}", "from one day until another"),
    ]
    return [{"q": q, "href": links.found(q), "words": words} for q, words in told]
