"""Find ink between and around letters: what no letter hides of a stroke over print.

A thin pen adds little to bold print, and little beside it: but beside it there is
nothing else, once what print may lie off is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.overprint import of_plain_rows
from kecan.paper_ballot.row_cells import more_than_print
from kecan.paper_ballot.row_stack import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.blank_page import BlankPage

_BLACKER = 1.5  # times as dark as usual a letter may come out
_SHADE = 0.06  # darkness of paper near print that is no ink
_WINDOW = round(4.0 / STEP)  # cells: a small mark
_SPECK, _NEARLY_ALL = round(0.75 / STEP), 0.83  # cells a side, share of ink near it
_MOST_BESIDES = 0.08  # mm2 besides dust; a struck name had .11 besides one piece
_STAYED, _LEAST_LEFT = 0.8, 0.25  # share of it, mm2, that dirt taken away leaves
_LEAST, _TO_PLAIN = 0.12, 2.5
"""mm2 of solid ink between letters within 4 mm, and times what the page's plainer rows
have there: of 6,000 rows of office scans of two generators none had more than .09.
"""


def ink_between_letters(
    dark: NDArray[np.uint8], blank: BlankPage, *, gain: float
) -> list[float]:
    """Return the most ink that 4 mm of each row have beside its print, in mm2.

    Args:
        dark: The rows of a scan, a darkened stack.
        blank: The page as printed.
        gain: How much darker its print came out than drawn.
    """
    print_ = _BLACKER * gain, PAPER + _SHADE * SOLID
    tops, area = blank.stack.tops, STEP**2 / SOLID
    more, sums = more_than_print(dark, blank.spread, blank.texts, print_, tops)
    most = [one * area for one in sums.tolist()]
    for index, part in enumerate(blank.stack.parts()):
        if most[index] >= _LEAST:
            most[index] = _most_nearby(more[part]) * area
    return most


def _most_nearby(more: NDArray[np.uint8]) -> float:
    """Return the most ink of a row within 4 mm, but for a speck that is nearly all.

    A speck that touches a letter is dust where the row has hardly any ink besides: a
    stroke over letters shows between several.
    """
    specks = _within(more, _SPECK)
    row, column = np.unravel_index(int(specks.argmax()), specks.shape)
    besides, reach = more.copy(), _SPECK // 2
    besides[
        max(0, row - reach) : row + reach + 1,
        max(0, column - reach) : column + reach + 1,
    ] = 0
    most, left = (float(_within(one, _WINDOW).max()) for one in (more, besides))
    is_nearly_all = float(specks[row, column]) >= _NEARLY_ALL * most
    return left if is_nearly_all and left * STEP**2 / SOLID < _MOST_BESIDES else most


def _within(more: NDArray[np.uint8], side: int) -> NDArray[np.float32]:
    """Return the sums of all squares of so many cells, by their middle cell."""
    sums = cv2.boxFilter(
        more,
        cv2.CV_32F,
        (side, side),
        normalize=False,
        borderType=cv2.BORDER_CONSTANT,
    )
    return np.asarray(sums, np.float32)


def are_written_between(
    most: Sequence[float], *, before: Sequence[float] | None = None
) -> list[bool]:
    """Tell of each row whether it has more ink between its letters than print leaves.

    Args:
        most: Of :func:`ink_between_letters`.
        before: The same as it was before dirt was taken away, which adds none. Where
            some of it went, or other rows had as much, what is left is dirt as well,
            unless much is.
    """
    least = max(_LEAST, _TO_PLAIN * of_plain_rows(most))
    if before is None:
        return [one > least for one in most]
    left = max(least, _LEAST_LEFT)
    is_alone = sum(was > least for was in before) <= 1
    return [
        min(one, was) > least and (one > left or (is_alone and one >= _STAYED * was))
        for one, was in zip(most, before, strict=True)
    ]
