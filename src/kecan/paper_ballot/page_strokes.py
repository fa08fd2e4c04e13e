"""What is kept of a page's strokes, by which it is known when it is scanned again."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.marks import CELLS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELL = 0.25  # mm
_FRAME = 1.85, 2.85  # mm from the middle where the printed frame may lie
_FULL_INK = 115  # of 255, from which a cell is ink however pale the scan
_FAINT = 25  # of 255, below which a cell is paper
_EDGE, _WIDE = 0.6, 1.5  # cells by which ink is blurred: two scans differ by less


def packed_strokes(signature: bytes) -> bytes:
    """Return what of a page's signature is a stroke, packed: a tenth of it.

    Paper, printed frames and how dark the ink is tell no scan from another.
    """
    cells = np.frombuffer(signature, np.uint8).reshape(-1, CELLS, CELLS)
    ink = np.where(cells < _FAINT, 0, np.minimum(cells, _FULL_INK)) * _SEEN
    ink[~(ink * _INSIDE).any(axis=(1, 2))] = 0  # a circle or a tail is no box's mark
    return zlib.compress(ink.astype(np.uint8).tobytes(), 1)


def unpacked_strokes(packed: bytes) -> bytes:
    """Return a page's strokes as :func:`packed_strokes` takes them."""
    return zlib.decompress(packed) if packed else b""


def edges_of(strokes: bytes) -> NDArray[np.float32]:
    """Return where a page's strokes have edges; neither how dark nor how sharp."""
    cells = np.frombuffer(strokes, np.uint8).reshape(-1, CELLS, CELLS)
    edges = np.zeros(cells.shape, np.float32)
    for place in np.flatnonzero(cells.any(axis=(1, 2))):
        ink = cells[place].astype(np.float32) / _FULL_INK
        edges[place] = (_soft(ink, _EDGE) - _soft(ink, _WIDE)) * _SEEN
    return edges.reshape(-1)


def _soft(box: NDArray[np.float32], by: float) -> NDArray[np.float32]:
    """Return a box's ink, blurred, without what the printed frame may hide."""
    blurred = cv2.GaussianBlur(box * _SEEN, (0, 0), by)
    return np.asarray(blurred / cv2.GaussianBlur(_SEEN, (0, 0), by), np.float32)


def _off() -> NDArray[np.float32]:
    """Return how far each cell lies from the middle of its box, in mm."""
    axis = np.abs((np.arange(CELLS, dtype=np.float32) - (CELLS - 1) / 2) * _CELL)
    return np.asarray(np.maximum(axis[:, None], axis), np.float32)


_INSIDE = (_off() < _FRAME[0]).astype(np.float32)
_SEEN = _INSIDE + (_off() > _FRAME[1]).astype(np.float32)  # no printed frame may lie
