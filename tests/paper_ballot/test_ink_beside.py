"""Ink beside a box is a pen's; the rim of its own frame is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from tests.paper_ballot.pens import empty_line, page, read, stroke

from kecan.paper_ballot import marks
from kecan.paper_ballot.decisions import NeedsReview, Reason
from kecan.paper_ballot.frames import CORE
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.sampling import STEP


@pytest.mark.parametrize(("samples", "is_ink"), [(1, False), (2, True)])
def test_what_is_one_sample_thin_beside_a_frame_is_its_rim(
    samples: int, *, is_ink: bool
) -> None:
    side = round(2 * CORE / STEP)
    dark = np.full((1, side, side), PAPER, np.uint8)
    first, high = round((CORE + 2.9) / STEP), slice(side // 2 - 18, side // 2 + 18)
    dark[0, high, first : first + samples] = PAPER + SOLID // 3

    (ink,) = marks._measured(dark, np.ones(1))  # noqa: SLF001  one box, not a page

    assert (ink.loose > 0) is is_ink


@pytest.mark.parametrize(
    ("begins", "ends", "is_ink"),
    [(3.9, 7.0, True), (2.0, 7.0, False), (3.9, 4.8, False)],
)
def test_what_runs_on_out_of_sight_in_line_with_a_stroke_is_beside_the_box(
    begins: float, ends: float, *, is_ink: bool
) -> None:
    side = round(2 * CORE / STEP)
    dark = np.full((1, side, side), PAPER, np.uint8)
    for start, end in ((-1.5, 3.3), (begins, ends)):
        at = [
            round((CORE + sign * mm) / STEP) for mm in (start, end) for sign in (1, -1)
        ]
        cv2.line(dark[0], at[:2], at[2:], PAPER + SOLID, 4)

    (ink,) = marks._measured(dark, np.ones(1))  # noqa: SLF001  one box, not a page

    assert (ink.loose > 0) is is_ink


@pytest.mark.parametrize(
    ("end", "is_loose"),
    [
        pytest.param(
            [(3.2, -0.6), (3.4, -3.6), (2.2, -3.8)], False, id="end of a stroke"
        ),
        pytest.param([(3.0, -1.2), (5, -1), (5, 1.6)], True, id="too far out for one"),
    ],
)
def test_the_end_of_a_thick_pen_outside_is_no_mark_of_its_own(
    end: list[tuple[float, float]], *, is_loose: bool
) -> None:
    side = round(2 * CORE / STEP)
    dark = np.full((1, side, side), PAPER, np.uint8)
    strokes = [
        [(-1.9, -1.9), (1.9, 1.9)],
        [(-1.9, 1.9), (1.2, -1.1)],
        end,
    ]
    for stroke_of in strokes:
        points = np.rint((np.array(stroke_of) + CORE) / STEP).astype(np.int32)
        cv2.polylines(dark[0], [points], False, PAPER + SOLID, round(1.5 / STEP))

    (ink,) = marks._measured(dark, np.ones(1))  # noqa: SLF001  one box, not a page

    assert (ink.loose > 0) is is_loose


@pytest.mark.parametrize(
    "places",
    [
        [(0.5, 1.75), (0.8, 2.5), (1.5, 2.6), (2.0, 2.2), (2.6, 1.1)],
        [(-0.6, 1.9), (-0.2, 2.6), (1.0, 1.9)],
        [(2.1, -0.8), (2.5, 0.1), (2.75, -1.2)],
    ],
    ids=["over a corner", "on the lower side", "on the right side"],
)
@pytest.mark.parametrize("width", [0.35, 0.45])
def test_a_tick_that_hardly_leaves_the_printed_frame_goes_to_a_person(
    places: list[tuple[float, float]], width: float
) -> None:
    image = page()
    reading = read(image)
    index = empty_line(reading)
    x, y = reading.found.page.boxes[index].rectangle.centre
    tick = [(x + right, y + below) for right, below in places]

    after = read(stroke(image, reading, tick, width=width))

    asked = after.decisions[index]
    assert isinstance(asked, NeedsReview)
    assert asked.reason in {Reason.BESIDE, Reason.SMALL}
    assert sum(isinstance(one, NeedsReview) for one in after.decisions) == 1
