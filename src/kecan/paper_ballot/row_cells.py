"""The rows of a page, cell by cell: light, dark, new ink. Compiled loops over a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.greys import PAPER, SOLID

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST_RANGE = 40  # greys from ink to paper


@compiled
def lighten(
    cells: NDArray[np.uint8], paper: NDArray[np.uint8], ink: int
) -> NDArray[np.uint8]:
    """Return how light cells are: 0 is solid print, :data:`SOLID` the paper behind.

    Args:
        cells: Greys of a stack.
        paper: Grey of the paper behind every two by two of them.
        ink: Grey of solid print.
    """
    rows, columns = cells.shape
    light = np.empty((rows, columns), np.uint8)
    times = np.empty(columns, np.float32)
    # Numbers with a fraction: whole ones would become twice as wide, and slow.
    black, most = np.float32(ink), np.float32(255)
    for row in range(rows):
        if not row % 2:
            for column in range(columns // 2):
                range_ = np.float32(paper[row // 2, column]) - black
                range_ = max(range_, np.float32(_LEAST_RANGE))
                times[2 * column] = np.float32(SOLID) / range_
                times[2 * column + 1] = times[2 * column]
        for column in range(columns):
            above = max(np.float32(cells[row, column]) - black, np.float32(0))
            shown = min(np.rint(above * times[column]), most)
            light[row, column] = np.uint8(shown)
    return light


@compiled
def blurred(cells: NDArray[np.uint8], reach: int) -> NDArray[np.uint8]:
    """Return the mean of the square around each cell, rounded; edges are mirrored.

    Args:
        cells: Greys, shape (rows, columns).
        reach: Cells each way from the middle of a square, at most 7.
    """
    rows, columns = cells.shape
    found = np.empty((rows, columns), np.uint8)
    down = np.zeros(columns + 2 * reach, np.uint16)
    total = np.empty(columns, np.uint16)
    for row in range(-reach, reach + 1):
        _add_line(down[reach:], cells[mirrored(row, rows)])
    for row in range(rows):
        for off in range(reach):
            down[off] = down[reach + mirrored(off - reach, columns)]
            down[reach + columns + off] = down[reach + mirrored(columns + off, columns)]
        total[:] = 0
        for off in range(2 * reach + 1):
            _add_line(total, down[off : off + columns])
        share = np.float32(1 / (2 * reach + 1) ** 2)
        for column in range(columns):
            mean = np.float32(total[column]) * share
            found[row, column] = np.uint8(mean + np.float32(0.5))
        upper, lower = mirrored(row - reach, rows), mirrored(row + reach + 1, rows)
        for column in range(columns):
            down[reach + column] += np.uint16(cells[lower, column])
            down[reach + column] -= np.uint16(cells[upper, column])
    return found


@compiled
def _add_line(sums: NDArray[np.uint16], line: NDArray[np.integer]) -> None:
    for cell in range(len(line)):
        sums[cell] += np.uint16(line[cell])


@compiled
def mirrored(place: int, count: int) -> int:
    """Return the place that stands for one beyond an edge, as OpenCV mirrors them."""
    while not 0 <= place < count:
        place = -place if place < 0 else 2 * count - 2 - place
        if count == 1:
            return 0
    return place


@compiled
def greys_below(
    cells: NDArray[np.uint8],
    places: NDArray[np.int64],
    row_of: NDArray[np.int64],
    shares: NDArray[np.float64],
    rows: int,
) -> NDArray[np.float64]:
    """Return the greys below which shares of some places of each row lie.

    A grey is told within one: its places are thought to lie evenly in it. Where a row
    has no such places it is :data:`SOLID`.

    Args:
        cells: A stack.
        places: In the flat stack.
        row_of: The row of each place.
        shares: In (0, 1), rising.
        rows: How many there are.

    Returns:
        Greys, shape (shares, rows).
    """
    counts = np.zeros((rows, 256), np.int64)
    flat = cells.reshape(-1)
    for place in range(len(places)):
        counts[row_of[place], flat[places[place]]] += 1
    found = np.full((len(shares), rows), float(SOLID))
    for row in range(rows):
        total = counts[row].sum()
        below, grey = 0, 0
        for share in range(len(shares)):
            wanted = shares[share] * total
            while total and below + counts[row, grey] < wanted:
                below += counts[row, grey]
                grey += 1
            if total:
                there = max(1, counts[row, grey])
                found[share, row] = grey - 0.5 + (wanted - below) / there
    return found


@compiled
def shown_in(
    light: NDArray[np.uint8], tops: NDArray[np.int64], levels: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.float64]]:
    """Return a stack darkened, its strong ink, and totals.

    Strong is 1 where there is ink dark enough to count away from boxes; totals are all
    the darkness of each row.

    Args:
        light: How light the cells of a stack are.
        tops: Where each row begins, and the last ends.
        levels: Of each row the number of its clear paper, and the darkened cell above
            which ink is dark enough, shape (rows, 2).
    """
    dark, strong = np.empty_like(light), np.empty_like(light)
    totals = np.zeros(len(levels))
    none, one = np.uint8(0), np.uint8(1)
    for row in range(len(levels)):
        paper, least = levels[row]
        total = 0
        for line in range(tops[row], tops[row + 1]):
            for column in range(light.shape[1]):
                grey = light[line, column]
                cell = np.uint8(paper - grey) if grey < paper else none
                dark[line, column] = cell
                strong[line, column] = one if cell > least else none
            total += _sum_above(dark[line], PAPER)
        totals[row] = total / SOLID
    return dark, strong, totals


@compiled
def _sum_above(line: NDArray[np.uint8], least: int) -> int:
    total = np.uint32(0)
    for cell in line:
        total += np.uint32(max(cell, np.uint8(least)))
    return int(total) - least * len(line)


@compiled
def common_cells(
    one: NDArray[np.uint8], other: NDArray[np.uint8], tops: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how many cells of each row are 1 in both of two stacks."""
    found = np.zeros(len(tops) - 1, np.int64)
    for row in range(len(found)):
        for line in range(tops[row], tops[row + 1]):
            common = np.int32(0)
            for column in range(one.shape[1]):
                common += np.int32(one[line, column] & other[line, column])
            found[row] += common
    return found


