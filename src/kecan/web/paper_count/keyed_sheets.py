"""Sheets that were keyed because no scanner takes them: who still has to, what stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.tally import InvalidReason, LineState, Sheet
from kecan.web.paper_count.looks import BLIND, settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.models import ScannedSheet, SheetReading


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetToKey:
    """A sheet that waits for somebody to key it; never what others keyed."""

    token: str
    looks: int
    is_own_done: bool

    @property
    def is_third_look(self) -> bool:
        """Whether two people differed and the next decides."""
        return self.looks == BLIND


def sheets_to_key(conference: Conference, *, login: str = "") -> list[SheetToKey]:
    """Return the sheets not enough people have keyed, by their random token."""
    rows = conference.scanned_sheets.filter(is_keyed=True).prefetch_related(
        "readings", "rulings"
    )
    return [
        SheetToKey(
            token=sheet.token,
            looks=len(sheet.readings.all()),
            is_own_done=any(one.read_by == login for one in sheet.readings.all()),
        )
        for sheet in rows.order_by("token")
        if settled_reading(list(sheet.readings.all())) is None
        and not _is_there_twice(sheet)
    ]


def _is_there_twice(sheet: ScannedSheet) -> bool:
    """Tell whether people concluded that the stack has no such sheet of its own."""
    values = [one.value for one in sheet.rulings.all()]
    return len(values) > 1 and set(values) == {"twice"}


def settled_reading(readings: Sequence[SheetReading]) -> Sheet | None:
    """Return what stands: two blind readings that agree, or the third."""
    return settled([as_sheet(one) for one in readings])


def as_sheet(reading: SheetReading, *, number: int = 1) -> Sheet:
    """Return one reading as a sheet."""
    reason = reading.invalid_reason
    return Sheet(
        number=number,
        states=tuple(
            tuple(LineState(state) for state in states) for states in reading.states
        ),
        write_ins=tuple(tuple(names) for names in reading.write_ins),
        invalid_reason=InvalidReason(reason) if reason else None,
    )


def keyed_sheet(sheet: ScannedSheet, *, number: int) -> Sheet:
    """Return a keyed sheet as it stands; only when enough people have keyed it.

    Raises:
        ValueError: If it is not settled.
    """
    readings = list(sheet.readings.all())
    read = settled_reading(readings)
    if read is None:
        msg = f"keyed sheet {sheet.token} is not settled"
        raise ValueError(msg)
    return Sheet(
        number=number,
        states=read.states,
        write_ins=read.write_ins,
        invalid_reason=read.invalid_reason,
    )
