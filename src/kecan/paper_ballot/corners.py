"""Find the four corner squares of a ballot in a scan."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.dark_pieces import (
    dark_measures,
    largest_piece,
    parting_grey,
    solid_spots,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from kecan.paper_ballot.halving import HalvedScan, ScanImage

_COARSE, _FINE = 0.5, 0.25  # mm a cell while searching and while measuring
_REACH = 56.0  # mm searched from each corner of the image: skewed, with a border
_SIDE = (3.9, 8.0)  # mm a square may measure where the page's scale is only guessed
_TRUE = (0.86, 1.16)  # side of a square against what the four distances say
_SQUARENESS = 1.3
_UNCUT, _CUT = 1.08, 1.6  # longer side against shorter: of a whole square, of a cut one
_WORN = 2.4  # mm taken off what is dark to leave only what is solid
_FILL = 0.78  # of its bounding box; a square turned 3 degrees fills 0.90
_MOST = 6
_DEVIATION = 0.03  # share sides and diagonals may differ by, four found
_SKEW = 0.03  # cosine of an angle that should be right, three found
_REFINE = 4.3  # mm around a square in which its middle is refined


@dataclass(frozen=True, slots=True)
class Square:
    """What may be a corner square: its middle and side, in pixels."""

    middle: tuple[float, float]
    side: float


@dataclass(frozen=True, slots=True)
class FoundCorners:
    """The middles of a sheet's squares in pixels, clockwise from top left, or None.

    ``others`` may be squares too, of this sheet or another.
    """

    middles: NDArray[np.float64] | None
    others: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """A corner of the image, coarse: ``start`` is its first pixel, ``end`` outermost."""

    cells: NDArray[np.uint8]
    start: tuple[int, int]
    times: int
    end: tuple[int, int]


def find_corners(
    scan: ScanImage, *, wide: float, high: float, side: float
) -> FoundCorners:
    """Find the corner squares of a sheet.

    A missing one is completed from three that stand at a right angle. Squares must
    be as large as their distances say, whatever the scale of the scan.

    Args:
        scan: Page.
        wide: Millimetres between the middles of the upper squares.
        high: Millimetres between the middles of the left squares.
        side: Millimetres a square measures.
    """
    ratio, share = high / wide, side / wide
    per_mm = scan.per_mm
    halved, fine = scan.at(_COARSE), scan.at(_FINE)
    coarse = [_coarse(scan, halved, corner) for corner in range(4)]
    found: list[list[Square]] = []
    for is_thorough in (False, True):
        found = [
            _squares(fine, window, per_mm=per_mm, is_thorough=is_thorough)
            for window in coarse
        ]
        chosen = _best_four(found, ratio=ratio, share=share)
        if chosen is not None:
            break
    else:
        chosen = _best_three(found, ratio=ratio, share=share)
    taken = [] if chosen is None else [tuple(middle) for middle in chosen.tolist()]
    others = (one for squares in found for one in squares if one.middle not in taken)
    return FoundCorners(chosen, tuple(others))


def _coarse(scan: ScanImage, coarse: HalvedScan, corner: int) -> _Window:
    height, width = coarse.cells.shape
    reach = round(_REACH * scan.per_mm / coarse.times)
    down, across = (min(reach, side // 2) for side in coarse.cells.shape)
    left = 0 if corner in {0, 3} else width - across
    top = 0 if corner in {0, 1} else height - down
    window = np.ascontiguousarray(coarse.cells[top : top + down, left : left + across])
    start = left * coarse.times, top * coarse.times
    size = scan.full.shape
    end = size[1] if left else 0, size[0] if top else 0
    return _Window(window, start, coarse.times, end)


def _squares(
    fine: HalvedScan, window: _Window, *, per_mm: float, is_thorough: bool
) -> list[Square]:
    """Return what may be a square in one corner of the image, outermost first."""
    coarse = window.cells
    levels = [float(parting_grey(coarse))]
    if is_thorough:
        paper, ink = float(np.percentile(coarse, 80)), float(coarse.min())
        levels += [ink + share * (paper - ink) for share in (0.5, 0.3)]
    a_mm = per_mm / window.times
    sides = (_SIDE[0] - _COARSE) * a_mm, _SQUARENESS * (_SIDE[1] + _COARSE) * a_mm
    squares: list[Square] = []
    for level in levels:
        for place in solid_spots(
            coarse, int(level), round(_WORN * a_mm), sides
        ).tolist():
            x, y = (
                (at + 0.5) * window.times + start - 0.5
                for at, start in zip(place, window.start, strict=True)
            )
            if any(math.dist((x, y), other.middle) < per_mm for other in squares):
                continue
            refined = _refine(fine, (x, y), per_mm=per_mm, end=window.end)
            if refined is not None:
                squares.append(refined)
    squares.sort(key=lambda one: math.dist(one.middle, window.end))
    return squares[:_MOST]


def _refine(
    fine: HalvedScan, at: tuple[float, float], *, per_mm: float, end: tuple[int, int]
) -> Square | None:
    reach, times = _REFINE * per_mm / fine.times, fine.times
    x, y = ((place + 0.5) / times - 0.5 for place in at)
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    crop = fine.cells[top : int(y + reach) + 1, left : int(x + reach) + 1]
    if not crop.size:
        return None
    dots = largest_piece(np.ascontiguousarray(crop))
    if not len(dots):
        return None
    wide, high, x, y = dark_measures(dots, crop.shape[1] + 2)
    if len(dots) < _FILL * wide * high or max(wide, high) > _CUT * min(wide, high):
        return None
    side = math.sqrt(len(dots))
    if max(wide, high) > _UNCUT * min(wide, high):
        places = dots % (crop.shape[1] + 2) - 1, dots // (crop.shape[1] + 2) - 1
        (x, y), side = _completed(places, (x, y), side, end=end)
    middle = (x + left + 0.5) * times - 0.5, (y + top + 0.5) * times - 0.5
    return Square(middle, side * times)


def _completed(
    places: tuple[NDArray[np.int64], NDArray[np.int64]],
    middle: tuple[float, float],
    side: float,
    *,
    end: tuple[int, int],
) -> tuple[tuple[float, float], float]:
    """Return middle and side of a square of which the edge of a copy or scan cut a part.

    What is left of it is as long as ever one way. A hair at it makes it no longer.

    Args:
        places: Columns and rows of its cells.
        middle: Of what is left, in cells.
        side: Of a square as large as that.
        end: Outermost pixel of this corner of the image, of which 0 is the first.
    """
    sums = [np.bincount(of) for of in places]
    wide, high = (int((each > each.max() / 2).sum()) for each in sums)
    longest = max(wide, high)
    if longest <= _UNCUT * min(wide, high):
        return middle, side
    x, y = (
        at + (longest - length) / 2 * (1 if outwards else -1)
        for at, length, outwards in zip(middle, (wide, high), end, strict=True)
    )
    return (x, y), float(longest)


def _best_four(
    found: list[list[Square]], *, ratio: float, share: float
) -> NDArray[np.float64] | None:
    best, least = None, _DEVIATION
    for squares in product(*found):
        four = [one.middle for one in squares]
        top, right, bottom, left = (
            math.dist(four[(index + 1) % 4], four[index]) for index in range(4)
        )
        diagonals = [math.dist(four[i + 2], four[i]) for i in (0, 1)]
        deviation = max(
            abs(top / bottom - 1),
            abs(left / right - 1),
            abs(diagonals[0] / diagonals[1] - 1),
            abs((left + right) / (top + bottom) / ratio - 1),
        )
        if deviation < least and have_size(squares, share * (top + bottom) / 2):
            best, least = np.array(four), deviation
    return best


def have_size(squares: Iterable[Square], side: float) -> bool:
    """Tell whether all squares measure about ``side`` pixels."""
    return all(_TRUE[0] * side < one.side < _TRUE[1] * side for one in squares)


def _best_three(
    found: list[list[Square]], *, ratio: float, share: float
) -> NDArray[np.float64] | None:
    best, least = None, _SKEW
    for kept in combinations(range(4), 3):
        missing = 6 - sum(kept)
        middle, before, after = (missing + 2) % 4, (missing + 3) % 4, (missing + 1) % 4
        for squares in product(*(found[index] for index in (middle, before, after))):
            three = [np.array(one.middle) for one in squares]
            sides = three[1] - three[0], three[2] - three[0]
            lengths = [math.hypot(*side) for side in sides]
            cosine = abs(float(sides[0] @ sides[1])) / (lengths[0] * lengths[1])
            # The side between corners 0-1 and 2-3 is the width of the page.
            is_width_first = {middle, before} in ({0, 1}, {2, 3})
            wide, high = lengths if is_width_first else lengths[::-1]
            deviation = max(cosine, abs(high / wide / ratio - 1))
            if deviation < least and have_size(squares, share * wide):
                corners = np.empty((4, 2))
                corners[middle], corners[before], corners[after] = three
                corners[missing] = three[1] + three[2] - three[0]
                best, least = corners, deviation
    return best
