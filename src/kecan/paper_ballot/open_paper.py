"""The paper of a page on which nobody should write: outside rows, print and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.paper_map import STEP, cells, empty_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.layout import PageLayout

GLANCE = 4
"""Of how many places, each way, one is enough to tell at a glance where to look."""
_FROM_PRINT = 1.0  # mm around print that are not looked at
_EDGE = 8.0  # mm of the sheet's edge that are not looked at: shadows, torn paper
_AROUND_ROWS = 1.5  # mm above and below a row that are the row's
_STAMP = 14.0  # mm that a stamp may be set beside its zone
_STAPLED = 42.0, 30.0  # mm from the top left corner where sheets are stapled
_PUNCHED = 18.0  # mm from the left edge where sheets are punched


def open_paper(page: PageLayout, clear: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return 1 where a page as printed is clear paper outside rows and zones."""
    found = cv2.erode(
        clear, np.ones((2 * round(_FROM_PRINT / STEP) + 1,) * 2, np.uint8)
    )
    found[(rows_of(page) | zones_of(page)) > 0] = 0
    return np.asarray(found, np.uint8)


def zones_of(page: PageLayout) -> NDArray[np.uint8]:
    """Return 1 where a sheet is stamped, stapled, punched, torn or in shadow."""
    found = empty_map()
    edge = round(_EDGE / STEP)
    found[:edge] = found[-edge:] = 1
    found[:, :edge] = found[:, -edge:] = 1
    found[:, : round(_PUNCHED / STEP)] = 1
    found[cells(0, _STAPLED[1]), cells(0, _STAPLED[0])] = 1
    if page.stamp_zone is not None:
        zone = page.stamp_zone.grown(_STAMP)
        found[cells(zone.y, zone.bottom), cells(zone.x, zone.right)] = 1
    return found


def rows_of(page: PageLayout, *, beside: float = _AROUND_ROWS) -> NDArray[np.uint8]:
    """Return 1 in every row of a page and a little around it, :data:`STEP` apart.

    ``beside`` is in mm, to the left and right of a row.
    """
    rows = empty_map()
    for row in page.rows:
        high, wide = row.rectangle.grown(_AROUND_ROWS), row.rectangle.grown(beside)
        rows[cells(high.y, high.bottom), cells(wide.x, wide.right)] = 1
    return rows
