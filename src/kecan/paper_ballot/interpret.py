"""Decide what the measured ink means, or that a person has to.

The thresholds are data. Between "surely empty" and "surely marked" lies a wide gap,
and everything unusual around a box goes to a person: the reader never guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.marks import BoxInk


class Reason(StrEnum):
    """Why a person has to look at a box."""

    FRAME_LOST = "frame_lost"  # the printed box is covered or not where it should be
    LINE_THROUGH = "line_through"  # a fold, a streak or a stroke crosses the box
    BESIDE = "beside"  # ink outside the box, nothing sure inside
    AROUND = "around"  # ink on most sides: a circle
    SMALL = "small"  # too little ink to be sure of either
    FAINT = "faint"  # much lighter than the voter's other marks, or hardly visible
    HEAVY = "heavy"  # far more ink than the voter's other marks: struck out?
    TWO_UNLIKE = "two_unlike"  # both boxes of a line, marked differently
    WRITE_IN = "write_in"  # something is written on the line
    ROW_STRUCK = "row_struck"  # ink over the printed row
    READERS_DISAGREE = "readers_disagree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers of the decision, kept with every count.

    Set by judgement and small runs on scans of the seeded generator, not yet by a
    large independent set. What lies between empty and marked is for people.
    """

    empty_coverage: float = 0.012
    empty_faint: float = 0.06
    marked_coverage: float = 0.055
    marked_span: float = 0.45
    marked_darkness: float = 0.34
    frame: float = 0.55
    through: float = 0.10
    near_alone: float = 0.02
    side_alone: float = 0.01
    side_marked: float = 0.06
    around: float = 0.55
    faint_to_habit: float = 0.60
    heavy_to_habit: float = 2.2
    heavy: float = 0.40
    near_heavy: float = 0.10
    most_alike: float = 1.6
    write_in: float = 0.004


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
    first = [decide_box(box, thresholds=thresholds) for box in boxes]
    sure = [
        box for box, one in zip(boxes, first, strict=True) if isinstance(one, Marked)
    ]
    return [
        _against_habit(box, one, sure=sure, thresholds=thresholds)
        for box, one in zip(boxes, first, strict=True)
    ]


def decide_box(box: BoxInk, *, thresholds: Thresholds) -> Decision:
    """Decide one box by its own ink."""
    is_marked = _is_marked(box, thresholds)
    doubts = _doubts_of_place(box, thresholds) + (
        _doubts_of_mark(box, thresholds)
        if is_marked
        else _doubts_of_empty(box, thresholds)
    )
    for is_doubtful, reason in doubts:
        if is_doubtful:
            return NeedsReview(reason=reason)
    return Marked() if is_marked else Empty()


def _doubts_of_place(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    return (
        (box.frame < thresholds.frame, Reason.FRAME_LOST),
        (box.through > thresholds.through, Reason.LINE_THROUGH),
        (box.around > thresholds.around, Reason.AROUND),
    )


def _doubts_of_mark(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    return (
        (box.side > thresholds.side_marked, Reason.BESIDE),
        (box.darkness < thresholds.marked_darkness, Reason.FAINT),
        (
            box.coverage > thresholds.heavy and box.near > thresholds.near_heavy,
            Reason.HEAVY,
        ),
    )


def _doubts_of_empty(box: BoxInk, thresholds: Thresholds) -> _Doubts:
    return (
        (box.near > thresholds.near_alone, Reason.BESIDE),
        (box.side > thresholds.side_alone, Reason.BESIDE),
        (box.coverage > thresholds.empty_coverage, Reason.SMALL),
        (box.faint > thresholds.empty_faint, Reason.FAINT),
    )


def _is_marked(box: BoxInk, thresholds: Thresholds) -> bool:
    return (
        box.coverage >= thresholds.marked_coverage
        and box.span >= thresholds.marked_span
    )


def _against_habit(
    box: BoxInk, decision: Decision, *, sure: Sequence[BoxInk], thresholds: Thresholds
) -> Decision:
    if not isinstance(decision, Marked):
        return decision
    others = [one for one in sure if one is not box]
    if not others:
        return decision
    if box.darkness < thresholds.faint_to_habit * median(
        one.darkness for one in others
    ):
        return NeedsReview(reason=Reason.FAINT)
    habit = median(one.coverage for one in others)
    if box.coverage > max(thresholds.heavy, thresholds.heavy_to_habit * habit):
        return NeedsReview(reason=Reason.HEAVY)
    return decision


def are_alike(one: BoxInk, other: BoxInk, *, thresholds: Thresholds) -> bool:
    """Tell whether two marks of one line look like the same deliberate mark."""
    coverage = sorted((one.coverage, other.coverage))
    darkness = sorted((one.darkness, other.darkness))
    return (
        coverage[1] <= thresholds.most_alike * coverage[0]
        and darkness[0] >= thresholds.faint_to_habit * darkness[1]
    )
