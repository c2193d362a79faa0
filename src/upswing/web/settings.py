"""Settings: the person's own choices, the ways into the vault, and what lies aside."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from upswing import config, solo
from upswing.accounts.actions import change_settings, set_second_look
from upswing.accounts.models import THEMES, User
from upswing.care import helplines
from upswing.record import reads
from upswing.vault import doctor, held, lifecycle
from upswing.vault.backup import folder, state
from upswing.vault.errors import VaultError
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths
from upswing.web.begin import SecretForm
from upswing.web.days import kept_at
from upswing.web.forms import attempt
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unwritten import given_back
from upswing.web.zones import ZoneField

WAYS = {
    "passphrase": "A passphrase, typed when the vault is locked.",
    "recovery": "The recovery sheet, on paper.",
    "device": "A key file on this machine. Whoever uses your account here can open the vault.",
    "keyring": "The keyring of your desktop session, an extra way in.",
}
SECOND_LOOK = [("on", "ask beside what I write"), ("off", "stay quiet")]
CHANGES: dict[str, Callable[[VaultPaths, VaultKey], None]] = {
    "device-on": lifecycle.set_device,
    "device-off": lambda where, key: lifecycle.remove_slot(where, key, "device"),
    "keyring-on": lifecycle.add_keyring,
    "keyring-off": lifecycle.remove_keyring,
    "passphrase-off": lambda where, key: lifecycle.remove_slot(where, key, "passphrase"),
}


class SettingsForm(forms.Form):
    """Zone, country of help lines, theme, and whether words are asked about."""

    zone = ZoneField(
        label="Time zone",
        help_text="Where you live now. What was written elsewhere keeps the zone it was lived in.",
    )
    country = forms.ChoiceField(label="Country, for help lines", required=False)
    theme = forms.ChoiceField(label="Light or dark", required=False, choices=THEMES)
    second_look = forms.ChoiceField(
        label="Words worth a second look",
        required=False,
        choices=SECOND_LOOK,
        help_text="Questions beside what you write, about words that are harder than facts.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        countries = [(one.code, one.name) for one in helplines.countries()]
        self.fields["country"].choices = [("", "all of them"), *countries]  # type: ignore[attr-defined]


@given_back
def settings(request: PersonRequest) -> HttpResponse:
    """One page for all of it."""
    form = SettingsForm(
        request.POST if request.method == "POST" else None, initial=_initial(request.owner)
    )
    if request.method == "POST" and attempt(request, form, lambda: _change(request, form)):
        return redirect(f"{reverse('settings')}?done=settings")
    return _page(request, form=form)


def _initial(owner: User) -> dict[str, str]:
    return {
        "zone": owner.zone,
        "country": owner.country,
        "theme": owner.theme,
        "second_look": "on" if owner.second_look else "off",
    }


def _change(request: PersonRequest, form: SettingsForm) -> bool:
    values = dict(form.cleaned_data)
    if choice := values.pop("second_look"):
        set_second_look(owner=request.owner, on=choice == "on")
    change_settings(owner=request.owner, **values)
    return True


def _page(request: PersonRequest, *, form: forms.Form, trouble: str = "") -> HttpResponse:
    where = solo.paths()
    ways = [slot.type for slot in lifecycle.slots(where)]
    return show(
        request,
        "settings.html",
        status=422 if trouble else 200,
        page="settings",
        form=form,
        trouble=trouble,
        ways=[(way, WAYS[way]) for way in WAYS if way in ways],
        has=set(ways),
        minutes=config.load(os.environ).idle_minutes,
        facts=_facts(request, where),
        backup_trouble=state.read(where).trouble,
        in_trash=len(reads.trashed(owner=request.owner)),
    )


def _facts(request: PersonRequest, where: VaultPaths) -> list[tuple[str, str]]:
    size = where.database.stat().st_size / 1_000_000
    last = folder.last_good(where)
    return [
        ("Items kept", f"{reads.kept(owner=request.owner):,}".replace(",", " ")),
        ("Size", f"{size:.1f} MB"),
        ("Where", str(where.home)),
        ("Last backup", kept_at(last[1], request.now, request.zone) if last else "none yet"),
    ]


@require_POST
def change_way(request: PersonRequest, change: str) -> HttpResponse:
    """Add or take away a way into the vault."""
    if change not in CHANGES:
        raise Http404
    try:
        CHANGES[change](solo.paths(), held.held())
    except VaultError as error:
        form = SettingsForm(initial=_initial(request.owner))
        return _page(request, form=form, trouble=str(error))
    return redirect(f"{reverse('settings')}?done=slot")


class NewPassphraseForm(SecretForm):
    """A passphrase, and whether the key file shall go on opening the vault beside it."""

    drop_device = forms.BooleanField(
        label="Take the key file on this machine away. While it is here, it opens the vault too.",
        required=False,
        initial=True,
    )


def passphrase(request: PersonRequest) -> HttpResponse:
    """Set or change the passphrase; only its slot is rewritten."""
    form = NewPassphraseForm(request.POST if request.method == "POST" else None)
    if "device" not in {slot.type for slot in lifecycle.slots(solo.paths())}:
        del form.fields["drop_device"]
    if request.method == "POST" and form.is_valid():
        try:
            _set_passphrase(form.cleaned_data)
            return redirect(f"{reverse('settings')}?done=passphrase")
        except VaultError as error:
            form.add_error("passphrase", str(error))
    return show(request, "passphrase.html", page="settings", form=form)


def _set_passphrase(values: dict[str, Any]) -> None:
    where, key = solo.paths(), held.held()
    lifecycle.change_passphrase(where, key, values["passphrase"])
    if values.get("drop_device"):
        lifecycle.remove_slot(where, key, "device")


def examine(request: PersonRequest) -> HttpResponse:
    """What `upswing vault doctor` says, in the browser."""
    report = doctor.examine(solo.paths(), held.held())
    return show(request, "doctor.html", page="settings", report=report)
