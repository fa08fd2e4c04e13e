"""Every row of a page, upright, one under another: what a reader does once to all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.row_cells import blurred, lighten
from kecan.paper_ballot.sampling import cut_into, spread, upright_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.sampling import PaperMap

STEP = 0.25
"""Millimetres a cell of a stack measures."""

ALONG, DOWN = 4, 2
"""Cells that make one coarse cell, to which every row is whole."""

_RIGHT = STEP * ALONG / 2  # mm a stack lies right of its rows: rules fall into cells
_NARROW = 13  # cells of half the stack: darker parts up to this wide are ink
_SMOOTH = 3  # cells of it each way over which the paper is meaned
_SPARSE = 8  # cells between places of a bent row that are looked up


@dataclass(frozen=True, slots=True)
class RowStack:
    """Where each row lies on paper and in a stack; made once for a page of a layout.

    Args:
        centres: Middles of the rows in mm, shape (n, 2).
        sizes: Columns and rows of cells, shape (n, 2).
        tops: First row of cells of each row; then that after the last.
    """

    centres: NDArray[np.float64]
    sizes: NDArray[np.int64]
    tops: NDArray[np.int64]

    @property
    def corners(self) -> NDArray[np.float64]:
        """Where the first cell of each row begins, in mm on paper, shape (n, 2)."""
        return np.asarray(self.centres - self.sizes * STEP / 2)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the whole stack."""
        return int(self.tops[-1]), int(self.sizes[:, 0].max(initial=ALONG))

    def parts(self) -> list[slice]:
        """Return the rows of cells of every row."""
        return [slice(*pair) for pair in pairwise(self.tops.tolist())]

    def sums(self, cells: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return what the cells of every row add up to."""
        if not len(self.sizes):
            return np.zeros(0, np.int64)
        lines = cv2.reduce(cells, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0]
        return np.asarray(np.add.reduceat(lines, self.tops[:-1]), np.int64)


def row_stack(areas: Sequence[Rectangle]) -> RowStack:
    """Return the stack of some rows."""
    centres = np.array([area.centre for area in areas]).reshape(-1, 2)
    sides = np.array([(area.width, area.height) for area in areas]).reshape(-1, 2)
    whole = np.array([ALONG, DOWN])
    sizes = whole * np.rint(sides / STEP / whole).astype(np.int64)
    tops = np.concatenate([[0], np.cumsum(sizes[:, 1])])
    return RowStack(np.add(centres, (_RIGHT, 0)), sizes, tops)


def stacked(scan: ScanImage, paper: PaperMap, stack: RowStack) -> NDArray[np.uint8]:
    """Cut every row out of a scan; what a narrower row leaves free is white."""
    small = scan.at(STEP)
    found = np.empty(stack.shape, np.uint8)
    if (stack.sizes[:, 0] < found.shape[1]).any():
        found.fill(255)
    if paper.inside is not None:
        bent = paper.to_cells(small)
        for part, size, corner in zip(
            stack.parts(), stack.sizes.tolist(), stack.corners, strict=True
        ):
            found[part, : size[0]] = _bent(small.cells, bent, corner, size)
        return found
    places = upright_places(
        paper.to_cells(small), centres=stack.centres, step=STEP, sizes=stack.sizes
    )
    cut_into(found, small.cells, places, tops=stack.tops, sizes=stack.sizes)
    return found


def _bent(
    image: NDArray[np.uint8],
    paper: PaperMap,
    corner: NDArray[np.float64],
    size: tuple[int, int],
) -> NDArray[np.uint8]:
    """Cut out a row that is nowhere moved alike; its place is looked up every 2 mm."""
    columns, rows = (
        np.append(np.arange(0, cells - 1, _SPARSE), cells - 1) for cells in size
    )
    x, y = np.meshgrid(columns, rows)
    places = corner + (np.column_stack([x.ravel(), y.ravel()]) + 0.5) * STEP
    pixels = paper.pixels(places).reshape(*x.shape, 2).astype(np.float32)
    at = spread(pixels, (columns, rows), size=size)
    cut = cv2.remap(
        image, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, np.uint8)


def lightened(cells: NDArray[np.uint8], *, ink: int) -> NDArray[np.uint8]:
    """Return how light cells are: 0 is solid print, :data:`SOLID` the paper behind.

    The paper is what remains when narrow dark parts close; half as fine is enough.
    """
    height, width = cells.shape
    half = cv2.resize(cells, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    wide = np.ones((_NARROW, _NARROW), np.uint8)
    closed = cv2.morphologyEx(half, cv2.MORPH_CLOSE, wide)
    return lighten(cells, blurred(np.asarray(closed, np.uint8), _SMOOTH), ink)


def above(cells: NDArray[np.uint8], grey: int) -> NDArray[np.uint8]:
    """Return how much lighter than a grey cells are, 0 where they are not."""
    # OpenCV takes a number as well, which its stubs do not say, and stops at 0.
    return np.asarray(cv2.subtract(cells, float(grey)), np.uint8)  # type: ignore[call-overload]
