"""The field for a time zone: some six hundred names, by continent."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

ELSEWHERE = "Others"


@cache
def by_region() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """(region, ((name, place), …)) of every zone that this machine knows, sorted."""
    found = defaultdict(list)
    for name in sorted(available_timezones()):
        region, _, place = name.partition("/")
        found[region if place else ELSEWHERE].append((name, (place or name).replace("_", " ")))
    regions = sorted(found, key=lambda region: (region == ELSEWHERE, region))
    return tuple((region, tuple(found[region])) for region in regions)


class ZoneSelect(forms.Select):
    """A select whose template draws the options itself: Django's own takes a tenth of a second."""

    template_name = "parts/zones.html"

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        return []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"regions": by_region(), "chosen": value}
        return context


class ZoneField(forms.ChoiceField):
    """An IANA name; what is no zone of this machine is refused."""

    widget = ZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        gone = {"invalid_choice": "There is no such time zone here.", "required": "Choose a zone."}
        super().__init__(choices=by_region, error_messages=gone, **kwargs)
