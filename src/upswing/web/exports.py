"""Taking everything out: who asks is asked for the passphrase again, then the file streams out."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from upswing import moments, solo
from upswing.exchange.exporters import exporter, exporters
from upswing.exchange.members import Order
from upswing.exchange.zipping import zipped
from upswing.vault import lifecycle
from upswing.vault.errors import VaultError, WrongSecret
from upswing.web.page import show
from upswing.web.person import PersonRequest
from upswing.web.unlock import Attempts

WORD = "everything"
MISSING = "Type your passphrase. It is asked for again because the file is not encrypted."


class ExportForm(forms.Form):
    """Which way, with or without the trash, and the proof that it is the person who asks."""

    way = forms.ChoiceField(label="As", widget=forms.RadioSelect)
    trash = forms.BooleanField(label="With what lies in the trash", required=False)
    passphrase = forms.CharField(
        label="Passphrase",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": MISSING},
    )
    word = forms.CharField(
        label=f"Type “{WORD}”",
        max_length=40,
        help_text="This vault has no passphrase. The word keeps this from happening by accident.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": f"Type “{WORD}” to take it out."},
    )

    def __init__(self, data: object = None) -> None:
        ways = exporters()
        super().__init__(data, initial={"way": ways[0].name, "trash": True})  # type: ignore[arg-type]
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            (each.name, f"{each.label}. {each.holds}") for each in ways
        ]
        kinds = {slot.type for slot in lifecycle.slots(solo.paths())}
        del self.fields["word" if "passphrase" in kinds else "passphrase"]

    def clean_passphrase(self) -> str:
        """Try the passphrase on the vault itself, as the page that unlocks does."""
        typed: str = self.cleaned_data["passphrase"]
        try:
            Attempts.check()
            lifecycle.open_with_passphrase(solo.paths(), typed)
        except WrongSecret as error:
            Attempts.failed()
            raise forms.ValidationError(str(error)) from None
        except VaultError as error:
            raise forms.ValidationError(str(error)) from None
        Attempts.wrong = 0
        return typed

    def clean_word(self) -> str:
        if self.cleaned_data["word"].strip().lower() != WORD:
            raise forms.ValidationError(f"Type “{WORD}” to take it out.")
        return WORD


@require_safe
def exports(request: PersonRequest) -> HttpResponse:
    """What can be taken out, and the warning."""
    return _page(request, ExportForm())


def _page(request: PersonRequest, form: ExportForm) -> HttpResponse:
    return show(request, "exports.html", page="settings", form=form)


@require_POST
def make(request: PersonRequest) -> HttpResponseBase:
    """The file, made while it is sent: it lies nowhere on this machine before the browser has it.

    Headers for every answer say that no cache may keep it.
    """
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    way = exporter(form.cleaned_data["way"])
    day = moments.lived_day(request.now, request.zone)
    order = Order(request.owner, request.now, day, trash=form.cleaned_data["trash"])
    pieces = zipped(way.taken(order), made=order.here)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"{way.file_name(order)}.zip"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
