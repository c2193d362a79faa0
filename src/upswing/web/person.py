"""Who is here, and when: owner, moment and zone on each request of an open session."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseBase

from upswing import solo
from upswing.accounts.models import User
from upswing.vault import keeper

TOUCH_EVERY = 10.0  # seconds


class PersonRequest(HttpRequest):
    """A request of an open session. unwritten: why its form could not be written, "" at first."""

    owner: User
    now: datetime
    zone: str
    in_session: bool
    unwritten: str


class PersonMiddleware:
    """Adds owner, now and zone; delivers captured lines; tells the keeper that somebody is here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.touched = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "in_session", False):
            self._stay_awake()
            owner = solo.person()
            request.owner = owner  # type: ignore[attr-defined]
            request.now = datetime.now(UTC)  # type: ignore[attr-defined]
            request.zone = owner.zone  # type: ignore[attr-defined]
            request.unwritten = ""  # type: ignore[attr-defined]
        return self.get_response(request)

    def _stay_awake(self) -> None:
        if time.monotonic() - self.touched > TOUCH_EVERY:
            self.touched = time.monotonic()
            keeper.touch(solo.paths())
