"""Hold a mark against the voter's others: how one hand marks is the same all over a page."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from kecan.paper_ballot.decisions import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.marks import BoxInk
    from kecan.paper_ballot.thresholds import Thresholds


class VoterMarks(NamedTuple):
    """What was measured of some marks of a page, each measure in order.

    Args:
        as_thin: Darkness of each if its strokes were thin: what fills a box is darker.
    """

    coverage: list[float]
    darkness: list[float]
    as_thin: list[float]
    span: list[float]
    near: list[float]
    struck: list[float]
    density: list[float]

    @classmethod
    def of(cls, boxes: Sequence[BoxInk], *, thresholds: Thresholds) -> VoterMarks:
        """Put the measures of boxes in order."""
        measures = [_measures(box, thresholds) for box in boxes]
        measured = zip(*measures, strict=True)
        return cls(*map(sorted, measured)) if boxes else cls(*([] for _ in cls._fields))

    def without(self, box: BoxInk, *, thresholds: Thresholds) -> VoterMarks:
        """Return the same without one of the boxes."""
        found = []
        for values, value in zip(self, _measures(box, thresholds), strict=True):
            place = bisect_left(values, value)
            found.append(values[:place] + values[place + 1 :])
        return VoterMarks._make(found)


def _measures(box: BoxInk, thresholds: Thresholds) -> tuple[float, ...]:
    is_thin = box.coverage < thresholds.full
    as_thin = box.darkness * (1 if is_thin else thresholds.as_thin)
    return (
        box.coverage,
        box.darkness,
        as_thin,
        box.span,
        box.near,
        box.struck,
        box.density,
    )


def _middle(ordered: list[float]) -> float:
    """Return the median of measures that are in order already."""
    half = len(ordered) // 2
    return (
        ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    )


def doubt_by_habit(
    box: BoxInk, *, others: VoterMarks, thresholds: Thresholds
) -> Reason | None:
    """Return why a mark may not be meant as the others of its page are; or None.

    Where there are too few others it is held against what any hand does.
    """
    count = len(others.coverage)
    is_pale = box.darkness < thresholds.marked_darkness
    is_habit = count + 1 >= thresholds.pale_marks
    if is_pale and not is_habit and not _is_clean(box, thresholds):
        return Reason.FAINT
    if count < thresholds.habit_marks:
        return _doubt_alone(box, others, thresholds)
    return _doubt_beside(box, others, thresholds)


def _doubt_alone(
    box: BoxInk, others: VoterMarks, thresholds: Thresholds
) -> Reason | None:
    if _is_faint(box, others, thresholds):
        return Reason.FAINT
    is_third = 0 < box.strokes < thresholds.two_strokes
    is_struck = is_third and box.sticks_out > thresholds.added_out
    is_spread = box.near > thresholds.near_alone
    is_heavy = box.coverage > thresholds.heavy_alone and (is_spread or is_third)
    if others.coverage:
        is_struck |= _is_stroke_added(box, others, thresholds)
        is_heavy |= _is_overfull(box, others, thresholds)
    if is_struck or box.struck > _least_stroke(box, thresholds):
        return Reason.LINE_THROUGH
    if is_heavy:
        return Reason.HEAVY
    is_small = box.span < thresholds.short or box.stout > thresholds.round
    return Reason.SMALL if is_small else None


def _is_overfull(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
    """Tell a mark with far more ink than the voter's others, unless it is a plain cross.

    Who ticks may cross as well: two strokes that stay in the box and are all the ink
    there is strike nothing out.
    """
    is_plain = (
        box.strokes >= thresholds.plain_strokes
        and box.sticks_out <= thresholds.added_out
        and box.near <= thresholds.heavy_beyond
    )
    usual = _middle(others.coverage)
    most = thresholds.heavy_to_habit * usual + thresholds.heavy_beyond
    return box.coverage > most and not is_plain


def _is_stroke_added(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
    """Tell a mark struck out by one stroke, which need not leave the box by much.

    It has the ink of a stroke more than the voter's other marks, and one that sticks
    out on both sides, runs level or upright over all the box, or is a third.
    """
    if box.coverage <= thresholds.more_to_habit * _middle(others.coverage):
        return False
    usual = thresholds.heavy_to_habit * _middle(others.struck)
    return (
        box.sticks_out > thresholds.added_out
        or box.struck > max(usual, thresholds.added_line * box.darkness)
        or 0 < box.strokes < thresholds.two_strokes
    )


def _least_stroke(box: BoxInk, thresholds: Thresholds) -> float:
    """Return how dark a line over a mark must be to be a stroke, and not its rim."""
    if box.coverage >= thresholds.solid and box.side <= thresholds.side_filled:
        is_full = box.coverage >= thresholds.full
        return 1.0 if is_full else thresholds.struck_filled
    return max(thresholds.struck, thresholds.struck_to_mark * box.darkness)


def _doubt_beside(
    box: BoxInk, others: VoterMarks, thresholds: Thresholds
) -> Reason | None:
    most = thresholds.heavy_to_habit
    is_two_strokes = _is_two_strokes(box, others, thresholds)
    struck = max(_least_stroke(box, thresholds), most * _middle(others.struck))
    if box.struck > struck and not is_two_strokes:
        return Reason.LINE_THROUGH
    if _is_stroke_added(box, others, thresholds):
        return Reason.LINE_THROUGH
    if _is_faint(box, others, thresholds):
        return Reason.FAINT
    is_spread = box.near > _most_near(box, others, thresholds) and not is_two_strokes
    is_heavy = is_spread or _is_overfull(box, others, thresholds)
    if is_heavy or _is_blot(box, others, thresholds):
        return Reason.HEAVY
    return Reason.SMALL if _is_short(box, others, thresholds) else None


def _is_clean(box: BoxInk, thresholds: Thresholds) -> bool:
    """Tell pale strokes from what is left of a mark rubbed out, which lies in a smear.

    In a box that is nearly full no smear can be seen.
    """
    return (
        box.darkness >= thresholds.clean_darkness
        and box.faint <= thresholds.smear * box.coverage
        and box.coverage < thresholds.solid
    )


def _is_faint(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
    """Tell a mark much fainter than the voter's others, if there are any."""
    if not others.coverage:
        return False
    return box.darkness < thresholds.faint_to_habit * _darkest(box, others, thresholds)


