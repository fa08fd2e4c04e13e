"""Paper painted over at a box, lighter or darker than it was, is for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.paper_ballot.pens import empty_line, page, read, stroke

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.decisions import Decision
    from kecan.paper_ballot.reading import PageReading

DOUBT = NeedsReview(reason=Reason.FRAME_LOST)


def _on_grey_paper() -> NDArray[np.uint8]:
    return np.asarray(page() * 0.9, np.uint8)


def _painted(
    image: NDArray[np.uint8], reading: PageReading, index: int, *, hides: float
) -> NDArray[np.uint8]:
    """Return the page with fluid inside a box, which its frame is left free of."""
    x, y = reading.found.page.boxes[index].rectangle.centre
    corners = np.array([(x - 2.1, y - 2.1), (x + 2.1, y + 2.1)])
    (left, top), (right, bottom) = np.rint(reading.found.paper.pixels(corners)).astype(
        int
    )
    painted = image.copy()
    inside = painted[top:bottom, left:right]
    inside[:] = np.rint(inside * (1 - hides) + 245 * hides)
    return painted


@pytest.mark.parametrize("hides", [1.0, 0.95])
@pytest.mark.parametrize("before", [Marked(), Empty()])
def test_a_box_painted_over_inside_its_frame_goes_to_a_person(
    before: Decision, hides: float
) -> None:
    image = _on_grey_paper()
    reading = read(image)
    index = reading.decisions.index(before)

    after = read(_painted(image, reading, index, hides=hides))

    assert after.decisions[index] == DOUBT
    others = [one for one in after.decisions if isinstance(one, NeedsReview)]
    assert others == [DOUBT]


def test_a_new_mark_on_fluid_goes_to_a_person_too() -> None:
    image = _on_grey_paper()
    reading = read(image)
    index = reading.decisions.index(Empty())
    x, y = reading.found.page.boxes[index].rectangle.centre
    painted = _painted(image, reading, index, hides=1.0)
    across, down = np.rint(reading.found.paper.pixels(np.array([(x, y)]))[0]).astype(
        int
    )
    painted[down - 9 : down + 9, across - 1 : across + 2] = 60
    painted[down - 1 : down + 2, across - 9 : across + 9] = 60

    assert read(painted).decisions[index] == DOUBT


@pytest.mark.parametrize("ways", [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_stain_beside_a_clean_box_does_not_paint_it_over(
    ways: tuple[int, int],
) -> None:
    image = page()
    reading = read(image)
    index = empty_line(reading)
    x, y = reading.found.page.boxes[index].rectangle.centre
    right, down = ways
    ends = [
        (x + 5.6 * right - turn * down, y + 5.6 * down - turn * right)
        for turn in (-7, 7)
    ]

    after = read(stroke(image, reading, ends, width=4.6, dark=0.13))

    assert after.decisions[index] != DOUBT


@pytest.mark.parametrize("shade", [0.04, 0.045])
def test_an_empty_box_that_a_highlighter_went_over_goes_to_a_person(
    shade: float,
) -> None:
    image = page()
    reading = read(image)
    index = empty_line(reading)
    x, y = reading.found.page.boxes[index].rectangle.centre
    band = [(x - 90, y + 0.2), (x + 9, y - 0.2)]

    after = read(stroke(image, reading, band, width=4.4, dark=shade))

    assert isinstance(after.decisions[index], NeedsReview)


def test_a_shade_over_all_the_page_calls_nobody() -> None:
    image = page()
    shade = np.linspace(0.0, 0.2, image.shape[1])[None]

    after = read(np.asarray(np.rint(image * (1 - shade)), np.uint8))

    assert after.decisions == read(image).decisions
