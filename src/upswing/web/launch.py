"""Letting the person's own browser in: the one-time token of the launch file, or a typed code."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from upswing.vault import held
from upswing.web.door import LAUNCH, SESSION, WRONG_CODES, Door, the_door
from upswing.web.page import show


class CodeForm(forms.Form):
    """The code that the terminal shows."""

    ticket = forms.CharField(
        label="Code from the terminal",
        max_length=100,
        help_text="Eight letters and digits, as “upswing serve” printed them.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "class": "code"}),
        error_messages={"required": "Type the code that the terminal shows."},
    )


@csrf_exempt  # the gate has checked Origin; the ticket itself is the secret
def launch(request: HttpRequest) -> HttpResponse:
    """GET asks for the code; POST takes a code or token, once."""
    if request.method != "POST":
        return show(request, "launch.html", form=CodeForm())
    form = CodeForm(request.POST)
    if form.is_valid() and not the_door().admit(form.cleaned_data["ticket"]):
        form.add_error("ticket", _why(the_door()))
    if not form.is_valid():
        return show(request, "launch.html", form=form)
    # 200 and a script that goes on: a redirect out of a cross-site post would lose the cookie.
    return admitted(show(request, "launched.html"), with_session=held.is_held())


def _why(door: Door) -> str:
    if door.wrong_codes >= WRONG_CODES:
        return "Too many codes that did not fit. Stop “upswing serve” and start it again."
    return "This code does not fit any more. “upswing serve”, run again, prints a new one."


def admitted(response: HttpResponse, *, with_session: bool) -> HttpResponse:
    """Give the browser its cookies; both end with the browser."""
    door = the_door()
    cookie = {"httponly": True, "samesite": "Strict"}
    response.set_cookie(LAUNCH, door.launch_secret, **cookie)  # type: ignore[arg-type]
    if with_session:
        response.set_cookie(SESSION, door.session_secret, **cookie)  # type: ignore[arg-type]
    return response
