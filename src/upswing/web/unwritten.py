"""A form that could not be written comes back as it was sent, with one sentence that says why."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import DatabaseError, transaction
from django.http import HttpResponse

from upswing.record import trouble
from upswing.web.person import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]


def given_back(view: View[P]) -> View[P]:
    """Let a posted form be written whole, or not at all and come back.

    The page is made a second time outside of the transaction that went wrong, and `attempt` then
    only says what `request.unwritten` says. It stands above `once`, which is then left out.
    """

    @wraps(view)
    def answer(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except (DatabaseError, OSError) as error:
            request.unwritten = trouble.sentence(error)
            if not request.unwritten:
                raise
        page: View[P] = inspect.unwrap(view)
        return page(request, *args, **kwargs)

    return answer
