"""Find strokes that run from one row's box to the next: arrows, braces, ditto lines.

Each row looks whole by itself there: only the paper between two boxes tells that what
stands at both is one stroke, which may move a mark or mean all of a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.paper_map import STEP
from kecan.paper_ballot.sampling import local_darkness, patches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.halving import ScanImage
    from kecan.paper_ballot.layout import PageLayout
    from kecan.paper_ballot.marks import BoxInk

_BESIDE = 0.004  # share of a box's farther paper; what runs on to a rule inks more
_AT_BOX = 4.3  # mm from the middle of a box: ink so near is at it
_BOW = 8.5  # mm from the middle of a box: a stroke beside it bows out no farther
_INK = 0.16  # darkness, of solid print, of a stroke between boxes
_RULE = 0.6  # mm at each side of a printed rule that are left out
_GAP = 2 * round((2 * _RULE + 0.3) / STEP / 2) + 1  # cells that may be left out so
_ALIKE = 1.0  # mm that boxes of one column, and rules of one line, lie apart


def linked_boxes(
    scan: ScanImage, found: FoundPage, inks: Sequence[BoxInk]
) -> frozenset[int]:
    """Return the boxes from which a stroke runs to the box of the next row.

    Args:
        scan: Page.
        found: Where its parts lie.
        inks: Ink of every box: where none lies beside two boxes, nothing is looked at.
    """
    some = [index for index, ink in enumerate(inks) if ink.side > _BESIDE]
    if len(some) <= 1:
        return frozenset()
    linked: set[int] = set()
    for upper, lower, rule in _neighbours(found.page, some):
        if _is_linked(scan, found, (upper, lower), rule):
            linked |= {upper, lower}
    return frozenset(linked)


def _neighbours(page: PageLayout, some: Sequence[int]) -> list[tuple[int, int, float]]:
    """Return the boxes that stand one above the other, and the rule between them."""
    areas = {(row.contest, row.line): row.rectangle for row in page.rows}
    found: list[tuple[int, int, float]] = []
    for upper in some:
        box = page.boxes[upper]
        rule = areas[box.contest, box.line].bottom
        for lower in some:
            other = page.boxes[lower]
            is_next = abs(areas[other.contest, other.line].y - rule) < _ALIKE
            if is_next and other.column is box.column:
                found.append((upper, lower, rule))
    return found


def _is_linked(
    scan: ScanImage, found: FoundPage, boxes: tuple[int, int], rule: float
) -> bool:
    """Tell whether ink runs without a gap from one box to the other."""
    (x, above), (_, below) = (found.page.boxes[one].rectangle.centre for one in boxes)
    seen = scan.at(STEP)
    (cut,) = patches(
        seen.cells,
        found.paper.to_cells(seen),
        centres=np.array([(x, (above + below) / 2)]),
        size=(2 * _BOW, below - above),
        step=STEP,
    )
    ink = (local_darkness(cut, ink=found.ink) > _INK).astype(np.uint8)
    height = len(ink)
    middle = (rule - above) / STEP
    near = _RULE / STEP
    ink[max(0, round(middle - near)) : round(middle + near)] = 0
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_GAP, 3), np.uint8))
    _, names = cv2.connectedComponents(joined, connectivity=8)
    reach = round(_AT_BOX / STEP)
    side = round((_BOW - _AT_BOX) / STEP)
    at_box = names[:, side:-side]
    ends = (np.unique(at_box[:reach]), np.unique(at_box[height - reach :]))
    return bool(np.intersect1d(*ends).any())
