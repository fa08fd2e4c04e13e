"""Find the sheet in a scan and say which page of which ballot it is, or refuse."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.codes import code_texts, corners_by_codes, similarity
from kecan.paper_ballot.corners import find_corners
from kecan.paper_ballot.greys import grey_counts, greys_around, nth
from kecan.paper_ballot.one_sheet import (
    is_end_missing,
    is_of_two_sheets,
    is_other_sheet_seen,
)
from kecan.paper_ballot.sampling import PaperMap, project
from kecan.paper_ballot.sheet_ids import parted_code
from kecan.paper_ballot.ticks import smoothed, tick_shifts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import BallotLayout, PageLayout

LEAST_DPI, MOST_DPI = 140, 640
ASPECT = (1.20, 1.70)  # height over width: A4 cropped, with a border, on a legal glass
SCALE = (0.80, 1.10)  # of the printed sheet against the scan: skew adds a border
GREYS, FINE = 0.10, 300  # pixels between black and white per black one, up to what dpi
"""A 1-bit scan has none; the finer one in grey, the fewer, for they lie along edges."""
SATURATED, BARE = 8, 0.85  # and most of its pixels are as black or white as can be
BLACK, WHITE = 64, 192  # darker is no paper, lighter no ink
BLEACHED = 253  # grey of such paper on half the page
SPARSE = 12  # cells between those looked at for the tone of the paper
INVERTED = 0.002  # least share of white on a black page that is a negative
SEEN = 0.45  # of a square's side, each way from its middle, that is looked at
RIM, HOLLOW = 0.1, 25  # darkest share of a square; greys its middle may be paler
MOST_SHIFT = 2.0  # mm a row may be moved by stretch; less than a third of a row
LEAST_TICKS = 0.7
_TURNS = [0, 1, 2, 3], [2, 3, 0, 1]  # corners of a page upright and upside down
_MM_PER_INCH = 25.4


class Rejection(StrEnum):
    """Why a page was not read at all."""

    UNREADABLE = "unreadable"
    PASSWORD = "password"  # noqa: S105  # a reason, not a secret
    NOT_A_FILE = "not_a_file"  # a pipe or device, of which reading may never end
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    LANDSCAPE = "landscape"
    NOT_A4 = "not_a4"
    RESOLUTION = "resolution"
    BILEVEL = "bilevel"
    COMPACT = "compact"  # a PDF in layers, of which pale strokes may be in none
    NO_CORNERS = "no_corners"
    BLANK = "blank"
    GREY = "grey"  # all over: perhaps a ballot, badly scanned
    DARK = "dark"
    NEGATIVE = "negative"
    MIRRORED = "mirrored"
    PRINT_SCALE = "print_scale"
    NO_CODE = "no_code"
    CODES_DISAGREE = "codes_disagree"
    FOREIGN = "foreign"
    UNKNOWN_PAGE = "unknown_page"
    TICKS_LOST = "ticks_lost"
    STRETCHED = "stretched"
    NOT_WHOLE = "not_whole"  # half of a page, say
    TWO_SHEETS = "two_sheets"
    FAULT = "fault"  # of this program


class PageRejectedError(Exception):
    """The page is not read; ``reason`` is shown over its picture."""

    def __init__(self, reason: Rejection) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page of a ballot found in a scan; ``ink`` is the grey of solid print.

    ``sheet_id`` is empty where the ballot has none. Of a bleached page the scanner
    shows paper as white as can be.
    """

    layout: BallotLayout
    page: PageLayout
    paper: PaperMap
    ink: int
    is_upside_down: bool
    sheet_id: str = ""
    is_bleached: bool = False


def find_page(scan: ScanImage, layouts: Sequence[BallotLayout]) -> FoundPage:
    """Find the sheet, identify it and measure how the paper was stretched.

    Args:
        scan: Page, upright or upside down.
        layouts: Every style printed for this ballot.

    Raises:
        PageRejectedError: If anything needed for reading is in doubt.
    """
    image = scan.full
    _require_page(image)
    first = layouts[0].pages[0]
    square = first.corner_middles
    wide, high = square[1][0] - square[0][0], square[3][1] - square[0][1]
    side = float(first.corners[0].width)
    found = find_corners(scan, wide=wide, high=high, side=side)
    corners, has_squares = found.middles, found.middles is not None
    if corners is None:
        corners = corners_by_codes(image, first)
    if corners is None:
        raise PageRejectedError(_why_no_sheet(image))
    measured = math.dist(*corners[:2].tolist()) / wide
    if not SCALE[0] <= measured / scan.per_mm <= SCALE[1]:
        raise PageRejectedError(Rejection.PRINT_SCALE)
    if not LEAST_DPI <= measured * _MM_PER_INCH <= MOST_DPI:
        raise PageRejectedError(Rejection.RESOLUTION)
    turns = [_homography(square, corners[order]) for order in _TURNS]
    ink = _ink(image, corners, half=round(SEEN * side * scan.per_mm))
    turned = _turn(scan, turns, page=first, ink=ink)
    layout, page, sheet_id = _identified(
        scan, turns[turned], page=first, layouts=layouts
    )
    if is_other_sheet_seen(
        scan, found.others, turns[turned], corners=page.corners, ink=ink
    ):
        raise PageRejectedError(Rejection.TWO_SHEETS)
    return FoundPage(
        layout=layout,
        page=page,
        paper=_paper(scan, turns[turned], page=page, ink=ink, by_squares=has_squares),
        ink=ink,
        is_upside_down=turned == 1,
        sheet_id=sheet_id,
        is_bleached=_is_bleached(scan),
    )


