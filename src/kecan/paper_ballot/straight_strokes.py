"""Tell a mark of two straight strokes, a cross or a tick, from whatever has more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.frames import CORE, FRAME
from kecan.paper_ballot.sampling import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Line = tuple[NDArray[np.float64], float, float]  # direction, distance, reach

_WAYS = 40  # directions tried for a stroke
_MOST_DOTS = 300  # of the ink looked at
_THICKEST = 1.1  # mm; two strokes of a thicker pen cover anything
_BENT = 0.15, 0.18  # mm, and share of its width, that a straight stroke may bend
_END = 0.03  # share of a stroke's dots that lie beyond its end
_ENTERS = 1.0  # mm of a stroke inside the box, if it belongs to what is there
_LEAST_SECOND = 0.12  # of the ink: what is less is no stroke of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoStrokes:
    """How well two straight strokes explain the ink of one box.

    Args:
        share: Share of the ink that lies on the two strokes; 0 if one does it all.
        sticks_out: How far, in mm, the shorter end of a stroke that leaves the box on
            both sides lies beyond the frame; the most of both.
        lines: The strokes that run through the inside of the box.
    """

    share: float
    sticks_out: float
    lines: tuple[_Line, ...]

    def carry(self, places: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell, a row a stroke, which places in mm from the middle of the box it hits."""
        return np.array(
            [
                np.abs(places @ _across(way) - off) <= reach
                for way, off, reach in self.lines
            ]
        ).reshape(len(self.lines), len(places))


_TURNS = np.arange(_WAYS) * np.pi / _WAYS
_DIRECTIONS = np.stack([np.cos(_TURNS), np.sin(_TURNS)])
_ACROSS = np.stack([-_DIRECTIONS[1], _DIRECTIONS[0]]).astype(np.float32)
_FARTHEST = 1.5 * CORE  # mm that a line over the paper looked at may lie off the middle
_BINS = round(2 * _FARTHEST / STEP) + 1


def two_strokes(ink: NDArray[np.bool_], inner: tuple[slice, slice]) -> TwoStrokes:
    """Find the two straight strokes that explain most of the ink of one box.

    Args:
        ink: Ink of one box and around it, the printed frame left out.
        inner: The inside of the frame.
    """
    width = stroke_width(ink[inner])
    if not 0 < width <= _THICKEST:
        return TwoStrokes(share=0, sticks_out=0, lines=())
    dots = np.flatnonzero(ink)
    places = in_mm(dots[:: max(1, len(dots) // _MOST_DOTS)], ink.shape[1])
    edge = (inner[0].stop - inner[0].start) / 2 * STEP
    is_inside = np.abs(places).max(axis=1) < edge
    reach = width / 2 + _BENT[0] + _BENT[1] * width
    left = np.ones(len(places), np.bool_)
    lines: list[_Line] = []
    sticks_out, second = 0.0, 0
    for _ in range(2):
        second = 0
        if not left.any():
            break
        way, off = _stroke(places[left], reach)
        near = np.abs(places @ _across(way) - off) <= reach
        if not near.any():  # the last dots lie just beyond the cells of their line
            break
        second = int(np.count_nonzero(near & left))
        inside = places[near & is_inside] @ way
        if len(inside) and np.ptp(inside) >= _ENTERS:
            lines.append((way, off, reach))
        sticks_out = max(sticks_out, _sticks_out(places[near], way, off))
        left &= ~near
    is_two = second >= _LEAST_SECOND * len(places)
    return TwoStrokes(
        share=1 - int(np.count_nonzero(left)) / len(places) if is_two else 0,
        sticks_out=sticks_out,
        lines=tuple(lines),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MainLine:
    """The straight line along which a piece of ink lies.

    Args:
        middle: Of the ink, in mm.
        across: Direction across the line.
        length: mm from end to end of the ink along it.
        width: mm of ink across it, on an average.
        bent: mm that ink lies off it beyond half that width.
    """

    middle: NDArray[np.float64]
    across: NDArray[np.float64]
    length: float
    width: float
    bent: float

    def off(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far places in mm lie off the line."""
        return np.abs((places - self.middle) @ self.across)


def main_line(places: NDArray[np.float64], *, step: float) -> MainLine:
    """Return the line along which ink lies, at places in mm that are ``step`` apart."""
    middle = places.mean(axis=0)
    off = places - middle
    _, ways = np.linalg.eigh(off.T @ off)
    across, along = np.abs(off @ ways).T
    length = 2 * float(along.max())
    width = len(places) * step**2 / max(length, step)
    return MainLine(
        middle=middle,
        across=ways[:, 0],
        length=length,
        width=width,
        bent=float(np.percentile(across, 95)) - width / 2,
    )


def in_mm(dots: NDArray[np.int64], columns: int) -> NDArray[np.float64]:
    """Return places (x, y) in mm from the middle of the box."""
    down, right = np.divmod(dots, columns)
    return np.stack([right + 0.5, down + 0.5], axis=1) * STEP - CORE


def stroke_width(square: NDArray[np.bool_]) -> float:
    """Return how wide the strokes of some ink are, in mm; 0 if there are none."""
    depths = _depths(square)
    return _wide(float(depths.mean())) if depths.size else 0.0


def typical_width(square: NDArray[np.bool_]) -> float:
    """Return the same where strokes do not cross; there must be some."""
    return _wide(float(np.median(_depths(square))))


def _depths(square: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return how many samples deep in ink each of its samples lies."""
    depth = cv2.distanceTransform(np.pad(square.view(np.uint8), 1), cv2.DIST_L2, 3)
    return np.asarray(depth[depth > 0], np.float32)


def _wide(depth: float) -> float:
    """Return how many mm strokes are wide whose samples lie so many deep in ink."""
    return max(1.0, 4 * depth - 2) * STEP  # n wide: (n + 2) / 4 deep on an average


def _across(way: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([-way[1], way[0]])


def _stroke(
    places: NDArray[np.float64], reach: float
) -> tuple[NDArray[np.float64], float]:
    """Return the direction of the line with most ink near it, and its distance."""
    off = (places.astype(np.float32) @ _ACROSS + _FARTHEST) / STEP
    at = np.rint(off).astype(np.int64) + np.arange(_WAYS) * _BINS
    counts = np.bincount(at.ravel(), minlength=_WAYS * _BINS).astype(np.float32)
    cells = 2 * round(reach / STEP) + 1
    sums = cv2.boxFilter(
        counts.reshape(_WAYS, _BINS),
        -1,
        (cells, 1),
        normalize=False,
        borderType=cv2.BORDER_CONSTANT,
    )
    way, bin_ = divmod(int(sums.argmax()), _BINS)
    return _DIRECTIONS[:, way], bin_ * STEP - _FARTHEST


def _sticks_out(
    places: NDArray[np.float64], way: NDArray[np.float64], off: float
) -> float:
    """Return how far beyond the frame the shorter end lies; 0 unless both do."""
    along = np.sort(places @ way)
    last = len(along) - 1
    ends = along[[round(_END * last), round((1 - _END) * last)]]
    if not ends[0] < 0 < ends[1]:
        return 0.0
    beyond = np.abs(np.outer(ends, way) + off * _across(way)).max(axis=1) - FRAME
    return max(0.0, float(beyond.min()))
