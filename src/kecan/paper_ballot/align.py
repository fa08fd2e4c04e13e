"""Find the sheet in a scan and say which page of which ballot it is, or refuse."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np
import zxingcpp

from kecan.paper_ballot.corners import find_corners
from kecan.paper_ballot.sampling import PaperMap, patches, project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.layout import BallotLayout, PageLayout

LEAST_DPI, MOST_DPI = 145, 620
ASPECT = (1.30, 1.55)  # height over width of an A4 page, cropped or with a border
SCALE = (0.97, 1.03)
GREYS = 0.10  # pixels between black and white per black one; a 1-bit scan has none
MOST_SHIFT = 2.0  # mm a row may be moved by stretch; less than a third of a row
LEAST_TICKS = 0.7
_MM_PER_INCH = 25.4
_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_TICK_WINDOW = (9.0, 7.0)
_TICK_AREA = (0.6, 1.5)


class Rejection(StrEnum):
    """Why a page was not read at all."""

    UNREADABLE = "unreadable"
    PASSWORD = "password"  # noqa: S105  # a reason, not a secret
    TOO_LARGE = "too_large"
    LANDSCAPE = "landscape"
    NOT_A4 = "not_a4"
    RESOLUTION = "resolution"
    BILEVEL = "bilevel"
    NO_CORNERS = "no_corners"
    BLANK = "blank"
    MIRRORED = "mirrored"
    PRINT_SCALE = "print_scale"
    NO_CODE = "no_code"
    CODES_DISAGREE = "codes_disagree"
    FOREIGN = "foreign"
    UNKNOWN_PAGE = "unknown_page"
    TICKS_LOST = "ticks_lost"
    STRETCHED = "stretched"


class PageRejectedError(Exception):
    """The page is not read; ``reason`` is shown over its picture."""

    def __init__(self, reason: Rejection) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page of a ballot found in a scan; ``ink`` is the grey of solid print."""

    layout: BallotLayout
    page: PageLayout
    paper: PaperMap
    ink: int
    is_upside_down: bool


def find_page(image: NDArray[np.uint8], layouts: Sequence[BallotLayout]) -> FoundPage:
    """Find the sheet, identify it and measure how the paper was stretched.

    Args:
        image: Grey page, upright or upside down.
        layouts: Every style printed for this ballot.

    Raises:
        PageRejectedError: If anything needed for reading is in doubt.
    """
    per_mm = _pixels_per_mm(image)
    first = layouts[0].pages[0]
    square = np.array([corner.centre for corner in first.corners])
    wide, high = square[1][0] - square[0][0], square[3][1] - square[0][1]
    corners = find_corners(image, per_mm=per_mm, ratio=high / wide)
    if corners is None:
        raise PageRejectedError(
            Rejection.BLANK if is_blank(image) else Rejection.NO_CORNERS
        )
    measured = np.hypot(*(corners[1] - corners[0])) / wide / per_mm
    if not SCALE[0] <= measured <= SCALE[1]:
        raise PageRejectedError(Rejection.PRINT_SCALE)
    turns = [_homography(square, np.roll(corners, shift, axis=0)) for shift in (0, 2)]
    ink = int(
        np.percentile(patches(image, _flat(turns[0]), centres=square, size=(4, 4)), 50)
    )
    turned = _turn(image, turns, page=first, ink=ink)
    layout, page = _identified(image, turns[turned], page=first, layouts=layouts)
    paper = _stretch(image, turns[turned], page=page, ink=ink)
    return FoundPage(
        layout=layout, page=page, paper=paper, ink=ink, is_upside_down=turned == 1
    )


