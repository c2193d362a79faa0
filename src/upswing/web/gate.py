"""Who may come in: checked before anything else sees the request.

In this order: the whole Host header (another name means DNS rebinding), where the request comes
from (Sec-Fetch-Site and Origin), whether this browser was opened by the person (launch cookie),
whether the vault is open and this browser's session is of this worker.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from upswing import solo
from upswing.vault import held, lifecycle
from upswing.web import sealed
from upswing.web.door import LAUNCH, SESSION, Door, the_door
from upswing.web.errors import refusal

SAFE = {"GET", "HEAD", "OPTIONS"}
FRIENDLY = {"same-origin", "none"}
FREE = ("/static/", "/care/")
UNLAUNCHED = ("/launch/",)
BEFORE_VAULT = ("/begin/",)
WHILE_LOCKED = ("/unlock/",)


class GateMiddleware:
    """Refuses or redirects what may not come in; lets the rest through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        door = the_door()
        request.in_session = _in_session(request, door)  # type: ignore[attr-defined]
        for check in (_refused, _too_late, _sent_elsewhere):
            if answer := check(request, door):
                return answer
        return self.get_response(request)


def _in_session(request: HttpRequest, door: Door) -> bool:
    launched = door.launched(request.COOKIES.get(LAUNCH, ""))
    of_now = door.in_session(request.COOKIES.get(SESSION, ""))
    return launched and of_now and held.is_held() and not door.closing


def _refused(request: HttpRequest, door: Door) -> HttpResponse | None:
    if request.META.get("HTTP_HOST") != door.host:
        return HttpResponse("This is not an address of Upswing.", status=400)
    if not _friendly(request, door):
        return refusal(request, "This request came from another page, so nothing was done.")
    return None


def _friendly(request: HttpRequest, door: Door) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in SAFE:
        visited = request.headers.get("Sec-Fetch-Dest") == "document"
        return site is None or site in FRIENDLY or visited
    origin = request.headers.get("Origin")
    if request.path == "/launch/" and origin == "null":
        return True  # the launch file is opened from disk and brings its own one-time token
    return origin == door.origin and (site is None or site in FRIENDLY)


def _too_late(request: HttpRequest, door: Door) -> HttpResponse | None:
    """A form that arrives while this worker ends is sent on, with its body, to the next one."""
    if not door.closing or request.method in SAFE:
        return None
    door.refuse_more()
    return HttpResponse(status=307, headers={"Location": request.get_full_path()})


def _sent_elsewhere(request: HttpRequest, door: Door) -> HttpResponseBase | None:
    if request.path.startswith((*FREE, *UNLAUNCHED)):
        return None
    if not door.launched(request.COOKIES.get(LAUNCH, "")):
        return (
            HttpResponseRedirect(reverse("launch"))
            if request.method in SAFE
            else refusal(request, "Open Upswing from the terminal first: upswing serve")
        )
    if not held.is_held() and not lifecycle.exists(solo.paths()):
        return _unless(request, BEFORE_VAULT, "begin")
    if not request.in_session:  # type: ignore[attr-defined]
        return _unless(request, WHILE_LOCKED, "unlock")
    return None


def _unless(request: HttpRequest, allowed: tuple[str, ...], name: str) -> HttpResponseBase | None:
    if request.path.startswith(allowed):
        return None
    if request.headers.get("HX-Request") and request.method in SAFE:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(name)})  # the whole page
    if request.method in SAFE:
        return HttpResponseRedirect(reverse(name))
    return sealed.keep_what_was_typed(request)