def _is_bleached(scan: ScanImage) -> bool:
    # Where corners are looked for the page is halved already, and small.
    some = scan.at(0.5).cells[::SPARSE, ::SPARSE]
    return 2 * int(np.count_nonzero(some >= BLEACHED)) > some.size


def _ink(image: NDArray[np.uint8], corners: NDArray[np.float64], *, half: int) -> int:
    """Return the grey of solid print; two corners may be missing from the scan.

    ``half`` is half the side, in pixels, of what is looked at of each square.
    """
    greys = greys_around(image, corners, half, (0.5, RIM)).tolist()
    # Of a square whose middle a copier left pale, the rim is as dark as strokes are.
    solid = [middle if middle - rim < HOLLOW else rim for middle, rim in greys]
    return int(sorted(solid)[1])


def is_blank(image: NDArray[np.uint8]) -> bool:
    """Tell whether a page shows hardly any ink away from its edges."""
    height, width = image.shape
    inner = image[height // 20 : -height // 20 : 4, width // 20 : -width // 20 : 4]
    return float((inner < 0.7 * np.median(inner)).mean()) < 0.002  # noqa: PLR2004


def _why_no_sheet(image: NDArray[np.uint8]) -> Rejection:
    """Tell white paper from one grey all over, which may be a ballot badly scanned."""
    if not is_blank(image):
        return Rejection.NO_CORNERS
    return Rejection.BLANK if np.median(image[::8, ::8]) >= WHITE else Rejection.GREY


def _require_page(image: NDArray[np.uint8]) -> None:
    """Check that an image may be a scan of a sheet in grey."""
    height, width = image.shape
    if width > height:
        raise PageRejectedError(Rejection.LANDSCAPE)
    dpi = width / 210 * _MM_PER_INCH
    if not LEAST_DPI / SCALE[1] <= dpi <= MOST_DPI / SCALE[0]:
        raise PageRejectedError(Rejection.RESOLUTION)
    if not ASPECT[0] <= height / width <= ASPECT[1]:
        raise PageRejectedError(Rejection.NOT_A4)
    # The middle of the page: what lies around it may be the black of a scanner's lid.
    area = height // 6, 5 * height // 6, width // 6, 5 * width // 6
    greys = grey_counts(image, area, (48, 3))
    edges = [0, SATURATED + 1, BLACK, WHITE, 255 - SATURATED]
    black, darkish, middle, lightish, white = np.add.reduceat(greys, edges).tolist()
    dark, light, bare = black + darkish, lightish + white, black + white
    total = dark + middle + light
    if 2 * dark > total:
        is_negative = light > INVERTED * total
        raise PageRejectedError(Rejection.NEGATIVE if is_negative else Rejection.DARK)
    few_greys = GREYS * min(1.0, FINE / dpi) * dark
    if dark and middle < few_greys and bare > BARE * total:
        raise PageRejectedError(Rejection.BILEVEL)


def _homography(
    places: NDArray[np.float64], pixels: NDArray[np.float64]
) -> NDArray[np.float64]:
    found: NDArray[np.float64] = cv2.getPerspectiveTransform(
        places.astype(np.float32), pixels.astype(np.float32)
    ).astype(np.float64)
    return found


def _turn(
    scan: ScanImage,
    turns: list[NDArray[np.float64]],
    *,
    page: PageLayout,
    ink: int,
) -> int:
    """Return 0 for upright, 1 for upside down, from the orientation bar and codes."""
    bar = page.orientation_bar
    middle = np.array(bar.centre)
    across = page.corner_middles[0] + page.corner_middles[1] - middle
    mirror = np.array([[middle[0], middle[1]], [across[0], middle[1]]])
    half = round(0.3 * min(bar.width, bar.height) * scan.per_mm)
    halved = scan.at(0.5).cells
    area = 0, len(halved), 0, halved.shape[1]
    counts = grey_counts(halved, area, (2 * SPARSE, 2 * SPARSE))
    level = (ink + nth(counts, int(counts.sum()) // 2)) / 2
    places = np.concatenate([project(turn, mirror) for turn in turns])
    greys = greys_around(scan.full, places, half, (0.5,))
    upright, has_mirror, upside_down, has_other_mirror = (greys[:, 0] < level).tolist()
    has_mirror = has_mirror or has_other_mirror
    if upright != upside_down:
        return 0 if upright else 1
    for index, turn in enumerate(turns):
        if code_texts(scan, turn, _code_places(page)):
            return index
    if has_mirror and not upright:
        raise PageRejectedError(_unless_blank(scan, Rejection.MIRRORED))
    reasons = [_why_no_code(scan, turn, page=page) for turn in turns]
    raise PageRejectedError(min(reasons, key=lambda one: one is Rejection.NO_CODE))


def _identified(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    page: PageLayout,
    layouts: Sequence[BallotLayout],
) -> tuple[BallotLayout, PageLayout, str]:
    texts = set(code_texts(scan, homography, _code_places(page)))
    if not texts:
        raise PageRejectedError(_why_no_code(scan, homography, page=page))
    if len(texts) > 1:
        raise PageRejectedError(Rejection.CODES_DISAGREE)
    text = texts.pop()
    printed, sheet_id = parted_code(text)
    for layout in layouts:
        for one in layout.pages:
            if printed == one.codes[0].text:
                return layout, one, sheet_id
    raise PageRejectedError(_unknown(text, events={one.event for one in layouts}))


def _why_no_code(
    scan: ScanImage, homography: NDArray[np.float64], *, page: PageLayout
) -> Rejection:
    """Tell a mirrored page, whose codes stand on the other side, from a lost code."""
    width = page.corners[0].x + page.corners[1].right
    mirrored = [
        place.moved(right=width - place.right - place.x) for place in _code_places(page)
    ]
    found = code_texts(scan, homography, mirrored)
    return _unless_blank(scan, Rejection.MIRRORED if found else Rejection.NO_CODE)


def _unless_blank(scan: ScanImage, reason: Rejection) -> Rejection:
    """Tell the blank back of a sheet that shines through from a page of its own."""
    return Rejection.BLANK if is_blank(scan.full) else reason


def _code_places(page: PageLayout) -> list[Rectangle]:
    return [code.rectangle for code in page.codes]


def _unknown(text: str, *, events: set[str]) -> Rejection:
    rest, _, check = text.rpartition("|")
    parts = rest.split("|")
    is_ours = len(parts) > 1 and parts[0] == "B1" and parts[1] in events
    is_whole = f"{zlib.crc32(rest.encode()):08x}" == check.lower()
    return Rejection.UNKNOWN_PAGE if is_ours or not is_whole else Rejection.FOREIGN


def _paper(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    page: PageLayout,
    ink: int,
    by_squares: bool,
) -> PaperMap:
    """Measure the stretch of a page; where its place is too rough, ticks give it.

    A copier's white rim or a worn print may have left too little of two squares.
    """
    if by_squares:
        try:
            return _stretch(scan, homography, page=page, ink=ink)
        except PageRejectedError as refusal:
            if refusal.reason is not Rejection.STRETCHED:
                raise
    placed = _homography_by_ticks(scan, homography, page=page, ink=ink)
    paper = _stretch(scan, placed, page=page, ink=ink)
    if is_end_missing(scan, paper, page=page):
        raise PageRejectedError(Rejection.NOT_WHOLE)
    return paper


def _stretch(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    page: PageLayout,
    ink: int,
) -> PaperMap:
    count, middles = len(page.ticks), page.tick_middles
    shifts = _tick_shifts(scan, homography, page=page, ink=ink)
    for side in (shifts[:count], shifts[count:]):
        if _found_ticks(side) < LEAST_TICKS * count:
            raise PageRejectedError(Rejection.TICKS_LOST)
    left = smoothed(shifts[:count], page.tick_rows)
    right = smoothed(shifts[count:], page.tick_rows)
    if max(np.abs(left).max(), np.abs(right).max()) > MOST_SHIFT:
        raise PageRejectedError(Rejection.STRETCHED)
    paper = PaperMap(
        homography=homography,
        rows=page.tick_rows,
        left=left,
        right=right,
        sides=(float(middles[0, 0]), float(middles[count, 0])),
    )
    if is_of_two_sheets(paper):
        raise PageRejectedError(Rejection.TWO_SHEETS)
    return paper


def _homography_by_ticks(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    page: PageLayout,
    ink: int,
) -> NDArray[np.float64]:
    """Return a roughly placed page's homography, set on the ticks of both sides."""
    shifts = _tick_shifts(scan, homography, page=page, ink=ink)
    if _found_ticks(shifts) < LEAST_TICKS * len(shifts):
        raise PageRejectedError(Rejection.TICKS_LOST)
    found = np.isfinite(shifts[:, 0])
    places = page.tick_middles[found]
    pixels = project(homography, places + shifts[found])
    return np.vstack([similarity(places, pixels), (0, 0, 1)])


def _tick_shifts(
    scan: ScanImage, homography: NDArray[np.float64], *, page: PageLayout, ink: int
) -> NDArray[np.float64]:
    """Return how far the ticks of a page lie off, all left ones first."""
    tick = page.ticks[0].left
    return tick_shifts(
        scan,
        homography,
        middles=page.tick_middles,
        area=tick.width * tick.height,
        ink=ink,
    )


def _found_ticks(shifts: NDArray[np.float64]) -> int:
    return int(np.count_nonzero(np.isfinite(shifts[:, 0])))