def is_blank(image: NDArray[np.uint8]) -> bool:
    """Tell whether a page shows hardly any ink away from its edges."""
    height, width = image.shape
    inner = image[height // 20 : -height // 20 : 4, width // 20 : -width // 20 : 4]
    return float((inner < 0.7 * np.median(inner)).mean()) < 0.002  # noqa: PLR2004


def _pixels_per_mm(image: NDArray[np.uint8]) -> float:
    height, width = image.shape
    if width > height:
        raise PageRejectedError(Rejection.LANDSCAPE)
    dpi = width / 210 * _MM_PER_INCH
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise PageRejectedError(Rejection.RESOLUTION)
    if not ASPECT[0] <= height / width <= ASPECT[1]:
        raise PageRejectedError(Rejection.NOT_A4)
    sample = image[::8]
    dark = int((sample < 64).sum())  # noqa: PLR2004
    middle = int(((sample >= 64) & (sample < 192)).sum())  # noqa: PLR2004
    if dark and middle < GREYS * dark:
        raise PageRejectedError(Rejection.BILEVEL)
    return float(width / 210)


def _homography(
    places: NDArray[np.float64], pixels: NDArray[np.float64]
) -> NDArray[np.float64]:
    found: NDArray[np.float64] = cv2.getPerspectiveTransform(
        places.astype(np.float32), pixels.astype(np.float32)
    ).astype(np.float64)
    return found


def _flat(homography: NDArray[np.float64]) -> PaperMap:
    nothing = np.zeros((2, 2))
    return PaperMap(
        homography=homography,
        rows=np.array([0.0, 297.0]),
        left=nothing,
        right=nothing,
        sides=(0.0, 210.0),
    )


def _turn(
    image: NDArray[np.uint8],
    turns: list[NDArray[np.float64]],
    *,
    page: PageLayout,
    ink: int,
) -> int:
    """Return 0 for upright, 1 for upside down, from the orientation bar and codes."""
    bar = page.orientation_bar
    middle = np.array(bar.centre)
    square = np.array([corner.centre for corner in page.corners])
    across = square[0] + square[1] - middle
    mirror = np.array([[middle[0], middle[1]], [across[0], middle[1]]])
    size = (max(0.5, bar.width * 0.6), max(0.5, bar.height * 0.6))
    dark = []
    for turn in turns:
        cut = patches(image, _flat(turn), centres=mirror, size=size)
        dark.append([float(np.median(one)) < (ink + 255) / 2 - 15 for one in cut])
    upright, upside_down = dark[0][0], dark[1][0]
    if (dark[0][1] or dark[1][1]) and not (upright or upside_down):
        raise PageRejectedError(Rejection.MIRRORED)
    if upright != upside_down:
        return 0 if upright else 1
    for index, turn in enumerate(turns):
        if _code_texts(image, turn, page=page):
            return index
    reasons = [_why_no_code(image, turn, page=page) for turn in turns]
    raise PageRejectedError(min(reasons, key=lambda one: one is Rejection.NO_CODE))


def _code_texts(
    image: NDArray[np.uint8], homography: NDArray[np.float64], *, page: PageLayout
) -> list[str]:
    texts = []
    for code in page.codes:
        crop = _crop(image, homography, code.rectangle.grown(4))
        if crop.size:
            found = zxingcpp.read_barcodes(crop, formats=_CODES)
            texts += [one.text for one in found]
    return texts


def _crop(
    image: NDArray[np.uint8], homography: NDArray[np.float64], area: Rectangle
) -> NDArray[np.uint8]:
    edges = [(area.x, area.y), (area.right, area.y), (area.right, area.bottom)]
    at = project(homography, np.array([*edges, (area.x, area.bottom)]))
    left, top = np.maximum(at.min(axis=0), 0).astype(int)
    right, bottom = np.maximum(at.max(axis=0), 0).astype(int)
    return np.ascontiguousarray(image[top:bottom, left:right])


def _identified(
    image: NDArray[np.uint8],
    homography: NDArray[np.float64],
    *,
    page: PageLayout,
    layouts: Sequence[BallotLayout],
) -> tuple[BallotLayout, PageLayout]:
    texts = set(_code_texts(image, homography, page=page))
    if not texts:
        raise PageRejectedError(_why_no_code(image, homography, page=page))
    if len(texts) > 1:
        raise PageRejectedError(Rejection.CODES_DISAGREE)
    text = texts.pop()
    for layout in layouts:
        for one in layout.pages:
            if text == one.codes[0].text:
                return layout, one
    raise PageRejectedError(_unknown(text, events={one.event for one in layouts}))


def _why_no_code(
    image: NDArray[np.uint8], homography: NDArray[np.float64], *, page: PageLayout
) -> Rejection:
    """Tell a mirrored page, whose codes stand on the other side, from a lost code."""
    width = page.corners[0].x + page.corners[1].right
    for code in page.codes:
        area = code.rectangle.moved(
            right=width - code.rectangle.right - code.rectangle.x
        )
        crop = _crop(image, homography, area.grown(4))
        if crop.size and zxingcpp.read_barcodes(crop, formats=_CODES):
            return Rejection.MIRRORED
    return Rejection.NO_CODE


def _unknown(text: str, *, events: set[str]) -> Rejection:
    rest, _, check = text.rpartition("|")
    parts = rest.split("|")
    is_ours = len(parts) > 1 and parts[0] == "B1" and parts[1] in events
    is_whole = f"{zlib.crc32(rest.encode()):08x}" == check.lower()
    return Rejection.UNKNOWN_PAGE if is_ours or not is_whole else Rejection.FOREIGN


def _stretch(
    image: NDArray[np.uint8],
    homography: NDArray[np.float64],
    *,
    page: PageLayout,
    ink: int,
) -> PaperMap:
    sides = [
        _tick_shifts(
            image,
            homography,
            ticks=[getattr(pair, side) for pair in page.ticks],
            ink=ink,
        )
        for side in ("left", "right")
    ]
    heights = np.array([float(pair.row_y) for pair in page.ticks])
    for shifts in sides:
        if np.isfinite(shifts[:, 0]).mean() < LEAST_TICKS:
            raise PageRejectedError(Rejection.TICKS_LOST)
    left, right = (_smooth(shifts, heights) for shifts in sides)
    if max(np.abs(left).max(), np.abs(right).max()) > MOST_SHIFT:
        raise PageRejectedError(Rejection.STRETCHED)
    first = page.ticks[0]
    return PaperMap(
        homography=homography,
        rows=heights,
        left=left,
        right=right,
        sides=(first.left.centre[0], first.right.centre[0]),
    )


def _tick_shifts(
    image: NDArray[np.uint8],
    homography: NDArray[np.float64],
    *,
    ticks: list[Rectangle],
    ink: int,
) -> NDArray[np.float64]:
    """Return how far each tick was found from its place, in mm; NaN where it was not."""
    step = 0.125
    centres = np.array([tick.centre for tick in ticks])
    cut = patches(image, _flat(homography), centres=centres, size=_TICK_WINDOW)
    papers = np.percentile(cut[:, ::3, ::3], 85, axis=(1, 2))
    shifts = np.full((len(ticks), 2), np.nan)
    for index, (patch, tick) in enumerate(zip(cut, ticks, strict=True)):
        paper = papers[index]
        dark = (patch < (paper + ink) / 2).astype(np.uint8)
        _, _, stats, middles = cv2.connectedComponentsWithStats(dark, connectivity=4)
        share = stats[1:, cv2.CC_STAT_AREA] * step**2 / (tick.width * tick.height)
        whole = np.flatnonzero((share > _TICK_AREA[0]) & (share < _TICK_AREA[1]))
        if len(whole) == 1:
            middle = (np.array([patch.shape[1], patch.shape[0]]) - 1) / 2
            shifts[index] = (middles[1 + whole[0]] - middle) * step
    return shifts


def _smooth(
    shifts: NDArray[np.float64], heights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fill lost ticks from their neighbours and drop single outliers."""
    found = np.isfinite(shifts[:, 0])
    filled = np.column_stack(
        [np.interp(heights, heights[found], shifts[found, axis]) for axis in (0, 1)]
    )
    padded = np.pad(filled, ((1, 1), (0, 0)), mode="edge")
    return np.asarray(np.median(np.stack([padded[:-2], filled, padded[2:]]), axis=0))
