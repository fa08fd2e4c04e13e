"""Handwriting away from the rows: in the margins, over the title, between contests.

Whether such a ballot is valid is for people. A glance at a coarse page finds whether
there is anything; only then is it looked at closely, so that dust, hairs, folds,
stains, holes, staples and stamps call nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.greys import grey_counts, nth
from kecan.paper_ballot.open_paper import GLANCE, rows_of, zones_of
from kecan.paper_ballot.page_ink import PageInk, sheet_of
from kecan.paper_ballot.paper_map import STEP, cells
from kecan.paper_ballot.sheet_lines import without_lines
from kecan.paper_ballot.stamps import rings
from kecan.paper_ballot.strokes import hairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.blank_page import BlankPage
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import PageLayout

_GLANCE = 2.0  # mm, a cell of the glance
_NEAR = np.ones((5, 5), np.uint8)  # such cells around one among which paper is
_TO_PAPER = np.array(  # from places of a map looked at for it to mm
    [
        [GLANCE * STEP, 0, GLANCE // 2 * STEP],
        [0, GLANCE * STEP, GLANCE // 2 * STEP],
        [0, 0, 1.0],
    ]
)
_PALE = 0.045  # darkness of such a cell that a stroke crosses
_FEWEST = 2  # such cells
_AT_ROW = 0.8  # mm beside a row: what begins so near comes out of it
_IN_ROWS = 0.5  # share of a piece in rows from which they tell of it
_COLUMNS = 4.0  # mm left of the first boxes that are theirs
_JOINED = 1.0  # mm between strokes of one piece of writing
_LEAST_PIECE, _LEAST = 0.8, 2.0  # mm2 of ink in a piece that is no speck; in all
_LEAST_DARK = 0.25  # upper darkness of a piece: what is paler shows through
_WIDEST = 2.2  # mm of ink across a stroke; wider is no pen's, but where strokes meet
_BLOT, _SOLID = 10.0, 0.15  # mm2 of a round blot so wide, and how much of it is wider
_CHANGED = 8  # greys
_THIN = 0.11  # mm of solid ink across a line that may be a hair
_LEAST_SIDE = 3.0  # mm, of a piece of writing
_BAR = 2.6  # mm across a piece of a streak or fold
_RULED, _STRAIGHT = 40.0, 0.4  # mm of such a line, mm its ink is off it
_SLANT = 0.08  # most slope of one, to a side of the sheet
_SEAL = 28.0  # mm, both sides of a piece that is a stamp set elsewhere


def writing_outside(
    scan: ScanImage, even: ScanImage, found: FoundPage, *, blank: BlankPage
) -> Rectangle | None:
    """Return where on paper a pen wrote away from the rows of a page, if it did.

    Args:
        scan: Page.
        even: The same without its streaks and folds.
        found: Where its parts lie.
        blank: The page as printed.
    """
    if not _at_a_glance(even, found, blank.glance):
        return None
    image = without_lines(even.full, found)
    sheet = sheet_of(image, found)
    page = PageInk(sheet=sheet, clear=sheet.of_paper(blank.clear) > 0)
    taken = _taken_out(scan.full, image, like=page.ink)
    away = taken | hairs(page, found.page, thin=_THIN)
    if _written(page, page.ink * (away == 0), found, blank=blank) is None:
        return None
    away |= rings(page, with_inside=True)
    return _written(page, page.ink * (away == 0), found, blank=blank)


def _written(
    page: PageInk, ink: NDArray[np.uint8], found: FoundPage, *, blank: BlankPage
) -> Rectangle | None:
    """Return where the ink outside the rows is a pen's, if there is enough of it."""
    sheet = page.sheet
    reach = 2 * round(_JOINED / STEP / 2) + 1
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    is_open = sheet.of_paper(blank.outside) > 0
    in_rows = sheet.of_paper(rows_of(found.page, beside=_AT_ROW)) > 0
    at_boxes = sheet.of_paper(_at_boxes(found.page)) > 0
    wide = 2 * round(_WIDEST / STEP / 2) + 1
    in_blobs = cv2.erode(ink, np.ones((wide, wide), np.uint8)) > 0
    spots = np.flatnonzero(ink)
    names = labels.ravel()[spots]
    sides = stats[:, [cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH]] * STEP
    kept = np.zeros(count, np.bool_)
    for name in np.unique(names[is_open.ravel()[spots]]):
        mine = spots[names == name]
        kept[name] = (
            in_rows.ravel()[mine].mean() <= _IN_ROWS
            and not at_boxes.ravel()[mine].any()
            and len(mine) * STEP**2 >= _LEAST_PIECE
            and sides[name].max() >= _LEAST_SIDE
            and sides[name].min() < _SEAL
            and np.percentile(page.dark.ravel()[mine], 90) >= _LEAST_DARK
            and in_blobs.ravel()[mine].mean() <= _most_solid(len(mine))
        )
    for along, across in ((0, 1), (1, 0)):  # upright bars, then level ones
        bars = kept & (sides[:, along] > sides[:, across]) & (sides[:, across] <= _BAR)
        places = np.divmod(spots[bars[names]], ink.shape[1])
        if len(places[0]) and _is_ruled(places[along], places[across]):
            kept &= ~bars
    in_zones = sheet.of_paper(zones_of(found.page)) > 0
    written = spots[kept[names] & ~in_zones.ravel()[spots]]
    if len(written) * STEP**2 < _LEAST:
        return None
    across, down = (one.ravel()[written] for one in (sheet.x, sheet.y))
    left, top = float(across.min()), float(down.min())
    return rectangle(left, top, float(across.max()) - left, float(down.max()) - top)


