"""What a view could not do: an item of somebody else, or of nobody, answers 404 from here alone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from upswing.record.reads import NotHere
from upswing.web.errors import explained, not_found


class AccessMiddleware:
    """Turns NotHere into the 404 page, and trouble of vault, disk or database into its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 404 for NotHere, 503 for what has a sentence; leave the rest alone."""
        if isinstance(exception, NotHere):
            return not_found(request)
        return explained(request, exception)
