"""Unlocking and locking."""

from __future__ import annotations

import time
from math import ceil

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from upswing import solo
from upswing.vault import keeper, lifecycle
from upswing.vault.errors import VaultError, WrongSecret
from upswing.vault.key import VaultKey
from upswing.web import worker
from upswing.web.door import SESSION, the_door
from upswing.web.launch import admitted
from upswing.web.page import show


class Attempts:
    """How many secrets did not fit, and when the next may be tried."""

    wrong = 0
    until = 0.0

    @classmethod
    def check(cls) -> None:
        """Raise VaultError while one has to wait."""
        left = cls.until - time.monotonic()
        if left > 0:
            raise VaultError(f"Please wait {ceil(left)} seconds, then try again.")

    @classmethod
    def failed(cls) -> None:
        cls.wrong += 1
        cls.until = max(cls.until, time.monotonic() + lifecycle.delay(cls.wrong))


class UnlockForm(forms.Form):
    """One field: the passphrase, or the code of the recovery sheet."""

    secret = forms.CharField(
        label="Passphrase",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": "Type your passphrase."},
    )


def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase; a vault with a device file opens by a button."""
    if request.in_session:  # type: ignore[attr-defined]
        return redirect("today")
    where = solo.paths()
    ways = {slot.type for slot in lifecycle.slots(where)}
    by = request.POST.get("by", request.GET.get("by", "passphrase"))
    typed = request.method == "POST" and by not in ("device", "keyring")
    form = UnlockForm(request.POST if typed else None)
    if by == "recovery":
        form.fields["secret"].label = "Code of the recovery sheet"
    if request.method == "POST":
        try:
            Attempts.check()
            return _opened(_key(by, form))
        except WrongSecret as error:
            Attempts.failed()
            _say(form, str(error))
        except VaultError as error:
            _say(form, str(error))
        except ValueError:
            pass  # the form itself says what is missing
    return show(request, "unlock.html", form=form, ways=ways, by=by)


def _key(by: str, form: UnlockForm) -> VaultKey:
    where = solo.paths()
    if by in ("device", "keyring"):
        return {"device": lifecycle.open_with_device, "keyring": lifecycle.open_with_keyring}[by](
            where
        )
    if not form.is_valid():
        raise ValueError
    if by == "recovery":
        return lifecycle.open_with_recovery(where, form.cleaned_data["secret"])
    return lifecycle.open_with_passphrase(where, form.cleaned_data["secret"])


def _say(form: UnlockForm, sentence: str) -> None:
    """Show `sentence` at the field, also where no secret was typed."""
    if not form.is_bound:
        form.is_bound, form.data = True, {"secret": "-"}
    form.is_valid()
    form.add_error("secret", sentence)


def _opened(key: VaultKey) -> HttpResponse:
    Attempts.wrong = 0
    worker.hold(key)
    return admitted(redirect("today"), with_session=True)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock now: the keeper ends, and with it this process."""
    response = show(request, "locked.html", locked=True)
    response.delete_cookie(SESSION, samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'
    the_door().closing = True
    keeper.lock(solo.paths())
    return response