def _most_solid(spots: int) -> float:
    """Return the share of a piece that may be wider than any pen's stroke.

    Where strokes of a felt pen meet they are; a blot as large is so for the most part.
    """
    return _SOLID if spots * STEP**2 >= _BLOT else 0.0


def _at_boxes(page: PageLayout) -> NDArray[np.uint8]:
    """Return 1 in the columns of the boxes, out of which the strokes of marks come."""
    found = rows_of(page, beside=_AT_ROW)
    first = min((box.rectangle.x for box in page.boxes), default=0.0)
    found[:, cells(0, first - _COLUMNS)] = 0
    return found


def _is_ruled(along: NDArray[np.int64], beside: NDArray[np.int64]) -> bool:
    """Tell whether ink lies on one long straight line along a side of the sheet.

    What is left of a streak or fold between print does; no hand writes so.
    """
    along = along - along.min()
    count = np.bincount(along)
    places = np.flatnonzero(count)
    if places[-1] * STEP < _RULED:
        return False
    middles = np.bincount(along, weights=beside)[places] / count[places]
    slope, start = np.polyfit(places, middles, 1)
    off = np.abs(middles - slope * places - start) * STEP
    return bool(abs(slope) <= _SLANT and np.percentile(off, 90) <= _STRAIGHT)


def _taken_out(
    scan: NDArray[np.uint8], image: NDArray[np.uint8], *, like: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Return 1 at and beside the lines that were taken out of a scan."""
    changed = np.where(cv2.absdiff(scan, image) > _CHANGED, 255, 0).astype(np.uint8)
    small = cv2.resize(changed, like.shape[::-1], interpolation=cv2.INTER_AREA)
    near = cv2.dilate(small, np.ones((5, 5), np.uint8))
    return np.asarray(near > 0, np.bool_).view(np.uint8)


def _at_a_glance(scan: ScanImage, found: FoundPage, outside: NDArray[np.uint8]) -> bool:
    seen = scan.at(_GLANCE)
    small, (height, width) = seen.cells, seen.cells.shape
    tone = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, _NEAR), np.uint8)
    to_cells = seen.matrix @ found.paper.homography @ _TO_PAPER
    looked_at = cv2.warpPerspective(
        outside, to_cells, (width, height), flags=cv2.INTER_NEAREST
    )
    counts = grey_counts(tone, (0, height, 0, width), (1, 1))
    paper = nth(counts, (tone.size - 1) // 2)
    least = max(2, round(_PALE * (paper - found.ink)))
    is_dark = (cv2.subtract(tone, small) >= least) & (looked_at > 0)
    return int(np.count_nonzero(is_dark)) >= _FEWEST
