"""Changes to the person's own account."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import available_timezones

from upswing.accounts.models import THEMES, User
from upswing.errors import RuleError

COUNTRY = re.compile("([A-Z]{2})?")


def make_owner(*, zone: str, now: datetime, username: str = "me") -> User:
    """Make the person to whom a new vault belongs."""
    return User.objects.create(username=username, zone=zone, created_at=now)


def change_settings(*, owner: User, zone: str, country: str, theme: str) -> None:
    """Keep the person's zone, country of help lines ("" = all) and theme."""
    if zone not in available_timezones():
        raise RuleError("zone", f"There is no time zone “{zone}”. One example: Europe/Berlin.")
    if not COUNTRY.fullmatch(country):
        raise RuleError("country", "A country is two letters, such as DE; empty shows all of them.")
    if theme not in dict(THEMES):
        raise RuleError("theme", "Choose light, dark, or as the device does.")
    User.objects.filter(pk=owner.pk).update(zone=zone, country=country, theme=theme)


def set_second_look(*, owner: User, on: bool) -> None:
    """Whether words worth a second look are asked about beside one's own text."""
    User.objects.filter(pk=owner.pk).update(second_look=on)


def note_recovery_sheet(*, owner: User, now: datetime) -> None:
    """Remember that the recovery sheet was typed back."""
    User.objects.filter(pk=owner.pk).update(recovery_confirmed_at=now)


def forget_recovery_sheet(*, owner: User) -> None:
    """The sheet opens nothing any more, so there is none."""
    User.objects.filter(pk=owner.pk).update(recovery_confirmed_at=None)


def note_beginning(*, owner: User, created_at: datetime) -> None:
    """Remember since when there is this record, where it came back from an export."""
    User.objects.filter(pk=owner.pk).update(created_at=created_at)
