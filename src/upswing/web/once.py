"""A form that is sent again, because its answer was lost, writes nothing a second time.

Each page that is made gets a form token of its own. The same token with the same content is
therefore the same press of the same button; with other content it is something new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing.record import receipts
from upswing.web.person import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
LOOK = "look"  # a button that only shows the page again
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field


def once(view: View[P]) -> View[P]:
    """Let a posted form write once, in one transaction with its receipt and the end of its draft.

    Sent again it leads to the timeline, where what it wrote stands.
    """

    @wraps(view)
    def answer(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or TOKEN not in request.POST or LOOK in request.POST:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if not receipts.first_time(mark(request), now=request.now):
                return redirect(f"{reverse('timeline')}?done=saved")
            response = view(request, *args, **kwargs)
            transaction.set_rollback(response.status_code >= 400)
        return response

    return answer


def mark(request: HttpRequest) -> str:
    """The name of a posted form: where it goes, its token, what stands in it, and its files."""
    files = [
        [field, file.name, hashlib.sha256(file.read()).hexdigest(), file.seek(0)]
        for field, some in request.FILES.lists()
        for file in some
    ]
    content = json.dumps([request.path, sorted(request.POST.lists()), files])
    return hashlib.sha256(content.encode()).hexdigest()
