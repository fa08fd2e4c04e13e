"""What is said of a box: marked, empty, or that a person has to look and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a person has to look at a box."""

    FRAME_LOST = "frame_lost"  # the box is covered, painted over or not in its place
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
