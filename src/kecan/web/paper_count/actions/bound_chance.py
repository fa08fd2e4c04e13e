"""Chance as the ledger bound it: dice of audits and what they go by, seeds of checks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import LedgerBrokenError
from kecan.web.conferences.actions.recording import CONFERENCE
from kecan.web.paper_count.auditing import AUDIT_TERMS
from kecan.web.paper_count.models import PaperAudit, ScanCount

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.conferences.models import Conference

AUDIT_BEGUN = "count.audit_begun"
DICE_ENTERED = "count.dice_entered"
SCANS_CLOSED = "count.scans_closed"
_DICE = ("dice", *AUDIT_TERMS)
_NAMES = ("conference__title", "conference__order", "conference__round__key")
_MIGRATED = "kecan"
"""Who entered and confirmed the dice of audits older than the rule of two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An entry that tells dice or a seed; what an older version did not tell is blank.

    ``conference`` is the name no other has; its title in entries of older versions.
    """

    sequence: int
    conference: str
    actor: str
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The dice of an audit, or a seed, as its row holds it."""

    names: frozenset[str]
    drawn: tuple[str, ...]
    entered_by: str = ""
    confirmed_by: str = ""

    def is_told_by(self, entries: Iterable[_Told], *, actor: str | None) -> bool:
        """Tell whether an entry tells of it; ``actor`` is by whom, None for anybody."""
        return any(
            one.conference in self.names
            and one.drawn == self.drawn
            and actor in {None, one.actor}
            for one in entries
        )


def verify_dice() -> None:
    """Check that every audit goes by the dice that the ledger says two members read.

    And by the risk limit and the rest of its terms, which its entries tell with them.

    Raises:
        LedgerBrokenError: If dice or terms were changed, added or removed past the
            program; it names the entry that told them, or the last one that told any.
    """
    audits = _rows_of_audits()
    if audits is None:
        return  # a database of an older version, before it is brought up to date
    begun, entered = _told(AUDIT_BEGUN, *_DICE), _told(DICE_ENTERED, *_DICE)
    _require_rows(begun, (one for one in audits if one.confirmed_by))
    for one in audits:
        if _MIGRATED in (one.entered_by, one.confirmed_by):
            is_told = one.is_told_by(begun, actor=None)
        else:
            is_told = one.is_told_by(entered, actor=one.entered_by) and (
                not one.confirmed_by or one.is_told_by(begun, actor=one.confirmed_by)
            )
        if not is_told:
            last = max((one.sequence for one in (*begun, *entered)), default=1)
            raise LedgerBrokenError(last, _ADDED)


def verify_check_seeds() -> None:
    """Check that the seed that drew the checks of a closed count still stands.

    Raises:
        LedgerBrokenError: If one was changed past the program; it names the entry.
    """
    rows = ScanCount.objects.select_related("conference__round").only(
        "check_seed", *_NAMES
    )
    try:
        with transaction.atomic():
            seeds = [
                _Stored(names=_names(one.conference), drawn=(one.check_seed,))
                for one in rows
            ]
    except DatabaseError:
        return
    _require_rows(_told(SCANS_CLOSED, "check_seed"), seeds)


def _require_rows(told: Iterable[_Told], rows: Iterable[_Stored]) -> None:
    left = list(rows)
    for entry in told:
        stands = [one for one in left if one.is_told_by([entry], actor=None)]
        if not stands:
            raise LedgerBrokenError(entry.sequence, _CHANGED)
        left.remove(stands[0])


def _told(action: str, key: str, *more: str) -> list[_Told]:
    entries = [
        (one, json.loads(one.details))
        for one in LedgerEntry.objects.filter(action=action).order_by("sequence")
    ]
    return [
        _Told(
            sequence=one.sequence,
            conference=details.get(CONFERENCE, one.subject),
            actor=one.actor,
            drawn=tuple(details.get(name, "") for name in (key, *more)),
        )
        for one, details in entries
        if key in details
    ]


def _names(conference: Conference) -> frozenset[str]:
    return frozenset({conference.key, conference.title})


def _rows_of_audits() -> list[_Stored] | None:
    try:
        with transaction.atomic():
            return [
                _Stored(
                    names=_names(one.conference),
                    drawn=tuple(getattr(one, name) for name in _DICE),
                    entered_by=one.entered_by,
                    confirmed_by=one.confirmed_by,
                )
                for one in PaperAudit.objects.select_related("conference__round")
            ]
    except DatabaseError:
        return None


_CHANGED = "xúc xắc, giới hạn rủi ro hoặc mầm mà mục này ghi đã bị sửa hoặc xoá trong cơ sở dữ liệu"
_ADDED = "có xúc xắc hoặc giới hạn rủi ro mà hai người ghi trong sổ không ghi như vậy"
