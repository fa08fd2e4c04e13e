"""A second opinion: what a sheet shows that the blank sheet does not.

It shares with the first reader only where the paper lies. It compares whole rows
with the printed blank, so it also sees ink over names, where the first never looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from kecan.paper_ballot.between_letters import are_written_between, ink_between_letters
from kecan.paper_ballot.blank_page import (
    EDGE,
    REACH,
    SLACK,
    STREAK_CELLS,
    around,
    full_columns,
)
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.overprint import (
    are_overwritten,
    most_added,
    print_gain,
    uneven_gain,
)
from kecan.paper_ballot.row_cells import (
    coarse_cells,
    common_cells,
    greys_below,
    new_ink,
    shown_in,
)
from kecan.paper_ballot.row_stack import (
    STEP,
    lightened,
    stacked,
)
from kecan.paper_ballot.specks import find_specks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.blank_page import BlankPage
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import PageLayout

DIFFERENCE = (0.10, 0.22)  # darkness that the blank does not have; least, most
LEAST_MARK = 0.55  # mm2 of new ink in and at a box
MOST_SPECK = 0.45  # mm2 that an empty box may show
APART = 0.9  # mm2 of new ink on a row, away from its boxes
_APART_INK = 0.16  # darkness from which it counts
_USUAL_PEN = 0.45  # darkness of marks below which a voter's other strokes are as pale
_PALEST_ON_PRINT = 0.75  # share of the usual: print itself differs by as much
_LEAST_LENGTH = 1.2  # mm; shorter pieces are dust
_GAP = 2 * round(SLACK / STEP) + 3  # cells that a printed rule may hide of a stroke
_HALF_AND_MOST = np.array([0.5, 0.84])  # of clear paper that is at most as light
_GRAINS = 6.0  # of the paper's own variation
_STREAKED = 0.6  # of the rows: a streak in fewer is a stroke of somebody's pen
_PAGE_STRUCK, _MOST_STRUCK = 3, 0.4  # rows, share of rows: the whole page is struck
_PAGE_UNEVEN, _MOST_UNEVEN = 2, 0.25  # rows, share of rows that may be print come out
_UNEVEN_CAUTION = 0.85  # of the usual ink, where print came out unevenly
_AT_RULE = 1.5  # mm inside a row where a line over several rows shows


class SecondReading(NamedTuple):
    """What the second reader says about one box; areas in mm2 of solid ink.

    Args:
        area: New ink in and at the box.
        is_row_struck: Whether there is ink over its row that is no mark of a box.
        between: The most ink between the letters of its row within 4 mm.
    """

    area: float
    is_row_struck: bool
    between: float

    @property
    def is_marked(self) -> bool:
        """Enough new ink for a mark."""
        return self.area >= LEAST_MARK

    @property
    def is_empty(self) -> bool:
        """No more new ink than a speck."""
        return self.area <= MOST_SPECK


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the rows of a scan show, free of the paper's own tone and grain.

    Args:
        dark: A darkened stack: :data:`PAPER` is paper, :data:`SOLID` more is print.
        strong: 1 where there is ink dark enough to count away from boxes, else 0.
        totals: All the darkness of each row.
        areas: Cells of new ink at each box, in the order of the layout.
    """

    dark: NDArray[np.uint8]
    strong: NDArray[np.uint8]
    totals: NDArray[np.float64]
    areas: NDArray[np.int64]


def read_difference(
    scan: ScanImage,
    found: FoundPage,
    *,
    blank: BlankPage,
    pen: float = 1.0,
    caution: float = 1.0,
    before: Sequence[SecondReading] | None = None,
) -> list[SecondReading]:
    """Compare every row with its blank; one reading a box, in the layout's order.

    Args:
        scan: Page.
        found: Where its parts lie.
        blank: The page as printed.
        pen: Darkness of the voter's marks: one who marks palely writes so elsewhere.
        caution: Share of the usual ink from which a row counts as struck: on a second
            look at a doubt, less than on the first.
        before: What was said on the first look.
    """
    if not blank.rows:
        return []
    page = found.page
    pale = min(1.0, pen / _USUAL_PEN)
    cells = stacked(scan, found.paper, blank.stack)
    shown = _shown(cells, blank, ink=found.ink, least=pale * _APART_INK)
    gain = print_gain(shown.totals, blank.totals)
    _take_streaks_out(shown, blank)
    apart = common_cells(shown.strong, blank.away, blank.stack.tops) * STEP**2
    least_apart = caution * APART
    caution *= max(_PALEST_ON_PRINT, pale)
    is_overwritten = _overwritten(shown, blank, gain=gain, caution=caution)
    between = ink_between_letters(shown.dark, blank, gain=gain)
    was = None if before is None else _by_row(page, [one.between for one in before])
    is_between = are_written_between(between, before=was)
    is_struck = [any(of_row) for of_row in zip(is_overwritten, is_between, strict=True)]
    crossed = 0
    for row in np.flatnonzero(apart >= least_apart).tolist():
        area, is_crossed = _ink_apart(shown, blank, row)
        is_struck[row] |= area >= least_apart
        crossed += is_crossed
    is_page_struck = crossed >= max(_PAGE_STRUCK, _MOST_STRUCK * len(page.rows))
    areas = shown.areas * STEP**2
    return [
        SecondReading(area, is_page_struck or is_struck[row], between[row])
        for area, row in zip(areas.tolist(), blank.row_of_box.tolist(), strict=True)
    ]


