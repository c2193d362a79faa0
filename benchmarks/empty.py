"""The addresses of Upswing, and beside them the least that Django can answer with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from upswing.accounts.models import User
from upswing.web import urls
from upswing.web.urls import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """An empty page, for which one query is made beside the one for the person."""
    User.objects.first()
    return HttpResponse("")


urlpatterns = [path("empty/", empty), *urls.urlpatterns]
