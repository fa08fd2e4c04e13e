"""Writing the ledger: the one way an entry comes to be.

Entries are never changed and never deleted: there is no action for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from django.db import transaction

from kecan.web.audit.models import LedgerEntry, LedgerHead
from kecan.web.audit.queries import GENESIS_HASH, HEAD_KEY, entry_hash

if TYPE_CHECKING:
    from collections.abc import Mapping


class Actor(Protocol):
    """Whoever does something: an account, or :class:`Program`."""

    @property
    def login(self) -> str:
        """The name the actor signs in with."""

    @property
    def full_name(self) -> str:
        """The name as it is shown, kept in the entry as it was on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program itself, for what no person did: a scheduled copy, a demonstration."""

    login: str = "kecan"
    full_name: str = "Hệ thống"


def record(
    *,
    action: str,
    by: Actor,
    at: date,
    subject: str,
    details: Mapping[str, object] | None = None,
) -> LedgerEntry:
    """Add an entry to the ledger, inside the caller's transaction.

    Secrecy: an entry about a ballot, a sheet or a count never says when more finely
    than the day: pass a ``date``, not a ``datetime``, and put nothing into
    ``details`` that tells in which order sheets were handled or what one says.

    Args:
        action: What was done, a dotted name: ``conference.opened``.
        by: Who did it; login and name are copied.
        at: The day, or the aware instant, it was done.
        subject: What it was done to, as people call it.
        details: Facts that belong to the entry; JSON values only.

    Raises:
        ValueError: If there is no open transaction, or ``at`` has no time zone.
        TypeError: If ``details`` holds something JSON has no form for.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "record() must be called inside the action's transaction.atomic"
        raise ValueError(message)
    head, _ = LedgerHead.objects.select_for_update().get_or_create(
        pk=HEAD_KEY, defaults={"sequence": 0, "hash": GENESIS_HASH}
    )
    entry = LedgerEntry(
        sequence=head.sequence + 1,
        at=_written(at),
        actor=by.login,
        actor_name=by.full_name,
        action=action,
        subject=subject,
        details=_canonical(details or {}),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    LedgerHead.objects.filter(pk=HEAD_KEY).update(
        sequence=entry.sequence, hash=entry.hash
    )
    return entry


def _written(at: date) -> str:
    if isinstance(at, datetime) and at.tzinfo is None:
        message = "an instant of the ledger needs a time zone"
        raise ValueError(message)
    return at.isoformat()


def _canonical(details: Mapping[str, object]) -> str:
    return json.dumps(
        details,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
