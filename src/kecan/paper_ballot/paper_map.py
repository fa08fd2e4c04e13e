"""Maps of a page's paper, one cell a quarter of a millimetre each way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP = 0.25
"""Millimetres between cells, and between the samples of a scan looked at again."""
_WIDE, _HIGH = 210, 297  # mm of A4


def empty_map() -> NDArray[np.uint8]:
    """Return a map of the whole sheet on which nothing is set."""
    return np.zeros((round(_HIGH / STEP), round(_WIDE / STEP)), np.uint8)


def cells(first: float, last: float) -> slice:
    """Return the cells from one place to another, in mm from an edge of the sheet."""
    return slice(max(0, round(first / STEP)), max(0, round(last / STEP)))
