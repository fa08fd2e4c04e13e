"""Look again at a page that left doubts: take off it what no voter meant there.

Stains are lifted, lines over the whole sheet and the rings of a stamp taken out, and a
stroke that runs from a mark over the rule into the next row is taken out of that row. Where any of them
touches a box, that box stays as it was scanned, so that a person decides it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.page_ink import PageInk, sheet_of
from kecan.paper_ballot.page_lines import EvenedPage
from kecan.paper_ballot.sheet_lines import without_lines
from kecan.paper_ballot.show_through import shown_through
from kecan.paper_ballot.stamps import rings
from kecan.paper_ballot.strokes import TOUCH, blots, box_zones, hairs, tails

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.blank_page import BlankPage
    from kecan.paper_ballot.page_ink import Sheet

_TAKEN = 8  # greys by which a line is seen to be taken out
_KEPT = 6.5  # mm from the middle of a touched box that stay as they are
_AROUND = 3.9, 2.9  # mm from the middle of a box: the paper around it
_UNEVEN = 0.05  # darkness by which the tone of the paper differs where a stain ends
_INSIDE = 2.7  # mm from the middle of a box to outside of its frame
_MOST_LIFT = 0.7


def clean_page(
    image: NDArray[np.uint8],
    found: FoundPage,
    *,
    blank: BlankPage,
    others: Iterable[BlankPage],
    scan: NDArray[np.uint8],
) -> EvenedPage:
    """Take off a page what no voter meant there.

    Args:
        image: Grey page, uint8, 0 = black, all lines found so far taken out.
        found: Where the sheet lies.
        scan: The same page with what touches boxes left there.
        blank: The page as printed.
        others: Every page of its style, one of which may show through.
    """
    boxes = np.array([box.rectangle.centre for box in found.page.boxes])
    straight = without_lines(image, found)
    sheet = sheet_of(straight, found)
    middles, per_mm = found.paper.pixels(boxes), image.shape[1] / 210
    page = PageInk(sheet=sheet, clear=sheet.of_paper(blank.clear) > 0)
    behind = shown_through(
        page, _every_mm(found, sheet), prints=[one.grey for one in others]
    )
    samples = project_to(sheet.matrix, middles)
    lifted = _lifted(straight, _paper_of(page, samples, behind), sheet.matrix)
    away = behind | tails(page, found.page) | hairs(page, found.page)
    away |= blots(page, found.page)
    of_stamp = rings(page)
    away |= of_stamp & (sheet.of_paper(box_zones(found.page)) == 0)
    even = _painted(lifted, away.astype(np.uint8), sheet.tone, sheet.matrix)
    touched = _touched(image, straight, middles, per_mm=per_mm)
    touched |= _touched(image, scan, middles, per_mm=per_mm)
    touched |= _uneven(sheet, samples)
    # Without its ring outside, what a stamp left in a box would look like a mark.
    reach = TOUCH * sheet.per_mm
    touched |= [of_stamp[_area(sample, half=reach)].any() for sample in samples]
    at_boxes = even.copy()
    for middle in middles[touched]:
        area = _area(middle, half=_KEPT * per_mm)
        at_boxes[area] = scan[area]
    return EvenedPage(all_out=ScanImage(even), at_boxes=ScanImage(at_boxes))


def _paper_of(
    page: PageInk, samples: NDArray[np.float64], behind: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Return the tone of the paper; inside a box, that of the paper around it.

    No stain is as small as a box: what is pale in it alone may be a mark. Nor is one as
    small as the letters that a thin stroke makes dense. Where the other side shows
    through, its tone stays.
    """
    sheet = page.sheet
    tone = np.where(page.clear, sheet.tone, sheet.broad)
    inner, outer = (half * sheet.per_mm for half in (_INSIDE, _AROUND[0]))
    for sample in samples:
        area = _area(sample, half=inner)
        if not behind[area].any():
            around = sheet.tone[_area(sample, half=outer)]
            edge = max(1, round(outer - inner))
            ring = (around[:edge], around[-edge:], around[:, :edge], around[:, -edge:])
            tone[area] = np.median(np.concatenate([part.ravel() for part in ring]))
    return tone


