"""The recovery sheet: shown once, printed or copied, and two of its groups typed back."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upswing import solo
from upswing.accounts.actions import note_recovery_sheet
from upswing.vault import held, lifecycle
from upswing.vault.errors import WrongSecret
from upswing.vault.recovery import RecoveryCode, groups_to_ask
from upswing.web.page import show
from upswing.web.person import PersonRequest

_waiting: list[tuple[RecoveryCode, tuple[int, int]]] = []


class GroupsForm(forms.Form):
    """Two groups of the code, by their numbers."""

    first = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    second = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def ask(self, places: tuple[int, int]) -> None:
        """Name the two groups that are asked for."""
        for name, place in zip(("first", "second"), places, strict=True):
            self.fields[name].label = f"Group {place}"
            self.fields[name].error_messages["required"] = f"Type group {place} from the sheet."


def sheet(request: PersonRequest) -> HttpResponse:
    """Show a fresh code, which opens nothing until two of its groups are typed back."""
    if request.method != "POST" or not _waiting:
        _waiting[:] = [(lifecycle.new_recovery_code(), groups_to_ask())]
    code, places = _waiting[0]
    form = GroupsForm(request.POST if "first" in request.POST else None)
    form.ask(places)
    if request.method == "POST" and form.is_valid():
        try:
            _confirm(request, form, code, places)
        except WrongSecret as error:
            form.add_error(_field(str(error), places), str(error))
        else:
            _waiting.clear()
            return redirect(f"{reverse('today')}?done=sheet")
    return show(
        request, "sheet.html", page="settings", form=form, groups=code.groups, places=places
    )


def _field(sentence: str, places: tuple[int, int]) -> str:
    return "second" if f"Group {places[1]} " in sentence else "first"


def _confirm(
    request: PersonRequest, form: GroupsForm, code: RecoveryCode, places: tuple[int, int]
) -> None:
    typed = dict(
        zip(places, (form.cleaned_data["first"], form.cleaned_data["second"]), strict=True)
    )
    lifecycle.confirm_recovery(solo.paths(), held.held(), code, typed)
    note_recovery_sheet(owner=request.owner, now=request.now)
