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
    found = [_squares(image, corner, per_mm=per_mm) for corner in range(4)]
    chosen = _best_four(found, ratio=high / wide, share=side / wide)
    if chosen is None:
        chosen = _best_three(found, ratio=high / wide, share=side / wide)
    return chosen


def _squares(image: NDArray[np.uint8], corner: int, *, per_mm: float) -> list[_Square]:
    reach = int(_REACH * per_mm)
    height, width = image.shape
    left = 0 if corner in {0, 3} else width - reach
    top = 0 if corner in {0, 1} else height - reach
    window = image[top : top + reach, left : left + reach]
    side = round(_REACH / _COARSE)
    coarse = np.asarray(
        cv2.resize(window, (side, side), interpolation=cv2.INTER_AREA), np.uint8
    )
    scale = reach / side
    paper = float(np.percentile(coarse, 80))
    ink = float(coarse.min())
    otsu, _ = cv2.threshold(coarse, 0, 255, cv2.THRESH_OTSU)
    squares: list[_Square] = []
    for level in (otsu, ink + 0.5 * (paper - ink), ink + 0.3 * (paper - ink)):
        for place in _solid(coarse, level=level):
            at = (place + 0.5) * scale + [left - 0.5, top - 0.5]
            if any(np.hypot(*(at - other.middle)) < per_mm for other in squares):
                continue
            refined = _refine(image, at, per_mm=per_mm)
            if refined is not None:
                squares.append(refined)
    outermost = np.array([left + reach * (left > 0), top + reach * (top > 0)])
    squares.sort(key=lambda one: float(np.hypot(*(one.middle - outermost))))
    return squares[:_MOST]


def _solid(coarse: NDArray[np.uint8], *, level: float) -> list[NDArray[np.float64]]:
    dark = (coarse <= level).astype(np.uint8)
    _, _, stats, middles = cv2.connectedComponentsWithStats(dark, connectivity=4)
    width, height, area = (
        stats[1:, column].astype(float)
        for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
    )
    side = np.sqrt(area) * _COARSE
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
    paper, ink = np.percentile(crop, (90, 5))
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