def _every_mm(
    found: FoundPage, sheet: Sheet
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where in the sheet's samples every millimetre of the paper lies."""
    x, y = np.meshgrid(np.arange(210) + 0.5, np.arange(297) + 0.5)
    pixels = found.paper.pixels(np.column_stack([x.ravel(), y.ravel()]))
    samples = project_to(sheet.matrix, pixels).astype(np.float32)
    return samples[:, 0].reshape(x.shape), samples[:, 1].reshape(x.shape)


def project_to(
    matrix: NDArray[np.float64], places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return places of the scan in samples."""
    return np.asarray(places @ matrix[:2, :2].T + matrix[:2, 2])


def _lifted(
    image: NDArray[np.uint8], tone: NDArray[np.uint8], matrix: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Return the page on paper of one tone."""
    white = float(np.percentile(tone[::7, ::7], 80))
    lift = np.clip(1 - tone.astype(np.float32) / max(1.0, white), 0, _MOST_LIFT)
    scale = _spread(1 / (1 - lift), matrix, image.shape)
    even = np.clip(np.rint(image * scale), 0, 255)
    return np.asarray(even, np.uint8)


def _spread(
    cells: NDArray[np.float32], matrix: NDArray[np.float64], shape: tuple[int, ...]
) -> NDArray[np.float32]:
    """Return samples of the page at every pixel of the scan."""
    spread = cv2.warpAffine(
        cells,
        matrix[:2],
        shape[::-1],
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(spread, np.float32)


def _touched(
    image: NDArray[np.uint8],
    cleaned: NDArray[np.uint8],
    middles: NDArray[np.float64],
    *,
    per_mm: float,
) -> NDArray[np.bool_]:
    """Return the boxes at which a line was taken out."""
    if cleaned is image:
        return np.zeros(len(middles), np.bool_)
    reach = round(TOUCH * per_mm)
    found = []
    for x, y in np.rint(middles).astype(int):
        area = (
            slice(max(0, y - reach), y + reach),
            slice(max(0, x - reach), x + reach),
        )
        change = cv2.absdiff(image[area], cleaned[area])
        found.append(bool(change.size and change.max() > _TAKEN))
    return np.array(found, np.bool_)


def _uneven(sheet: Sheet, middles: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return the boxes over whose paper a stain ends."""
    far, near = (round(side * sheet.per_mm) for side in _AROUND)
    axis = np.abs(np.arange(-far, far + 1))
    around = np.argwhere(np.maximum(axis[:, None], axis) >= near) - far
    limits = np.subtract(sheet.broad.shape, 1)
    places = np.rint(middles[:, ::-1]).astype(int)[:, None] + around
    shown = sheet.broad[tuple(np.clip(places, 0, limits).transpose(2, 0, 1))]
    darkest, lightest = np.percentile(shown, (8, 95), axis=1)
    most = _UNEVEN * np.maximum(1.0, lightest - sheet.ink)
    return np.asarray(lightest - darkest > most, np.bool_)


def _area(middle: NDArray[np.float64], *, half: float) -> tuple[slice, slice]:
    left, top = (max(0, round(place - half)) for place in middle.tolist())
    side = round(2 * half)
    return slice(top, top + side), slice(left, left + side)


def _painted(
    image: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    tone: NDArray[np.uint8],
    matrix: NDArray[np.float64],
) -> NDArray[np.uint8]:
    """Return the page with what a mask names as light as paper."""
    if not mask.any():
        return image
    white = float(np.percentile(tone[::7, ::7], 80))
    share = _spread(mask.astype(np.float32), matrix, image.shape)
    painted = image.copy()
    painted[share > 0] = round(white)
    return painted
