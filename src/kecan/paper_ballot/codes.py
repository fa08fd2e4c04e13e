"""Read the two QR codes of a sheet; where its corners are lost, find it by them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import cv2
import numpy as np
import zxingcpp

from kecan.paper_ballot.sampling import project

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import PageLayout

_NEAR, _QUIET = 2.5, 4.0  # mm around a code looked at with it, first and then
_STEP = 0.17  # mm, a third of a module: enough for most codes
_GRAIN = 0.2  # mm over which the grain of a toner nearly used up is meaned
_PALEST = 0.08  # darkness of paper from which a module may be print
_ERROR = 0.6  # mm the corners of two codes may lie off where they should be


def _formats() -> zxingcpp.BarcodeFormats:
    """Return what is looked for; one kept by the module is said to leak at the end."""
    return zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def code_texts(
    scan: ScanImage,
    homography: NDArray[np.float64],
    places: list[Rectangle],
) -> list[str]:
    """Return what the codes at ``places`` say; nothing for one that is not read."""
    texts, formats = [], _formats()
    for place in places:
        for quiet, is_thorough in ((_NEAR, False), (_QUIET, True)):
            seen = scan.at(0 if is_thorough else _STEP)
            crop = _crop(seen.cells, seen.matrix @ homography, place.grown(quiet))
            if not crop.size:
                continue
            found = zxingcpp.read_barcodes(
                crop,
                formats=formats,
                try_rotate=is_thorough,
                try_downscale=is_thorough,
                try_invert=is_thorough,
            )
            texts += [one.text for one in found]
            if found:
                break
    return texts or _texts_of_bad_print(scan, homography, places)


def _texts_of_bad_print(
    scan: ScanImage, homography: NDArray[np.float64], places: list[Rectangle]
) -> list[str]:
    """Return what codes say that are grainy, or pale in bands.

    A drum nearly out of toner leaves holes in the modules, which scans of 300 dpi and
    more show; one that fails prints bands in which they are nearly as light as paper.
    """
    seen = scan.at(0)
    crops = [
        _crop(seen.cells, seen.matrix @ homography, place.grown(_QUIET))
        for place in places
    ]
    crops = [crop for crop in crops if crop.size]
    smooth = [cv2.GaussianBlur(crop, (0, 0), _GRAIN * scan.per_mm) for crop in crops]
    for pictures in (smooth, map(_print_of, crops)):
        texts = [
            one.text
            for picture in pictures
            for one in zxingcpp.read_barcodes(picture, formats=_formats())
        ]
        if texts:
            return texts
    return []


def _print_of(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return all that is darker than paper as black."""
    paper = float(np.percentile(crop, 80))
    return np.where(crop < paper * (1 - _PALEST), 0, 255).astype(np.uint8)


def _crop(
    image: NDArray[np.uint8], homography: NDArray[np.float64], area: Rectangle
) -> NDArray[np.uint8]:
    across, down = project(homography, _outline(area)).T.tolist()
    height, width = image.shape
    left, right = (int(min(max(0.0, x), width)) for x in (min(across), max(across)))
    top, bottom = (int(min(max(0.0, y), height)) for y in (min(down), max(down)))
    return np.ascontiguousarray(image[top:bottom, left:right])


def _outline(area: Rectangle) -> NDArray[np.float64]:
    """Return the corners clockwise from top left."""
    return np.array(
        [
            (area.x, area.y),
            (area.right, area.y),
            (area.right, area.bottom),
            (area.x, area.bottom),
        ]
    )


def corners_by_codes(
    image: NDArray[np.uint8], page: PageLayout
) -> NDArray[np.float64] | None:
    """Return where the squares would be, by one code or both; None without any.

    Both stand far apart on the sheet's diagonal and give its place within some tenths
    of a millimetre, one alone within one or two: the ticks must do the rest.
    """
    found = zxingcpp.read_barcodes(image, formats=_formats())
    spots = [_spot(one) for one in found if one.text.startswith("B1|")]
    outlines = [_outline(code.rectangle) for code in page.codes]
    best, least = None, _ERROR
    if not 1 <= len(spots) <= len(outlines):
        return None
    for places in permutations(outlines, len(spots)):
        moved = similarity(np.concatenate(places), np.concatenate(spots))
        off = _moved(moved, np.concatenate(places)) - np.concatenate(spots)
        error = float(np.abs(off).max() / np.hypot(*moved[:, 0]))
        square = np.array([corner.centre for corner in page.corners])
        corners = _moved(moved, square)
        if error <= least and _lies_in(image, corners):
            best, least = corners, error
    return best


def similarity(
    places: NDArray[np.float64], pixels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the turn, scale and shift nearest to taking ``places`` to ``pixels``."""
    x, y = places.T
    ones, nothing = np.ones(len(x)), np.zeros(len(x))
    along = np.column_stack([x, -y, ones, nothing])
    down = np.column_stack([y, x, nothing, ones])
    a, b, right, lower = np.linalg.lstsq(
        np.concatenate([along, down]), pixels.T.ravel(), rcond=None
    )[0]
    return np.array([[a, -b, right], [b, a, lower]])


def _moved(
    moved: NDArray[np.float64], places: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.asarray(places @ moved[:, :2].T + moved[:, 2])


def _lies_in(image: NDArray[np.uint8], corners: NDArray[np.float64]) -> bool:
    height, width = image.shape
    middle = corners.mean(axis=0)
    return bool(0 < middle[0] < width and 0 < middle[1] < height)


def _spot(code: zxingcpp.Barcode) -> NDArray[np.float64]:
    place = code.position
    return np.array(
        [
            (corner.x, corner.y)
            for corner in (
                place.top_left,
                place.top_right,
                place.bottom_right,
                place.bottom_left,
            )
        ],
        np.float64,
    )
