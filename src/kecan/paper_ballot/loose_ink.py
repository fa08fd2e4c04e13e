"""Ink outside a box: what hangs on the mark inside it, and what is loose.

The printed frame hides what crosses it. Ink beyond it belongs to the mark where a
stroke of the mark reaches it or goes on to it; a second mark there does not, however
near it lies. Nothing here decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.frames import CORE, FRAME
from kecan.paper_ballot.greys import PAPER, SOLID, darkness, nth
from kecan.paper_ballot.sampling import STEP
from kecan.paper_ballot.specks import find_specks
from kecan.paper_ballot.straight_strokes import (
    in_mm,
    main_line,
    stroke_width,
    two_strokes,
)
from kecan.paper_ballot.zones import NEAR, ZONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.specks import Specks

SPECK = 0.15
"""Square millimetres of solid ink; less is dust."""

_BAND = 1.1  # mm a stroke is followed across the frame, which hides it
_FEWEST = 4  # samples of ink in a box that shows any
_DUST = 0.8  # mm, the longest side of a speck that may lie beside a box
_BLOT, _COMPACT = 1.25, 0.6  # mm, and the least share of its sides' product, of a blot
_LOOSE, _ON_STROKE = 0.25, 0.9  # mm2 that may be the tail of a stroke, share on it
_HIDDEN, _MOST_HIDDEN = 3.0, 2.2  # mm of a stroke that the frame hides, mm2 after it
_SECOND, _LONG = 1.6, 2.6  # mm2 and mm from which ink outside may be a mark of its own
_OUT = 2.0  # mm that it reaches out beyond the frame: the end of a stroke does not,
_OUT_TO_PEN = 1.5  # or by so much of its width, if it is thick
_ROUND_END, _THICKEST = 1.6, 1.9  # times as thick as an end of it; mm: more is a fill
_THIN, _SLENDER = 2.5, 4.0  # times as long as wide: of a stroke, of a slender one
_TWO_ARMS, _ANGLE = 0.5, 0.4  # mm off one straight line: of a shape, of a slender one
_MISSES = 0.45  # mm by which a straight stroke runs past all ink inside
_LEAST_OUTSIDE, _LEAST_INSIDE = 0.8, 1.0  # mm2 of ink whose darkness can be compared
_DEEP, _LEAST_DEEP = 2, 12  # cells from the edge of a stroke, cells so far from it
_INSIDE, _CELLS = ZONES.inside, ZONES.inside.size  # as compiled loops see them
_LOOKED_AT = ZONES.looked_at.ravel()
_UPPER = 0.93  # share of the samples of ink that are paler than its upper darkness


def without_dust(
    dark: NDArray[np.uint8], *, level: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return which boxes show ink, that ink without specks, and how much is loose.

    Loose is the solid ink outside, in mm2, that hangs on no stroke inside.
    """
    inked, ink = _inked(dark, np.uint8(PAPER + level * SOLID), ZONES.looked_at)
    if not len(inked):
        return inked, ink, np.zeros(0)
    dark = dark[inked]
    tall = (-1, ink.shape[2])
    specks = find_specks(ink.reshape(tall))
    dots_dark = darkness(dark.ravel()[specks.dots])
    weights, joined = _weighed(specks.dots, specks.names, specks.count, dots_dark)
    kept = weights * STEP**2 >= SPECK
    stays = np.zeros(ink.shape, np.bool_)
    _fill(stays.reshape(-1), specks.dots, specks.names, kept)
    apart = kept & ~joined
    if apart.any():
        sides = specks.sides()
        is_compact = specks.sums() >= _COMPACT * sides.prod(axis=1)
        most = np.where(is_compact, _BLOT, _DUST)
        # Nothing that a pen draws is one sample thin: the rim of a frame may be.
        apart &= (sides.max(axis=1) * STEP > most) & (sides.min(axis=1) > 1)
    return inked, stays, _loose(stays, specks, apart, dots_dark) * STEP**2