def _darkest(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> float:
    """Return how dark the voter's other marks are, at most.

    Among many the very darkest may be the one that is unlike the others.
    """
    is_thin = box.coverage < thresholds.full
    ordered = others.as_thin if is_thin else others.darkness
    return ordered[-2 if len(ordered) >= thresholds.many_marks else -1]


def _is_two_strokes(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
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


def _is_blot(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
    """Tell a drop of ink from strokes, which leave most of their outline free.

    Small ones may fill it, but are far longer than wide. What covers most of the box is
    filled in, and no drop.
    """
    usual = thresholds.most_alike * _middle(others.density)
    is_compact = box.density > max(usual, thresholds.compact)
    is_wide = box.stout > thresholds.stout
    return is_compact and is_wide and box.coverage < thresholds.solid


def _is_short(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
    """Tell whether a mark is a dot or a dash beside the voter's other marks."""
    usual = _middle(others.span)
    if box.span < min(thresholds.short, thresholds.short_to_habit * usual):
        return True
    least = thresholds.round_to_habit * _middle(others.coverage)
    return box.stout > thresholds.round and box.coverage < least


def _most_near(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> float:
    """Return how much ink a mark may have just outside the box.

    What covers a box is measured by the quarter that keeps within the frame best: of
    marks crossed out there may be more on a page than of marks that stand.
    """
    plain = len(others.near) // 4
    usual = _middle(others.near)
    is_fuller = box.coverage > thresholds.fuller_to_habit * others.coverage[plain]
    is_full = box.coverage >= thresholds.solid and is_fuller
    of_others = others.near[plain] if is_full else usual
    most = thresholds.heavy_to_habit * of_others + thresholds.heavy_beyond
    if box.around <= thresholds.one_way:  # a stroke over a mark leaves it both ways
        return max(most, thresholds.near_alone)
    if _is_of_thick_pen(box, others, thresholds):
        spread = thresholds.thick_to_habit * usual + thresholds.heavy_beyond
        most = max(most, min(spread, thresholds.near_thick))
    elif is_fuller or box.side > thresholds.side_filled:
        return most
    return max(most, thresholds.near_alone)


def _is_of_thick_pen(box: BoxInk, others: VoterMarks, thresholds: Thresholds) -> bool:
    """Tell a mark that spreads because its pen is thick, as even the plainest others do.

    It has hardly more ink than those, or somewhat more but leaves some of the box free,
    which no mark crossed out by such a pen does.
    """
    plainest = others.coverage[len(others.coverage) // 4]
    is_third = 0 < box.strokes < thresholds.two_strokes
    if plainest < thresholds.thick or box.side > thresholds.side_filled or is_third:
        return False
    if box.coverage <= thresholds.fuller_to_habit * plainest:
        return True
    return (
        box.coverage <= thresholds.more_to_habit * _middle(others.coverage)
        and box.coverage < thresholds.full
    )
