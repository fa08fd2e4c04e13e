"""Measure the ink in and around every box. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.sampling import STEP, local_paper, patches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage

CORE = 5.8  # mm from the middle of a box that is looked at
SEARCH = 1.0  # mm the printed frame is looked for around its place
INK = 0.20  # darkness, of solid print, from which a sample counts as ink
FAINT = 0.09  # the same for ink so light that only its shape speaks
_FRAME = 2.35  # mm from the middle to the middle of the printed line
_INNER = 1.95  # mm half the side inside the frame
_NEAR = 2.85  # mm where clear paper begins outside the frame
_SIDE = 4.2  # mm where the near ring ends
_SECTORS = 16
_CELLS = 12  # of the signature, along each side of a box
_WALL = 0.8  # share of a side the frame must show to be a frame


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxInk:
    """What was measured of one box; shares in [0, 1], darkness of solid print = 1.

    Args:
        coverage: Share of the inside that is ink.
        faint: Share of the inside that is at least faintly darker than the paper.
        darkness: Upper darkness of the ink inside.
        span: Longer side of the ink inside, as share of the box.
        near: Share of the ring just outside the frame that is ink.
        side: Share of the clear paper farther out that is ink.
        around: Share of directions in which ink lies outside the frame.
        through: Strength of a straight line crossing from edge to edge.
        frame: Weakest side of the printed frame that was found.
    """

    coverage: float
    faint: float
    darkness: float
    span: float
    near: float
    side: float
    around: float
    through: float
    frame: float


@dataclass(frozen=True, slots=True)
class _Zones:
    inner: NDArray[np.bool_]
    near: NDArray[np.bool_]
    side: NDArray[np.bool_]
    sectors: NDArray[np.float32]


def _zones() -> _Zones:
    cells = round(2 * CORE / STEP)
    axis = (np.arange(cells) - (cells - 1) / 2) * STEP
    x, y = np.meshgrid(axis, axis)
    far = np.maximum(np.abs(x), np.abs(y))
    direction = ((np.arctan2(y, x) / (2 * np.pi) % 1) * _SECTORS).astype(int)
    outside = far > _NEAR
    sectors = np.stack(
        [(direction == one) & outside for one in range(_SECTORS)], axis=-1
    )
    return _Zones(
        far < _INNER,
        outside & (far < _SIDE),
        far >= _SIDE,
        sectors.reshape(cells * cells, _SECTORS).astype(np.float32),
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
    cores, frames = box_cores(image, found)
    return _measured(cores, frames), _signature(cores)


def _signature(cores: NDArray[np.float32]) -> bytes:
    edge = round((CORE - 3.0) / STEP)
    ink = np.clip(cores[:, edge:-edge, edge:-edge], 0, 1)
    cell = ink.shape[1] // _CELLS
    ink = ink[:, : cell * _CELLS, : cell * _CELLS]
    means = ink.reshape(len(ink), _CELLS, cell, _CELLS, cell).mean(axis=(2, 4))
    return bytes((means * 255).astype(np.uint8).tobytes())


def box_cores(
    image: NDArray[np.uint8], found: FoundPage
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the darkness around each box, set on its frame, and the frame's score."""
    centres = np.array([box.rectangle.centre for box in found.page.boxes])
    size = 2 * (CORE + SEARCH)
    cut = patches(image, found.paper, centres=centres, size=(size, size))
    count, rows, columns = cut.shape
    flat = cv2.blur(cut.reshape(count * rows, columns), (3, 3))
    smooth = np.asarray(flat, np.uint8).reshape(cut.shape)
    dark = _darkness(smooth, ink=found.ink)
    reach, cells = round(SEARCH / STEP), round(2 * CORE / STEP)
    cores = np.empty((count, cells, cells), np.float32)
    frames = np.empty(count)
    for index in range(count):
        down, across, frames[index] = _frame_shift(dark[index], reach=reach)
        cores[index] = dark[
            index,
            reach + down : reach + down + cells,
            reach + across : reach + across + cells,
        ]
    return cores, frames


def _darkness(cut: NDArray[np.uint8], *, ink: int) -> NDArray[np.float32]:
    """Return darkness of each sample against the paper around its own box."""
    sampled = cut[:, ::4, ::4].reshape(len(cut), -1)
    place = int(sampled.shape[1] * 0.7)
    paper = np.partition(sampled, place, axis=1)[:, place].astype(np.float32)
    range_of_ink = np.maximum(paper - ink, 40)[:, None, None]
    return np.asarray((paper[:, None, None] - cut) / range_of_ink, np.float32)


