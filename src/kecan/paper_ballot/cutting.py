"""Cut upright pictures out of a scan that lies turned: compiled loops.

Places are whole numbers, :data:`ONE` a pixel. A scan is turned by few degrees and its
pixels are often about as large as cells: along a line of cells they lie beside each
other for a long way, and are taken from there at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

ONE = 1 << 16
"""Of the whole numbers in which places are told: a pixel."""
_ALIKE = ONE // 12  # a step along a line that differs from a pixel by less is about one


@compiled
def cut_nearest(
    into: NDArray[np.uint8], image: NDArray[np.uint8], place: NDArray[np.float64]
) -> None:
    """Fill a picture with the nearest pixels.

    Args:
        into: Filled, shape (rows, columns).
        image: Grey page, shape (height, width); beyond its edges it is as at them.
        place: From (column, row, 1) of a cell to its pixel, shape (2, 3).
    """
    cells = into.shape[1]
    right, down = _whole(place[0, 0]), _whole(place[1, 0])
    for row in range(len(into)):
        x = _whole(place[0, 1] * row + place[0, 2] + 0.5)
        y = _whole(place[1, 1] * row + place[1, 2] + 0.5)
        if _lies_within(image, x + right * (cells - 1), y + down * (cells - 1), 0) and (
            _lies_within(image, x, y, 0)
        ):
            _take(into[row], image, x, right, y, down)
        else:
            _take_at_edge(into[row], image, x, right, y, down)


@compiled
def cut_all_between(
    stack: NDArray[np.uint8],
    image: NDArray[np.uint8],
    places: NDArray[np.float64],
    tops: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Fill pictures as :func:`cut_between` does; tell of each whether that was done.

    Args:
        stack: Filled; the pictures stand one under another.
        image: Grey page, shape (height, width).
        places: From (column, row, 1) of a cell to its pixel, shape (n, 2, 3).
        tops: First line of each picture, shape (n,) or more.
        sizes: Columns and rows of each picture, shape (n, 2).
    """
    done = np.empty(len(places), np.bool_)
    for one in range(len(places)):
        columns, rows = sizes[one]
        into = stack[tops[one] : tops[one] + rows, :columns]
        done[one] = cut_between(into, image, places[one])
    return done


@compiled
def cut_between(
    into: NDArray[np.uint8], image: NDArray[np.uint8], place: NDArray[np.float64]
) -> bool:
    """Fill a picture whose cells lie between pixels; tell whether that was done.

    It is not where cells are not about as large as pixels, or not all in the image.

    Args:
        into: Filled, shape (rows, columns).
        image: Grey page, shape (height, width).
        place: From (column, row, 1) of a cell to its pixel, shape (2, 3).
    """
    rows, cells = into.shape
    right, down = _whole(place[0, 0]), _whole(place[1, 0])
    if abs(right - ONE) > _ALIKE:
        return False
    for row in (0, rows - 1):
        for column in (0, cells - 1):
            x = place[0, 0] * column + place[0, 1] * row + place[0, 2]
            y = place[1, 0] * column + place[1, 1] * row + place[1, 2]
            # A pixel to spare on every side: steps along a line are rounded.
            if not _lies_within(image, _whole(x) - ONE, _whole(y) - ONE, 3):
                return False
    for row in range(rows):
        x = _whole(place[0, 1] * row + place[0, 2])
        y = _whole(place[1, 1] * row + place[1, 2])
        _blend_line(into[row], image, x, right, y, down)
    return True


@compiled
def _whole(pixels: float) -> int:
    return int(np.floor(pixels * ONE + 0.5))


@compiled
def _lies_within(image: NDArray[np.uint8], x: int, y: int, beyond: int) -> bool:
    """Tell whether there is a pixel at a place, and ``beyond`` it both ways."""
    height, width = image.shape
    last_x, last_y = (x >> 16) + beyond, (y >> 16) + beyond
    return x >= 0 and y >= 0 and last_x < width and last_y < height


@compiled
def _steps(at: int, step: int, most: int) -> int:
    """Return after how many steps, at most, a place lies in another pixel."""
    inside = at & (ONE - 1)
    if step > 0:
        return min(most, (ONE - 1 - inside) // step + 1)
    return min(most, inside // -step + 1) if step < 0 else most


@compiled
def _take(
    line: NDArray[np.uint8],
    image: NDArray[np.uint8],
    x: int,
    right: int,
    y: int,
    down: int,
) -> None:
    drift, done = right - ONE, 0
    is_alike = abs(drift) < _ALIKE
    while done < len(line):
        count = _steps(y, down, len(line) - done)
        if is_alike:
            count = _steps(x, drift, count)
            pixels, part = image[y >> 16, x >> 16 :], line[done : done + count]
            for cell in range(count):
                part[cell] = pixels[cell]
        else:
            pixels, part, at = image[y >> 16], line[done : done + count], x
            for cell in range(count):
                part[cell] = pixels[at >> 16]
                at += right
        done += count
        x += right * count
        y += down * count


@compiled
def _take_at_edge(
    line: NDArray[np.uint8],
    image: NDArray[np.uint8],
    x: int,
    right: int,
    y: int,
    down: int,
) -> None:
    height, width = image.shape
    for cell in range(len(line)):
        column = min(max(x >> 16, 0), width - 1)
        line[cell] = image[min(max(y >> 16, 0), height - 1), column]
        x += right
        y += down


@compiled
def _blend_line(
    line: NDArray[np.uint8],
    image: NDArray[np.uint8],
    x: int,
    right: int,
    y: int,
    down: int,
) -> None:
    drift, done = right - ONE, 0
    while done < len(line):
        count = _steps(x, drift, _steps(y, down, len(line) - done))
        upper, lower = image[y >> 16, x >> 16 :], image[(y >> 16) + 1, x >> 16 :]
        across = (x & (ONE - 1)) / ONE, drift / ONE
        under = (y & (ONE - 1)) / ONE, down / ONE
        _blend(line[done : done + count], upper, lower, across, under)
        done += count
        x += right * count
        y += down * count


@compiled
def _blend(
    line: NDArray[np.uint8],
    upper: NDArray[np.uint8],
    lower: NDArray[np.uint8],
    across: tuple[float, float],
    under: tuple[float, float],
) -> None:
    """Fill cells that lie between two lines of pixels, each between two of both.

    ``across`` and ``under`` are the share of a pixel that the first cell lies right of
    and below the first upper one, and what each cell adds to it.
    """
    after, below = upper[1:], lower[1:]
    beside, step = np.float32(across[0]), np.float32(across[1])
    beneath, fall = np.float32(under[0]), np.float32(under[1])
    for cell in range(len(line)):
        # A whole number twice as wide would not become a fraction as quickly.
        one = np.float32(np.int32(cell))
        right, down = beside + step * one, beneath + fall * one
        first, third = np.float32(upper[cell]), np.float32(lower[cell])
        high = first + (np.float32(after[cell]) - first) * right
        low = third + (np.float32(below[cell]) - third) * right
        line[cell] = np.uint8(high + (low - high) * down + np.float32(0.5))
