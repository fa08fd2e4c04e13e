"""Ink that hangs together: told apart once, then looked at dot by dot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled

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
        return _sides(self.dots, self.names, self.count, self.columns)


@compiled
def _sides(
    dots: NDArray[np.int64], names: NDArray[np.int32], count: int, columns: int
) -> NDArray[np.int64]:
    left, top = np.full(count, columns), np.full(count, -1)
    right, bottom = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for dot in range(len(dots)):  # row after row
        name, row, column = names[dot], dots[dot] // columns, dots[dot] % columns
        left[name] = min(left[name], column)
        right[name] = max(right[name], column)
        top[name] = row if top[name] < 0 else top[name]
        bottom[name] = row
    sides = np.empty((count, 2), np.int64)
    sides[:, 0], sides[:, 1] = right - left + 1, bottom - top + 1
    return sides


def find_specks(ink: NDArray[np.bool_]) -> Specks:
    """Tell specks apart; dots that touch at a corner are of one."""
    dots, names, count = _told_apart(np.ascontiguousarray(ink).view(np.uint8))
    return Specks(count=count, dots=dots, names=names, columns=ink.shape[1])


@compiled
def _told_apart(
    ink: NDArray[np.uint8],
) -> tuple[NDArray[np.int64], NDArray[np.int32], int]:
    """Return where ink is, and which speck each dot belongs to; how many there are.

    Runs of ink in a row are joined to those above that they touch.
    """
    runs, dots = _runs(ink)
    above = np.arange(len(runs)).astype(np.int32)
    upper = 0
    for run in range(len(runs)):
        row, first, after = runs[run]
        while runs[upper, 0] < row - 1 or (
            runs[upper, 0] == row - 1 and runs[upper, 2] < first
        ):
            upper += 1
        other = upper
        while runs[other, 0] == row - 1 and runs[other, 1] <= after:
            _join(above, other, run)
            other += 1
    return _by_dots(runs, above, dots, ink.shape[1])


@compiled
def _runs(ink: NDArray[np.uint8]) -> tuple[NDArray[np.int32], int]:
    """Return row, first column and that after the last of each run; dots of them all."""
    rows, columns = ink.shape
    inked = np.zeros(rows, np.int32)
    for row in range(rows):
        for column in range(columns):
            inked[row] += np.int32(ink[row, column])
    dots = int(inked.sum())
    runs = np.empty((dots, 3), np.int32)
    count = 0
    for row in range(rows):
        if not inked[row]:
            continue
        column = 0
        while column < columns:
            if ink[row, column]:
                runs[count, 0], runs[count, 1] = row, column
                while column < columns and ink[row, column]:
                    column += 1
                runs[count, 2] = column
                count += 1
            column += 1
    return runs[:count], dots


@compiled
def _first(above: NDArray[np.int32], run: int) -> int:
    """Return the run by which a speck is known."""
    while above[run] != run:
        above[run] = above[above[run]]
        run = int(above[run])
    return run


@compiled
def _join(above: NDArray[np.int32], one: int, other: int) -> None:
    one, other = _first(above, one), _first(above, other)
    above[max(one, other)] = min(one, other)


@compiled
def _by_dots(
    runs: NDArray[np.int32], above: NDArray[np.int32], dots: int, columns: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], int]:
    places, names = np.empty(dots, np.int64), np.empty(dots, np.int32)
    count, done = 0, 0
    for run in range(len(runs)):
        # A run comes after all that it was joined to: that is named already.
        if above[run] == run:
            above[run] = count
            count += 1
        else:
            above[run] = above[above[run]]
        for column in range(runs[run, 1], runs[run, 2]):
            places[done] = np.int64(runs[run, 0]) * columns + column
            names[done] = above[run]
            done += 1
    return places, names, count
