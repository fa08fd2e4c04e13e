"""Chance as the ledger bound it: dice of audits and what they go by, seeds of checks."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import LedgerBrokenError
from kecan.web.paper_count.auditing import AUDIT_TERMS
from kecan.web.paper_count.models import PaperAudit, ScanCount

if TYPE_CHECKING:
    from collections.abc import Iterable

AUDIT_BEGUN = "count.audit_begun"
DICE_ENTERED = "count.dice_entered"
SCANS_CLOSED = "count.scans_closed"
_DICE = ("dice", *AUDIT_TERMS)
_MIGRATED = "kecan"
"""Who entered and confirmed the dice of audits older than the rule of two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An entry that tells dice or a seed; what an older version did not tell is blank."""

    sequence: int
    title: str
    actor: str
    drawn: tuple[str, ...]


def verify_dice() -> None:
    """Check that every audit goes by the dice that the ledger says two members read.

    And by the risk limit and the rest of its terms, which its entries tell with them.

    Raises:
        LedgerBrokenError: If dice or terms were changed, added or removed past the program; it
            names the entry that told them, or the last one that told any.
    """
    audits = _rows_of_audits()
    if audits is None:
        return  # a database of an older version, before it is brought up to date
    begun, entered = _told(AUDIT_BEGUN, *_DICE), _told(DICE_ENTERED, *_DICE)
    confirmed = [one for one in audits if one[3]]
    _require_rows(begun, ((title, dice) for title, dice, _, _ in confirmed))
    of_two = {(one.title, one.drawn, one.actor) for one in begun}
    drawn = {(one.title, one.drawn) for one in begun}
    first = {(one.title, one.drawn, one.actor) for one in entered}
    for title, dice, entered_by, confirmed_by in audits:
        if _MIGRATED in (entered_by, confirmed_by):
            is_told = (title, dice) in drawn
        else:
            is_told = (title, dice, entered_by) in first and (
                not confirmed_by or (title, dice, confirmed_by) in of_two
            )
        if not is_told:
            last = max((one.sequence for one in (*begun, *entered)), default=1)
            raise LedgerBrokenError(last, _ADDED)


def verify_check_seeds() -> None:
    """Check that the seed that drew the checks of a closed count still stands.

    Raises:
        LedgerBrokenError: If one was changed past the program; it names the entry.
    """
    try:
        with transaction.atomic():
            rows = [
                (title, (seed,))
                for title, seed in ScanCount.objects.values_list(
                    "conference__title", "check_seed"
                )
            ]
    except DatabaseError:
        return
    _require_rows(_told(SCANS_CLOSED, "check_seed"), rows)


def _require_rows(
    told: Iterable[_Told], rows: Iterable[tuple[str, tuple[str, ...]]]
) -> None:
    left = Counter(rows)
    for one in told:
        if not left[one.title, one.drawn]:
            raise LedgerBrokenError(one.sequence, _CHANGED)
        left[one.title, one.drawn] -= 1


def _told(action: str, key: str, *more: str) -> list[_Told]:
    entries = [
        (one, json.loads(one.details))
        for one in LedgerEntry.objects.filter(action=action).order_by("sequence")
    ]
    return [
        _Told(
            sequence=one.sequence,
            title=one.subject,
            actor=one.actor,
            drawn=tuple(details.get(name, "") for name in (key, *more)),
        )
        for one, details in entries
        if key in details
    ]


def _rows_of_audits() -> list[tuple[str, tuple[str, ...], str, str]] | None:
    rows = PaperAudit.objects.values_list(
        "conference__title", "entered_by", "confirmed_by", *_DICE
    )
    try:
        with transaction.atomic():
            return [
                (title, tuple(drawn), entered_by, confirmed_by)
                for title, entered_by, confirmed_by, *drawn in rows
            ]
    except DatabaseError:
        return None


_CHANGED = "xúc xắc, giới hạn rủi ro hoặc mầm mà mục này ghi đã bị sửa hoặc xoá trong cơ sở dữ liệu"
_ADDED = "có xúc xắc hoặc giới hạn rủi ro mà hai người ghi trong sổ không ghi như vậy"
