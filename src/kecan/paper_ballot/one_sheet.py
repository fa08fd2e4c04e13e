"""Tell what is not one whole sheet: an end is missing, or two sheets were fed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.corners import have_size
from kecan.paper_ballot.layout import PAGE_HEIGHT, PAGE_WIDTH
from kecan.paper_ballot.sampling import project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.corners import Square
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import PageLayout
    from kecan.paper_ballot.sampling import PaperMap

_STEP = 0.5  # mm a cell: enough for a square and a code, and made already
_AROUND = 1.0  # mm of clear paper looked at with a print, to know its grey
_BEYOND = 0.8  # mm beyond a square where paper is looked for
_SPARSE = 12  # cells between those looked at for the tone of the paper
_PAPER = 0.85  # of the greys around a print that are darker than its paper
_PRINT = 0.15  # of paper's grey that print is darker by; half of worn solid print
_INKED = 0.05  # of a window that is print where any is left; of the scale line .13
_SEEN = 0.25  # of a print that lies in the scan for it to count as missing
_JUMP = 0.5  # mm aside between two rows: feeders pull by up to .3, sheets lie anyhow


def is_other_sheet_seen(
    scan: ScanImage,
    squares: Sequence[Square],
    homography: NDArray[np.float64],
    *,
    corners: tuple[Rectangle, ...],
    ink: int,
) -> bool:
    """Tell whether a corner square lies off the sheet: another one shows beyond it.

    The lid of a scanner beside the sheet may be dark too: a square has paper around.

    Args:
        scan: Page.
        squares: What may be one, besides those the sheet was found by.
        homography: From millimetres on the sheet to pixels.
        corners: The squares of the sheet.
        ink: Grey of solid print.
    """
    if not squares:
        return False
    ends = project(homography, np.array([one.centre for one in corners[:2]]))
    wide = corners[1].x - corners[0].x
    side = float(np.hypot(*(ends[1] - ends[0]))) * corners[0].width / wide
    alike = [one.middle for one in squares if have_size([one], side)]
    if not alike:
        return False
    to_sheet = np.asarray(np.linalg.inv(homography), np.float64)
    return any(
        not (0 < x < PAGE_WIDTH and 0 < y < PAGE_HEIGHT)
        and _is_dark_on_paper(
            scan, homography, middle=(x, y), side=corners[0].width, ink=ink
        )
        for x, y in project(to_sheet, np.array(alike)).tolist()
    )


def _is_dark_on_paper(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    middle: tuple[float, float],
    side: float,
    ink: int,
) -> bool:
    """Tell whether print as large as a square has paper on all its four sides."""
    along, beyond = np.linspace(-0.3, 0.3, 5) * side, side / 2 + _BEYOND
    inside = np.dstack(np.meshgrid(along, along)).reshape(-1, 2)
    below = np.column_stack([along, np.full(len(along), beyond)])
    around = (below, -below, below[:, ::-1], -below[:, ::-1])
    greys = [
        _middle_grey(scan, project(homography, places + middle))
        for places in (inside, *around)
    ]
    level = (ink + float(np.median(scan.at(_STEP).cells[::_SPARSE, ::_SPARSE]))) / 2
    return greys[0] < level < min(greys[1:])


def _middle_grey(scan: ScanImage, pixels: NDArray[np.float64]) -> float:
    """Return the middle grey at some pixels; black where they lie beyond the scan."""
    x, y = np.rint(pixels).astype(int).T
    height, width = scan.full.shape
    if x.min() < 0 or y.min() < 0 or x.max() >= width or y.max() >= height:
        return 0.0
    return float(np.median(scan.full[y, x]))


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


def is_of_two_sheets(paper: PaperMap) -> bool:
    """Tell whether both margins jump aside between two rows: two sheets meet there.

    A feeder pulls paper aside little by little.
    """
    left, right = (side[1:, 0] - side[:-1, 0] for side in (paper.left, paper.right))
    to_right = np.minimum(left, right).max(initial=0)
    to_left = np.maximum(left, right).min(initial=0)
    return bool(max(to_right, -to_left) > _JUMP)
