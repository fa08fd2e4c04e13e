"""Paper that a scanner bleached to white: pale ink may have gone with it.

Nothing in such a scan tells a page without a mark from one marked in pencil. A pen that
shows on one page of a ballot would show on the others; where none does, people look at
the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.layout import LineKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.decisions import Decision
    from kecan.paper_ballot.layout import BoxLayout

_ASKED = NeedsReview(reason=Reason.BLEACHED)


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
