"""Find the four corner squares of a ballot in a scan."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_COARSE = 0.5  # mm a pixel while searching
_REACH = 56.0  # mm searched from each corner of the image: skewed, with a border
_SIDE = (3.9, 8.0)  # mm a square may measure where the page's scale is only guessed
_TRUE = (0.86, 1.16)  # side of a square against what the four distances say
_SQUARENESS = 1.3
_FILL = 0.78  # of its bounding box; a square turned 3 degrees fills 0.90
_MOST = 6
_DEVIATION = 0.03  # share sides and diagonals may differ by, four found
_SKEW = 0.03  # cosine of an angle that should be right, three found
_REFINE = 4.3  # mm around a square in which its middle is refined


@dataclass(frozen=True, slots=True)
class _Square:
    middle: NDArray[np.float64]
    side: float  # pixels


@dataclass(frozen=True, slots=True)
class _Window:
    """A corner of the image, coarse: ``start`` is its first pixel, ``end`` outermost."""

    cells: NDArray[np.uint8]
    start: NDArray[np.int64]
    times: int
    end: NDArray[np.int64]


def find_corners(
    image: NDArray[np.uint8], *, per_mm: float, wide: float, high: float, side: float
) -> NDArray[np.float64] | None:
    """Return the middles of the squares in pixels, clockwise from top left.

    A missing one is completed from three that stand at a right angle. Squares must
    be as large as their distances say, whatever the scale of the scan.

    Args:
        image: Grey page.
        per_mm: Pixels a millimetre, guessed from the width of the image.
        wide: Millimetres between the middles of the upper squares.
        high: Millimetres between the middles of the left squares.
        side: Millimetres a square measures.
    """
    ratio, share = high / wide, side / wide
    coarse = [_coarse(image, corner, per_mm=per_mm) for corner in range(4)]
    found: list[list[_Square]] = []
    for is_thorough in (False, True):
        found = [
            _squares(image, window, per_mm=per_mm, is_thorough=is_thorough)
            for window in coarse
        ]
        chosen = _best_four(found, ratio=ratio, share=share)
        if chosen is not None:
            return chosen
    return _best_three(found, ratio=ratio, share=share)


def _coarse(image: NDArray[np.uint8], corner: int, *, per_mm: float) -> _Window:
    times = max(1, int(_COARSE * per_mm + 0.3))
    height, width = image.shape
    cells = [min(round(_REACH * per_mm), side // 2) // times for side in image.shape]
    down, across = (count * times for count in cells)
    left = 0 if corner in {0, 3} else width - across
    top = 0 if corner in {0, 1} else height - down
    window = image[top : top + down, left : left + across]
    small = cv2.resize(window, cells[::-1], interpolation=cv2.INTER_AREA)
    end = np.array([width if left else 0, height if top else 0])
    return _Window(np.asarray(small, np.uint8), np.array([left, top]), times, end)


def _squares(
    image: NDArray[np.uint8], window: _Window, *, per_mm: float, is_thorough: bool
) -> list[_Square]:
    """Return what may be a square in one corner of the image, outermost first."""
    coarse = window.cells
    otsu, _ = cv2.threshold(coarse, 0, 255, cv2.THRESH_OTSU)
    levels = [otsu]
    if is_thorough:
        paper, ink = float(np.percentile(coarse, 80)), float(coarse.min())
        levels += [ink + share * (paper - ink) for share in (0.5, 0.3)]
    squares: list[_Square] = []
    for level in levels:
        for place in _solid(coarse, level=level, per_mm=per_mm / window.times):
            at = (place + 0.5) * window.times + window.start - 0.5
            if any(np.hypot(*(at - other.middle)) < per_mm for other in squares):
                continue
            refined = _refine(image, at, per_mm=per_mm)
            if refined is not None:
                squares.append(refined)
    squares.sort(key=lambda one: float(np.hypot(*(one.middle - window.end))))
    return squares[:_MOST]


def _solid(
    coarse: NDArray[np.uint8], *, level: float, per_mm: float
) -> list[NDArray[np.float64]]:
    dark = (coarse <= level).astype(np.uint8)
    _, _, stats, middles = cv2.connectedComponentsWithStats(dark, connectivity=4)
    width, height, area = (
        stats[1:, column].astype(float)
        for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
    )
    side = np.sqrt(area) / per_mm
    fits = (
        (side >= _SIDE[0])
        & (side <= _SIDE[1])
        & (area >= _FILL * width * height)
        & (np.maximum(width, height) <= _SQUARENESS * np.minimum(width, height))
    )
    return list(middles[1:][fits])


def _refine(
    image: NDArray[np.uint8], at: NDArray[np.float64], *, per_mm: float
) -> _Square | None:
    reach = _REFINE * per_mm
    left, top = (max(0, int(value - reach)) for value in at)
    crop = image[top : int(at[1] + reach) + 1, left : int(at[0] + reach) + 1]
    if not crop.size:
        return None
    paper, ink = (_greys_below(crop, share) for share in (0.90, 0.05))
    dark = (crop < (paper + ink) / 2).astype(np.uint8)
    count, _, stats, middles = cv2.connectedComponentsWithStats(dark)
    if count == 1:
        return None
    label = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    sides = (stats[label, cv2.CC_STAT_WIDTH], stats[label, cv2.CC_STAT_HEIGHT])
    area = stats[label, cv2.CC_STAT_AREA]
    if area < _FILL * sides[0] * sides[1] or max(sides) > _SQUARENESS * min(sides):
        return None
    return _Square(middles[label] + [left, top], float(np.sqrt(area)))


def _greys_below(crop: NDArray[np.uint8], share: float) -> float:
    """Return the grey below which a share of the pixels lies, between two of them."""
    place = (crop.size - 1) * share
    first = int(place)
    counts = np.cumsum(np.bincount(crop.ravel(), minlength=256))
    low, high = np.searchsorted(counts, (first, min(first + 1, crop.size - 1)), "right")
    return float(low + (high - low) * (place - first))


def _best_four(
    found: list[list[_Square]], *, ratio: float, share: float
) -> NDArray[np.float64] | None:
    best, least = None, _DEVIATION
    for squares in product(*found):
        four = [one.middle for one in squares]
        top, right, bottom, left = (
            float(np.hypot(*(four[(index + 1) % 4] - four[index])))
            for index in range(4)
        )
        diagonals = [float(np.hypot(*(four[i + 2] - four[i]))) for i in (0, 1)]
        deviation = max(
            abs(top / bottom - 1),
            abs(left / right - 1),
            abs(diagonals[0] / diagonals[1] - 1),
            abs((left + right) / (top + bottom) / ratio - 1),
        )
        if deviation < least and _have_size(squares, share * (top + bottom) / 2):
            best, least = np.array(four), deviation
    return best


def _have_size(squares: Iterable[_Square], side: float) -> bool:
    return all(_TRUE[0] * side < one.side < _TRUE[1] * side for one in squares)


def _best_three(
    found: list[list[_Square]], *, ratio: float, share: float
) -> NDArray[np.float64] | None:
    best, least = None, _SKEW
    for kept in combinations(range(4), 3):
        missing = 6 - sum(kept)
        middle, before, after = (missing + 2) % 4, (missing + 3) % 4, (missing + 1) % 4
        for squares in product(*(found[index] for index in (middle, before, after))):
            three = [one.middle for one in squares]
            sides = three[1] - three[0], three[2] - three[0]
            lengths = [float(np.hypot(*side)) for side in sides]
            cosine = abs(float(sides[0] @ sides[1])) / (lengths[0] * lengths[1])
            # The side between corners 0-1 and 2-3 is the width of the page.
            is_width_first = {middle, before} in ({0, 1}, {2, 3})
            wide, high = lengths if is_width_first else lengths[::-1]
            deviation = max(cosine, abs(high / wide / ratio - 1))
            if deviation < least and _have_size(squares, share * wide):
                corners = np.empty((4, 2))
                corners[middle], corners[before], corners[after] = three
                corners[missing] = three[1] + three[2] - three[0]
                best, least = corners, deviation
    return best
