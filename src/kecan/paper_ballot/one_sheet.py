"""Tell what is not one whole sheet: an end is missing, or two sheets were fed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.corners import have_size
from kecan.paper_ballot.layout import PAGE_HEIGHT, PAGE_WIDTH
from kecan.paper_ballot.sampling import project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from kecan.paper_ballot.corners import Square
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import PageLayout
    from kecan.paper_ballot.sampling import PaperMap

_STEP = 0.5  # mm a cell: enough for a square and a code, and made already
_AROUND = 1.0  # mm of clear paper looked at with a print, to know its grey
_PAPER = 0.85  # of the greys around a print that are darker than its paper
_PRINT = 0.15  # of paper's grey that print is darker by; half of worn solid print
_INKED = 0.05  # of a window that is print where any is left; of the scale line .13
_SEEN = 0.25  # of a print that lies in the scan for it to count as missing
_JUMP = 0.7  # mm aside between two rows: feeders pull by up to .3, sheets lie anyhow


def is_other_sheet_seen(
    squares: Iterable[Square],
    homography: NDArray[np.float64],
    *,
    corners: tuple[Rectangle, ...],
) -> bool:
    """Tell whether a corner square lies off the sheet: another one shows beyond it.

    Args:
        squares: All that may be one.
        homography: From millimetres on the sheet to pixels.
        corners: The squares of the sheet.
    """
    ends = project(homography, np.array([one.centre for one in corners[:2]]))
    wide = corners[1].x - corners[0].x
    side = float(np.hypot(*(ends[1] - ends[0]))) * corners[0].width / wide
    alike = [one.middle for one in squares if have_size([one], side)]
    if not alike:
        return False
    to_sheet = np.asarray(np.linalg.inv(homography), np.float64)
    x, y = project(to_sheet, np.array(alike)).T
    is_on = (x > 0) & (x < PAGE_WIDTH) & (y > 0) & (y < PAGE_HEIGHT)
    return not bool(is_on.all())


def is_end_missing(scan: ScanImage, paper: PaperMap, *, page: PageLayout) -> bool:
    """Tell whether nothing is left of what is printed at the head or foot of a page.

    What lies beyond the glass is not missed.
    """
    upper, lower = page.codes
    head = [*page.corners[:2], page.orientation_bar, upper.rectangle]
    foot = [*page.corners[2:], page.scale_line, lower.rectangle]
    return any(_is_bare(scan, paper, places) for places in (head, foot))


def _is_bare(scan: ScanImage, paper: PaperMap, places: Iterable[Rectangle]) -> bool:
    windows = [_window(scan, paper, place.grown(_AROUND)) for place in places]
    seen = [one for one in windows if one is not None]
    return bool(seen) and not any(map(_has_print, seen))


def _window(
    scan: ScanImage, paper: PaperMap, place: Rectangle
) -> NDArray[np.uint8] | None:
    """Return the greys of a place; None where too little of it lies in the scan."""
    seen = scan.at(_STEP)
    ends = np.array([(place.x, place.y), (place.right, place.bottom)])
    at = project(np.asarray(seen.matrix @ paper.homography, np.float64), ends)
    (left, top), (right, bottom) = np.rint(np.sort(at, axis=0)).astype(int).tolist()
    cells = seen.cells[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    return cells if cells.size > _SEEN * (right - left) * (bottom - top) else None


def _has_print(cells: NDArray[np.uint8]) -> bool:
    white = float(np.quantile(cells, _PAPER))
    return float((cells < white * (1 - _PRINT)).mean()) > _INKED


def is_of_two(paper: PaperMap) -> bool:
    """Tell whether both margins jump aside between two rows: two sheets meet there.

    A feeder pulls paper aside little by little.
    """
    left, right = (np.diff(side[:, 0]) for side in (paper.left, paper.right))
    both = np.where(left * right > 0, np.minimum(np.abs(left), np.abs(right)), 0)
    return bool(both.max(initial=0) > _JUMP)
