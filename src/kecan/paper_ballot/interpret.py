"""Decide what the measured ink means, or that a person has to.

The thresholds are data. Between "surely empty" and "surely marked" lies a wide gap,
and everything unusual around a box goes to a person: the reader never guesses.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.marks import BoxInk


class Reason(StrEnum):
    """Why a person has to look at a box."""

    FRAME_LOST = "frame_lost"  # the printed box is covered or not where it should be
    LINE_THROUGH = "line_through"  # a fold, a streak or a stroke crosses the box
    BESIDE = "beside"  # ink outside the box, nothing sure inside
    AROUND = "around"  # ink on most sides: a circle
    SMALL = "small"  # ink inside, too little for a mark
    FAINT = "faint"  # much lighter than the voter's other marks, or hardly visible
    HEAVY = "heavy"  # far more ink than the voter's other marks: struck out?
    TWO_UNLIKE = "two_unlike"  # both boxes of a line, marked differently
    WRITE_IN = "write_in"  # something is written on the line
    ROW_STRUCK = "row_struck"  # ink over the printed row
    READERS_DISAGREE = "readers_disagree"
    BLEACHED = "bleached"  # no mark is sure on paper that the scanner bleached
    WRITTEN_OUTSIDE = "written_outside"  # of the first box: look at all the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers of the decision, kept with every count.

    What lies between empty and marked is for people. Shares and darkness are those of
    :class:`~kecan.paper_ballot.marks.BoxInk`; ``loose`` is in mm2.

    Args:
        empty_faint: Most of an empty box that may be faintly darker than paper.
        trace: The same where another box is faint and none of the page is marked.
        marked_coverage: Least of the inside that a mark covers.
        marked_span: Least length of a mark, as share of the box.
        marked_width: Least width of a mark: an upright line of less may be a streak.
        ruled_width: The same of a mark as full as a ruled line.
        ruled: Share of its outline that a ruled line fills.
        marked_darkness: Darkness from which a mark needs no others beside it.
        pale_darkness: Least darkness of a mark that others of the page resemble.
        pale_marks: How many marks of a page make pale ones a voter's habit.
        frame: Least of the printed frame that must show.
        frame_to_page: The same, of the usual frame of the page: less is painted over.
        through: Most that a line across all the paper may darken it.
        struck: Most that a line sticking out on both sides may darken it.
        struck_to_mark: The same of a marked box, as share of the mark's darkness.
        struck_filled: The same of a box filled with gaps, whose rim may look like one.
        full: Coverage of a box so full that its rim may look like any line.
        loose_alone: Most ink beside an empty box.
        loose_marked: Most ink beside a marked one, joined to no stroke of the mark.
        side_marked: Most of the farther paper that a mark's own strokes may cover.
        side_solid: The same of strokes so thick that they nearly fill the box.
        side_filled: The same of a filled box; more may be a stroke over it. And of any
            mark that has more ink just outside than the voter's others.
        around: Least of the directions in which a circle shows.
        solid: Coverage from which ink all around is a box filled beyond its frame.
        faint_to_habit: Least darkness, of the darkest of the voter's other marks.
        around_strokes: Least of the ink on two straight strokes, for ink on many sides
            to be the ends of a cross: around a circle there is far less.
        two_strokes: The same for a line that sticks out to be a stroke of the mark.
        most_out: Most mm that a stroke of a mark sticks out on both sides.
        more_to_habit: Most coverage of such a mark, of the voter's other marks: a mark
            struck out has a stroke more.
        out_to_habit: Most ink just outside of such a mark, of the voter's other marks.
        fuller_to_habit: Most coverage of a mark that no stroke was added to, of the
            plainest of the voter's other marks.
        heavy_to_habit: Most coverage and ink outside, of the voter's other marks.
        heavy_beyond: Coverage and near ink by which any two marks may differ.
        heavy_alone: Most coverage of a mark that sticks out, others being too few.
        near_alone: Most ink just outside that a heavy mark may have without others.
        filled: Coverage of a box that is filled, whatever was in it before.
        near_filled: Most ink just outside that a filled box may have: more is a mark
            crossed out, whatever the other marks of the page are.
        habit_marks: How many other marks make a habit.
        short: Length, as share of the box, below which a mark may be no mark.
        short_to_habit: The same, of the usual length of the voter's other marks.
        most_alike: Most that coverage of two marks on one line may differ.
        write_in: Most ink on a write-in line that is blank, in mm2.
    """

    empty_faint: float = 0.06
    trace: float = 0.012
    marked_coverage: float = 0.035
    marked_span: float = 0.40
    marked_width: float = 0.16
    ruled_width: float = 0.30
    ruled: float = 0.75
    marked_darkness: float = 0.30
    pale_darkness: float = 0.17
    pale_marks: int = 3
    frame: float = 0.55
    frame_to_page: float = 0.75
    through: float = 0.07
    struck: float = 0.12
    struck_to_mark: float = 0.30
    struck_filled: float = 0.40
    full: float = 0.85
    loose_alone: float = 0.15
    loose_marked: float = 0.30
    side_marked: float = 0.06
    side_solid: float = 0.14
    side_filled: float = 0.008
    around: float = 0.68
    solid: float = 0.60
    faint_to_habit: float = 0.60
    around_strokes: float = 0.75
    two_strokes: float = 0.90
    most_out: float = 1.6
    more_to_habit: float = 1.3
    out_to_habit: float = 2.0
    fuller_to_habit: float = 1.15
    heavy_to_habit: float = 1.7
    heavy_beyond: float = 0.06
    heavy_alone: float = 0.40
    near_alone: float = 0.10
    filled: float = 0.95
    near_filled: float = 0.18
    habit_marks: int = 2
    short: float = 0.52
    short_to_habit: float = 0.70
    most_alike: float = 1.6
    write_in: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The voter marked the box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """The voter left the box empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsReview:
    """A person decides; the reason groups the pictures."""

    reason: Reason


Decision = Marked | Empty | NeedsReview
THRESHOLDS = Thresholds()
_Doubts = tuple[tuple[bool, Reason], ...]


def decide_boxes(
    boxes: Sequence[BoxInk], *, thresholds: Thresholds = THRESHOLDS
) -> list[Decision]:
    """Decide every box of a page; the voter's own marks are the measure of habit."""
    frames = sorted(box.frame for box in boxes)
    least = thresholds.frame_to_page * frames[len(frames) // 2] if frames else 0.0
    first = [
        NeedsReview(reason=Reason.FRAME_LOST)
        if box.frame < least
        else decide_box(box, thresholds=thresholds)
        for box in boxes
    ]
    pairs = list(zip(boxes, first, strict=True))
    if not any(isinstance(one, Marked) for one in first):
        pairs = [
            (box, _beside_faint(box, one, first, thresholds)) for box, one in pairs
        ]
    sure = _Marks.of([box for box, one in pairs if isinstance(one, Marked)])
    return [
        _against_habit(box, others=sure.without(box), thresholds=thresholds)
        if isinstance(one, Marked)
        else one
        for box, one in pairs
    ]


class _Marks(NamedTuple):
    """What was measured of some marks, each measure in order."""

    coverage: list[float]
    darkness: list[float]
    span: list[float]
    near: list[float]
    struck: list[float]

    @classmethod
    def of(cls, boxes: Sequence[BoxInk]) -> _Marks:
        """Put the measures of boxes in order."""
        measured = zip(*map(_measures, boxes), strict=True)
        return cls(*map(sorted, measured)) if boxes else cls(*([] for _ in cls._fields))

    def without(self, box: BoxInk) -> _Marks:
        """Return the same without one of the boxes."""
        found = []
        for values, value in zip(self, _measures(box), strict=True):
            place = bisect_left(values, value)
            found.append(values[:place] + values[place + 1 :])
        return _Marks._make(found)


_measures = attrgetter(*_Marks._fields)


def _middle(ordered: list[float]) -> float:
    """Return the median of measures that are in order already."""
    half = len(ordered) // 2
    return (
        ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    )


def decide_box(box: BoxInk, *, thresholds: Thresholds) -> Decision:
    """Decide one box by its own ink; how dark and heavy it is, its page must tell."""
    is_marked = is_mark(box, thresholds=thresholds)
    doubts = _doubts_of_place(box, thresholds) + (
        _doubts_of_mark(box, thresholds)
        if is_marked
        else _doubts_of_empty(box, thresholds)
    )
    doubt = _first(doubts)
    if doubt is not None:
        return doubt
    return Marked() if is_marked else Empty()


def is_mark(box: BoxInk, *, thresholds: Thresholds = THRESHOLDS) -> bool:
    """Tell whether a box holds enough ink for a mark, whatever else is doubtful."""
    return (
        box.coverage >= thresholds.marked_coverage
        and box.span >= thresholds.marked_span
    )


def _first(doubts: _Doubts) -> NeedsReview | None:
    for is_doubtful, reason in doubts:
        if is_doubtful:
            return NeedsReview(reason=reason)
    return None


def _doubts_of_place(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    return (
        (box.frame < thresholds.frame, Reason.FRAME_LOST),
        (box.through > thresholds.through, Reason.LINE_THROUGH),
        (
            box.around > thresholds.around
            and box.coverage < thresholds.solid
            and box.strokes < thresholds.around_strokes,
            Reason.AROUND,
        ),
    )


def _doubts_of_mark(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    return (
        (_is_upright_line(box, thresholds), Reason.LINE_THROUGH),
        (box.side > _most_side(box, thresholds), Reason.BESIDE),
        (box.loose > thresholds.loose_marked, Reason.BESIDE),
        (
            box.coverage >= thresholds.filled and box.near > thresholds.near_filled,
            Reason.HEAVY,
        ),
        (box.darkness < thresholds.pale_darkness, Reason.FAINT),
    )


def _most_side(box: BoxInk, thresholds: Thresholds) -> float:
    """Return how much of the farther paper a mark may cover: more, if a thick pen's."""
    if box.coverage >= thresholds.solid:
        return thresholds.side_solid
    return thresholds.side_marked


def _is_upright_line(box: BoxInk, thresholds: Thresholds) -> bool:
    """Tell whether the ink is one line along the scanner's way, as dirt draws it."""
    is_ruled = box.coverage >= thresholds.ruled * box.wide * box.span
    return box.wide < (thresholds.ruled_width if is_ruled else thresholds.marked_width)


def _doubts_of_empty(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    return (
        (box.struck > thresholds.struck, Reason.LINE_THROUGH),
        (box.loose > thresholds.loose_alone, Reason.BESIDE),
        (box.coverage > 0, Reason.SMALL),
        (box.faint > thresholds.empty_faint, Reason.FAINT),
    )


def _beside_faint(
    box: BoxInk, one: Decision, others: Sequence[Decision], thresholds: Thresholds
) -> Decision:
    """Ask about the traces in a box where all that a page shows is as faint."""
    is_trace = isinstance(one, Empty) and box.faint > thresholds.trace
    if is_trace and NeedsReview(reason=Reason.FAINT) in others:
        return NeedsReview(reason=Reason.FAINT)
    return one


def _against_habit(box: BoxInk, *, others: _Marks, thresholds: Thresholds) -> Decision:
    is_pale = box.darkness < thresholds.marked_darkness
    count = len(others.coverage)
    if is_pale and count + 1 < thresholds.pale_marks:
        return NeedsReview(reason=Reason.FAINT)
    if count < thresholds.habit_marks:
        doubts = _doubts_alone(box, thresholds)
    else:
        doubts = _doubts_of_habit(box, others, thresholds)
    return _first(doubts) or Marked()


def _doubts_alone(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    is_heavy = (
        box.coverage > thresholds.heavy_alone and box.near > thresholds.near_alone
    )
    return (
        (box.struck > _least_stroke(box, thresholds), Reason.LINE_THROUGH),
        (is_heavy, Reason.HEAVY),
        (box.span < thresholds.short, Reason.SMALL),
    )


def _least_stroke(box: BoxInk, thresholds: Thresholds) -> float:
    """Return how dark a line over a mark must be to be a stroke, and not its rim."""
    if box.coverage >= thresholds.solid and box.side <= thresholds.side_filled:
        is_full = box.coverage >= thresholds.full
        return 1.0 if is_full else thresholds.struck_filled
    return max(thresholds.struck, thresholds.struck_to_mark * box.darkness)


def _doubts_of_habit(box: BoxInk, others: _Marks, thresholds: Thresholds) -> _Doubts:
    darkness = others.darkness[-1]
    most, beyond = thresholds.heavy_to_habit, thresholds.heavy_beyond
    coverage = most * _middle(others.coverage) + beyond
    near = _most_near(box, others, thresholds)
    struck = max(_least_stroke(box, thresholds), most * _middle(others.struck))
    is_two_strokes = _is_two_strokes(box, others, thresholds)
    return (
        (box.struck > struck and not is_two_strokes, Reason.LINE_THROUGH),
        (box.darkness < thresholds.faint_to_habit * darkness, Reason.FAINT),
        (
            box.coverage > coverage or (box.near > near and not is_two_strokes),
            Reason.HEAVY,
        ),
        (_is_short(box, others, thresholds), Reason.SMALL),
    )


def _is_two_strokes(box: BoxInk, others: _Marks, thresholds: Thresholds) -> bool:
    """Tell a cross or tick whose strokes leave the box from a mark struck out.

    It has two strokes, ends near the frame and holds no more ink than the voter's other
    marks, which leave their boxes as well.
    """
    return (
        box.strokes >= thresholds.two_strokes
        and box.sticks_out <= thresholds.most_out
        and box.coverage <= thresholds.more_to_habit * _middle(others.coverage)
        and box.near <= thresholds.out_to_habit * _middle(others.near)
    )


def _is_short(box: BoxInk, others: _Marks, thresholds: Thresholds) -> bool:
    """Tell whether a mark is a dot or a dash beside the voter's other marks."""
    usual = _middle(others.span)
    return box.span < min(thresholds.short, thresholds.short_to_habit * usual)


def _most_near(box: BoxInk, others: _Marks, thresholds: Thresholds) -> float:
    """Return how much ink a mark may have just outside the box.

    What covers a box is measured by the quarter that keeps within the frame best: of
    marks crossed out there may be more on a page than of marks that stand. Where even
    the plainest marks are as full, the pen is thick, and nothing is crossed out.
    """
    plain = len(others.near) // 4
    is_fuller = box.coverage > thresholds.fuller_to_habit * others.coverage[plain]
    usual = _middle(others.near)
    if box.coverage >= thresholds.solid and is_fuller:
        usual = others.near[plain]
    most = thresholds.heavy_to_habit * usual + thresholds.heavy_beyond
    if is_fuller or box.side > thresholds.side_filled:
        return most
    return max(most, thresholds.near_alone)


def are_alike(one: BoxInk, other: BoxInk, *, thresholds: Thresholds) -> bool:
    """Tell whether two marks of one line look like the same deliberate mark."""
    coverage = sorted((one.coverage, other.coverage))
    darkness = sorted((one.darkness, other.darkness))
    return (
        coverage[1] <= thresholds.most_alike * coverage[0]
        and darkness[0] >= thresholds.faint_to_habit * darkness[1]
    )
