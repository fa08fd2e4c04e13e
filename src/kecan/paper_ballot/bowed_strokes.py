"""Tell the cross that Vietnamese schools teach, two bows back to back, from whatever has more.

A straight stroke explains but half of such a bow. Two bows that lean on each other
strike nothing out, so ink that lies on them is one mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.sampling import STEP
from kecan.paper_ballot.straight_strokes import in_mm, typical_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_DOTS = 150  # of the ink looked at
_BENDS = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.62, 0.76])  # per mm
_SLANTS = np.linspace(-0.8, 0.8, 17)
_FARTHEST, _STEP = 8.0, 0.1  # mm between which a bow is tried, and how finely
# mm that a hand strays from such a bow; wide at first, so that no wrong one is taken
_ROUNDS = 0.22, 0.22, 0.14, 0.14
_LEAST_LENGTH = 2.0  # mm that the bows run along each other
_APART = 0.8  # mm between their ends: what closes is a ring
_GAP = 1.5  # mm that a frame may hide of a bow
_BESIDE, _LENS = 0.1, 0.15  # mm beside the bows; mm2 of clear paper between them
_CROSSED = 0.15  # share of it that ink covers if another stroke runs through


class _Bow(NamedTuple):
    """A bow of a pen that stands: ``x = at + slant * y + bend * y ** 2``, in mm."""

    at: float
    slant: float
    bend: float

    def off(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far right of the bow places lie, in mm; shape (..., 2) to (...)."""
        x, y = places[..., 0], places[..., 1]
        steep = np.hypot(1, self.slant + 2 * self.bend * y)
        return np.asarray((x - self.x(y)) / steep)

    def x(self, y: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.at + self.slant * y + self.bend * y**2


def bowed_cross(ink: NDArray[np.bool_], inner: tuple[slice, slice]) -> float:
    """Return the share of the ink of one box that two bows explain, as ``)(``; or 0.

    It is 0 as well where another stroke runs through between them.

    Args:
        ink: Ink of one box and around it, the printed frame left out.
        inner: The inside of the frame.
    """
    width = typical_width(ink[inner])
    dots = np.flatnonzero(ink)
    places = in_mm(dots[:: max(1, len(dots) // _MOST_DOTS)], ink.shape[1])
    middle = np.median(places, axis=0)
    cells = in_mm(np.arange(ink.size), ink.shape[1]) - middle
    standing = places - middle
    shares = [0.0]
    for way in (slice(None), slice(None, None, -1)):  # standing, lying
        turned = np.ascontiguousarray(standing[:, way])
        bows = _two_bows(turned, width)
        if bows and _is_cross(turned, bows, width):
            left, right = (bow.off(cells[:, way]) for bow in bows)
            lens = (left > width / 2 + _BESIDE) & (right < -width / 2 - _BESIDE)
            is_wide = np.count_nonzero(lens) * STEP**2 >= _LENS
            if not (is_wide and ink.ravel()[lens].mean() > _CROSSED):
                shares.append(float(_hits(turned, bows, width).any(axis=0).mean()))
    return max(shares)


def _two_bows(places: NDArray[np.float64], width: float) -> tuple[_Bow, _Bow] | None:
    """Return the standing bows, ``(`` and ``)``, that explain most ink; None if one does."""
    left = places
    first = second = _Bow(0, 0, 0)
    for loose in _ROUNDS:
        reach = width / 2 + loose
        first = _Bow(*_best_bow(left, 1.0, reach))
        left = places[np.abs(first.off(places)) > reach]
        if not len(left):
            return None
        second = _Bow(*_best_bow(left, -1.0, reach))
        left = places[np.abs(second.off(places)) > reach]
        if not len(left):
            return None
    return first, second


def _hits(
    places: NDArray[np.float64], bows: tuple[_Bow, _Bow], width: float
) -> NDArray[np.bool_]:
    """Tell, a row a bow, which places lie on it."""
    reach = width / 2 + _ROUNDS[-1]
    return np.array([np.abs(bow.off(places)) <= reach for bow in bows])


def _is_cross(
    places: NDArray[np.float64], bows: tuple[_Bow, _Bow], width: float
) -> bool:
    """Tell two bows without gaps that touch or cross, and end apart."""
    along = [np.sort(places[hit, 1]) for hit in _hits(places, bows, width)]
    if min(map(len, along)) <= 1:
        return False
    start, end = max(one[0] for one in along), min(one[-1] for one in along)
    if end - start < _LEAST_LENGTH or max(np.diff(one).max() for one in along) > _GAP:
        return False
    between = np.linspace(start, end, 15)
    apart = bows[0].x(between) - bows[1].x(between)
    return bool(apart.min() <= width and min(apart[0], apart[-1]) >= _APART)


@compiled
def _best_bow(
    places: NDArray[np.float64], side: float, reach: float
) -> tuple[float, float, float]:
    """Return the bow with most ink near it; ``side`` is 1 for ``(`` and -1 for ``)``."""
    count = int(2 * _FARTHEST / _STEP) + 2
    most, best = 0, (0.0, 0.0, 0.0)
    changes = np.zeros(count, np.int64)
    for slant in _SLANTS:
        for size in _BENDS:
            bend = side * size
            changes[:] = 0
            for x, y in places:
                off = x - slant * y - bend * y * y + _FARTHEST
                steep = slant + 2 * bend * y
                far = reach * np.sqrt(1 + steep * steep)
                first = int(np.ceil((off - far) / _STEP))
                last = int(np.floor((off + far) / _STEP))
                if last >= 0 and first < count - 1:
                    changes[max(first, 0)] += 1
                    changes[min(last + 1, count - 1)] -= 1
            near = 0
            for place in range(count - 1):
                near += changes[place]
                if near > most:
                    most, best = near, (place * _STEP - _FARTHEST, slant, bend)
    return best
