"""A scan and its halves: what needs no detail is looked for where there is less of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEARLY = 1.1  # times the step asked for that a cell may measure
_PAPER_WIDTH = 210  # mm
_AT_ONCE = 4  # rows of a half, whose pixels a processor keeps nearest to it
_CACHE_LINE = 64  # bytes that memory hands over together


@dataclass(frozen=True, slots=True)
class HalvedScan:
    """A scan made smaller: each cell is the mean of ``times`` by ``times`` pixels."""

    cells: NDArray[np.uint8]
    times: int

    @property
    def matrix(self) -> NDArray[np.float64]:
        """From pixels of the scan to cells, shape (3, 3); middles are whole numbers."""
        shift = (1 / self.times - 1) / 2
        return np.array(
            [[1 / self.times, 0, shift], [0, 1 / self.times, shift], [0, 0, 1.0]]
        )


@dataclass(frozen=True, slots=True)
class ScanImage:
    """A scanned page in as much detail as a step needs; each half is made once.

    Halves are made two at a time: the second takes little while the first is at hand.

    Args:
        full: Grey page, shape (height, width), uint8, 0 = black.
    """

    full: NDArray[np.uint8]
    _halves: list[NDArray[np.uint8]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def per_mm(self) -> float:
        """Pixels a millimetre, guessed from the width: the glass may be wider."""
        return float(self.full.shape[1] / _PAPER_WIDTH)

    def at(self, step: float) -> HalvedScan:
        """Return the page in cells of about ``step`` mm, or finer by up to a half."""
        found, times, level = self.full, 1, 0
        most = _NEARLY * step * self.per_mm
        while 2 * times <= most and min(found.shape) > 1:
            if level == len(self._halves):
                half, quarter, _ = two_halves(found)
                self._halves.extend((half, quarter))
            found, times, level = self._halves[level], 2 * times, level + 1
        return HalvedScan(found, times)


@compiled
def two_halves(
    image: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int]:
    """Return an image in cells of two by two pixels, then of four by four.

    The number returned with them is of no use, but for the reading that makes it.
    """
    rows, columns = image.shape[0] // 2, image.shape[1] // 2
    half = np.empty((rows, columns), np.uint8)
    quarter = np.empty((rows // 2, columns // 2), np.uint8)
    pixels, fetched = image.ravel(), 0
    length = 2 * _AT_ONCE * image.shape[1]
    for top in range(0, rows, _AT_ONCE):
        start = 2 * top * image.shape[1]
        fetched |= _fetched(pixels[start : start + length])
        for row in range(top, min(rows, top + _AT_ONCE)):
            _halve(image[2 * row], image[2 * row + 1], half[row])
            if row % 2:
                _halve(half[row - 1], half[row], quarter[row // 2])
    return half, quarter, fetched


@compiled
def _fetched(pixels: NDArray[np.uint8]) -> int:
    """Have pixels fetched from memory: many at once, where a sum waits for each."""
    seen = 0
    for place in range(0, len(pixels), _CACHE_LINE):
        seen |= pixels[place]
    return seen


@compiled
def _halve(
    upper: NDArray[np.uint8], lower: NDArray[np.uint8], cells: NDArray[np.uint8]
) -> None:
    """Fill in the means of two by two pixels of two rows, halves rounded up."""
    for at in range(len(cells)):
        left = int(upper[2 * at]) + int(lower[2 * at])
        right = int(upper[2 * at + 1]) + int(lower[2 * at + 1])
        cells[at] = (left + right + 2) >> 2
