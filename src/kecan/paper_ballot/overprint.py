"""Find a stroke drawn over print: more ink along a line than the print has there."""

from __future__ import annotations

from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.row_cells import mirrored
from kecan.paper_ballot.row_stack import ALONG, DOWN, STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    _Places = tuple[NDArray[np.float32], NDArray[np.float32]]

_CELL = STEP * ALONG, STEP * DOWN  # mm
_LENGTH = 14  # cells along: mm of a stroke
_LEAST = 0.13  # darkness a stroke adds, meaned over its length
_LEAST_LINE, _LINE_TO_PLAIN = 0.2, 2.4
"""Darkness that no row without a mark adds along all its height, meaned over that
length, and how many times that of the page's plainest rows: on 12,000 rows of office
and hard scans at most .15 and 1.9 times.
"""
_WIDE_MARK = (4, 8)  # cells: 4 mm each way
_LEAST_WIDE = (0.06, 0.10)
"""Darkness a mark adds, meaned over that, on a clean page and a poor one.

Print alone stays below .046 on office scans of two generators and below .06 where the
page drifts in the feeder.
"""
_LEAST_CAUTION = 0.88  # share of the latter: what is left of lifted dirt adds .052
_SMALL_MARK = (2, 5)  # cells: 2 mm along, 2.5 mm down
_LEAST_SMALL = (0.13, 0.19)  # the same of a small mark, on a clean page and a poor one
_TO_PLAIN, _WIDE_TO_PLAIN = 2.2, 2.5  # times what print alone adds on this page
_LEAST_PRINT = 0.03  # darkness drawn, meaned over 4 mm, from which print is measured
_BAND = 8  # cells: mm of a band that a drum may pale
_LEVEL, _LEVELS = 0.06, 8  # of darkness drawn that came out alike; how many are told
_FEWEST = 60  # places that say how dark a band or level came out
_LEAST_GAIN, _MOST_GAIN = 0.1, 1.5  # of the usual: more is no print
_SLOPES = np.linspace(-0.24, 0.24, 9)


def print_gain(scanned: NDArray[np.float64], printed: NDArray[np.float64]) -> float:
    """Return how much darker a page's print came out than drawn, by its middle row.

    Args:
        scanned: All the darkness of each row.
        printed: The same of each row as drawn.
    """
    drawn = printed > 0
    return median((scanned[drawn] / printed[drawn]).tolist()) if drawn.any() else 1.0


