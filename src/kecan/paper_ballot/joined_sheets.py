"""From pages that carry the id of their sheet to ballots, and which pages came twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.paper_ballot.batch import PageRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsById:
    """Pages joined by id.

    A ballot has a page twice where two scans under one id contradict each other:
    there are two sheets with one id, and a person has to see them. ``second_scans``
    are scans of a page that is there already and says nothing else.
    """

    ballots: tuple[tuple[PageRecord, ...], ...]
    second_scans: tuple[PageRecord, ...]


def sheets_by_id(records: Iterable[PageRecord]) -> SheetsById:
    """Join pages that were read, in whatever order they were fed.

    Of two scans of one page the one with fewer doubtful boxes stays.
    """
    by_sheet: dict[tuple[str, str], dict[int, list[PageRecord]]] = {}
    for one in records:
        pages = by_sheet.setdefault((one.style, one.sheet_id), {})
        pages.setdefault(one.page, []).append(one)
    ballots, second_scans = [], []
    for pages in by_sheet.values():
        ballot: list[PageRecord] = []
        for _, scans in sorted(pages.items()):
            stays, again = _parted(scans)
            ballot += stays
            second_scans += again
        ballots.append(tuple(ballot))
    return SheetsById(ballots=tuple(ballots), second_scans=tuple(second_scans))


def _parted(
    scans: Sequence[PageRecord],
) -> tuple[list[PageRecord], list[PageRecord]]:
    """Part scans of one page into those that stay and second scans of these."""
    stays: list[PageRecord] = []
    again = []
    for one in sorted(scans, key=lambda one: (doubts(one), one.digest)):
        if any(not contradict(one, other) for other in stays):
            again.append(one)
        else:
            stays.append(one)
    return stays, again


def doubts(page: PageRecord) -> int:
    """Return how many boxes of a page wait for a person."""
    return sum(box.state == "?" for box in page.boxes)


def contradict(one: PageRecord, other: PageRecord) -> bool:
    """Tell whether two readings of a page are sure of different marks."""
    return any(
        {mine.state, theirs.state} == {"0", "1"}
        for mine, theirs in zip(one.boxes, other.boxes, strict=True)
    )
