"""Print of the other side that shows through the paper: known, for it is our own.

The other side of a ballot's sheet is a page of the ballot. Where the pale ink of a scan
agrees with one of them seen from behind, what lies on its letters and is as pale is no
voter's. A pale stroke anywhere else stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from kecan.paper_ballot.paper_map import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from kecan.paper_ballot.page_ink import PageInk

_CELL = 1.0  # mm at which the two are compared
_TIMES = round(_CELL / STEP)
_MOST_OFF = 12  # cells the other side may lie off
_LEAST_AGREEMENT = (
    0.25  # correlation over all clear paper; a sheet printed on one side: .04
)
_PALE = 0.18  # most darkness of solid print that shows through
_PRINTED = 128  # grey of a letter
_SOFT = 4  # samples over which a page is softened before it is compared
_ROUND = 1.0  # mm around a letter that its shadow may reach
_BEYOND = 1.25  # times the darkness that most of it keeps below


def shown_through(
    page: PageInk,
    places: tuple[NDArray[np.float32], NDArray[np.float32]],
    *,
    prints: Iterable[NDArray[np.uint8]],
) -> NDArray[np.bool_]:
    """Return which samples of a sheet are print of its other side.

    Args:
        page: The ink of the sheet.
        places: Samples (x, y) of every millimetre of the paper.
        prints: Grey pages as printed, :data:`~kecan.paper_ballot.page_ink.STEP` apart.
    """
    soft = cv2.blur(page.dark, (_SOFT, _SOFT))
    shown = cv2.remap(soft, *places, cv2.INTER_LINEAR)
    edge = np.ones((_SOFT + 3, _SOFT + 3), np.uint8)  # no softened edge of own print
    away = cv2.erode(page.clear.view(np.uint8), edge)
    clear = cv2.remap(away, *places, cv2.INTER_NEAREST) > 0
    clear &= shown < _PALE
    if not clear.any():
        return np.zeros(page.clear.shape, np.bool_)
    pale = np.where(clear, shown - shown[clear].mean(), 0).astype(np.float32)
    best, other_side = _LEAST_AGREEMENT, None
    for print_ in prints:
        for turn in (0, 2):
            seen = np.rot90(print_[:, ::-1], turn)
            drawn = 1 - _coarse(seen) / np.float32(255)
            off = _best_shift(pale, drawn)
            agreement = _agreement(pale, _moved(drawn, off), clear)
            if agreement > best:
                best, other_side = agreement, _moved(seen, off, times=_TIMES)
    if other_side is None:
        return np.zeros(page.clear.shape, np.bool_)
    ink = (other_side < _PRINTED).astype(np.uint8)
    letters = page.sheet.of_paper(ink) > 0
    shown = page.dark[letters & page.clear & (page.dark < _PALE)]
    if not shown.size:
        return letters
    most = min(_PALE, _BEYOND * float(np.percentile(shown, 90)))
    reach = 2 * round(_ROUND / STEP) + 1
    grown = cv2.dilate(letters.astype(np.uint8), np.ones((reach, reach), np.uint8))
    # What is darker is a pen's, and so is its edge: painted over from both sides, a thin
    # stroke would be gone.
    pen = (page.clear & (page.dark >= most)).astype(np.uint8)
    at_pen = cv2.dilate(pen, np.ones((3, 3), np.uint8)) > 0
    return np.asarray((grown > 0) & (page.dark < most) & ~at_pen, np.bool_)


def _coarse(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    size = cells.shape[1] // _TIMES, cells.shape[0] // _TIMES
    small = cv2.resize(np.ascontiguousarray(cells), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def _best_shift(
    pale: NDArray[np.float32], drawn: NDArray[np.float32]
) -> tuple[int, int]:
    """Return how far down and right the drawn page agrees best with the pale ink."""
    spectrum = np.fft.rfft2(pale) * np.conj(np.fft.rfft2(drawn - drawn.mean()))
    likeness = np.fft.irfft2(spectrum, s=pale.shape)
    near = np.arange(-_MOST_OFF, _MOST_OFF + 1)
    window = likeness[np.ix_(near % pale.shape[0], near % pale.shape[1])]
    down, right = np.unravel_index(int(window.argmax()), window.shape)
    return int(near[down]), int(near[right])


def _moved(
    cells: NDArray[Any], off: tuple[int, int], *, times: int = 1
) -> NDArray[Any]:
    return np.roll(cells, (off[0] * times, off[1] * times), axis=(0, 1))


def _agreement(
    pale: NDArray[np.float32], drawn: NDArray[np.float32], clear: NDArray[np.bool_]
) -> float:
    """Return the correlation over clear paper."""
    one, other = pale[clear], drawn[clear]
    other = other - other.mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / size if size > 0 else 0.0