def uneven_gain(
    shown: Sequence[NDArray[np.float32]],
    printed: Sequence[NDArray[np.float32]],
    *,
    usual: float,
) -> list[NDArray[np.float32]]:
    """Return how much darker each place of the rows came out than drawn.

    A copier too pale and a scanner set to text thin light letters and leave bold ones;
    a worn drum pales bands from the head of the page to its foot. Both do so in every
    row alike: half of all the places say what is usual, and strokes are on fewer.

    Args:
        shown: Darkness of the print of each row in the scan, in coarse cells.
        printed: The same as drawn.
        usual: How much darker all the print came out.
    """
    drawn = [cv2.blur(one, _WIDE_MARK) for one in printed]
    ratios = [
        cv2.blur(one, _WIDE_MARK) / np.maximum(below, _LEAST_PRINT)
        for one, below in zip(shown, drawn, strict=True)
    ]
    weight = np.concatenate([one.ravel() for one in drawn])
    ratio = np.concatenate([one.ravel() for one in ratios])
    column = np.concatenate([np.indices(one.shape)[1].ravel() for one in drawn])
    is_print = weight > _LEAST_PRINT
    weight, ratio, strip = weight[is_print], ratio[is_print], column[is_print] // _BAND
    of_strip = np.maximum(_medians(ratio, strip, otherwise=usual), _LEAST_GAIN * usual)
    level = np.minimum(weight / _LEVEL, _LEVELS).astype(np.int64)
    of_level = _medians(ratio / of_strip[strip], level, otherwise=1.0)
    found = []
    for one in drawn:
        columns = np.minimum(np.arange(one.shape[1]) // _BAND, len(of_strip) - 1)
        levels = np.minimum(one / _LEVEL, len(of_level) - 1).astype(np.int64)
        gain = of_strip[columns] * of_level[levels]
        found.append(np.clip(gain, 0, _MOST_GAIN * usual).astype(np.float32))
    return found


def _medians(
    values: NDArray[np.float32], kinds: NDArray[np.int64], *, otherwise: float
) -> NDArray[np.float64]:
    """Return the median of each kind of values; of a rare kind what is usual."""
    found = np.full(int(kinds.max(initial=0)) + 1, otherwise)
    for kind in np.unique(kinds):
        mine = values[kinds == kind]
        if len(mine) >= _FEWEST:
            found[kind] = np.median(mine)
    return found


class MostAdded(NamedTuple):
    """The most darkness that a piece has beyond its print, meaned over a kind of mark.

    No ``line`` is darker than this: it runs through the darkest of each column.
    """

    small: float
    wide: float
    line: float


def most_added(
    more: NDArray[np.float32], parts: Sequence[tuple[slice, slice]]
) -> list[MostAdded]:
    """Return the most that is added to each part of the coarse cells of a page.

    Args:
        more: How much darker they are than the print.
        parts: Rows and columns of each.
    """
    ends = [(down.start, down.stop, along.start, along.stop) for down, along in parts]
    found = _most_added(more, np.array(ends, np.int64).reshape(-1, 4))
    return list(map(MostAdded._make, found.tolist()))


@compiled
def _most_added(
    more: NDArray[np.float32], parts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the fields of :class:`MostAdded` of each part, shape (parts, 3)."""
    found = np.empty((len(parts), 3))
    for part in range(len(parts)):
        top, bottom, left, right = parts[part]
        piece = more[top:bottom, left:right].copy()
        darkest = piece[:1].copy()
        for row in range(1, len(piece)):
            for column in range(piece.shape[1]):
                darkest[0, column] = max(darkest[0, column], piece[row, column])
        found[part, 0] = _most_mean(piece, _SMALL_MARK)
        found[part, 1] = _most_mean(piece, _WIDE_MARK)
        found[part, 2] = _most_mean(darkest, (_LENGTH, 1))
    return found


@compiled
def _most_mean(piece: NDArray[np.float32], size: tuple[int, int]) -> float:
    """Return the most that cells of a piece have on an average over some beside them.

    ``size`` are columns and rows; the edges are mirrored, as OpenCV does.
    """
    rows, columns = piece.shape
    along = np.zeros((rows, columns), np.float32)
    for cell in range(size[0]):
        _add_moved(along, piece, cell - size[0] // 2)
    most = np.full(columns, np.float32(-np.inf))
    sums = np.empty(columns, np.float32)
    for row in range(rows):
        sums[:] = 0
        for cell in range(size[1]):
            added = along[mirrored(row + cell - size[1] // 2, rows)]
            for column in range(columns):
                sums[column] += added[column]
        for column in range(columns):
            most[column] = max(most[column], sums[column])
    return float(most.max()) / (size[0] * size[1])


@compiled
def _add_moved(into: NDArray[np.float32], piece: NDArray[np.float32], off: int) -> None:
    """Add to each cell the one that lies ``off`` to its right, mirrored at the edges."""
    rows, columns = piece.shape
    first, after = min(columns, max(0, -off)), max(0, min(columns, columns - off))
    for row in range(rows):
        line, moved = into[row, first:after], piece[row, first + off : after + off]
        for column in range(len(line)):
            line[column] += moved[column]
        for column in range(first):
            into[row, column] += piece[row, mirrored(column + off, columns)]
        for column in range(max(first, after), columns):
            into[row, column] += piece[row, mirrored(column + off, columns)]


class LeastAdded(NamedTuple):
    """From how much darkness beyond its print a row is written over.

    From as much as ``line`` it is, however the strokes of the line run.
    """

    small: float
    wide: float
    line: float


def of_plain_rows(values: Sequence[float]) -> float:
    """Return what the plainest quarter of a page's rows have at most; 0 of no row.

    A quarter of them, for one who ticks names instead of boxes ticks many.
    """
    return sorted(values)[(len(values) - 1) // 4] if values else 0.0


def least_added(added: Sequence[MostAdded]) -> LeastAdded:
    """Return how much a mark must add, from what the plainest rows of the page have."""
    if not added:
        return LeastAdded(_LEAST_SMALL[0], _LEAST_WIDE[0], _LEAST_LINE)
    small, wide, line = map(of_plain_rows, zip(*added, strict=True))
    return LeastAdded(
        small=min(max(_TO_PLAIN * small, _LEAST_SMALL[0]), _LEAST_SMALL[1]),
        wide=min(max(_WIDE_TO_PLAIN * wide, _LEAST_WIDE[0]), _LEAST_WIDE[1]),
        line=max(_LINE_TO_PLAIN * line, _LEAST_LINE),
    )


def are_overwritten(
    shown: Sequence[NDArray[np.float32]],
    drawn: Sequence[NDArray[np.float32]],
    *,
    added: Sequence[MostAdded],
    caution: float,
) -> list[bool]:
    """Tell of each row whether a mark or stroke lies over its print.

    Args:
        shown: Darkness of the print of each row in the scan, in coarse cells.
        drawn: The same as it came out where nothing was added.
        added: The most that each row shows beyond that.
        caution: Share of the usual darkness that is enough.
    """
    least = least_added(added)
    return [
        _is_overwritten(one, print_, added=most, least=least, caution=caution)
        for one, print_, most in zip(shown, drawn, added, strict=True)
    ]


def _is_overwritten(
    shown: NDArray[np.float32],
    drawn: NDArray[np.float32],
    *,
    added: MostAdded,
    least: LeastAdded,
    caution: float,
) -> bool:
    """Tell whether a mark or a long stroke lies over a piece of print."""
    wide = max(caution, _LEAST_CAUTION) * least.wide
    if added.small > caution * least.small or added.wide > wide:
        return True
    if added.line > caution * least.line:
        return True
    along = caution * _LEAST
    return added.line > along and _has_line(shown, drawn, least=along)


def _has_line(
    shown: NDArray[np.float32], printed: NDArray[np.float32], *, least: float
) -> bool:
    """Tell whether there is a long, nearly level stroke."""
    rows, columns = shown.shape
    if columns < _LENGTH:
        return False
    margin = _LENGTH // 2
    for places in _slanted(rows, columns):
        line, drawn = (
            cv2.blur(cv2.remap(one, *places, cv2.INTER_NEAREST), (_LENGTH, 1))
            for one in (shown, printed)
        )
        drawn = cv2.dilate(drawn, np.ones((3, 1), np.uint8))
        if float((line - drawn)[:, margin:-margin].max(initial=0)) > least:
            return True
    return False


@lru_cache(maxsize=256)
def _slanted(rows: int, columns: int) -> tuple[_Places, ...]:
    """Return where a strip lies when strokes of each slope are made level."""
    along, down = np.meshgrid(np.arange(columns), np.arange(rows))
    at = [
        down + np.rint(slope * along * _CELL[0] / _CELL[1]).astype(int)
        for slope in _SLOPES
    ]
    return tuple((along.astype(np.float32), one.astype(np.float32)) for one in at)
