"""From the sealed inbox into the record: each captured line once, through the forms' own verbs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from upswing.errors import RuleError
from upswing.record import actions, drafts, receipts, setbacks
from upswing.strategies.coping import rules
from upswing.strategies.coping.actions import check_in, write_entry
from upswing.vault import inbox
from upswing.vault.key import VaultKey
from upswing.vault.paths import VaultPaths

if TYPE_CHECKING:
    from upswing.vault.inbox import Captured, DrainReport

WITH = rules.WITH


def deliver_waiting(*, owner: Any, where: VaultPaths, key: VaultKey) -> DrainReport | None:
    """Deliver what was captured meanwhile; costs one look at the folder where nothing was."""
    if not inbox.pending(where):
        return None
    return inbox.drain(where, key, lambda captured: _hand_over(owner, captured))


def _hand_over(owner: Any, captured: Captured) -> None:
    """Deliver one line; what no rule accepts is set aside by the inbox, not tried for ever."""
    try:
        deliver(owner=owner, captured=captured)
    except (RuleError, ValueError, KeyError) as error:
        raise inbox.Undeliverable from error


@transaction.atomic
def deliver(*, owner: Any, captured: Captured) -> None:
    """Record one captured line, unless its receipt shows that it is recorded already."""
    payload = json.loads(captured.payload)
    at = datetime.fromisoformat(payload["at"])
    if receipts.first_time(captured.id, now=at):
        DELIVER[payload["word"]](owner, at, payload)


def _log(owner: Any, at: datetime, payload: dict[str, Any]) -> None:
    about = _about(owner, payload)
    entry = write_entry(
        owner=owner,
        now=at,
        zone=payload["zone"],
        body=payload["text"],
        tags=payload["tags"],
        **about,
    )
    if any(payload[scale] for scale in ("mood", "energy", "stress")) or payload["feelings"]:
        felt = check_in(owner=owner, now=at, zone=payload["zone"], **_scales(payload), **about)
        actions.link(felt, entry, relation=WITH)


def _check_in(owner: Any, at: datetime, payload: dict[str, Any]) -> None:
    check_in(
        owner=owner,
        now=at,
        zone=payload["zone"],
        body=payload["text"],
        tags=payload["tags"],
        **_scales(payload),
        **_about(owner, payload),
    )


def _scales(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in ("mood", "energy", "stress", "feelings")}


def _about(owner: Any, payload: dict[str, Any]) -> dict[str, Any]:
    """The setback that was named; words that fit none leave the line without one."""
    words = payload["setback"]
    return {"setback": setbacks.find(owner=owner, words=words) if words else None}


def _draft(owner: Any, at: datetime, payload: dict[str, Any]) -> None:
    """A form that was sent after the lock waits as its draft, unless it had been written before."""
    if not receipts.known(payload.get("once", "")):
        drafts.keep(owner=owner, key=payload["key"], fields=payload["fields"], now=at)


DELIVER = {"log": _log, "checkin": _check_in, "draft": _draft}
