"""Everything on a page that is neither paper nor print: what was added, and where.

A map of the whole sheet in the scan's own samples, a quarter of a millimetre apart,
for the second look at a page that left doubts. Nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.paper_map import STEP
from kecan.paper_ballot.sampling import spread
from kecan.paper_ballot.stains import PRINT, paper_tone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.sampling import PaperMap

_COARSE = 8  # samples between the places that are looked up on paper
_GRAINS = 6.0
_INK = (0.10, 0.18)  # darkness, of solid print, from which something is ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A scan at :data:`STEP`, and where each of its samples lies on paper.

    Args:
        grey: The scan, fewer samples.
        tone: How light the paper is at each of them, stains and all.
        broad: The same without what is as narrow as print.
        x: Millimetres from the left edge of the paper, of every sample.
        y: The same from its top.
        per_mm: Samples a millimetre.
        matrix: Takes pixels of the scan to samples.
        ink: Grey of solid print.
    """

    grey: NDArray[np.uint8]
    tone: NDArray[np.uint8]
    broad: NDArray[np.uint8]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    per_mm: float
    matrix: NDArray[np.float64]
    ink: int

    def dark(self) -> NDArray[np.float32]:
        """Return the darkness of every sample against its paper; 1 = solid print."""
        tone = self.tone.astype(np.float32)
        dark = (tone - self.grey) / np.maximum(40, tone - self.ink)
        return np.asarray(dark, np.float32)

    def of_paper(self, cells: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return what a map of the paper, at :data:`STEP`, says of every sample."""
        found = cv2.remap(
            cells,
            self.x / STEP,
            self.y / STEP,
            cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(0,),
        )
        return np.asarray(found, np.uint8)


def sheet_of(image: NDArray[np.uint8], found: FoundPage) -> Sheet:
    """Return a found page at the scale of the second look."""
    size = [round(side / image.shape[1] * 210 / STEP) for side in image.shape[::-1]]
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = np.divide(size, image.shape[::-1])
    matrix = np.array(
        [(across, 0, across / 2 - 0.5), (0, down, down / 2 - 0.5), (0, 0, 1)]
    )
    homography = matrix @ found.paper.homography
    per_mm = float(np.sqrt(abs(np.linalg.det(homography[:2, :2]))))
    broad = paper_tone(small, per_mm=per_mm, ink=found.ink, stroke=PRINT)
    x, y = _on_paper(found.paper, homography, shape=small.shape)
    return Sheet(
        grey=small,
        tone=paper_tone(small, per_mm=per_mm, ink=found.ink),
        broad=broad,
        x=x,
        y=y,
        per_mm=per_mm,
        matrix=matrix,
        ink=found.ink,
    )


def _on_paper(
    paper: PaperMap, homography: NDArray[np.float64], *, shape: tuple[int, ...]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where on paper every sample lies, in mm."""
    height, width = shape
    down, right = (
        np.append(np.arange(0, length - 1, _COARSE), length - 1) for length in shape
    )
    columns, rows = np.meshgrid(right, down)
    ones = np.ones(columns.size)
    places = np.linalg.solve(
        homography, np.stack([columns.ravel(), rows.ravel(), ones]).astype(float)
    )
    places = (places[:2] / places[2]).T
    places -= paper.moved(places) - places  # the stretch changes slowly
    x, y = (
        spread(
            places[:, axis].reshape(rows.shape).astype(np.float32),
            (right, down),
            size=(width, height),
        )
        for axis in (0, 1)
    )
    return x, y


@dataclass(frozen=True, kw_only=True)
class PageInk:
    """The new ink of a sheet on clear paper.

    Args:
        sheet: The sheet.
        clear: Which samples are paper that stayed clear in print.
    """

    sheet: Sheet
    clear: NDArray[np.bool_]

    @cached_property
    def dark(self) -> NDArray[np.float32]:
        """Darkness of every sample against its paper."""
        return self.sheet.dark()

    @cached_property
    def level(self) -> float:
        """Darkness from which a sample is ink, by the grain of this paper."""
        some = self.dark[::5, ::5][self.clear[::5, ::5]]
        if not some.size:
            return _INK[1]
        low, middle = np.percentile(some, (16, 50))
        return float(np.clip(middle + _GRAINS * (middle - low), *_INK))

    @cached_property
    def ink(self) -> NDArray[np.uint8]:
        """1 where there is new ink, else 0."""
        return ((self.dark > self.level) & self.clear).astype(np.uint8)