@compiled
def full_columns(
    ink: NDArray[np.uint8],
    tops: NDArray[np.int64],
    printed: NDArray[np.bool_],
    *,
    edge: int,
    widest: int,
    share: float,
) -> NDArray[np.bool_]:
    """Return which columns of each row are ink from its upper rule to its lower.

    Args:
        ink: A stack, 1 or 0.
        tops: Where each row begins, and the last ends.
        printed: Columns that are so in print and do not count, shape (rows, columns).
        edge: Lines at the rules of a row that are not looked at.
        widest: Columns side by side of which one with ink is enough.
        share: Of the lines, how many are enough.

    Returns:
        Of shape (rows, columns).
    """
    columns = ink.shape[1]
    found = np.empty((len(tops) - 1, columns), np.bool_)
    near, missing = np.empty(columns, np.uint8), np.empty(columns, np.uint16)
    for row in range(len(found)):
        first, after = tops[row] + edge, tops[row + 1] - edge
        most = after - first - int(np.ceil(share * (after - first)))
        for column in range(columns):  # what is printed misses all lines
            missing[column] = after - first if printed[row, column] else 0
        for line in range(first, after):
            _widen(near, ink[line], widest)
            for column in range(columns):
                missing[column] += np.uint16(1 - near[column])
            if missing.min() > most:
                break
        for column in range(columns):
            found[row, column] = missing[column] <= most
    return found


@compiled
def _widen(into: NDArray[np.uint8], line: NDArray[np.uint8], widest: int) -> None:
    """Fill in 1 where one of so many cells side by side is 1."""
    into[:] = line
    for off in range(1, widest // 2 + 1):
        for cell in range(off, len(line)):
            into[cell] |= line[cell - off]
    for off in range(1, (widest + 1) // 2):
        for cell in range(len(line) - off):
            into[cell] |= line[cell + off]


@compiled
def more_than_print(
    dark: NDArray[np.uint8],
    spread: NDArray[np.uint8],
    texts: NDArray[np.uint8],
    gain: tuple[float, float],
    tops: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return how much darker a darkened stack is than print may be, where texts lie.

    With it is returned what that adds up to in each row.

    Args:
        dark: The stack.
        spread: How dark the print at most is beside each cell; 0 is paper.
        texts: 255 where texts lie, else 0.
        gain: What a cell of ``spread`` is multiplied by, and what is added.
        tops: Where each row begins, and the last ends.
    """
    found, sums = np.empty_like(dark), np.zeros(len(tops) - 1, np.int64)
    times, base = np.float32(gain[0]), np.float32(gain[1])
    for row in range(len(sums)):
        for line in range(tops[row], tops[row + 1]):
            for column in range(dark.shape[1]):
                print_ = np.rint(np.float32(spread[line, column]) * times + base)
                more = max(np.float32(dark[line, column]) - print_, np.float32(0))
                found[line, column] = np.uint8(more) & texts[line, column]
            sums[row] += _sum_above(found[line], 0)
    return found, sums


@compiled
def coarse_cells(dark: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the darkness of cells of a darkened stack, four along and two down.

    The mean of two by two is a whole number first.
    """
    rows, columns = dark.shape[0] // 2, dark.shape[1] // 4
    found = np.empty((rows, columns), np.float32)
    sums = np.empty(2 * columns, np.uint16)
    for row in range(rows):
        upper, lower = dark[2 * row], dark[2 * row + 1]
        for column in range(2 * columns):
            sums[column] = (
                np.uint16(upper[2 * column])
                + np.uint16(upper[2 * column + 1])
                + np.uint16(lower[2 * column])
                + np.uint16(lower[2 * column + 1])
                + np.uint16(2)
            ) >> np.uint16(2)
        for column in range(columns):
            pair = np.float32(sums[2 * column]) + np.float32(sums[2 * column + 1])
            mean = pair / np.float32(2) - np.float32(PAPER)
            found[row, column] = mean / np.float32(SOLID)
    return found


@compiled
def new_ink(
    dark: NDArray[np.uint8],
    unprinted: NDArray[np.uint8],
    parts: NDArray[np.int64],
    least: NDArray[np.uint8],
) -> NDArray[np.int64]:
    """Return how many cells of each part of a stack are ink on clear paper.

    Args:
        dark: A darkened stack.
        unprinted: 1 where the paper is clear, else 0.
        parts: First line and that after the last, first column and that after the last;
            shape (n, 4).
        least: Darkened cell of each part above which there is ink.
    """
    found = np.zeros(len(parts), np.int64)
    for part in range(len(parts)):
        top, bottom, left, right = parts[part]
        for line in range(top, bottom):
            cells, clear = dark[line, left:right], unprinted[line, left:right]
            count = np.int32(0)
            for cell in range(right - left):
                count += np.int32((cells[cell] > least[part]) & (clear[cell] != 0))
            found[part] += count
    return found
