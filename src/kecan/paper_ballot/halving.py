"""A scan and its halves: what needs no detail is looked for where there is less of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEARLY = 1.1  # times the step asked for that a cell may measure
_PAPER_WIDTH = 210  # mm


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
        while 2 * times <= _NEARLY * step * self.per_mm and min(found.shape) > 1:
            if level == len(self._halves):
                self._halves.append(_half(found))
            found, times, level = self._halves[level], 2 * times, level + 1
        return HalvedScan(found, times)


def _half(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    # Halving by areas is the one reduction that is quicker than reading the page.
    height, width = (side // 2 for side in image.shape)
    return np.asarray(
        cv2.resize(
            image[: 2 * height, : 2 * width],
            (width, height),
            interpolation=cv2.INTER_AREA,
        ),
        np.uint8,
    )
