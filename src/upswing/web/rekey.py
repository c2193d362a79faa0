"""A new key for everything: asks for the present passphrase, and ends this process with it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from upswing import solo
from upswing.vault import held, keeper, lifecycle
from upswing.vault.errors import VaultError, WrongSecret
from upswing.vault.paths import VaultPaths
from upswing.web.begin import SecretForm
from upswing.web.door import SESSION, the_door
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unlock import Attempts


class RekeyForm(SecretForm):
    """The present passphrase, and the new one twice."""

    present = forms.CharField(
        label="Present passphrase",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type the passphrase that opens the vault now."},
    )
    field_order = ("present", "passphrase", "again")


def rekey(request: PersonRequest) -> HttpResponse:
    """Explain it, ask, do it; then the vault is locked and opens with the new passphrase."""
    where = solo.paths()
    form = RekeyForm(request.POST if request.method == "POST" else None)
    form.fields["passphrase"].label = "New passphrase"
    form.fields["passphrase"].error_messages["required"] = "Type a new passphrase."
    ways = {slot.type for slot in lifecycle.slots(where)}
    if "passphrase" not in ways:
        del form.fields["present"]
    if request.method == "POST" and form.is_valid():
        try:
            _prove(where, form)
            return _done(request, where, form.cleaned_data["passphrase"])
        except WrongSecret as error:
            Attempts.failed()
            form.add_error("present", str(error))
        except VaultError as error:
            form.add_error(None, str(error))
    return show(request, "rekey.html", page="settings", form=form, ways=ways)


def _prove(where: VaultPaths, form: RekeyForm) -> None:
    """Raise WrongSecret, or VaultError while one has to wait after wrong ones."""
    if "present" in form.fields:
        Attempts.check()
        lifecycle.open_with_passphrase(where, form.cleaned_data["present"])


def _done(request: PersonRequest, where: VaultPaths, passphrase: str) -> HttpResponse:
    """Nothing else is taken in while it runs; afterwards this process ends."""
    door = the_door()
    door.closing = True
    try:
        solo.rekey(where, held.held(), owner=request.owner, passphrase=passphrase)
    except BaseException:
        door.closing = False
        raise
    response = show(request, "rekeyed.html", locked=True)
    response.delete_cookie(SESSION, samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'
    keeper.lock(where)
    return response
