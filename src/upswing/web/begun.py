"""What the first step of an exercise was begun with: a setback, and a text of one's own."""

from __future__ import annotations

from upswing.record import setbacks
from upswing.record.models import Draft, Setback
from upswing.record.reads import NotHere, item
from upswing.web.person import PersonRequest


def told(request: PersonRequest, draft: Draft | None, name: str) -> str:
    """The id that is sent or stands in the address as `name`, or that a draft kept.

    What a draft kept and is not here any more is forgotten.
    """
    said = request.POST.get(name) or request.GET.get(name, "")
    kept = draft.fields.get(name, [""])[-1] if draft else ""
    if said or not kept:
        return said
    try:
        return "" if item(owner=request.owner, id=kept).trashed_at else kept
    except NotHere:
        return ""


def setback(request: PersonRequest, id: str) -> Setback | None:
    """The setback that an exercise will belong to. Raises NotHere for a stranger's."""
    found = [one for one in setbacks.all_of(owner=request.owner) if str(one.pk) == id]
    if id and not found:
        raise NotHere
    return found[0] if found else None
