"""Everything by day, narrowed down by kind, setback, tag and year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from upswing import moments
from upswing.record import reads, setbacks
from upswing.record.models import facets
from upswing.record.reads import Page
from upswing.web import days
from upswing.web.lists import below, onwards
from upswing.web.page import show
from upswing.web.person import PersonRequest

TAGS_OFFERED = 200


class HtmxRequest(PersonRequest):
    """A request of which the middleware has told whether htmx made it."""

    htmx: HtmxDetails


class FilterForm(forms.Form):
    """What is shown; nothing chosen shows everything."""

    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        error_messages={"invalid_choice": "There is no such kind."},
    )
    setback = forms.ChoiceField(
        label="Setback",
        required=False,
        error_messages={"invalid_choice": "That setback is not here."},
    )
    tag = forms.CharField(
        label="Tag",
        required=False,
        widget=forms.TextInput(
            attrs={"list": "tags-there-are", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    year = forms.TypedChoiceField(
        label="Year",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "There is nothing of that year."},
    )

    def offer(self, owner: Any) -> None:
        """Offer what this person has."""
        self.by_key = {str(one.pk): one for one in setbacks.all_of(owner=owner)}
        self.years = reads.years(owner=owner)
        kinds = [(kind, facet.NOUN.capitalize()) for kind, facet in facets().items()]
        titles = [(key, one.item.title) for key, one in self.by_key.items()]
        self._choose("kind", "every kind", kinds)
        self._choose("setback", "all of them, and none", titles)
        self._choose("year", "every year", [(str(year), str(year)) for year in self.years])

    def _choose(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The cleaned form as `reads.timeline` takes it."""
        clean = self.cleaned_data
        return {
            "kinds": [clean["kind"]] if clean["kind"] else [],
            "setback": self.by_key.get(clean["setback"]),
            "tag": clean["tag"],
            "year": clean["year"],
        }


@require_safe
def timeline(request: HtmxRequest) -> HttpResponse:
    """One page of everything; asked by htmx, only what comes below what is there."""
    form = FilterForm(request.GET)
    form.offer(request.owner)
    if form.is_valid():
        page = reads.timeline(owner=request.owner, before=below(request), **form.chosen())
    else:
        page = Page(rows=[], older=None)
    if request.htmx:
        return show(request, "timeline_rows.html", **_rows(request, page), more=True)
    return show(
        request,
        "timeline.html",
        page="timeline",
        form=form,
        filtered=any(request.GET.get(name) for name in form.fields),
        years=_years(request, form.years),
        tags=[name for name, _ in reads.tags(owner=request.owner)[:TAGS_OFFERED]],
        **_rows(request, page),
    )


def _rows(request: HtmxRequest, page: Page) -> dict[str, Any]:
    groups = days.groups(page.rows, moments.lived_day(request.now, request.zone))
    carried = bool(groups) and str(groups[0]["day"]) == request.GET.get("day")
    older, newest = "", ""
    if page.older is not None:
        older = onwards(request, before=page.older, day=None)
    if below(request) is not None:
        newest = onwards(request, before=None, day=None)
    return {
        "carried": groups[0]["entries"] if carried else [],
        "groups": groups[1:] if carried else groups,
        "count": len(page.rows),
        "older_url": older,
        "older_below": f"{older}&day={page.rows[-1].day}" if older else "",
        "newest_url": newest,
    }


def _years(request: HtmxRequest, years: list[int]) -> list[dict[str, Any]]:
    return [
        {
            "year": year,
            "href": onwards(request, year=year, before=None, day=None),
            "here": request.GET.get("year") == str(year),
        }
        for year in years
    ]
