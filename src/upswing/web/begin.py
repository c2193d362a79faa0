"""The beginning: what Upswing promises and does not, how the vault opens, the recovery sheet."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from upswing import solo
from upswing.vault import held, lifecycle
from upswing.vault.errors import VaultError
from upswing.web import worker
from upswing.web.launch import admitted
from upswing.web.page import show


class SecretForm(forms.Form):
    """A passphrase, twice."""

    passphrase = forms.CharField(
        label="Passphrase",
        strip=False,
        max_length=1000,
        help_text="Four or five words that do not belong together are strong and easy to keep.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": "Type a passphrase, or choose to go without one."},
    )
    again = forms.CharField(
        label="Once more",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": "Type it once more, so that a slip does not lock you out."},
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("passphrase", again):
            raise forms.ValidationError("These two are not the same. Type it once more.")
        return again


def begin(request: HttpRequest) -> HttpResponse:
    """Before the first entry: the plain warnings, and how the vault shall open."""
    if held.is_held():
        return redirect("today")
    without = request.POST.get("way") == "device"
    form = SecretForm(request.POST if request.method == "POST" and not without else None)
    trouble = ""
    if request.method == "POST" and (without or form.is_valid()):
        try:
            return _made(None if without else form.cleaned_data["passphrase"])
        except VaultError as error:
            trouble = str(error)
            if form.is_bound:
                form.add_error("passphrase", trouble)
    status = 422 if trouble else 200
    return show(request, "begin.html", status=status, form=form, trouble=trouble, locked=True)


def _made(passphrase: str | None) -> HttpResponse:
    with worker.opening:  # a second click waits for the first, and finds the vault made
        if not held.is_held():
            worker.hold(lifecycle.create(solo.paths(), passphrase=passphrase))
    return admitted(redirect("sheet"), with_session=True)
