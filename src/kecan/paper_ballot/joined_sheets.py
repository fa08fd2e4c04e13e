"""From pages that carry the id of their sheet to ballots; what a ballot's pages settle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.paper_ballot.decisions import Reason

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


def vouched_for(pages: Sequence[PageRecord]) -> list[PageRecord]:
    """Return the pages of one ballot; where one has a sure mark, no mark means none.

    A pen that shows on one page would show on a bleached one: see
    :mod:`kecan.paper_ballot.bleached`.
    """
    if not any(box.state == "1" for page in pages for box in page.boxes):
        return list(pages)
    return [_as_it_looks(page) if is_asked_for(page) else page for page in pages]


def is_asked_for(page: PageRecord) -> bool:
    """Tell whether the paper of a page on which nothing shows is to be looked at."""
    doubts = [box.reason for box in page.boxes if box.state == "?"]
    return doubts == [Reason.BLEACHED]


def _as_it_looks(page: PageRecord) -> PageRecord:
    boxes = (replace(box, state="0", reason="") for box in page.boxes)
    return replace(page, boxes=tuple(boxes))
