"""What somebody drew beside or over a mark is for people; the mark's own ends are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import blanks
from tests.paper_ballot.pens import (
    darkened,
    empty_line,
    page,
    read,
    reasons,
    stroke,
    with_stroke,
)

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason
from kecan.sample.scans import Hand, ScanPlan, draw_stroke

if TYPE_CHECKING:
    from kecan.paper_ballot.decisions import Decision
    from kecan.paper_ballot.reading import PageReading


Points = list[tuple[float, float]]


def at_marks(
    points: Points, *, width: float, dark: float, hand: Hand = Hand.CROSS
) -> Decision:
    """Return what becomes of the first mark of a page with a stroke added to it.

    ``points`` are in mm from the middle of its box.
    """
    image = page(ScanPlan(seed=5, skew=0.4, hands=(hand,)))
    before = read(image)
    marked = before.decisions.index(Marked())
    x, y = before.found.page.boxes[marked].rectangle.centre
    drawn = [(x + right, y + down) for right, down in points]
    after = read(stroke(image, before, drawn, width=width, dark=dark))
    assert [
        one for place, one in enumerate(after.decisions) if place // 2 != marked // 2
    ] == [
        one for place, one in enumerate(before.decisions) if place // 2 != marked // 2
    ]
    return after.decisions[marked]


@pytest.mark.parametrize(
    ("points", "dark"),
    [
        pytest.param([(-3.9, 0.3), (4.2, -0.6)], 0.35, id="over the mark"),
        pytest.param([(-3.6, 1.6), (3.6, -0.1)], 0.35, id="slanting over it"),
        pytest.param([(-2.0, -2.9), (0.8, -6.1)], 0.45, id="from its frame"),
    ],
)
def test_a_stroke_of_a_paler_pen_at_a_mark_is_for_people(
    points: Points, dark: float
) -> None:
    decision = at_marks(points, width=0.5, dark=dark)

    assert decision == NeedsReview(reason=Reason.BESIDE)


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([(-0.6, -5.0), (0.4, -3.2), (2.6, -6.6)], id="tick"),
        pytest.param([(-2.6, -2.9), (0.6, -6.3)], id="slash"),
    ],
)
def test_a_second_mark_that_touches_the_frame_is_no_end_of_the_first(
    points: Points,
) -> None:
    decision = at_marks(points, width=0.5, dark=0.8)

    assert decision == NeedsReview(reason=Reason.BESIDE)


def test_the_long_arm_of_a_tick_far_out_of_its_box_is_its_own() -> None:
    arm = [(-0.3, 1.5), (5.2, -5.2)]

    assert at_marks(arm, width=0.5, dark=0.85, hand=Hand.TICK) == Marked()


def test_the_paler_rim_of_a_felt_pen_beyond_the_frame_is_of_its_mark() -> None:
    plan = ScanPlan(seed=5, dpi=150, skew=0.4, hands=(Hand.FILL,), pen=1.3)

    reading = read(page(plan))

    assert not reasons(reading)


@pytest.mark.parametrize(("end", "width"), [((4.4, -2.8), 0.18), ((5.0, -3.4), 0.13)])
def test_the_thin_end_of_a_tick_just_outside_its_box_is_of_the_same_pen(
    end: tuple[float, float], width: float
) -> None:
    image = page(ScanPlan(seed=5, skew=0.4, hands=(Hand.TICK,)))
    before = read(image)
    index = empty_line(before)
    x, y = before.found.page.boxes[index].rectangle.centre
    tick: Points = [(-1.2, 0.4), (-0.4, 1.4), (2.2, -0.9)]
    thin: Points = [tick[-1], end]
    for points, wide in (tick, 0.6), (thin, width):
        drawn = [(x + right, y + down) for right, down in points]
        image = stroke(image, before, drawn, width=wide, dark=0.8)

    assert read(image).decisions[index] == Marked()


@pytest.mark.parametrize(("dpi", "right"), [(150, 6), (300, -7)])
def test_a_pale_thin_tick_beside_an_empty_box_is_no_hair(dpi: int, right: int) -> None:
    image = page(ScanPlan(seed=5, dpi=dpi, skew=0.4, hands=(Hand.CROSS,), pen=0.6))
    before = read(image)
    index = empty_line(before)
    x, y = before.found.page.boxes[index].rectangle.centre
    tick = [(x + right - 1.5, y), (x + right - 0.3, y + 1.6), (x + right + 2, y - 2)]

    after = read(stroke(image, before, tick, width=0.3, dark=0.35))

    assert isinstance(after.decisions[index], NeedsReview)


def test_a_cross_above_a_marked_box_is_no_tail_of_its_mark() -> None:
    image = page()
    before = read(image)
    index = empty_line(before)
    x, y = before.found.page.boxes[index].rectangle.centre
    strokes = [
        [(x - 1.7, y + 1.8), (x - 0.6, y - 1.7)],
        [(x + 1.7, y + 1.8), (x + 0.6, y - 1.7)],
        [(x - 0.6, y - 3.4), (x + 1.0, y - 5.8)],
        [(x + 0.6, y - 3.4), (x - 1.0, y - 5.8)],
    ]
    ink = np.zeros(blanks()[1].shape, np.uint8)
    for points in strokes:
        draw_stroke(ink, points, strength=220, width=0.5)
    to_scan = before.found.paper.homography @ np.diag([25.4 / 240, 25.4 / 240, 1])
    on_scan = cv2.warpPerspective(ink, to_scan, image.shape[::-1])

    after = read(darkened(image, on_scan.astype(np.float32) / 255))

    assert after.decisions[index] == NeedsReview(reason=Reason.BESIDE)


def column_of(reading: PageReading, *, of: type[Marked | Empty]) -> tuple[int, int]:
    """Return two boxes one above the other, left alike, the other column empty."""
    pairs = range(0, len(reading.decisions) - 2, 2)
    return next(
        (at, at + 2)
        for at in pairs
        if all(isinstance(reading.decisions[one], of) for one in (at, at + 2))
    )


@pytest.mark.parametrize("off", [0.5, -3.4, 3.4])
@pytest.mark.parametrize("of", [Marked, Empty])
def test_a_stroke_from_box_to_box_down_a_column_is_for_people(
    of: type[Marked | Empty], off: float
) -> None:
    image = page()
    before = read(image)
    boxes = column_of(before, of=of)
    (x, y), (_, below) = (before.found.page.boxes[at].rectangle.centre for at in boxes)

    after = with_stroke(image, before, [(x + off, y - 1), (x + off * 1.2, below + 1)])

    assert all(isinstance(after.decisions[at], NeedsReview) for at in boxes)


def test_a_tick_struck_out_from_corner_to_corner_is_for_people() -> None:
    image = page(ScanPlan(seed=6, skew=0.4, hands=(Hand.TICK,)))
    before = read(image)
    marked = before.decisions.index(Marked())
    x, y = before.found.page.boxes[marked].rectangle.centre

    after = with_stroke(image, before, [(x - 3, y - 3), (x + 3, y + 3)])

    assert isinstance(after.decisions[marked], NeedsReview)


@pytest.mark.parametrize("off", [6.0])
def test_an_arrow_from_a_mark_to_the_next_box_is_no_tail(off: float) -> None:
    image = page()
    before = read(image)
    marks = [isinstance(one, Marked) for one in before.decisions]
    marked = next(
        at for at in range(len(marks) - 2) if marks[at : at + 3 : 2] == [1, 0]
    )
    (x, y), (_, below) = (
        before.found.page.boxes[at].rectangle.centre for at in (marked, marked + 2)
    )
    side = x + off

    after = with_stroke(
        image,
        before,
        [(x, y), (side, y), (side, below), (side - 1, below - 1)],
    )

    assert isinstance(after.decisions[marked + 2], NeedsReview)


def test_a_frame_traced_by_a_pen_is_for_people() -> None:
    image = page()
    before = read(image)
    index = empty_line(before)
    x, y = before.found.page.boxes[index].rectangle.centre
    traced = [
        (x + half * across, y + half * down)
        for half in (2.3, 2.45)
        for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ]

    after = with_stroke(image, before, traced)

    assert after.decisions[index] == NeedsReview(reason=Reason.BESIDE)
