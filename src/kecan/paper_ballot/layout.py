"""Where everything a machine needs stands on paper: one truth to print and read by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from kecan.paper_ballot.geometry import Millimetres

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle

PAGE_WIDTH = Millimetres(210)
PAGE_HEIGHT = Millimetres(297)
QUIET_EDGE = Millimetres(8)
BOX_SIDE = Millimetres(5)
BOX_LINE = Millimetres(0.3)
CLEAR_PAPER = Millimetres(4)
BETWEEN_BOXES = Millimetres(14)
CORNER_SIDE = Millimetres(6)


class Column(StrEnum):
    """Which of the two boxes of a line."""

    AGREE = "agree"
    DISAGREE = "disagree"


class LineKind(StrEnum):
    """A printed name, or room to write one."""

    NOMINEE = "nominee"
    WRITE_IN = "write_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLayout:
    """A box; ``rectangle`` is the outer edge of its line.

    ``contest`` counts from 1 over the ballot, ``line`` from 1 over the contest:
    first its nominees in printed order, then its write-in lines.
    """

    contest: int
    line: int
    kind: LineKind
    column: Column
    rectangle: Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """The whole row of a line, from the number to the last box."""

    contest: int
    line: int
    kind: LineKind
    rectangle: Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteInZone:
    """Where a name is written by hand; blank on every ballot as printed."""

    contest: int
    line: int
    rectangle: Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLayout:
    """A QR symbol without its quiet zone, and what it says."""

    rectangle: Rectangle
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickPair:
    """The solid marks in both margins at the height ``row_y`` of a row's boxes."""

    row_y: Millimetres
    left: Rectangle
    right: Rectangle


@dataclass(frozen=True, kw_only=True)
class PageLayout:
    """One page. ``corners`` run clockwise from top left; codes top right, bottom left.

    ``stamp_zone`` is None on pages that are not stamped; ``punch_zone`` holds nothing
    that is printed. Places as arrays are made once, for every sheet that is read.
    """

    number: int
    corners: tuple[Rectangle, Rectangle, Rectangle, Rectangle]
    orientation_bar: Rectangle
    ticks: tuple[TickPair, ...]
    codes: tuple[CodeLayout, CodeLayout]
    rows: tuple[RowLayout, ...]
    boxes: tuple[BoxLayout, ...]
    write_in_zones: tuple[WriteInZone, ...]
    stamp_zone: Rectangle | None
    punch_zone: Rectangle
    scale_line: Rectangle

    @cached_property
    def corner_middles(self) -> NDArray[np.float64]:
        """Middles of the corners in mm, shape (4, 2)."""
        return _array([corner.centre for corner in self.corners]).reshape(-1, 2)

    @cached_property
    def box_middles(self) -> NDArray[np.float64]:
        """Middles of the boxes in mm, shape (boxes, 2)."""
        return _array([box.rectangle.centre for box in self.boxes]).reshape(-1, 2)

    @cached_property
    def tick_middles(self) -> NDArray[np.float64]:
        """Middles of the ticks in mm, all left ones first, shape (2 x ticks, 2)."""
        sides = [pair.left for pair in self.ticks] + [pair.right for pair in self.ticks]
        return _array([tick.centre for tick in sides]).reshape(-1, 2)

    @cached_property
    def tick_rows(self) -> NDArray[np.float64]:
        """Heights of the rows that have ticks, in mm."""
        return _array([pair.row_y for pair in self.ticks])


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotLayout:
    """Every page of one style of one ballot; all copies are the same."""

    event: str
    style: str
    pages: tuple[PageLayout, ...]
    width: Millimetres = PAGE_WIDTH
    height: Millimetres = PAGE_HEIGHT


def _array(places: Sequence[object]) -> NDArray[np.float64]:
    """Return numbers as an array; printing needs none, so they are loaded here."""
    import numpy  # noqa: ICN001, PLC0415  only when a sheet is read

    return numpy.array(places, numpy.float64)
