"""From pages to ballots to a count in which every sheet is accounted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.paper_ballot.joined_sheets import is_asked_for, sheets_by_id, vouched_for
from kecan.paper_ballot.layout import Column
from kecan.paper_ballot.rescans import alike_pairs
from kecan.paper_ballot.stack_order import ballots_of_pages
from kecan.tally import (
    Attendance,
    BallotCount,
    LineState,
    Sheet,
    count_sheets,
    invalid_by_marks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm
    from kecan.tally import BallotRules


class Standing(StrEnum):
    """Where a ballot stands."""

    COUNTED = "counted"
    INVALID = "invalid"
    PENDING = "pending"  # a doubtful box, a missing page, or perhaps a second scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One voter's pages. ``why`` says what a pending one waits for."""

    pages: tuple[PageRecord, ...]
    standing: Standing
    why: str = ""
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCount:
    """The whole batch: nothing scanned is missing from it.

    ``count`` holds only ballots without any doubt; it is final when ``pending`` and
    ``rejected`` are empty and ``unaccounted`` is 0 or None (not told how many).
    ``second_scans`` are known by the id of their sheet, ``alike`` ones by their ink.
    ``vouched`` are pages asked for as they were read, which other pages of their ballots
    vouch for: see :func:`~kecan.paper_ballot.joined_sheets.vouched_for`.
    """

    ballots: tuple[Ballot, ...]
    rejected: tuple[PageRecord, ...]
    same_image: tuple[PageRecord, ...]
    alike: tuple[tuple[str, str], ...]
    count: BallotCount
    unaccounted: int | None
    second_scans: tuple[PageRecord, ...] = ()
    vouched: tuple[PageRecord, ...] = ()

    @property
    def pending(self) -> tuple[Ballot, ...]:
        """Ballots a person has to look at."""
        return tuple(b for b in self.ballots if b.standing is Standing.PENDING)

    @property
    def unmarked(self) -> int:
        """Ballots without a mark: no ink tells whether one was scanned twice."""
        return sum(
            all(box.state == "0" for page in one.pages for box in page.boxes)
            for one in self.ballots
        )


def count_pages(
    form: BallotForm,
    records: Sequence[PageRecord],
    *,
    pages_of_style: Mapping[str, int],
    rules: BallotRules,
    issued: int | None = None,
    spoiled: int = 0,
) -> ScanCount:
    """Put pages together, judge ballots and add up those without doubt.

    Args:
        form: The ballot.
        records: Every page in feeding order.
        pages_of_style: How many pages a ballot of each style has.
        rules: What makes a ballot invalid.
        issued: Ballots given out; None if unknown.
        spoiled: Ballots given back unused or exchanged.
    """
    rejected = tuple(one for one in records if one.rejection)
    read, same_image = without_repeats([one for one in records if not one.rejection])
    by_id = sheets_by_id(read if form.has_sheet_ids else ())
    alike = () if form.has_sheet_ids else tuple(sorted(alike_pairs(read)))
    suspects = {digest for pair in alike for digest in pair}
    groups: list[Sequence[PageRecord]] = list(by_id.ballots)
    if not form.has_sheet_ids:
        again = {id(one) for one in same_image}
        in_order = [one for one in records if id(one) not in again]
        groups += ballots_of_pages(in_order, pages_of_style=pages_of_style)
    asked = {id(one) for one in read if is_asked_for(one)}
    groups = [vouched_for(pages) for pages in groups]
    asked -= {id(page) for pages in groups for page in pages}
    groups.sort(key=lambda pages: min(page.digest for page in pages))
    ballots = [
        _ballot(
            form, pages, pages_of_style=pages_of_style, rules=rules, suspects=suspects
        )
        for pages in groups
    ]
    judged = _numbered(ballots)
    sheets = [one.sheet for one in judged if one.sheet is not None]
    people = len(sheets) if issued is None else max(issued, len(sheets))
    count = count_sheets(
        sheets,
        attendance=Attendance(summoned=people, present=people, issued=people),
        shape=[len(contest.nominees) for contest in form.contests],
    )
    return ScanCount(
        ballots=tuple(judged),
        rejected=rejected,
        same_image=tuple(same_image),
        alike=alike,
        count=count,
        unaccounted=None if issued is None else issued - spoiled - len(judged),
        second_scans=by_id.second_scans,
        vouched=tuple(one for one in read if id(one) in asked),
    )


def without_repeats(
    records: Iterable[PageRecord],
) -> tuple[list[PageRecord], list[PageRecord]]:
    """Part the records into first and repeated scans of the same image."""
    kept: dict[str, PageRecord] = {}
    again = []
    for one in records:
        if one.digest in kept:
            again.append(one)
        kept.setdefault(one.digest, one)
    return list(kept.values()), again


def _ballot(
    form: BallotForm,
    pages: Sequence[PageRecord],
    *,
    pages_of_style: Mapping[str, int],
    rules: BallotRules,
    suspects: set[str],
) -> Ballot:
    why = ""
    different = {page.page for page in pages}
    if len(different) < len(pages):
        why = "one_id_on_two_sheets"
    elif len(different) < pages_of_style[pages[0].style]:
        why = "missing_page"
    elif any(box.state == "?" for page in pages for box in page.boxes):
        why = "doubtful_box"
    elif any(page.digest in suspects for page in pages):
        why = "perhaps_scanned_twice"
    if why:
        return Ballot(pages=tuple(pages), standing=Standing.PENDING, why=why)
    sheet = Sheet(number=1, states=line_states(form, pages))
    most = [contest.max_choices for contest in form.contests]
    reason = invalid_by_marks(sheet, most=most, rules=rules)
    return Ballot(
        pages=tuple(pages),
        standing=Standing.COUNTED if reason is None else Standing.INVALID,
        why="" if reason is None else reason.value,
        sheet=replace(sheet, invalid_reason=reason),
    )


def line_states(
    form: BallotForm, pages: Iterable[PageRecord]
) -> tuple[tuple[LineState, ...], ...]:
    """Return the state of every nominee's line, contest by contest."""
    marked = {
        (box.contest, box.line, Column(box.column))
        for page in pages
        for box in page.boxes
        if box.state == "1"
    }
    kinds = {
        (True, True): LineState.BOTH,
        (True, False): LineState.AGREE,
        (False, True): LineState.DISAGREE,
        (False, False): LineState.NONE,
    }
    return tuple(
        tuple(
            kinds[
                (contest, line, Column.AGREE) in marked,
                (contest, line, Column.DISAGREE) in marked,
            ]
            for line in range(1, len(one.nominees) + 1)
        )
        for contest, one in enumerate(form.contests, start=1)
    )


def _numbered(ballots: Sequence[Ballot]) -> list[Ballot]:
    """Number the sheets by image hash: an order that comes from no voter."""
    return [
        replace(one, sheet=replace(one.sheet, number=number)) if one.sheet else one
        for number, one in enumerate(ballots, start=1)
    ]
