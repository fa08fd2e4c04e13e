"""Decide what the measured ink means, or that a person has to.

The thresholds are data. Between "surely empty" and "surely marked" lies a wide gap,
and everything unusual around a box goes to a person: the reader never guesses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.habit import VoterMarks, doubt_by_habit
from kecan.paper_ballot.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.decisions import Decision
    from kecan.paper_ballot.marks import BoxInk
    from kecan.paper_ballot.thresholds import Thresholds


def decide_boxes(
    boxes: Sequence[BoxInk], *, thresholds: Thresholds = THRESHOLDS
) -> list[Decision]:
    """Decide every box of a page; the voter's own marks are the measure of habit."""
    thresholds = _of_one_who_fills(boxes, thresholds)
    frames = sorted(box.frame for box in boxes)
    least = thresholds.frame_to_page * frames[len(frames) // 2] if frames else 0.0
    first = [
        NeedsReview(reason=Reason.FRAME_LOST)
        if box.frame < least
        else decide_box(box, thresholds=thresholds)
        for box in boxes
    ]
    most = _most_at_frame(boxes, first, thresholds)
    first = [
        NeedsReview(reason=Reason.BESIDE)
        if isinstance(one, Empty) and box.at_frame > most
        else one
        for box, one in zip(boxes, first, strict=True)
    ]
    pairs = list(zip(boxes, first, strict=True))
    if not any(isinstance(one, Marked) for one in first):
        pairs = [
            (box, _beside_faint(box, one, first, thresholds)) for box, one in pairs
        ]
    marks = [box for box, one in pairs if isinstance(one, Marked)]
    sure = VoterMarks.of(marks, thresholds=thresholds)
    return [
        _against_habit(box, all_marks=sure, thresholds=thresholds)
        if isinstance(one, Marked)
        else one
        for box, one in pairs
    ]


def _of_one_who_fills(boxes: Sequence[BoxInk], thresholds: Thresholds) -> Thresholds:
    """Return the thresholds for a page whose voter fills all boxes beyond their frames.

    A thick pen does. Where marks were crossed out, some of the page stand as they are,
    or strokes stick out.
    """
    marks = [box for box in boxes if is_mark(box, thresholds=thresholds)]
    plainest = len(marks) // 4
    if len(marks) <= thresholds.many_marks:
        return thresholds
    if max(box.struck for box in marks) > thresholds.filled_struck:
        return thresholds
    if sorted(box.coverage for box in marks)[plainest] < thresholds.filled:
        return thresholds
    near = sorted(box.near for box in marks)[plainest]
    most = min(thresholds.filled_to_habit * near, thresholds.near_filled_most)
    return replace(thresholds, near_filled=max(thresholds.near_filled, most))


def _most_at_frame(
    boxes: Sequence[BoxInk], decisions: Sequence[Decision], thresholds: Thresholds
) -> float:
    """Return how much ink at its frame an empty box of a page may have, in mm2."""
    empty = sorted(
        box.at_frame
        for box, one in zip(boxes, decisions, strict=True)
        if isinstance(one, Empty)
    )
    usual = empty[3 * len(empty) // 4] if empty else 0.0
    most = thresholds.at_frame + thresholds.at_frame_usual * usual
    return min(most, thresholds.at_frame_most)


def _against_habit(
    box: BoxInk, *, all_marks: VoterMarks, thresholds: Thresholds
) -> Decision:
    others = all_marks.without(box, thresholds=thresholds)
    doubt = doubt_by_habit(box, others=others, thresholds=thresholds)
    return Marked() if doubt is None else NeedsReview(reason=doubt)


def decide_box(box: BoxInk, *, thresholds: Thresholds) -> Decision:
    """Decide one box by its own ink; how dark and heavy it is, its page must tell."""
    is_marked = is_mark(box, thresholds=thresholds)
    doubt = _doubt_of_place(box, thresholds) or (
        _doubt_of_mark(box, thresholds)
        if is_marked
        else _doubt_of_empty(box, thresholds)
    )
    if doubt is not None:
        return NeedsReview(reason=doubt)
    return Marked() if is_marked else Empty()


def is_mark(box: BoxInk, *, thresholds: Thresholds = THRESHOLDS) -> bool:
    """Tell whether a box holds enough ink for a mark, whatever else is doubtful."""
    return (
        box.coverage >= thresholds.marked_coverage
        and box.span >= thresholds.marked_span
    )


def _doubt_of_place(box: BoxInk, thresholds: Thresholds) -> Reason | None:
    if box.frame < thresholds.frame or box.paler > thresholds.paler:
        return Reason.FRAME_LOST
    if box.through > thresholds.through:
        return Reason.LINE_THROUGH
    is_around = box.around > thresholds.around and box.coverage < thresholds.solid
    if is_around and box.strokes < thresholds.around_strokes:
        return Reason.AROUND
    return None


def _doubt_of_mark(box: BoxInk, thresholds: Thresholds) -> Reason | None:
    if _is_upright_line(box, thresholds):
        return Reason.LINE_THROUGH
    is_beside = box.side > _most_side(box, thresholds)
    is_one_pen = thresholds.paler_outside <= box.outside <= thresholds.darker_outside
    if is_beside or box.loose > thresholds.loose_marked or not is_one_pen:
        return Reason.BESIDE
    if box.coverage >= thresholds.filled and box.near > thresholds.near_filled:
        return Reason.HEAVY
    return Reason.FAINT if box.darkness < thresholds.pale_darkness else None


def _most_side(box: BoxInk, thresholds: Thresholds) -> float:
    """Return how much of the farther paper a mark may cover: more, if a thick pen's."""
    if box.coverage >= thresholds.solid:
        return thresholds.side_solid
    return thresholds.side_marked


def _is_upright_line(box: BoxInk, thresholds: Thresholds) -> bool:
    """Tell whether the ink is one line along the scanner's way, as dirt draws it."""
    is_ruled = box.coverage >= thresholds.ruled * box.wide * box.span
    return box.wide < (thresholds.ruled_width if is_ruled else thresholds.marked_width)


def _doubt_of_empty(box: BoxInk, thresholds: Thresholds) -> Reason | None:
    if box.struck > thresholds.struck:
        return Reason.LINE_THROUGH
    is_traced = box.rim > thresholds.rim or box.rims > thresholds.rims
    if box.loose > thresholds.loose_alone or is_traced:
        return Reason.BESIDE
    if box.coverage > 0:
        return Reason.SMALL
    is_shaded = box.faint > thresholds.empty_faint or box.shaded > thresholds.shaded
    return Reason.FAINT if is_shaded else None


def _beside_faint(
    box: BoxInk, one: Decision, others: Sequence[Decision], thresholds: Thresholds
) -> Decision:
    """Ask about the traces in a box where all that a page shows is as faint."""
    is_trace = isinstance(one, Empty) and box.faint > thresholds.trace
    if is_trace and NeedsReview(reason=Reason.FAINT) in others:
        return NeedsReview(reason=Reason.FAINT)
    return one


def are_alike(one: BoxInk, other: BoxInk, *, thresholds: Thresholds) -> bool:
    """Tell whether two marks of one line look like the same deliberate mark."""
    coverage = sorted((one.coverage, other.coverage))
    darkness = sorted((one.darkness, other.darkness))
    density = sorted((one.density, other.density))
    return (
        coverage[1] <= thresholds.most_alike * coverage[0]
        and density[1] <= thresholds.most_alike * density[0]
        and darkness[0] >= thresholds.faint_to_habit * darkness[1]
    )
