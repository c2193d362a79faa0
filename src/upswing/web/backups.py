"""Backups: which there are, make one, read one back, take one away, and how to bring one back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing import solo
from upswing.vault import held, lifecycle
from upswing.vault.backup import folder, reading, state
from upswing.vault.backup.folder import Stored
from upswing.vault.paths import VaultPaths
from upswing.web import backup_desk
from upswing.web.days import kept_at
from upswing.web.page import show
from upswing.web.person import PersonRequest


@require_safe
def backups(request: PersonRequest) -> HttpResponse:
    """The list, and what can be done."""
    where, work = solo.paths(), backup_desk.present()
    if work and not work.ended:
        return redirect("backup_progress")
    backup_desk.clear()
    stored = folder.listing(where)
    return show(
        request,
        "backups.html",
        page="settings",
        facts=_facts(request, where, stored),
        rows=[_row(request, one) for one in stored],
        trouble=_trouble(request, where, work),
        by_device_only={slot.type for slot in lifecycle.slots(where)} <= {"device", "keyring"},
        example=stored[0].name if stored else "upswing-….upswing",
    )


def _facts(
    request: PersonRequest, where: VaultPaths, stored: list[Stored]
) -> list[tuple[str, str]]:
    last = folder.last_good(where)
    size = filesizeformat(sum(one.size for one in stored))
    return [
        ("Last good one", _when(request, last[1]) if last else "none yet"),
        ("Kept", f"{len(stored)}, {size}" if stored else "none yet"),
        ("Where", str(where.backups)),
    ]


def _trouble(request: PersonRequest, where: VaultPaths, work: backup_desk.Work | None) -> str:
    """What went wrong just now, or with the last one that Upswing tried to make by itself."""
    if work and work.trouble:
        return work.trouble
    found = state.read(where).trouble
    if found is None:
        return ""
    return f"No backup could be made {_when(request, found.at)}. {found.sentence}"


def _when(request: PersonRequest, moment: datetime) -> str:
    """ "today at 14:05", "Yesterday at 14:05", "Sunday 22 November at 14:05"."""
    told = kept_at(moment, request.now, request.zone)
    return f"today {told}" if told.startswith("at ") else told


def _row(request: PersonRequest, one: Stored) -> dict[str, object]:
    """opens: whether the present key opens it; one from before a re-key has another."""
    made = _when(request, one.about.made_at) if one.about else one.name
    opens = one.about is not None and reading.opens_with(one.path, held.held())
    return {
        "name": one.name,
        "made": made[0].upper() + made[1:],
        "size": filesizeformat(one.size),
        "why": _why(request, one, opens=opens),
        "opens": opens,
    }


def _why(request: PersonRequest, one: Stored, *, opens: bool) -> str:
    if one.about is None:
        return one.trouble
    if not opens:
        return "The present key does not open it: it has an earlier one, or it is damaged."
    if one.verified_at is None:
        return "Not read back yet"
    return f"Read back {_when(request, one.verified_at)}"


@require_POST
def create(request: PersonRequest) -> HttpResponse:
    """Make one now."""
    backup_desk.make(solo.paths(), held.held())
    return redirect("backup_progress")


@require_POST
def verify(request: PersonRequest, name: str) -> HttpResponse:
    """Read one back, whole."""
    _found(name)
    backup_desk.verify(solo.paths(), held.held(), name)
    return redirect("backup_progress")


@require_safe
def download(request: PersonRequest, name: str) -> HttpResponseBase:
    """The file as it is: encrypted."""
    return FileResponse(
        _found(name).open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )


def _found(name: str) -> Path:
    path = solo.paths().backups / name
    if not folder.is_name(name) or not path.is_file():
        raise Http404
    return path


@require_safe
def progress(request: PersonRequest) -> HttpResponse:
    """How far it is; htmx asks for its part alone, twice a second."""
    work = backup_desk.present()
    small = bool(request.headers.get("HX-Request"))
    if work is None or work.ended:
        end = reverse("backups") + (f"?done={work.result}" if work and work.result else "")
        return HttpResponse(headers={"HX-Redirect": end}) if small else redirect(end)
    return show(
        request,
        "backups_part.html" if small else "backups_progress.html",
        page="settings",
        done=work.done,
        total=work.total,
        words=f"{work.step} …",
    )
