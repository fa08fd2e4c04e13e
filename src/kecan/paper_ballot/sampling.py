"""From millimetres on paper to pixels of a scan: one map a page, patches of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle

STEP = 0.125
"""Millimetres between two samples of a patch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMap:
    """Where a place on paper lies in the scan.

    ``homography`` takes millimetres to pixels; ``rows`` are heights in mm at which
    the paper was found moved by ``left`` and ``right`` (dx, dy) at x = ``sides``.
    """

    homography: NDArray[np.float64]
    rows: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    sides: tuple[float, float]

    def moved(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places in mm, shape (n, 2), with the paper's local stretch."""
        share = (places[:, 0] - self.sides[0]) / (self.sides[1] - self.sides[0])
        found = places.copy()
        height = np.ascontiguousarray(places[:, 1])
        for axis in (0, 1):
            left = np.interp(height, self.rows, self.left[:, axis])
            right = np.interp(height, self.rows, self.right[:, axis])
            found[:, axis] += left + (right - left) * share
        return found

    def pixels(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return pixels (x, y) of places in mm, shape (n, 2)."""
        return project(self.homography, self.moved(places))


def project(
    homography: NDArray[np.float64], places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return where a homography takes points, shape (n, 2)."""
    ones = np.column_stack([places, np.ones(len(places))]) @ homography.T
    projected: NDArray[np.float64] = ones[:, :2] / ones[:, 2:]
    return projected


def shrunk(
    image: NDArray[np.uint8], *, step: float, per_mm: float
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Return the image at about ``step`` mm a pixel or finer, and how pixels moved.

    Args:
        image: Grey page.
        step: Millimetres.
        per_mm: Pixels a millimetre of ``image``.
    """
    times = max(1, int(step * per_mm + 0.2))
    if times == 1:
        return image, np.eye(3)
    height, width = (length // times * times for length in image.shape)
    whole = image[:height, :width]
    if times == 3:  # noqa: PLR2004  # the same means, twice as fast
        small = np.ascontiguousarray(cv2.blur(whole, (3, 3))[1::3, 1::3])
    else:
        size = width // times, height // times
        small = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA))
    shift = (1 / times - 1) / 2
    matrix = np.array([[1 / times, 0, shift], [0, 1 / times, shift], [0, 0, 1.0]])
    return np.asarray(small, np.uint8), matrix


def patches(
    image: NDArray[np.uint8],
    paper: PaperMap,
    *,
    centres: NDArray[np.float64],
    size: tuple[float, float],
    step: float = STEP,
) -> NDArray[np.uint8]:
    """Cut upright patches of paper out of a scan.

    Args:
        image: Grey page, shape (height, width), uint8, 0 = black.
        paper: Where the paper lies.
        centres: Middles in mm, shape (n, 2).
        size: Width and height of a patch in mm.
        step: Millimetres between samples.
    """
    columns, rows = (round(length / step) for length in size)
    found = np.empty((len(centres), rows, columns), np.uint8)
    sizes = np.tile((columns, rows), (len(centres), 1))
    _cut(image, paper, centres=centres, into=list(found), sizes=sizes, step=step)
    return found


def pieces(
    image: NDArray[np.uint8],
    paper: PaperMap,
    *,
    areas: Sequence[Rectangle],
    step: float,
) -> list[NDArray[np.uint8]]:
    """Cut upright areas of paper, each of its own size, out of a scan.

    Args:
        image: Grey page, shape (height, width), uint8, 0 = black.
        paper: Where the paper lies.
        areas: Places on paper.
        step: Millimetres between samples.
    """
    centres = np.array([area.centre for area in areas]).reshape(-1, 2)
    sizes = np.array(
        [(round(area.width / step), round(area.height / step)) for area in areas]
    ).reshape(-1, 2)
    found = [np.empty((rows, columns), np.uint8) for columns, rows in sizes.tolist()]
    _cut(image, paper, centres=centres, into=found, sizes=sizes, step=step)
    return found


def _cut(
    image: NDArray[np.uint8],
    paper: PaperMap,
    *,
    centres: NDArray[np.float64],
    into: Sequence[NDArray[np.uint8]],
    sizes: NDArray[np.int64],
    step: float,
) -> None:
    """Fill ``into`` with the paper around each centre; ``sizes`` are (columns, rows)."""
    count = len(centres)
    if not count:
        return
    beside = np.concatenate(
        [centres, np.add(centres, (1.0, 0.0)), np.add(centres, (0.0, 1.0))]
    )
    pixels = paper.pixels(beside)
    at = pixels[:count]
    matrix = np.empty((count, 2, 3))
    matrix[:, :, 0] = (pixels[count : 2 * count] - at) * step
    matrix[:, :, 1] = (pixels[2 * count :] - at) * step
    middle = (sizes - 1) / 2
    matrix[:, :, 2] = at - (matrix[:, :, :2] @ middle[:, :, None])[:, :, 0]
    for one, place in zip(into, matrix, strict=True):
        cv2.warpAffine(
            image,
            place,
            one.shape[::-1],
            dst=one,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )


def local_paper(strip: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the paper behind the ink: what remains when narrow dark parts close."""
    closed = cv2.morphologyEx(strip, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    return np.asarray(cv2.blur(closed, (15, 15)), np.float32)
