"""Measure the ink in and around every box. Nothing here decides."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kecan.paper_ballot.bowed_strokes import bowed_cross
from kecan.paper_ballot.crossing_lines import crossing_lines
from kecan.paper_ballot.frame_ink import ink_at_frames
from kecan.paper_ballot.frames import CORE, box_cores
from kecan.paper_ballot.greys import PAPER, SOLID, darkness, greys_at
from kecan.paper_ballot.inner_ink import (
    coarse_shapes,
    faint_shares,
    of_all_boxes,
    spans,
    upper_darkness,
)
from kecan.paper_ballot.loose_ink import SPECK, darkness_outside, without_dust
from kecan.paper_ballot.sampling import STEP, local_darkness, patches
from kecan.paper_ballot.specks import find_specks
from kecan.paper_ballot.straight_strokes import stroke_width, two_strokes
from kecan.paper_ballot.thresholds import THRESHOLDS
from kecan.paper_ballot.zones import ZONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.halving import ScanImage

INK = (0.12, 0.20)  # darkness, of solid print, from which a sample is ink; least, most
FAINT = (0.06, 0.10)  # the same for ink so light that only its shape speaks
BLEACHED = (0.025, 0.10)  # the same of a scan that shows paper as white as can be
_INK_TO_GRAIN, _FAINT_TO_GRAIN = 6.0, 3.5
_STICKING, _AROUND = 0.12, 0.6  # of a mark whose strokes are looked for
_FULL, _NEAR_FULL = 0.4, 0.06  # the same: of the inside, of the ring outside
_FULLER = 1.25  # of the usual coverage of a mark, from which its strokes are looked at
_MOST_SHADE = 0.05  # darkness that the blur of a frame lends the paper inside
_UPPER = 0.97  # of the inside of a box that is no darker than its upper darkness
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
        strokes: Share of all the ink that two strokes explain, straight ones or bows
            back to back; 0 where one does.
        sticks_out: mm beyond the frame on both sides that a straight one reaches.
        rim: How thick the thickest side of the printed frame is, of the usual here.
        rims: The same of all four sides, on an average.
        outside: How dark the ink outside is, of the ink inside; 1 where there is little.
        at_frame: mm2 of solid ink on and just beside the printed frame.
        paler: How much lighter most of the inside is than the paper around, whichever
            side of it is lightest, as darkness: of a stain one side is free.
        shaded: How much darker it is than most of the paper around.
        stout: How wide the strokes inside are, of the longer side of their outline; 0
            where they leave most of it free.
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
    rims: float
    outside: float
    at_frame: float
    paler: float
    shaded: float
    stout: float

    @property
    def density(self) -> float:
        """Share of its own outline inside the box that the ink fills."""
        outline = self.span * self.wide
        return self.coverage / outline if outline else 0.0


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
    times = (cores.shape[1] - 2 * edge) // CELLS
    means = coarse_shapes(cores, edge, times, CELLS)
    return (means * np.float32(255 / SOLID)).astype(np.uint8).tobytes()


def grain_of(dark: NDArray[np.uint8]) -> float:
    """Return how much clear paper varies on this page, as darkness."""
    low, middle = (int(ZONES.paper.size * share) for share in (0.16, 0.5))
    lower, usual = greys_at(_flat(dark), ZONES.paper, (low, middle))
    # Whole numbers are too coarse for one box; those in the middle make up for it.
    quarter = len(dark) // 4
    grains = np.sort(usual - lower)[quarter : len(dark) - quarter]
    return int(grains.sum()) / len(grains) / SOLID


def _measured(
    dark: NDArray[np.uint8],
    frames: NDArray[np.float64],
    *,
    rims: NDArray[np.float64] | None = None,
    faint: tuple[float, float] = FAINT,
) -> list[BoxInk]:
    grain = grain_of(dark)
    level = _level(INK, grain * _INK_TO_GRAIN)
    inked, ink, loose = without_dust(dark, level=level)
    square = ink[:, ZONES.inner, ZONES.inner]
    within = dark[:, ZONES.inner, ZONES.inner]
    least_faint = _level(faint, grain * _FAINT_TO_GRAIN)
    through, struck = crossing_lines(dark)
    usual = upper_darkness(within, 0.5)
    values = np.zeros((len(BoxInk._fields), len(dark)))
    of = dict(zip(BoxInk._fields, values, strict=True))
    of_all = {
        "faint": faint_shares(within, _usual(within), least_faint),
        "through": through,
        "struck": struck,
        "frame": frames,
        "rim": 1.0 if rims is None else rims.max(axis=1),
        "rims": 1.0 if rims is None else rims.sum(axis=1) / rims.shape[1],
        "outside": 1.0,
        "at_frame": ink_at_frames(dark),
        "paler": _lightest_side(dark) - usual,
        "shaded": usual - _middle(dark, ZONES.paper),
    }
    for name, value in of_all.items():
        of[name][:] = value
    if len(inked):
        darkest = upper_darkness(within[inked], _UPPER)
        wide, high = spans(square).T
        sums = ZONES.sums(ink)
        shares = sums / ZONES.sizes
        coverage, near, side = shares[:, :3].T
        found = {
            "coverage": coverage,
            "darkness": np.where(coverage > 0, darkest, 0),
            "span": np.maximum(wide, high) / square.shape[1],
            "wide": wide / square.shape[1],
            "near": near,
            "side": side,
            "loose": loose,
            "outside": darkness_outside(ink, dark[inked], areas=sums[:, :3] * STEP**2),
            "around": _share_inked(sums[:, 3:]),
        }
        for name, value in found.items():
            of[name][inked] = value
        sticking = (of["struck"][inked] > _STICKING) & (coverage > 0)
        sticking |= (found["around"] > _AROUND) & (coverage > 0)
        sticking |= (coverage > _FULL) & (near > _NEAR_FULL)
        sticking |= _has_more_ink(coverage)
        for one in np.flatnonzero(sticking):
            share, sticks_out = _strokes(ink[one])
            of["strokes"][inked[one]] = share
            of["sticks_out"][inked[one]] = sticks_out
        outline = found["span"] * found["wide"]
        for one in np.flatnonzero(
            (coverage > THRESHOLDS.compact * outline) & (coverage < THRESHOLDS.solid)
        ):
            long = max(wide[one], high[one], 1) * STEP
            of["stout"][inked[one]] = stroke_width(square[one]) / long
    return list(map(BoxInk._make, np.round(values, 4).T.tolist()))


def _strokes(ink: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the share of a box's ink on two strokes, and how far one sticks out, in mm.

    Bows that lean on each other cross nothing out, wherever they end.
    """
    inner = ZONES.inner, ZONES.inner
    found = two_strokes(ink, inner)
    if 0 < found.share < THRESHOLDS.plain_strokes:
        bowed = bowed_cross(ink, inner)
        if bowed >= THRESHOLDS.plain_bows:
            return bowed, 0.0
    return found.share, found.sticks_out


