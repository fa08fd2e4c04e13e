"""Ink that hangs together: told apart once, then looked at dot by dot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Specks:
    """The specks of a picture, numbered from 0.

    Most of a page is paper: what is known of a speck is added up over its dots alone.

    Args:
        count: How many specks there are.
        dots: Where ink is, counted along the rows of the picture.
        names: Which speck each dot belongs to.
        columns: Of the picture.
    """

    count: int
    dots: NDArray[np.int64]
    names: NDArray[np.int32]
    columns: int

    def sums(self, of: NDArray[np.float32] | None = None) -> NDArray[np.float64]:
        """Return the dots of every speck, or what a value of each dot adds up to."""
        found = np.bincount(self.names, weights=of, minlength=self.count)
        return np.asarray(found, np.float64)

    def sides(self) -> NDArray[np.int64]:
        """Return how wide and high every speck is, shape (count, 2)."""
        if not self.count:
            return np.zeros((0, 2), np.int64)
        rows, across = np.divmod(self.dots.astype(np.uint32), np.uint32(self.columns))
        high = np.empty((2, self.count), np.int64)
        high[0, self.names[::-1]] = rows[::-1]
        high[1, self.names] = rows
        order = np.argsort(across.astype(np.uint16), kind="stable")
        names, across = self.names[order], across[order]
        wide = np.empty((2, self.count), np.int64)
        wide[0, names[::-1]] = across[::-1]
        wide[1, names] = across
        return np.stack([wide[1] - wide[0], high[1] - high[0]], axis=1) + 1


def find_specks(ink: NDArray[np.bool_], *, connectivity: int = 8) -> Specks:
    """Tell specks apart; ``connectivity`` 8 joins dots that touch at a corner.

    Adding up over the dots takes a tenth of the time that OpenCV takes over all places.
    """
    count, labels = cv2.connectedComponents(
        ink.view(np.uint8), connectivity=connectivity, ltype=cv2.CV_32S
    )
    dots = np.flatnonzero(ink)
    names = np.asarray(labels.ravel()[dots], np.int32) - 1
    return Specks(count=count - 1, dots=dots, names=names, columns=ink.shape[1])
