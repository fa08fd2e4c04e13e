"""Measure the ink in and around every box. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.crossing_lines import crossing_lines
from kecan.paper_ballot.frames import CORE, FRAME, box_cores
from kecan.paper_ballot.sampling import STEP, local_paper, patches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage

INK = (0.12, 0.20)  # darkness, of solid print, from which a sample is ink; least, most
FAINT = (0.06, 0.10)  # the same for ink so light that only its shape speaks
_INK_TO_GRAIN, _FAINT_TO_GRAIN = 6.0, 3.5
_INNER = FRAME - 0.4  # mm half the side of the paper inside the frame
_NEAR = FRAME + 0.5  # mm where clear paper begins outside the frame
_SIDE = 4.2  # mm where the near ring ends
_BAND = 1.1  # mm a stroke is followed across the frame, which hides it
_SECTORS = 16
_SPECK = 0.15  # mm2 of solid ink; less is dust
_DUST = 0.6  # mm, the longest side of a speck that may lie beside a box
_MOST_SHADE = 0.05  # darkness that the blur of a frame lends the paper inside
CELLS = 12  # of the signature, along each side of a box


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxInk:
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


@dataclass(frozen=True, slots=True)
class _Zones:
    inner: slice  # along both sides
    looked_at: NDArray[np.bool_]
    paper: NDArray[np.int64]  # some places of the side
    sums: NDArray[np.float32]  # a column a zone: inner, near, side, then each sector


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
    return _Zones(
        slice(int(inner[0]), int(inner[-1]) + 1),
        outside | (far < _INNER),
        np.flatnonzero(far >= _SIDE)[::7],
        np.stack([zone.ravel() for zone in zones], axis=1).astype(np.float32),
    )


_ZONES = _zones()


def measure_boxes(
    image: NDArray[np.uint8], found: FoundPage
) -> tuple[list[BoxInk], bytes]:
    """Measure every box of a page, in the order of the layout.

    Returns:
        The ink of every box, and the page's signature: the shape of its ink, coarse,
        by which the same sheet scanned twice is known. It names nobody.
    """
    if not found.page.boxes:
        return [], b""
    cores = box_cores(image, found)
    return _measured(cores.dark, cores.frames), _signature(cores.dark)


def _signature(cores: NDArray[np.float32]) -> bytes:
    edge = round((CORE - 3.0) / STEP)
    ink = np.clip(cores[:, edge:-edge, edge:-edge], 0, 1)
    cell = ink.shape[1] // CELLS
    ink = ink[:, : cell * CELLS, : cell * CELLS]
    means = ink.reshape(len(ink), CELLS, cell, CELLS, cell).mean(axis=(2, 4))
    return bytes((means * 255).astype(np.uint8).tobytes())


def grain_of(dark: NDArray[np.float32]) -> float:
    """Return how much clear paper varies on this page, as darkness."""
    paper = dark.reshape(len(dark), -1)[:, _ZONES.paper]
    low, middle = (int(paper.shape[1] * share) for share in (0.16, 0.5))
    ordered = np.partition(paper, (low, middle), axis=1)
    return float(np.median(ordered[:, middle] - ordered[:, low]))


def _measured(dark: NDArray[np.float32], frames: NDArray[np.float64]) -> list[BoxInk]:
    grain = grain_of(dark)
    level = _level(INK, grain * _INK_TO_GRAIN)
    inked, ink, loose = _without_dust(dark, level=level)
    square = ink[:, _ZONES.inner, _ZONES.inner]
    inner = dark[:, _ZONES.inner, _ZONES.inner]
    faint = inner - _usual(inner) > _level(FAINT, grain * _FAINT_TO_GRAIN)
    through, struck = crossing_lines(dark)
    values = np.zeros((len(dark), len(BoxInk.__slots__)))
    places = {name: place for place, name in enumerate(BoxInk.__slots__)}
    values[:, places["faint"]] = faint.mean(axis=(1, 2))
    values[:, places["through"]] = through
    values[:, places["struck"]] = struck
    values[:, places["frame"]] = frames
    if len(inked):
        darkest = np.percentile(inner[inked].reshape(len(inked), -1), 97, axis=1)
        spans = [_span(np.asarray(square.any(axis=axis))) for axis in (1, 2)]
        sums = ink.reshape(len(inked), -1).astype(np.float32) @ _ZONES.sums
        shares = sums.astype(np.float64) / _ZONES.sums.sum(axis=0)
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
    return [
        BoxInk(**dict(zip(BoxInk.__slots__, row, strict=True)))
        for row in np.round(values, 4).tolist()
    ]


def _usual(inner: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the shade that even empty boxes of the page have: the blur of frames."""
    shade = np.sort(inner, axis=0)[len(inner) // 4]
    return np.asarray(np.clip(shade, 0, _MOST_SHADE), np.float32)


def _level(bounds: tuple[float, float], wanted: float) -> float:
    return min(max(wanted, bounds[0]), bounds[1])


def _without_dust(
    dark: NDArray[np.float32], *, level: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return which boxes show ink, that ink without specks, and how much is loose.

    Loose is the solid ink outside, in mm2, that hangs on no stroke inside.
    """
    ink = (dark > level) & _ZONES.looked_at
    ink[:, -1] = False  # so that no ink runs on into the next box
    inked = np.flatnonzero(np.count_nonzero(ink, axis=(1, 2)) >= 4)  # noqa: PLR2004
    if not len(inked):
        return inked, ink[:0], np.zeros(0)
    ink, dark = ink[inked], dark[inked]
    shape = (len(inked) * ink.shape[1], ink.shape[2])
    shown = ink.reshape(shape).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(shown, connectivity=8)
    sides = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(axis=1) * STEP
    spots = np.flatnonzero(labels)
    names, darkness = labels.ravel()[spots], dark.ravel()[spots]
    solid = np.bincount(names, weights=darkness, minlength=count) * STEP**2
    kept = solid >= _SPECK
    kept[0] = False
    stays = np.zeros(ink.shape, np.bool_)
    stays.ravel()[spots] = kept[names]
    inner = np.zeros(ink.shape, np.uint8)
    square = (slice(None), _ZONES.inner, _ZONES.inner)
    inner[square] = stays[square]
    cells = 2 * round(_BAND / STEP) + 1
    reach = cv2.dilate(inner.reshape(shape), np.ones((cells, cells), np.uint8))
    joined = np.zeros(count, bool)
    joined[names[reach.ravel()[spots] > 0]] = True
    apart = (kept & ~joined & (sides > _DUST))[names]
    box_of = spots // (ink.shape[1] * ink.shape[2])
    loose = np.bincount(
        box_of, weights=np.where(apart, darkness, 0), minlength=len(inked)
    )
    return inked, stays, np.asarray(loose * STEP**2, np.float64)


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
        paper = local_paper(cut[0])
        dark = (paper - cut[0]) / np.maximum(40, paper - found.ink)
        ink = (dark > INK[0]).astype(np.uint8)
        _, labels = cv2.connectedComponents(ink, connectivity=8)
        solid = np.bincount(labels.ravel(), weights=dark.ravel())[1:] * step**2
        areas.append(float(solid[solid >= _SPECK].sum()))
    return areas