@compiled
def _inked(
    dark: NDArray[np.uint8], least: np.uint8, looked_at: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return which boxes show ink, darker than ``least``, and where those show it."""
    boxes, rows, columns = dark.shape
    ink = np.zeros(dark.shape, np.bool_)
    inked, count = np.empty(boxes, np.int64), 0
    for box in range(boxes):
        dots = np.int32(0)
        for row in range(rows - 1):  # so that no ink runs on into the next box
            line, open_, found = dark[box, row], looked_at[row], ink[count, row]
            for column in range(columns):
                found[column] = (line[column] > least) & open_[column]
            for column in range(columns):
                dots += np.int32(found[column])
        if dots >= _FEWEST:
            inked[count] = box
            count += 1
    return inked[:count], ink[:count]


@compiled
def _weighed(
    dots: NDArray[np.int64],
    names: NDArray[np.int32],
    count: int,
    dark: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return how much ink every speck has, and which lie inside a box in part."""
    weights, joined = np.zeros(count), np.zeros(count, np.bool_)
    for dot in range(len(dots)):
        name = names[dot]
        weights[name] += dark[dot]
        joined[name] |= _INSIDE[dots[dot] % _CELLS]
    return weights, joined


@compiled
def _fill(
    into: NDArray[np.bool_],
    dots: NDArray[np.int64],
    names: NDArray[np.int32],
    kept: NDArray[np.bool_],
) -> None:
    for dot in range(len(dots)):
        into[dots[dot]] = kept[names[dot]]


def _loose(
    ink: NDArray[np.bool_],
    specks: Specks,
    apart: NDArray[np.bool_],
    dots_dark: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return how much ink of each box, of the specks apart, hangs on none inside."""
    box_of = specks.dots // ZONES.inside.size
    loose = np.zeros(len(ink))
    own = np.zeros(specks.count, np.bool_)
    for one in np.flatnonzero(apart & (specks.sums() * STEP**2 >= _SECOND)):
        own[one] = _is_mark_of_its_own(ink, specks.dots[specks.names == one])
    dots = np.flatnonzero(apart[specks.names])
    if not len(dots):
        return loose
    # What a stroke inside may reach across the frame, which hides it, hangs on it.
    some = np.unique(box_of[dots])
    reach = np.zeros(ink.shape, np.bool_)
    reach[some] = _reach(ink[some])
    reached = specks.names[dots[reach.ravel()[specks.dots[dots]]]]
    apart[reached] = own[reached]
    left = np.where(apart[specks.names], dots_dark, 0)
    loose += np.bincount(box_of, weights=left, minlength=len(ink))
    for box in np.flatnonzero(loose * STEP**2 > _LOOSE):
        tails = _tails(ink[box], specks, apart, box=int(box)) & ~own
        loose[box] -= dots_dark[(box_of == box) & tails[specks.names]].sum()
    return loose


def _is_mark_of_its_own(ink: NDArray[np.bool_], dots: NDArray[np.int64]) -> bool:
    """Tell a second mark from the end of a stroke that comes out of its box.

    It is large, and either no single stroke or one that runs past the ink inside.

    Args:
        ink: Ink of every box, shape (boxes, cells, cells).
        dots: Where a large speck outside one of them lies, flat.
    """
    box = int(dots[0]) // ZONES.inside.size
    places = in_mm(dots - box * ZONES.inside.size, ink.shape[2])
    line = main_line(places, step=STEP)
    far = np.abs(places).max() - FRAME
    if far < _OUT or line.length < _LONG:
        return False
    if far < _OUT_TO_PEN * _pen(ink[box], dots - box * ZONES.inside.size):
        return False
    if line.bent > (_ANGLE if line.length > _SLENDER * line.width else _TWO_ARMS):
        return True
    inside = in_mm(np.flatnonzero(ink[box].ravel() & ZONES.inside), ink.shape[2])
    misses = line.off(inside).min(initial=np.inf) - line.width / 2
    return bool(line.length > _THIN * line.width and misses > _MISSES)


def _pen(ink: NDArray[np.bool_], end: NDArray[np.int64]) -> float:
    """Return how thick, in mm, a pen is that drew ink inside a box and an end outside.

    What fills the box need not be of a thick pen, and tells of none: it is 0 then.
    """
    inside = stroke_width(ink[ZONES.inner, ZONES.inner])
    if inside > _THICKEST:
        return 0.0
    outside = np.zeros(ink.size, np.bool_)
    outside[end] = True
    return min(inside, _ROUND_END * stroke_width(outside.reshape(ink.shape)))


def darkness_outside(
    ink: NDArray[np.bool_], dark: NDArray[np.uint8], *, areas: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how dark the ink outside each box is, of the ink inside.

    1 where there is too little of either to be compared: one pen makes one mark.

    Args:
        ink: Ink of the boxes without specks, shape (boxes, cells, cells).
        dark: Their darkened cells.
        areas: mm2 of ink of each inside, near and farther out, shape (boxes, 3).
    """
    found = np.ones(len(ink))
    is_enough = areas[:, 0] >= _LEAST_INSIDE
    is_enough &= areas[:, 1] + areas[:, 2] >= _LEAST_OUTSIDE
    for box in np.flatnonzero(is_enough):
        outside, mark = _upper_greys(ink[box].ravel(), dark[box].ravel())
        if mark > PAPER:
            found[box] = (outside - PAPER) / (mark - PAPER)
    return found


@compiled
def _upper_greys(ink: NDArray[np.bool_], dark: NDArray[np.uint8]) -> tuple[int, int]:
    """Return the upper darkened cell of the ink outside one box and inside.

    Outside, the edges of strokes are left out: of one that hardly leaves the box, or
    runs out thin, there is nothing else. Both are 0 if too little is left.
    """
    wide = int(np.sqrt(len(ink)))
    counts, dots = np.zeros((2, 256), np.int64), np.zeros(2, np.int64)
    for cell in range(_DEEP * (wide + 1), len(ink) - _DEEP * (wide + 1)):
        if not ink[cell]:
            continue
        if _INSIDE[cell]:
            counts[1, dark[cell]] += 1
            dots[1] += 1
        elif _is_deep(ink, cell, wide):
            counts[0, dark[cell]] += 1
            dots[0] += 1
    outside, inside = dots
    if outside < _LEAST_DEEP:
        return 0, 0
    return (
        nth(counts[0], int(_UPPER * outside)),
        nth(counts[1], int(_UPPER * inside)),
    )


@compiled
def _is_deep(ink: NDArray[np.bool_], cell: int, wide: int) -> bool:
    """Tell whether ink lies around a cell as well, or the frame, which hides it."""
    for step in (-_DEEP, _DEEP, -_DEEP * wide, _DEEP * wide):
        if _LOOKED_AT[cell + step] and not ink[cell + step]:
            return False
    return True


def _tails(
    ink: NDArray[np.bool_], specks: Specks, apart: NDArray[np.bool_], *, box: int
) -> NDArray[np.bool_]:
    """Tell which specks apart go on where a stroke left the inside of a box.

    A steep one runs far along the frame, which hides it, before it shows again.
    """
    mine = (specks.dots // ink.size == box) & apart[specks.names]
    names = specks.names[mine]
    places = in_mm(specks.dots[mine] % ink.size, ink.shape[1])
    dots = np.bincount(names, minlength=specks.count)
    found = np.zeros(specks.count, np.bool_)
    # All of a tail lies on one of them: a cross of its own may lie on both.
    for hit in two_strokes(ink, (ZONES.inner, ZONES.inner)).carry(places):
        carried = np.bincount(names, hit, minlength=specks.count)
        found |= (dots > 0) & (carried >= _ON_STROKE * dots)
    left = in_mm(np.flatnonzero(ink.ravel() & ZONES.rim), ink.shape[1])
    at_frame = np.abs(places).max(axis=1) < NEAR + STEP
    # What begins beyond clear paper and runs on out of sight may be anything.
    at_edge = np.abs(places).max(axis=1) > CORE - 2 * STEP
    found &= ~_any_of(names, at_edge, specks) | _any_of(names, at_frame, specks)
    if len(left) and at_frame.any():
        off = places[at_frame][:, None] - left
        is_near = np.hypot(off[..., 0], off[..., 1]).min(axis=1) <= _HIDDEN
        is_small = dots * STEP**2 <= _MOST_HIDDEN
        found[names[at_frame][is_near]] |= is_small[names[at_frame][is_near]]
    return found


def _any_of(
    names: NDArray[np.int32], which: NDArray[np.bool_], specks: Specks
) -> NDArray[np.bool_]:
    """Tell which specks have one of these dots."""
    return np.bincount(names[which], minlength=specks.count) > 0


def _reach(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what lies near the ink inside of boxes, shape as ``ink``."""
    inner = np.zeros(ink.shape, np.uint8)
    square = (slice(None), ZONES.inner, ZONES.inner)
    inner[square] = ink[square]
    cells = 2 * round(_BAND / STEP) + 1
    near = np.ones((cells, cells), np.uint8)
    wide = cv2.dilate(inner.reshape(-1, ink.shape[2]), near)
    return np.asarray(wide.reshape(ink.shape) > 0)
