"""A stamp set down outside its zone, known by rings no hand draws so true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.paper_map import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.page_ink import PageInk

_LEAST_RADIUS, _MOST_RADIUS = 8.0, 25.0  # mm
_TIMES = 4  # samples that a coarse cell measures
_GLANCE, _SHOWN = 0.6, 0.7  # share of a ring that is ink where it would show
_OPEN = 0.3  # share of a ring that print leaves open
_WHOLE_OPEN = 0.4  # the same of a ring within which all is of the stamp
_SEAL_RADIUS = 12.0  # mm, the least of such a ring: seals are 30 mm wide and more
_GUESSES = 3  # places at which a stamp is looked for closely
_TURNS = 360
_STEPS = ((15, 3), (2, 1))  # samples that the middle is moved, twice; of which every
_BROAD = 0.5  # mm at both sides of a ring


@dataclass(frozen=True, slots=True)
class _Polar:
    """What shows at each distance from a place: of every radius, as share of turns."""

    ink: NDArray[np.float64]
    open: NDArray[np.float64]

    @property
    def rings(self) -> NDArray[np.float64]:
        """Share of each ring that is ink where it would show; 0 where print hides it."""
        first = round(_LEAST_RADIUS / STEP)
        shown = np.where(
            self.open >= _OPEN, self.ink / np.maximum(self.open, _OPEN), 0.0
        )
        shown[:first] = 0
        return shown


def rings(page: PageInk, *, with_inside: bool = False) -> NDArray[np.bool_]:
    """Return which samples of a sheet lie on the rings of one stamp, print and all.

    Args:
        page: What lies on a sheet.
        with_inside: Whether all that a nearly whole ring encloses, its star and its
            letters, is of the stamp too; else a stroke there stays to be seen.
    """
    found = np.zeros(page.ink.shape, np.bool_)
    guesses = _at_a_glance(page)
    if not guesses:
        return found
    middle = max(
        (_placed(page, guess) for guess in guesses),
        key=lambda place: float(_polar(page, place).rings.max()),
    )
    polar = _polar(page, middle)
    shown = polar.rings
    if shown.max() < _SHOWN:
        return found
    broad = 2 * round(_BROAD / STEP) + 1
    on_stamp = np.asarray(shown >= _GLANCE).astype(np.uint8)[None]
    on_stamp = cv2.dilate(on_stamp, np.ones((1, broad), np.uint8))[0] > 0
    whole = np.flatnonzero((shown >= _SHOWN) & (polar.open >= _WHOLE_OPEN))
    if with_inside and len(whole) and whole[-1] * STEP >= _SEAL_RADIUS:
        on_stamp[: whole[-1]] = True
    far = len(shown)
    left, top = (max(0, place - far) for place in middle)
    area = slice(top, middle[1] + far), slice(left, middle[0] + far)
    rows, columns = np.indices(found[area].shape)
    distance = np.hypot(columns + left - middle[0], rows + top - middle[1])
    found[area] = on_stamp[np.minimum(np.rint(distance).astype(int), far - 1)]
    return found


def _placed(page: PageInk, guess: tuple[int, int]) -> tuple[int, int]:
    """Return the middle of the most whole ring near a place."""
    middle = guess
    for reach, every in _STEPS:
        moves = range(-reach, reach + 1, every)
        middle = max(
            (
                (middle[0] + across, middle[1] + down)
                for across in moves
                for down in moves
            ),
            key=lambda place: float(_polar(page, place).rings.max()),
        )
    return middle


def _at_a_glance(page: PageInk) -> list[tuple[int, int]]:
    """Return where the middle of a stamp may lie, in samples, the likeliest first."""
    size = page.ink.shape[1] // _TIMES, page.ink.shape[0] // _TIMES
    ink, clear = (
        cv2.resize(255 * one, size, interpolation=cv2.INTER_AREA) > 0
        for one in (page.ink, page.clear.view(np.uint8))
    )
    found: list[tuple[float, tuple[int, int]]] = []
    cell = _TIMES * STEP
    for radius in np.arange(_LEAST_RADIUS, _MOST_RADIUS, cell):
        kernel = _ring(float(radius) / cell)
        inked = _shares(ink, kernel)
        if inked.max() <= _GLANCE * 2 * _OPEN:
            continue  # too little, wherever print hides the rest
        share = inked / np.maximum(_shares(clear, kernel), 2 * _OPEN)
        row, column = np.unravel_index(int(share.argmax()), share.shape)
        if share[row, column] > _GLANCE:
            place = int((column + 0.5) * _TIMES), int((row + 0.5) * _TIMES)
            found.append((float(share[row, column]), place))
    return [place for _, place in sorted(found, reverse=True)[:_GUESSES]]


def _shares(
    cells: NDArray[np.bool_], kernel: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return of each place the share of a ring around it that is set."""
    of_all = cells.astype(np.float32)
    found = cv2.filter2D(of_all, -1, kernel, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(found, np.float32)


def _ring(radius: float) -> NDArray[np.float32]:
    reach = int(radius + 1)
    axis = np.arange(-reach, reach + 1)
    far = np.hypot(axis[:, None], axis)
    kernel = (np.abs(far - radius) < 0.5).astype(np.float32)  # noqa: PLR2004
    return np.asarray(kernel / kernel.sum(), np.float32)


def _polar(page: PageInk, middle: tuple[int, int]) -> _Polar:
    far = round(_MOST_RADIUS / STEP)
    size = (far, _TURNS)
    ink, clear = (
        cv2.warpPolar(one, size, middle, far, cv2.INTER_NEAREST)
        for one in (page.ink, page.clear.view(np.uint8))
    )
    return _Polar(ink.mean(axis=0), clear.mean(axis=0))
