"""Pages for what is not there, not allowed, or broken. None of them repeats what was typed."""

from __future__ import annotations

import sys
import traceback

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upswing.record import trouble
from upswing.vault.errors import VaultError

SENT = " What you sent is still on the page before: go back, and send it again then."
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def refusal(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    """A page that says no, in one sentence."""
    context = {"title": "Not from here", "sentence": sentence, "locked": True, "over": str(status)}
    return render(request, "parts/error_page.html", context, status=status)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not of this session."""
    sentence = "This form is from an earlier session. Go back, reload the page and send it again."
    return refusal(request, sentence)


def too_much(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that is larger than Upswing reads, or not sound; nothing of it was kept."""
    if isinstance(exception, TOO_LARGE):
        context = {
            "over": "413",
            "title": "That was more than fits",
            "sentence": "What you sent is larger than Upswing takes in one piece, so nothing of it "
            "was kept. Your words are still on the page before: go back, and send them in parts.",
            "locked": not getattr(request, "in_session", False),
        }
        return render(request, "parts/error_page.html", context, status=413)
    return refusal(request, "This request was not sound, so nothing was done.", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing at this address, or nothing of yours: the answer is the same."""
    context = {
        "over": "404",
        "title": "There is nothing here",
        "sentence": "The page may have moved, or what it showed was erased. Nothing else is gone.",
        "action_url": "/",
        "action": "Back to Today",
        "locked": not getattr(request, "in_session", False),
    }
    return render(request, "parts/error_page.html", context, status=404)


def closed(request: HttpRequest, sentence: str) -> HttpResponse:
    """The vault cannot be opened as it is; the sentence says why."""
    context = {
        "title": "The book cannot be opened",
        "sentence": sentence,
        "locked": not getattr(request, "in_session", False),
    }
    return render(request, "parts/error_page.html", context, status=503)


def unwritten(request: HttpRequest, sentence: str) -> HttpResponse:
    """The disk or the database did not do its part; the sentence says in what way."""
    sent = "" if request.method in ("GET", "HEAD") else SENT
    context = {
        "over": "503",
        "title": "That could not be done now",
        "sentence": f"{sentence} What was saved before is safe.{sent}",
        "locked": not getattr(request, "in_session", False),
    }
    return render(request, "parts/error_page.html", context, status=503)


def explained(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page for what is no fault of ours and has a sentence; None for anything else."""
    if isinstance(error, VaultError):
        return closed(request, str(error))
    sentence = trouble.sentence(error)
    return unwritten(request, sentence) if sentence else None


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. The terminal gets its place in the code, no words of the person."""
    if answer := explained(request, sys.exc_info()[1]):
        return answer
    tell_where()
    context = {
        "over": "500",
        "title": "Something broke, on our side",
        "sentence": "What was saved before is safe. What you typed is kept in its draft.",
        "action_url": "/",
        "action": "Back to Today",
        "locked": not getattr(request, "in_session", False),
    }
    return render(request, "parts/error_page.html", context, status=500)


def tell_where() -> None:
    """Print where in the code the present exception was raised, without any words of it."""
    kind, _, trace = sys.exc_info()
    if kind is None:
        return
    places = [f"  {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-4:]]
    print("\n".join([f"upswing: {kind.__name__} at", *places]), file=sys.stderr)