def _by_row(page: PageLayout, of_boxes: Sequence[float]) -> list[float]:
    """Return what is the same of all boxes of a row, row by row."""
    of_line = {
        (box.contest, box.line): one
        for box, one in zip(page.boxes, of_boxes, strict=True)
    }
    return [of_line[row.contest, row.line] for row in page.rows]


def _overwritten(
    shown: _Shown, blank: BlankPage, *, gain: float, caution: float
) -> list[bool]:
    """Tell which rows have more ink over their print than print came out with.

    Where many seem to have, it is asked how each kind and each part of it came out: a
    copier treats all rows alike, and people strike single names.
    """
    texts, drawn = coarse_cells(shown.dark), gain * blank.coarse
    parts = [row.text for row in blank.rows]
    seen = [texts[part] for part in parts]
    added = most_added(texts - drawn, parts)
    found = are_overwritten(
        seen, [drawn[part] for part in parts], added=added, caution=caution
    )
    if sum(found) < max(_PAGE_UNEVEN, _MOST_UNEVEN * len(found)):
        return found
    printed = [blank.coarse[part] for part in parts]
    gains = uneven_gain(seen, printed, usual=gain)
    uneven = [one * local for one, local in zip(printed, gains, strict=True)]
    more = texts.copy()
    for part, one in zip(parts, uneven, strict=True):
        more[part] -= one
    added = most_added(more, parts)
    caution *= _UNEVEN_CAUTION
    again = are_overwritten(seen, uneven, added=added, caution=caution)
    return [one and other for one, other in zip(found, again, strict=True)]


def _shown(
    cells: NDArray[np.uint8], blank: BlankPage, *, ink: int, least: float
) -> _Shown:
    light = lightened(cells, ink=ink)
    middle, most = greys_below(
        light, blank.some, blank.row_of, _HALF_AND_MOST, len(blank.rows)
    )
    new = np.maximum(_GRAINS * (most - middle) / SOLID, DIFFERENCE[0])
    new = np.minimum(new, DIFFERENCE[1])
    numbers = np.empty((len(blank.rows), 2))
    numbers[:, 0] = np.rint(PAPER + middle)
    numbers[:, 1] = PAPER + np.maximum(new, least) * SOLID
    levels = np.minimum(np.maximum(numbers, 0), 255).astype(np.uint8)
    dark, strong, totals = shown_in(light, blank.stack.tops, levels)
    least_new = (PAPER + new * SOLID).astype(np.uint8)[blank.row_of_box]
    areas = new_ink(dark, blank.unprinted, blank.at_boxes, least_new)
    return _Shown(dark, strong, totals, areas)


def _take_streaks_out(shown: _Shown, blank: BlankPage) -> None:
    """Blank columns that are ink through every row, as a scanner draws them."""
    streaks = full_columns(shown.strong, blank.stack, printed=blank.full)
    free = np.count_nonzero(~streaks.any(axis=1))
    if free > len(streaks) * (1 - _STREAKED):
        return
    near = np.ones((1, STREAK_CELLS), np.uint8)
    columns = np.asarray(cv2.dilate(streaks.view(np.uint8), near), np.uint8) > 0
    for part, streaked in zip(blank.stack.parts(), columns, strict=True):
        shown.dark[part, streaked] = PAPER
        shown.strong[part, streaked] = 0


def _ink_apart(shown: _Shown, blank: BlankPage, row: int) -> tuple[float, bool]:
    """Return the new ink of a row that is no mark of one box, in mm2.

    It hangs together with ink at no box, or at more than one. And whether it reaches
    from rule to rule, as a line over several rows does.
    """
    part, edge = blank.stack.parts()[row], round(EDGE / STEP)
    ink = shown.strong[part] & blank.unprinted[part]
    ink[:edge] = ink[-edge:] = 0
    # A stroke over a printed rule shows as pieces on both sides: they are one.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8))
    specks = find_specks(np.asarray(joined, np.uint8).view(np.bool_))
    area = specks.sums(ink.ravel()[specks.dots].astype(np.float32)) * STEP**2
    is_apart = specks.sides().max(axis=1, initial=0) * STEP >= _LEAST_LENGTH
    boxes = np.zeros(specks.count, np.uint8)
    for middle in blank.rows[row].middles:
        at_box = np.zeros(ink.shape, np.bool_)
        at_box[around(middle, reach=REACH + 0.5)] = True
        boxes[np.unique(specks.names[at_box.ravel()[specks.dots]])] += 1
    is_apart &= boxes != 1
    rows = specks.dots[is_apart[specks.names]] // ink.shape[1]
    at_rule = edge + round(_AT_RULE / STEP)
    is_crossed = bool((rows < at_rule).any() and (rows >= len(ink) - at_rule).any())
    return float(area[is_apart].sum()), is_crossed
