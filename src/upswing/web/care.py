"""Care: help lines by country, on every page and while locked. Nothing here is recorded."""

from __future__ import annotations

import os

from django.http import HttpRequest, HttpResponse

from upswing.care import helplines
from upswing.web.page import show


def care(request: HttpRequest) -> HttpResponse:
    """Help lines: the person's own country first, all others below."""
    chosen = _chosen(request)
    return show(
        request,
        "care.html",
        page="care",
        chosen=chosen,
        others=[one for one in helplines.countries() if one != chosen],
        not_this=helplines.WHAT_UPSWING_IS_NOT,
        person=helplines.A_PERSON_YOU_TRUST,
        checked=helplines.HOW_CHECKED,
        elsewhere=helplines.EMERGENCY_ELSEWHERE,
        directories=helplines.DIRECTORIES,
    )


def _chosen(request: HttpRequest) -> helplines.Country | None:
    """The country asked for, else the person's own, else what the machine's locale suggests."""
    owner = getattr(request, "owner", None)
    code = request.GET.get("country") or (owner.country if owner else "")
    if not code:
        return helplines.likely_country(os.environ)
    return next((one for one in helplines.countries() if one.code == code.upper()), None)
