"""What long lists share: the place to go on from, and numbers in words."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

THIN = "\u202f"  # a narrow space that does not break, between thousands
LARGEST = 2**63 - 1


def below(request: HttpRequest) -> int | None:
    """The position (?before=…) below which the list goes on; None for its beginning."""
    text = request.GET.get("before", "")
    place = int(text) if text.removeprefix("-").isdecimal() and len(text) < 20 else None
    return place if place is None or abs(place) <= LARGEST else None


def onwards(request: HttpRequest, **changed: object) -> str:
    """The query of this page's address with something changed; None takes a part away."""
    kept = {name: value for name, value in request.GET.items() if name not in ("done", "undo")}
    parts = {**kept, **changed}
    query = urlencode({name: value for name, value in parts.items() if value not in (None, "")})
    return f"?{query}" if query else request.path


def number(value: int) -> str:
    """ "1 240", with a narrow space."""
    return f"{value:,}".replace(",", THIN)


def size(octets: int) -> str:
    """ "240 kB", "1.2 MB"."""
    if octets < 1000:
        return f"{octets} bytes"
    if octets < 1_000_000:
        return f"{octets / 1000:.0f} kB"
    return f"{octets / 1_000_000:.1f} MB"
