"""What may be read about a conference; nothing about a choice before the count closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.tally import (
    Attendance,
    InvalidReason,
    LineState,
    Sheet,
    SheetDifference,
    compare_keyings,
)
from kecan.web.conferences.models import (
    Conference,
    Contest,
    KeyedSheet,
    RollSeat,
    SheetResolution,
)
from kecan.web.conferences.rules import step_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable


def ballot_shape(conference: Conference) -> list[Contest]:
    """Return the contests in ballot order."""
    return list(conference.contests.order_by("order"))


def attendance_of(conference: Conference) -> Attendance:
    """Return the people and ballots around the count."""
    return Attendance(
        summoned=conference.summoned or 0,
        present=conference.present or 0,
        issued=conference.count.issued,
    )


def keyed_sheets(conference: Conference, slot: int) -> list[Sheet]:
    """Return the sheets of one keying; for the comparison only."""
    return _sheets(
        KeyedSheet.objects.filter(
            keying__conference=conference, keying__slot=slot
        ).order_by("sheet_number")
    )


def open_differences(conference: Conference) -> list[SheetDifference]:
    """Return the sheets that still need a third look.

    Empty until both keyings are finished: nobody sees the other's before.
    """
    blind_keyings = 2
    if conference.keyings.filter(is_finished=True).count() != blind_keyings:
        return []
    resolved = set(conference.resolutions.values_list("sheet_number", flat=True))
    return [
        difference
        for difference in compare_keyings(
            keyed_sheets(conference, 1), keyed_sheets(conference, 2)
        )
        if difference.number not in resolved
    ]


def agreed_sheets(conference: Conference) -> list[Sheet]:
    """Return every sheet as both keyings read it, or as the third look settled it."""
    agreed = {sheet.number: sheet for sheet in keyed_sheets(conference, 1)}
    for settled in _sheets(
        SheetResolution.objects.filter(conference=conference).order_by("sheet_number")
    ):
        agreed[settled.number] = settled
    return [agreed[number] for number in sorted(agreed)]


def _sheets(rows: Iterable[KeyedSheet | SheetResolution]) -> list[Sheet]:
    return [
        Sheet(
            number=row.sheet_number,
            states=tuple(
                tuple(LineState(state) for state in states) for states in row.states
            ),
            write_ins=tuple(tuple(names) for names in row.write_ins),
            invalid_reason=InvalidReason(row.invalid_reason)
            if row.invalid_reason
            else None,
        )
        for row in rows
    ]


def roll_by_category(conference: Conference) -> list[tuple[str, list[RollSeat]]]:
    """Return the roll under its categories, in seating order."""
    groups: dict[str, list[RollSeat]] = {}
    for seat in conference.seats.select_related("person").order_by("number"):
        groups.setdefault(seat.category_title, []).append(seat)
    return list(groups.items())


def lacks_quorum(conference: Conference) -> str:
    """Return the warning of a conference below its quorum; empty when it is met."""
    quorum = step_from_json(conference.rules).quorum
    present, summoned = conference.present, conference.summoned
    if present is None or not summoned:
        return ""
    if present * quorum.share.denominator >= summoned * quorum.share.numerator:
        return ""
    return (
        f"Có mặt {present} trên {summoned} người được triệu tập, chưa đủ "
        f"{quorum.share.numerator}/{quorum.share.denominator}."
    )


def keying_progress(conference: Conference) -> list[tuple[int, int, bool]]:
    """Return (slot, sheets keyed, finished) of each keying; counts only."""
    return [
        (keying.slot, keying.sheets.count(), keying.is_finished)
        for keying in conference.keyings.order_by("slot")
    ]
