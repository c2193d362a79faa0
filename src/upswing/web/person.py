"""Who is here, and when: owner, moment and zone on each request of an open session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from upswing import solo
from upswing.accounts.models import User
from upswing.vault import keeper
from upswing.vault.idle import Clocks, Idle
from upswing.web.door import the_door

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
        self.asked, self.answered = Idle(TOUCH_EVERY, Clocks(0.0, 0.0, 0.0)), False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "in_session", False):
            if self._locked_meanwhile():  # asked again, it meets the gate, and then the next worker
                return HttpResponse(status=307, headers={"Location": request.get_full_path()})
            owner = solo.person()
            request.owner = owner  # type: ignore[attr-defined]
            request.now = datetime.now(UTC)  # type: ignore[attr-defined]
            request.zone = owner.zone  # type: ignore[attr-defined]
            request.unwritten = ""  # type: ignore[attr-defined]
        return self.get_response(request)

    def _locked_meanwhile(self) -> bool:
        """Tell the keeper of use, every ten seconds by any clock; whether it has ended by now.

        Its end ends this process too, but a moment later than a machine that wakes up asks.
        """
        now = keeper.read_clocks()
        if not self.asked.over(now):
            return False
        if keeper.touch(solo.paths()):
            self.asked.touch(now)
            self.answered = True
            return False
        the_door().closing = self.answered  # one that never answered is none that has ended
        return self.answered
