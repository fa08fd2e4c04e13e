"""Read one page: two readers that must agree, then what a person has to see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

from kecan.paper_ballot.align import PageRejectedError, Rejection, find_page
from kecan.paper_ballot.blank_page import blank_pages
from kecan.paper_ballot.bleached import asked_where_bleached
from kecan.paper_ballot.composing import layout_of
from kecan.paper_ballot.decisions import Decision, Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.inner_stretch import with_inner_stretch
from kecan.paper_ballot.interpret import are_alike, decide_boxes, is_mark
from kecan.paper_ballot.layout import LineKind
from kecan.paper_ballot.linked_boxes import linked_boxes
from kecan.paper_ballot.margins import writing_outside
from kecan.paper_ballot.marks import measure_boxes, writing
from kecan.paper_ballot.page_lines import EvenedPage, without_page_lines
from kecan.paper_ballot.second_look import clean_page
from kecan.paper_ballot.second_reader import SecondReading, read_difference
from kecan.paper_ballot.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.blank_page import BlankPage
    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.layout import BallotLayout
    from kecan.paper_ballot.marks import BoxInk
    from kecan.paper_ballot.thresholds import Thresholds

_CLEARED = frozenset(
    {
        Reason.LINE_THROUGH,
        Reason.BESIDE,
        Reason.FAINT,
        Reason.SMALL,
        Reason.WRITE_IN,
        Reason.ROW_STRUCK,
    }
)
"""Doubts that dirt can raise: a second look at a cleaner page may settle them."""
_CAUTION = 0.8
"""Share of the usual ink that keeps a doubt alive on the second look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBallot:
    """What the reader knows of a ballot: its layouts and its blank pages.

    A style is drawn when the first sheet of it comes; most counts see one only.
    """

    form: BallotForm
    layouts: tuple[BallotLayout, ...]
    _blanks: dict[str, dict[int, BlankPage]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def blank(self, layout: BallotLayout, *, page: int) -> BlankPage:
        """Return a page as printed; ``layout`` is one of this ballot's."""
        drawn = self._blanks.get(layout.style)
        if drawn is None:
            drawn = self._blanks[layout.style] = blank_pages(self.form, layout)
        return drawn[page]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """A page that was read; ``decisions``, ``inks`` and ``second`` follow the boxes.

    ``written_at`` is the paper outside the rows on which somebody wrote.
    """

    found: FoundPage
    decisions: tuple[Decision, ...]
    inks: tuple[BoxInk, ...]
    second: tuple[SecondReading, ...]
    writing: tuple[float, ...]
    signature: bytes
    written_at: Rectangle | None = None


@lru_cache(maxsize=4)
def printed_ballot(form: BallotForm) -> PrintedBallot:
    """Return what the reader knows of every style of a form; kept for the process."""
    layouts = tuple(layout_of(form, style=style) for style in Style)
    return PrintedBallot(form=form, layouts=layouts)


def read_page(
    image: NDArray[np.uint8],
    printed: PrintedBallot,
    *,
    thresholds: Thresholds = THRESHOLDS,
) -> PageReading | Rejection:
    """Read a page, or say why it was not read.

    Args:
        image: Grey page, uint8, 0 = black, 150 to 600 dpi, either way up.
        printed: Every style of the ballot.
        thresholds: The numbers of the decision.
    """
    scan = ScanImage(image)
    try:
        found = find_page(scan, printed.layouts)
    except PageRejectedError as refusal:
        return refusal.reason
    blank = printed.blank(found.layout, page=found.page.number)
    even = without_page_lines(scan, found)
    reading = _read_boxes(even, found, printed, blank=blank, thresholds=thresholds)
    if not reading.decisions:
        return reading
    if found.is_bleached:
        decisions = asked_where_bleached(reading.decisions, found.page.boxes)
        reading = replace(reading, decisions=decisions)
    written = writing_outside(scan, even.all_out, found, blank=blank)
    if written is None:
        return reading
    seen = NeedsReview(reason=Reason.WRITTEN_OUTSIDE)
    decisions = (seen, *reading.decisions[1:])
    return replace(reading, decisions=decisions, written_at=written)


def _read_boxes(
    even: EvenedPage,
    found: FoundPage,
    printed: PrintedBallot,
    *,
    blank: BlankPage,
    thresholds: Thresholds,
) -> PageReading:
    """Decide every box, looking again at a page that left doubts."""
    reading = _judged(even, found, blank=blank, thresholds=thresholds)
    if not any(_may_be_cleared(one) for one in reading.decisions):
        return reading
    pages = [printed.blank(found.layout, page=one.number) for one in found.layout.pages]
    nearer = with_inner_stretch(even.all_out, found, blank=blank)
    clean = clean_page(
        even.all_out.full, nearer, blank=blank, others=pages, scan=even.at_boxes.full
    )
    again = _judged(
        clean,
        nearer,
        blank=blank,
        thresholds=thresholds,
        caution=_CAUTION,
        before=reading,
    )
    settled = [
        _settled(*looks, is_mark=is_mark(ink, thresholds=thresholds))
        for *looks, ink in zip(
            reading.decisions, again.decisions, reading.inks, strict=True
        )
    ]
    return replace(reading, decisions=tuple(settled))


def _may_be_cleared(decision: Decision) -> bool:
    return isinstance(decision, NeedsReview) and decision.reason in _CLEARED


def _settled(first: Decision, again: Decision, *, is_mark: bool) -> Decision:
    """Return what a second look at a cleaner page may change: doubts of its kind.

    It takes dirt away. What was no mark as it was scanned does not become one, and what
    looked like one does not become an empty box.
    """
    if not _may_be_cleared(first):
        return first
    if not isinstance(again, NeedsReview) and isinstance(again, Marked) != is_mark:
        return first
    return again


def _judged(
    even: EvenedPage,
    found: FoundPage,
    *,
    blank: BlankPage,
    thresholds: Thresholds,
    caution: float = 1.0,
    before: PageReading | None = None,
) -> PageReading:
    inks, signature = measure_boxes(even.at_boxes, found)
    if before is not None:
        # Cleaning takes some print away as well: the rest of a frame would look added.
        pairs = zip(inks, before.inks, strict=True)
        inks = [one._replace(at_frame=was.at_frame) for one, was in pairs]
    marks = [ink.darkness for ink in inks if ink.coverage >= thresholds.marked_coverage]
    second = read_difference(
        even.all_out,
        found,
        blank=blank,
        pen=median(marks) if marks else 1.0,
        caution=caution,
        before=None if before is None else before.second,
    )
    written = writing(even.all_out.full, found)
    decisions = decide_boxes(inks, thresholds=thresholds)
    decisions = _agreed(decisions, second)
    decisions = _by_line(found, decisions, inks, thresholds=thresholds)
    for index in linked_boxes(even.at_boxes, found, inks):
        decisions[index] = NeedsReview(reason=Reason.LINE_THROUGH)
    return PageReading(
        found=found,
        decisions=tuple(_with_writing(found, decisions, written, thresholds)),
        inks=tuple(inks),
        second=tuple(second),
        writing=tuple(written),
        signature=signature,
    )


def _agreed(
    decisions: Sequence[Decision], second: Sequence[SecondReading]
) -> list[Decision]:
    return [_both(*pair) for pair in zip(decisions, second, strict=True)]


def _both(first: Decision, second: SecondReading) -> Decision:
    match first:
        case NeedsReview():
            return first
        case _ if second.is_row_struck:
            return NeedsReview(reason=Reason.ROW_STRUCK)
        case Marked() if second.is_marked:
            return first
        case Empty() if second.is_empty:
            return first
        case _:
            return NeedsReview(reason=Reason.READERS_DISAGREE)


def _by_line(
    found: FoundPage,
    decisions: list[Decision],
    inks: Sequence[BoxInk],
    *,
    thresholds: Thresholds,
) -> list[Decision]:
    """Send both boxes of a line to a person when only one may be meant."""
    lines: dict[tuple[int, int], list[int]] = {}
    for index, (box, one) in enumerate(zip(found.page.boxes, decisions, strict=True)):
        if isinstance(one, Marked):
            lines.setdefault((box.contest, box.line), []).append(index)
    for marked in lines.values():
        if len(marked) > 1 and not are_alike(
            *(inks[index] for index in marked), thresholds=thresholds
        ):
            for index in marked:
                decisions[index] = NeedsReview(reason=Reason.TWO_UNLIKE)
    return decisions


def _with_writing(
    found: FoundPage,
    decisions: Sequence[Decision],
    written: Sequence[float],
    thresholds: Thresholds,
) -> Sequence[Decision]:
    """Send every box of a write-in line to a person when anything is on the line."""
    if not found.page.write_in_zones:
        return decisions
    used = {
        (zone.contest, zone.line)
        for zone, area in zip(found.page.write_in_zones, written, strict=True)
        if area > thresholds.write_in
    }
    used |= {
        (box.contest, box.line)
        for box, one in zip(found.page.boxes, decisions, strict=True)
        if box.kind is LineKind.WRITE_IN and not isinstance(one, Empty)
    }
    return [
        NeedsReview(reason=Reason.WRITE_IN)
        if box.kind is LineKind.WRITE_IN and (box.contest, box.line) in used
        else one
        for box, one in zip(found.page.boxes, decisions, strict=True)
    ]
