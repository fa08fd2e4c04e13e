"""Paper that a scanner bleached to white: pale ink may have gone with it.

Nothing in such a scan tells a page without a mark from one marked in pencil. A pen that
shows on one page of a ballot would show on the others; where none does, people look at
the paper.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.interpret import Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.layout import LineKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.interpret import Decision
    from kecan.paper_ballot.layout import BoxLayout

_WHITE, _SPARSE = 253, 64  # grey of such paper; pixels between those looked at
_ASKED = NeedsReview(reason=Reason.BLEACHED)


def is_bleached(image: NDArray[np.uint8]) -> bool:
    """Tell whether the paper of a scan is as white as can be."""
    some = image[::_SPARSE, ::_SPARSE]
    return 2 * int(np.count_nonzero(some >= _WHITE)) > some.size


def asked_where_bleached(
    decisions: Sequence[Decision], boxes: Sequence[BoxLayout]
) -> tuple[Decision, ...]:
    """Ask about a bleached page on which no mark is sure.

    Where nothing shows faintly, its first empty box stands for the page. Where something
    does, so may every line on which nothing does.

    Args:
        decisions: Of the boxes of one page.
        boxes: The same boxes as printed.
    """
    names = [index for index, box in enumerate(boxes) if box.kind is LineKind.NOMINEE]
    found = list(decisions)
    empty = [index for index in names if isinstance(found[index], Empty)]
    if not empty or any(isinstance(one, Marked) for one in decisions):
        return tuple(found)
    asked = empty[:1]
    if NeedsReview(reason=Reason.FAINT) in found:
        shown = {
            (box.contest, box.line)
            for box, one in zip(boxes, decisions, strict=True)
            if not isinstance(one, Empty)
        }
        asked = [
            index
            for index in empty
            if (boxes[index].contest, boxes[index].line) not in shown
        ]
    for index in asked:
        found[index] = _ASKED
    return tuple(found)


def vouched_for(pages: Sequence[PageRecord]) -> list[PageRecord]:
    """Return the pages of one ballot; where one has a sure mark, no mark means none."""
    if not any(box.state == "1" for page in pages for box in page.boxes):
        return list(pages)
    return [_as_it_looks(page) if is_asked_for(page) else page for page in pages]


def is_asked_for(page: PageRecord) -> bool:
    """Tell whether the paper of a page on which nothing shows is to be looked at."""
    doubts = [box.reason for box in page.boxes if box.state == "?"]
    return doubts == [Reason.BLEACHED]


def _as_it_looks(page: PageRecord) -> PageRecord:
    boxes = (replace(box, state="0", reason="") for box in page.boxes)
    return replace(page, boxes=tuple(boxes))