def _frame_shift(dark: NDArray[np.float32], *, reach: int) -> tuple[int, int, float]:
    """Return where the printed frame lies and how much of its weakest side is there."""
    ink = (dark > INK).astype(np.float32)
    middle = (len(dark) - 1) / 2
    half = round(1.8 / STEP)
    first, last = int(middle - half), int(middle + half) + 1
    down = _wall_shift(ink[:, first:last].mean(axis=1), reach=reach)
    across = _wall_shift(ink[first:last].mean(axis=0), reach=reach)
    return down[0], across[0], min(down[1], across[1])


def _wall_shift(profile: NDArray[np.float32], *, reach: int) -> tuple[int, float]:
    middle = (len(profile) - 1) / 2
    best: tuple[float, int, float] = (-9.0, 0, 0.0)
    wide = np.maximum(np.maximum(profile[:-2], profile[1:-1]), profile[2:])
    for shift in range(-reach, reach + 1):
        low = round(middle - _FRAME / STEP) + shift
        high = round(middle + _FRAME / STEP) + shift
        walls = profile[low], profile[high]
        beyond = profile[low - 5], profile[high + 5]
        inside = profile[low + 5], profile[high - 5]
        score = float(
            min(walls) - 0.5 * sum(beyond) - 0.05 * sum(inside) - 0.005 * abs(shift)
        )
        if score > best[0]:
            best = (score, shift, float(min(wide[low - 1], wide[high - 1])))
    return best[1], best[2]


def _measured(cores: NDArray[np.float32], frames: NDArray[np.float64]) -> list[BoxInk]:
    ink = cores > INK
    faint = cores > FAINT
    inner = cores[:, _ZONES.inner]
    side = round(float(np.sqrt(_ZONES.inner.sum())))
    square = ink[:, _ZONES.inner].reshape(len(cores), side, side)
    spans = (
        np.maximum(*(_span(np.asarray(square.any(axis=axis))) for axis in (1, 2)))
        / side
    )
    sectors = ink.reshape(len(cores), -1).astype(np.float32) @ _ZONES.sectors
    around = (sectors >= 3).mean(axis=1)  # noqa: PLR2004  # three samples are no speck
    through = _through(cores)
    coverage = square.mean(axis=(1, 2))
    values = np.column_stack(
        [
            coverage,
            faint[:, _ZONES.inner].mean(axis=1),
            np.where(coverage > 0, np.percentile(inner, 97, axis=1), 0),
            spans,
            ink[:, _ZONES.near].mean(axis=1),
            ink[:, _ZONES.side].mean(axis=1),
            around,
            through,
            frames,
        ]
    )
    names = BoxInk.__slots__
    return [
        BoxInk(**dict(zip(names, map(float, np.round(row, 4)), strict=True)))
        for row in values
    ]


def _span(shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    first = shown.argmax(axis=1)
    last = shown.shape[1] - shown[:, ::-1].argmax(axis=1)
    return np.where(shown.any(axis=1), last - first, 0).astype(np.float64)


def _through(cores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how dark a straight line is that runs from one edge to the other."""
    edge = round((CORE - _NEAR - 0.3) / STEP)
    strength = np.zeros(len(cores))
    for dark in (cores, cores.transpose(0, 2, 1)):
        before = dark[:, :edge].mean(axis=1)
        after = dark[:, -edge:].mean(axis=1)
        near = cv2.dilate(np.ascontiguousarray(after), np.ones((1, 9), np.uint8))
        strength = np.maximum(strength, np.minimum(before, near).max(axis=1))
    return strength


def writing(image: NDArray[np.uint8], found: FoundPage) -> list[float]:
    """Return the share of ink in each write-in zone of the page."""
    shares = []
    for zone in found.page.write_in_zones:
        area = zone.rectangle.grown(-0.8)
        cut = patches(
            image,
            found.paper,
            centres=np.array([area.centre]),
            size=(area.width, area.height),
            step=2 * STEP,
        )
        paper = local_paper(cut[0])
        dark = (paper - cut[0]) / np.maximum(40, paper - found.ink)
        shares.append(float((dark > INK).mean()))
    return shares
