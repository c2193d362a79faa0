"""Where things are on this machine, as plain strings. Only `os`, so that capture can ask too."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALTIME = "/etc/localtime"
ZONES = "/usr/share/zoneinfo"


def home(environ: Mapping[str, str]) -> str:
    """The folder of the vault: UPSWING_HOME, else `upswing` where the system keeps such data."""
    if chosen := environ.get("UPSWING_HOME"):
        return _absolute(chosen)
    shared = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return _absolute(f"{shared}/upswing")


def _absolute(path: str) -> str:
    return os.path.join(os.getcwd(), os.path.expanduser(path))  # noqa: PTH109, PTH111, PTH118 - see above


def zone_name(environ: Mapping[str, str]) -> str:
    """The IANA name of the machine's time zone, "UTC" where the machine does not tell one."""
    if _is_zone(named := environ.get("TZ", "").lstrip(":")):
        return named
    try:
        target = os.readlink(LOCALTIME)  # noqa: PTH115 - see above
    except OSError:
        return "UTC"
    return target.partition("zoneinfo/")[2] or "UTC"


def _is_zone(name: str) -> bool:
    """Whether it is a zone's name; a machine without a list of them is believed."""
    if not name or name.startswith("/") or ".." in name:
        return False
    if not os.path.isdir(ZONES):  # noqa: PTH112 - see above
        return "/" in name
    return os.path.isfile(f"{ZONES}/{name}")  # noqa: PTH113 - see above