def _share_inked(sectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return in which share of the sectors around each box there is ink."""
    inked = np.count_nonzero(sectors >= 3, axis=1)  # noqa: PLR2004  # samples
    return np.asarray(inked / sectors.shape[1])


def _flat(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the cells of each box in one row."""
    return dark.reshape(len(dark), -1)


def _lightest_side(dark: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the darkness of the paper beside each box where it is lightest."""
    sides = (_middle(dark, places) for places in ZONES.sides)
    return reduce(np.minimum, sides)


def _middle(dark: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the middle darkness of each box at some places, flat."""
    (greys,) = greys_at(_flat(dark), places, (round(0.5 * (places.size - 1)),))
    return np.asarray((greys - PAPER) / SOLID)


def _has_more_ink(coverage: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which marks have more ink than is usual here, or no other beside them."""
    marks = np.sort(coverage[coverage >= THRESHOLDS.marked_coverage])
    if len(marks) <= 1:
        return np.asarray(coverage >= THRESHOLDS.marked_coverage)
    return np.asarray(coverage > _FULLER * marks[(len(marks) - 1) // 2])


def _usual(within: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the shade that even empty boxes of the page have: the blur of frames."""
    shade = darkness(of_all_boxes(within, len(within) // 4))
    return np.minimum(np.maximum(shade, 0), np.float32(_MOST_SHADE))


def _level(bounds: tuple[float, float], wanted: float) -> float:
    return min(max(wanted, bounds[0]), bounds[1])


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
        areas.append(float(solid[solid >= SPECK].sum()))
    return areas
