"""Tell two sides that a scanner took of two sheets at once from those of one sheet.

A scanner that takes both sides in one pass and draws two sheets in together shows the
face of one and the back of the other. Their pages may follow each other like those of a
ballot. But the two sides of a sheet lie in the scanner alike, tilted as in a mirror, and
sheets drawn in together rarely lie exactly one on the other. How alike, the stack says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.sampling import PaperMap

_MIDDLE = (105.0, 148.5)  # mm, of A4: where it lies whichever end was fed first
_FEWEST = 20  # sheets, from which their usual way of lying is known
_MIRRORED = 0.4  # of the tilts' spread that is left where sides are mirrored, at most
_TIMES = 6.0  # the usual spread, beyond which two sides are of two sheets
_LEAST = np.array([0.25, 1.5, 1.5])  # degrees, mm, mm: what print itself may be off
_NORMAL = 1.4826  # standard deviations in a median deviation


class SheetLie(NamedTuple):
    """How a page lies in its picture, whichever end was fed first.

    Args:
        tilt: Degrees its lines fall to the right, from -90 to 90.
        across: Millimetres from the left edge of the picture to the paper's middle.
        down: The same from its upper edge.
    """

    tilt: float
    across: float
    down: float


def sheet_lie(paper: PaperMap) -> SheetLie:
    """Return how a page lies, from where its paper was found."""
    right = np.add(_MIDDLE, (10.0, 0.0))
    middle, beside = paper.pixels(np.array([_MIDDLE, right]))
    x, y = (beside - middle).tolist()
    tilt = (np.degrees(np.arctan2(y, x)) + 90) % 180 - 90
    across, down = (middle / np.hypot(x, y) * 10).tolist()
    return SheetLie(float(tilt), across, down)


def of_two_sheets(sides: Sequence[tuple[SheetLie, SheetLie]]) -> list[bool]:
    """Tell which pairs of a stack's pages, front and back, are not of one sheet.

    None where the stack does not show that both sides were taken in one pass: too few
    sheets, pages fed one by one, or set straight by the scanner.

    Args:
        sides: Both pages of each sheet, in the order they were fed.
    """
    if len(sides) < _FEWEST:
        return [False] * len(sides)
    first, second = (np.array(side, np.float64) for side in zip(*sides, strict=True))
    together, apart = first + second, first - second
    # Both sides tilt the other way; which edges they are measured from differs.
    if _spread(together)[0] > _MIRRORED * _spread(apart)[0]:
        return [False] * len(sides)
    steady = _spread(together) <= _spread(apart)
    steady[0] = True
    off = np.where(steady, together, apart)
    allowed = np.maximum(_LEAST, _TIMES * _spread(off))
    is_off = np.abs(off - np.median(off, axis=0)) > allowed
    return [bool(one) for one in is_off.any(axis=1)]


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each column usually lies from its median, as one of normal ones."""
    from_median = np.abs(values - np.median(values, axis=0))
    return np.asarray(_NORMAL * np.median(from_median, axis=0), np.float64)
