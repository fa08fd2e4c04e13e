"""The zones in and around a box in which ink is added up; the frame is in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.frames import CORE, FRAME
from kecan.paper_ballot.sampling import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = FRAME + 0.5
"""Millimetres from the middle of a box to where clear paper begins outside its frame."""

_INNER = FRAME - 0.4  # mm half the side of the paper inside the frame
_SIDE = 4.2  # mm where the near ring ends
_SECTORS = 16


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the zones of every box lie; flat ones follow the places row by row.

    Args:
        inner: The inside, along both sides.
        looked_at: All but the printed frame.
        inside: The inside, flat.
        rim: Of the inside, what lies along the frame; flat.
        paper: Some places far from the frame, flat.
        sides: The same on each of the four sides of the frame; one is in one of them.
        kind: Of every place, which zones it belongs to.
        of_kinds: Those zones, a row a kind: inside, near, side, sectors of the outside.
        sizes: Of these zones, in places.
    """

    inner: slice
    looked_at: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    rim: NDArray[np.bool_]
    paper: NDArray[np.int64]
    sides: tuple[NDArray[np.int64], ...]
    kind: NDArray[np.int64]
    of_kinds: NDArray[np.float64]
    sizes: NDArray[np.float64]

    def sums(self, ink: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the places with ink of every box in every zone, shape (boxes, zones)."""
        dots = np.flatnonzero(ink)
        found = _of_kinds(dots, len(ink), self.kind, len(self.of_kinds))
        return np.asarray(found @ self.of_kinds)


@compiled
def _of_kinds(
    dots: NDArray[np.int64], boxes: int, kind: NDArray[np.int64], kinds: int
) -> NDArray[np.float64]:
    """Return how many dots each box has of each kind, shape (boxes, kinds)."""
    found = np.zeros((boxes, kinds))
    for dot in dots:
        found[dot // len(kind), kind[dot % len(kind)]] += 1
    return found


def _zones() -> Zones:
    cells = round(2 * CORE / STEP)
    axis = (np.arange(cells) - (cells - 1) / 2) * STEP
    x, y = np.meshgrid(axis, axis)
    far = np.maximum(np.abs(x), np.abs(y))
    direction = ((np.arctan2(y, x) / (2 * np.pi) % 1) * _SECTORS).astype(int)
    outside = far > NEAR
    inner = np.flatnonzero(np.abs(axis) < _INNER)
    zones = [far < _INNER, outside & (far < _SIDE), far >= _SIDE]
    zones += [outside & (direction == sector) for sector in range(_SECTORS)]
    places = np.stack([zone.ravel() for zone in zones], axis=1).astype(np.float64)
    paper = np.flatnonzero(far >= _SIDE)[::19]
    side = np.rint((direction.ravel()[paper] + 0.5) * 4 / _SECTORS) % 4
    of_kinds, kind = np.unique(places, axis=0, return_inverse=True)
    return Zones(
        inner=slice(int(inner[0]), int(inner[-1]) + 1),
        looked_at=outside | (far < _INNER),
        inside=(far < _INNER).ravel(),
        rim=((far < _INNER) & (far >= _INNER - 2 * STEP)).ravel(),
        paper=paper,
        sides=tuple(paper[side == one] for one in range(4)),
        kind=kind.ravel(),
        of_kinds=of_kinds,
        sizes=places.sum(axis=0),
    )


ZONES = _zones()
"""The zones of every box."""
