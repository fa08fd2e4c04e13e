"""Measure the ink in and around every box. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from kecan.paper_ballot.crossing_lines import crossing_lines
from kecan.paper_ballot.frames import CORE, FRAME, box_cores
from kecan.paper_ballot.greys import PAPER, SOLID, darkness, in_order
from kecan.paper_ballot.sampling import STEP, local_darkness, patches
from kecan.paper_ballot.specks import Specks, find_specks
from kecan.paper_ballot.straight_strokes import in_mm, two_strokes
from kecan.paper_ballot.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.halving import ScanImage

INK = (0.12, 0.20)  # darkness, of solid print, from which a sample is ink; least, most
FAINT = (0.06, 0.10)  # the same for ink so light that only its shape speaks
BLEACHED = (0.025, 0.10)  # the same of a scan that shows paper as white as can be
_INK_TO_GRAIN, _FAINT_TO_GRAIN = 6.0, 3.5
_INNER = FRAME - 0.4  # mm half the side of the paper inside the frame
_NEAR = FRAME + 0.5  # mm where clear paper begins outside the frame
_SIDE = 4.2  # mm where the near ring ends
_BAND = 1.1  # mm a stroke is followed across the frame, which hides it
_SECTORS = 16
_SPECK = 0.15  # mm2 of solid ink; less is dust
_DUST = 0.8  # mm, the longest side of a speck that may lie beside a box
_BLOT, _COMPACT = 1.25, 0.6  # mm, and the least share of its sides' product, of a blot
_STICKING, _AROUND = 0.12, 0.6  # of a mark whose strokes are looked for
_FULL, _NEAR_FULL = 0.4, 0.06  # the same: of the inside, of the ring outside
_FULLER = 1.25  # of the usual coverage of a mark, from which its strokes are looked at
_LOOSE, _ON_STROKE = 0.25, 0.9  # mm2 that may be the tail of a stroke, share on it
_HIDDEN, _MOST_HIDDEN = 3.0, 2.2  # mm of a stroke that the frame hides, mm2 after it
_MOST_SHADE = 0.05  # darkness that the blur of a frame lends the paper inside
CELLS = 24  # of the signature, along each side of a box; a quarter of a mm each


class BoxInk(NamedTuple):
    """What was measured of one box; shares in [0, 1], darkness of solid print = 1.

    Args:
        coverage: Share of the inside that is ink.
        faint: Share of the inside that is at least faintly darker than the paper.
        darkness: Upper darkness of the ink inside.
        span: Longer side of the ink inside, as share of the box.
        wide: Level side of the ink inside, as share of the box.
        near: Share of the ring just outside the frame that is ink.
        side: Share of the clear paper farther out that is ink.
        loose: mm2 of solid ink outside that no stroke joins to ink inside.
        around: Share of directions in which ink lies outside the frame.
        through: Darkness of a straight line over all the paper looked at.
        struck: Darkness of a straight line that sticks out on both sides.
        frame: Weakest side of the printed frame that was found.
        strokes: Share of all the ink that two straight strokes explain; 0 where one
            does, and where nothing but the inside of the box is inked.
        sticks_out: mm beyond the frame on both sides that one of them reaches.
        rim: How thick the thickest side of the printed frame is, of the usual here.
    """

    coverage: float
    faint: float
    darkness: float
    span: float
    wide: float
    near: float
    side: float
    loose: float
    around: float
    through: float
    struck: float
    frame: float
    strokes: float
    sticks_out: float
    rim: float

    @property
    def density(self) -> float:
        """Share of its own outline inside the box that the ink fills."""
        outline = self.span * self.wide
        return self.coverage / outline if outline else 0.0


@dataclass(frozen=True, slots=True)
class _Zones:
    inner: slice  # along both sides
    looked_at: NDArray[np.bool_]
    inside: NDArray[np.bool_]  # flat
    rim: NDArray[np.bool_]  # flat: of the inside, what lies along the frame
    paper: NDArray[np.int64]  # some places of the side
    kind: NDArray[np.int64]  # of every place: which zones it belongs to
    sums: NDArray[np.float64]  # those zones, a row a kind: inner, near, side, sectors
    sizes: NDArray[np.float64]  # of the zones, in places


def _zones() -> _Zones:
    cells = round(2 * CORE / STEP)
    axis = (np.arange(cells) - (cells - 1) / 2) * STEP
    x, y = np.meshgrid(axis, axis)
    far = np.maximum(np.abs(x), np.abs(y))
    direction = ((np.arctan2(y, x) / (2 * np.pi) % 1) * _SECTORS).astype(int)
    outside = far > _NEAR
    inner = np.flatnonzero(np.abs(axis) < _INNER)
    zones = [far < _INNER, outside & (far < _SIDE), far >= _SIDE]
    zones += [outside & (direction == sector) for sector in range(_SECTORS)]
    places = np.stack([zone.ravel() for zone in zones], axis=1).astype(np.float64)
    sums, kind = np.unique(places, axis=0, return_inverse=True)
    return _Zones(
        slice(int(inner[0]), int(inner[-1]) + 1),
        outside | (far < _INNER),
        (far < _INNER).ravel(),
        ((far < _INNER) & (far >= _INNER - 2 * STEP)).ravel(),
        np.flatnonzero(far >= _SIDE)[::19],
        kind.ravel(),
        sums,
        places.sum(axis=0),
    )


_ZONES = _zones()


def measure_boxes(scan: ScanImage, found: FoundPage) -> tuple[list[BoxInk], bytes]:
    """Measure every box of a page, in the order of the layout.

    Returns:
        The ink of every box, and the page's signature: the shape of its ink, coarse,
        by which the same sheet scanned twice is known. It names nobody.
    """
    if not found.page.boxes:
        return [], b""
    cores = box_cores(scan, found)
    # What a scanner that bleaches paper leaves of a pale pen is paler still.
    faint = BLEACHED if found.is_bleached else FAINT
    inks = _measured(cores.dark, cores.frames, rims=cores.rims, faint=faint)
    return inks, _signature(cores.dark)


def _signature(cores: NDArray[np.uint8]) -> bytes:
    edge = round((CORE - 3.0) / STEP)
    ink = cores[:, edge:-edge, edge:-edge]
    side = ink.shape[1] // CELLS * CELLS
    tall = np.clip(ink[:, :side, :side], PAPER, PAPER + SOLID).reshape(-1, side)
    size = (CELLS, CELLS * len(ink))
    means = cv2.resize(tall - np.uint8(PAPER), size, interpolation=cv2.INTER_AREA)
    return (means * np.float32(255 / SOLID)).astype(np.uint8).tobytes()


def grain_of(dark: NDArray[np.uint8]) -> float:
    """Return how much clear paper varies on this page, as darkness."""
    paper = dark.reshape(len(dark), -1)[:, _ZONES.paper]
    low, middle = (int(paper.shape[1] * share) for share in (0.16, 0.5))
    greys = in_order(paper)
    grains = np.sort(greys[:, middle] - greys[:, low])
    # Whole numbers are too coarse for one box; those in the middle make up for it.
    quarter = len(grains) // 4
    return float(grains[quarter : len(grains) - quarter].mean()) / SOLID


def _measured(
    dark: NDArray[np.uint8],
    frames: NDArray[np.float64],
    *,
    rims: NDArray[np.float32] | float = 1.0,
    faint: tuple[float, float] = FAINT,
) -> list[BoxInk]:
    grain = grain_of(dark)
    level = _level(INK, grain * _INK_TO_GRAIN)
    inked, ink, loose = _without_dust(dark, level=level)
    square = ink[:, _ZONES.inner, _ZONES.inner]
    within = dark[:, _ZONES.inner, _ZONES.inner]
    inner = darkness(within)
    is_faint = inner - _usual(within) > _level(faint, grain * _FAINT_TO_GRAIN)
    through, struck = crossing_lines(dark)
    values = np.zeros((len(dark), len(BoxInk._fields)))
    places = {name: place for place, name in enumerate(BoxInk._fields)}
    values[:, places["faint"]] = np.count_nonzero(is_faint, axis=(1, 2)) / inner[0].size
    values[:, [places["through"], places["struck"]]] = np.stack([through, struck], 1)
    values[:, places["frame"]] = frames
    values[:, places["rim"]] = rims
    if len(inked):
        dots = np.sort(inner[inked].reshape(len(inked), -1), axis=1)
        darkest = dots[:, round(0.97 * (dots.shape[1] - 1))]
        spans = [_span(np.asarray(square.any(axis=axis))) for axis in (1, 2)]
        sums = _zone_sums(ink)
        shares = sums / _ZONES.sizes
        coverage, near, side = shares[:, :3].T
        found = {
            "coverage": coverage,
            "darkness": np.where(coverage > 0, darkest, 0),
            "span": np.maximum(*spans) / square.shape[1],
            "wide": spans[0] / square.shape[1],
            "near": near,
            "side": side,
            "loose": loose,
            "around": (sums[:, 3:] >= 3).mean(axis=1),  # noqa: PLR2004  # samples
        }
        for name, value in found.items():
            values[inked, places[name]] = value
        sticking = (values[inked, places["struck"]] > _STICKING) & (coverage > 0)
        sticking |= (found["around"] > _AROUND) & (coverage > 0)
        sticking |= (coverage > _FULL) & (near > _NEAR_FULL)
        sticking |= _has_more_ink(coverage)
        for one in np.flatnonzero(sticking):
            strokes = two_strokes(ink[one], (_ZONES.inner, _ZONES.inner))
            values[inked[one], places["strokes"]] = strokes.share
            values[inked[one], places["sticks_out"]] = strokes.sticks_out
    return list(map(BoxInk._make, np.round(values, 4).tolist()))


def _has_more_ink(coverage: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which marks have more ink than is usual here, or no other beside them."""
    marks = np.sort(coverage[coverage >= THRESHOLDS.marked_coverage])
    if len(marks) <= 1:
        return np.asarray(coverage >= THRESHOLDS.marked_coverage)
    return np.asarray(coverage > _FULLER * marks[(len(marks) - 1) // 2])


def _zone_sums(ink: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the samples of ink of every box in every zone, shape (boxes, zones)."""
    count = len(ink)
    dots = np.flatnonzero(ink)
    box, place = np.divmod(dots, _ZONES.kind.size)
    kinds = len(_ZONES.sums)
    found = np.bincount(box * kinds + _ZONES.kind[place], minlength=count * kinds)
    return np.asarray(found.reshape(count, kinds) @ _ZONES.sums)


def _usual(within: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the shade that even empty boxes of the page have: the blur of frames."""
    shades = in_order(within.reshape(len(within), -1).T)[:, len(within) // 4]
    shade = darkness(shades).reshape(within.shape[1:])
    return np.asarray(np.clip(shade, 0, _MOST_SHADE), np.float32)


def _level(bounds: tuple[float, float], wanted: float) -> float:
    return min(max(wanted, bounds[0]), bounds[1])


def _without_dust(
    dark: NDArray[np.uint8], *, level: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return which boxes show ink, that ink without specks, and how much is loose.

    Loose is the solid ink outside, in mm2, that hangs on no stroke inside.
    """
    ink = (dark > np.uint8(PAPER + level * SOLID)) & _ZONES.looked_at
    ink[:, -1] = False  # so that no ink runs on into the next box
    flat = ink.reshape(len(ink), -1).view(np.uint8)
    dots = cv2.reduce(flat, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0]
    inked = np.flatnonzero(dots >= 4)  # noqa: PLR2004
    if not len(inked):
        return inked, ink[:0], np.zeros(0)
    ink, dark = ink[inked], dark[inked]
    tall = (-1, ink.shape[2])
    specks = find_specks(ink.reshape(tall))
    names, dots_dark = specks.names, darkness(dark.ravel()[specks.dots])
    kept = specks.sums(dots_dark) * STEP**2 >= _SPECK
    stays = np.zeros(ink.shape, np.bool_)
    stays.ravel()[specks.dots] = kept[names]
    joined = np.zeros(specks.count, bool)
    inside = _ZONES.inside[specks.dots % _ZONES.inside.size]
    joined[names[inside]] = True
    apart = kept & ~joined
    if apart.any():
        sides = specks.sides()
        is_compact = specks.sums() >= _COMPACT * sides.prod(axis=1)
        most = np.where(is_compact, _BLOT, _DUST)
        # Nothing that a pen draws is one sample thin: the rim of a frame may be.
        apart &= (sides.max(axis=1) * STEP > most) & (sides.min(axis=1) > 1)
    return inked, stays, _loose(stays, specks, apart, dots_dark) * STEP**2


def _loose(
    ink: NDArray[np.bool_],
    specks: Specks,
    apart: NDArray[np.bool_],
    dots_dark: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return how much ink of each box, of the specks apart, hangs on none inside."""
    box_of = specks.dots // _ZONES.inside.size
    loose = np.zeros(len(ink))
    dots = np.flatnonzero(apart[specks.names])
    if not len(dots):
        return loose
    # What a stroke inside may reach across the frame, which hides it, hangs on it.
    some = np.unique(box_of[dots])
    reach = np.zeros(ink.shape, np.bool_)
    reach[some] = _reach(ink[some])
    apart[specks.names[dots[reach.ravel()[specks.dots[dots]]]]] = False
    left = np.where(apart[specks.names], dots_dark, 0)
    loose += np.bincount(box_of, weights=left, minlength=len(ink))
    for box in np.flatnonzero(loose * STEP**2 > _LOOSE):
        tails = _tails(ink[box], specks, apart, box=int(box))
        loose[box] -= dots_dark[(box_of == box) & tails[specks.names]].sum()
    return loose


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
    for hit in two_strokes(ink, (_ZONES.inner, _ZONES.inner)).carry(places):
        carried = np.bincount(names, hit, minlength=specks.count)
        found |= (dots > 0) & (carried >= _ON_STROKE * dots)
    left = in_mm(np.flatnonzero(ink.ravel() & _ZONES.rim), ink.shape[1])
    at_frame = np.abs(places).max(axis=1) < _NEAR + STEP
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
    square = (slice(None), _ZONES.inner, _ZONES.inner)
    inner[square] = ink[square]
    cells = 2 * round(_BAND / STEP) + 1
    near = np.ones((cells, cells), np.uint8)
    wide = cv2.dilate(inner.reshape(-1, ink.shape[2]), near)
    return np.asarray(wide.reshape(ink.shape) > 0)


def _span(shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    first = shown.argmax(axis=1)
    last = shown.shape[1] - shown[:, ::-1].argmax(axis=1)
    return np.where(shown.any(axis=1), last - first, 0).astype(np.float64)


def writing(image: NDArray[np.uint8], found: FoundPage) -> list[float]:
    """Return the ink in each write-in zone of the page, in mm2 of solid print.

    Dust is left out as it is beside boxes.
    """
    step = 2 * STEP
    areas = []
    for zone in found.page.write_in_zones:
        area = zone.rectangle.grown(-0.8)
        cut = patches(
            image,
            found.paper,
            centres=np.array([area.centre]),
            size=(area.width, area.height),
            step=step,
        )
        dark = local_darkness(cut[0], ink=found.ink)
        specks = find_specks(np.asarray(dark > INK[0]))
        solid = specks.sums(dark.ravel()[specks.dots]) * step**2
        areas.append(float(solid[solid >= _SPECK].sum()))
    return areas
