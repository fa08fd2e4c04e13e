"""Sheets pulled for the audit: who still has to read them, what stands of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.web.paper_count.looks import BLIND, settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.web.paper_count.models import AuditedSheet, PaperAudit


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """What stands of an audited sheet; ``agreed`` is None if it is not in the stack."""

    is_valid: bool
    agreed: tuple[tuple[int, ...], ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetToRead:
    """A sheet that waits for somebody to read it; never what others read."""

    number: int
    looks: int
    is_own_done: bool

    @property
    def is_third_look(self) -> bool:
        """Whether two people differed and the next decides."""
        return self.looks == BLIND


def readings_by_sheet(begun: PaperAudit) -> dict[int, list[AuditedSheet]]:
    """Return the readings of every sheet anybody has read, in the order of looks."""
    found: dict[int, list[AuditedSheet]] = {}
    for one in begun.sheets.order_by("number", "look"):
        found.setdefault(one.number, []).append(one)
    return found


def settled_sheets(
    readings: Mapping[int, Sequence[AuditedSheet]],
) -> dict[int, SheetRead]:
    """Return what stands of each sheet enough people have read."""
    stands = {
        number: settled([_said(one) for one in looks])
        for number, looks in readings.items()
    }
    return {number: one for number, one in stands.items() if one is not None}


def _said(one: AuditedSheet) -> SheetRead:
    return SheetRead(
        is_valid=one.is_valid,
        agreed=None
        if one.agreed is None
        else tuple(tuple(lines) for lines in one.agreed),
    )


def sheets_to_read(
    pull: Sequence[int],
    readings: Mapping[int, Sequence[AuditedSheet]],
    *,
    login: str = "",
) -> tuple[SheetToRead, ...]:
    """Return the sheets of a draw that not enough people have read, in its order."""
    done = settled_sheets(readings)
    return tuple(
        SheetToRead(
            number=number,
            looks=len(readings.get(number, ())),
            is_own_done=any(one.read_by == login for one in readings.get(number, ())),
        )
        for number in pull
        if number not in done
    )
