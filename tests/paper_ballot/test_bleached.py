"""Where a scanner bleached the paper, no page is empty on its own word alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from tests.paper_ballot.ballots import FORM, blanks, scan

from kecan.paper_ballot.accounting import Standing, count_pages
from kecan.paper_ballot.batch import BoxRecord, PageRecord
from kecan.paper_ballot.bleached import asked_where_bleached
from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import ScanPlace, decode_jpeg
from kecan.sample.scans import ScanPlan
from kecan.tally import BallotRules

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLEACHED = NeedsReview(reason=Reason.BLEACHED)
FAINT = NeedsReview(reason=Reason.FAINT)
RULES = BallotRules(
    over_choice_is_invalid=True, blank_is_invalid=True, both_boxes_is_invalid=False
)


def _read(image: NDArray[np.uint8]) -> PageReading:
    reading = read_page(image, printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return reading


def _blank(*, white: int) -> NDArray[np.uint8]:
    small = cv2.resize(blanks()[1], (1654, 2339), interpolation=cv2.INTER_AREA)
    return np.minimum(np.asarray(small, np.uint8), np.uint8(white))


def test_a_page_without_a_mark_is_asked_of_once_where_the_paper_is_bleached() -> None:
    bleached, plain = (_read(_blank(white=white)) for white in (255, 242))

    assert bleached.decisions[0] == BLEACHED
    assert set(bleached.decisions[1:]) == {Empty()}
    assert set(plain.decisions) == {Empty()}


def test_pale_marks_that_a_bleaching_scanner_thinned_are_never_empty() -> None:
    made = scan(1, ScanPlan(seed=4, noise=1.0))
    image = decode_jpeg(made.jpeg)
    before = _read(image)
    pale = 255 - (255 - image.astype(float)) * 1.0
    for box, decision in zip(before.found.page.boxes, before.decisions, strict=True):
        if decision != Marked():
            continue
        area = before.found.paper.pixels(
            np.array([box.rectangle.centre, (box.rectangle.x, box.rectangle.y)])
        )
        half = int(abs(area[1] - area[0]).min()) - 3
        x, y = np.rint(area[0]).astype(int)
        inside = pale[y - half : y + half, x - half : x + half]
        inside[:] = 255 - (255 - inside) * 0.25
    bleached = np.clip((pale - 60) * 255 / 130, 0, 255).astype(np.uint8)

    after = _read(bleached)

    pairs = zip(before.decisions, after.decisions, strict=True)
    assert BLEACHED in after.decisions or not any(
        was == Marked() and now == Empty() for was, now in pairs
    )
    assert Marked() not in after.decisions


def test_beside_faint_boxes_every_line_without_a_trace_is_asked_of() -> None:
    boxes = printed_ballot(FORM).layouts[0].pages[1].boxes
    decisions = [Empty() for _ in boxes]

    found = asked_where_bleached([FAINT, *decisions[1:]], boxes)
    marked = asked_where_bleached([FAINT, Empty(), Marked(), *decisions[3:]], boxes)

    assert found[:3] == (FAINT, Empty(), BLEACHED)
    assert marked[1:] == (Empty(), Marked(), *decisions[3:])


def _page(number: int, *boxes: tuple[str, str]) -> PageRecord:
    return PageRecord(
        place=ScanPlace(path="stack.pdf", page=number),
        digest=f"{number:02}",
        style="normal",
        page=number,
        boxes=tuple(
            BoxRecord(
                contest=1,
                line=2 * number + place,
                column="agree",
                state=state,
                reason=reason,
                packed_scores=b"",
            )
            for place, (state, reason) in enumerate(boxes)
        ),
    )


def test_a_mark_on_one_page_vouches_for_the_bleached_pages_of_its_ballot() -> None:
    asked = _page(1, ("?", Reason.BLEACHED), ("0", ""))
    marked = _page(2, ("1", ""), ("0", ""))
    empty = _page(2, ("0", ""), ("?", Reason.BLEACHED))

    def standing(*pages: PageRecord) -> tuple[Standing, tuple[PageRecord, ...]]:
        counted = count_pages(FORM, pages, pages_of_style={"normal": 2}, rules=RULES)
        (ballot,) = counted.ballots
        return ballot.standing, counted.vouched

    assert standing(asked, marked) == (Standing.COUNTED, (asked,))
    assert standing(asked, empty) == (Standing.PENDING, ())


def test_another_doubt_of_a_bleached_page_stays_whatever_other_pages_show() -> None:
    doubtful = _page(1, ("?", Reason.BLEACHED), ("?", Reason.SMALL))
    marked = _page(2, ("1", ""), ("0", ""))

    counted = count_pages(
        FORM, [doubtful, marked], pages_of_style={"normal": 2}, rules=RULES
    )

    assert [one.why for one in counted.pending] == ["doubtful_box"]
