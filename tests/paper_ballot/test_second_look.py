"""Dirt on a page is looked at again, so that people see doubtful marks and no dirt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import blanks, scan, wrong_boxes
from tests.paper_ballot.pens import (
    PER_MM,
    darkened,
    empty_line,
    page,
    place,
    read,
    reasons,
    stroke,
    with_stroke,
)

from kecan.paper_ballot.decisions import Empty, Marked, NeedsReview, Reason
from kecan.paper_ballot.interpret import is_mark
from kecan.sample.scan_troubles import Trouble
from kecan.sample.scans import Hand, OddMark, ScanPlan, draw_stroke

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.reading import PageReading


def ring(reading: PageReading, *, soft: float, dark: float) -> NDArray[np.float32]:
    """Return the shade of a ring over the names of four rows or so."""
    x, y = place(reading, 70, reading.found.page.boxes[8].rectangle.centre[1])
    height, width = 2339, 1654
    down, across = np.mgrid[0:height, 0:width]
    off = np.hypot(across - x, down - y) / PER_MM - 25
    shade = np.where(np.abs(off) < 1, 1, 0).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(shade, (0, 0), soft * PER_MM) * dark)


def test_a_coffee_ring_over_the_names_asks_nobody() -> None:
    image = page()
    before = read(image)

    after = read(darkened(image, ring(before, soft=0.6, dark=0.3)))

    assert reasons(before) == reasons(after) == set()
    assert after.decisions == before.decisions


def test_a_stroke_from_box_to_box_marks_neither() -> None:
    image = page()
    before = read(image)
    index = empty_line(before)
    (x, y), (right, _) = (
        box.rectangle.centre for box in before.found.page.boxes[index : index + 2]
    )

    after = with_stroke(image, before, [(x, y), ((x + right) / 2, y + 1), (right, y)])

    doubt = NeedsReview(reason=Reason.ROW_STRUCK)
    assert after.decisions[index : index + 2] == (doubt, doubt)


@pytest.mark.parametrize("away", [2.9, 3.0, 3.2])
def test_a_stroke_along_the_frame_is_no_hair(away: float) -> None:
    image = page()
    before = read(image)
    index = empty_line(before)
    x, y = before.found.page.boxes[index].rectangle.centre

    after = with_stroke(image, before, [(x + away, y - 2.6), (x + away, y + 2.6)])

    doubt = after.decisions[index]
    assert isinstance(doubt, NeedsReview)
    by_pixels = {Reason.BESIDE, Reason.SMALL, Reason.LINE_THROUGH}
    assert doubt.reason in by_pixels


def test_boxes_marked_with_a_highlighter_are_for_people() -> None:
    image = page()
    before = read(image)
    empty = [at for at, one in enumerate(before.decisions) if one == Empty()][:3]
    shade = np.zeros(image.shape, np.float32)
    for index in empty:
        x, y = place(before, *before.found.page.boxes[index].rectangle.centre)
        cv2.line(shade, (round(x) - 14, round(y)), (round(x) + 14, round(y)), 0.11, 30)

    after = read(darkened(image, shade))

    assert all(isinstance(after.decisions[index], NeedsReview) for index in empty)


@pytest.mark.parametrize("seed", [643561745, 3, 8])
def test_dots_in_boxes_stay_dots_where_the_light_falls_off(seed: int) -> None:
    made = scan(
        1,
        ScanPlan(
            seed=seed,
            dpi=300,
            contrast=0.6,
            troubles=(Trouble.CAST, Trouble.CAST),
            odd_share=0.3,
            odd_marks=(OddMark.DOT,),
            hands=(Hand.PLUS, Hand.DASH, Hand.FILL),
        ),
    )

    assert wrong_boxes(made) == []


def test_a_ring_drawn_by_a_pen_over_the_names_is_for_people() -> None:
    image = page()
    before = read(image)

    after = read(darkened(image, ring(before, soft=0.05, dark=0.5)))

    assert Reason.ROW_STRUCK in reasons(after)


def stamped(
    image: NDArray[np.uint8],
    reading: PageReading,
    *,
    across: float = 40.0,
    wide: float = 1.0,
    dark: float = 0.5,
    radii: tuple[tuple[float, int], ...] = ((17.0, 6), (12.0, 3)),
) -> NDArray[np.uint8]:
    """Return the page with rings, as of a stamp: by default over numbers and names."""
    row = reading.found.page.boxes[8].rectangle.centre[1]
    x, y = (round(one) for one in place(reading, across, row))
    mask = np.zeros(image.shape, np.uint8)
    for radius, thick in radii:
        sides = round(wide * radius * PER_MM), round(radius * PER_MM)
        cv2.ellipse(mask, (x, y), sides, 0, 0, 360, 255, thick, cv2.LINE_AA)
    return darkened(image, mask.astype(np.float32) / 255 * dark)


def test_the_rings_of_a_stamp_over_names_ask_nobody() -> None:
    image = page()
    before = read(image)

    after = read(stamped(image, before))

    assert after.decisions == before.decisions
    assert reasons(after) == set()


@pytest.mark.parametrize("off", [13.0, 13.5, 14.5])
def test_what_a_stamp_leaves_in_a_box_is_no_mark(off: float) -> None:
    image = page()
    before = read(image)
    across = before.found.page.boxes[8].rectangle.centre[0] - off
    radii = (15, 6), (13.2, 4)

    after = read(stamped(image, before, across=across, dark=0.75, radii=radii))

    assert before.decisions[8] == Empty()
    assert isinstance(after.decisions[8], NeedsReview)


def test_rings_less_true_than_a_stamp_are_for_people() -> None:
    image = page()

    after = read(stamped(image, read(image), wide=1.15))

    assert Reason.ROW_STRUCK in reasons(after)


def test_the_arm_of_a_tick_may_reach_over_the_clear_paper_of_its_column() -> None:
    image = page(ScanPlan(seed=5, skew=0.4, hands=(Hand.TICK,)))
    before = read(image)
    marked = before.decisions.index(Marked())
    x, y = before.found.page.boxes[marked].rectangle.centre
    column = x - 9.5 if marked % 2 == 0 else x - 11

    arm = read(stroke(image, before, [(column + 3, y - 2.6), (x - 1.5, y)]))
    name = read(stroke(image, before, [(column - 6, y - 2.0), (x - 1.5, y)]))

    assert arm.decisions == before.decisions
    assert isinstance(name.decisions[marked], NeedsReview)


def test_a_blot_on_the_clear_paper_of_a_row_asks_nobody_and_a_tick_there_does() -> None:
    image = page()
    before = read(image)
    y = before.found.page.rows[4].rectangle.bottom - 2.2

    blot = read(stroke(image, before, [(85.0, y), (85.3, y + 0.1)], width=1.2))
    tick = read(stroke(image, before, [(84, y - 1), (85, y), (87, y - 3)]))

    assert blot.decisions == before.decisions
    assert Reason.ROW_STRUCK in reasons(tick)


def test_a_tick_whose_short_arm_lies_along_the_frame_is_one_mark() -> None:
    image = page(ScanPlan(seed=5, skew=0.4, hands=(Hand.TICK,)))
    before = read(image)
    empty = next(
        place
        for place in range(0, len(before.decisions), 2)
        if before.decisions[place] == before.decisions[place + 1] == Empty()
    )
    x, y = before.found.page.boxes[empty].rectangle.centre
    corner = [(x - 3.5, y - 0.2), (x - 2.8, y + 1.6), (x - 1.9, y + 2.4)]

    one = stroke(image, before, [*corner, (x - 0.4, y + 1.9), (x + 1.6, y - 1.8)])
    beside = stroke(image, before, [(x - 4.4, y - 1.8), (x - 4.0, y + 1.8)])

    assert read(one).decisions[empty] == Marked()
    assert read(beside).decisions[empty] == NeedsReview(reason=Reason.BESIDE)


def test_names_struck_ask_for_their_rows_and_for_no_others() -> None:
    image = page()
    before = read(image)
    rows = [row.rectangle for row in before.found.page.rows]
    half = range(0, len(rows), 2)
    for index in half:
        y = rows[index].centre[1]
        image = stroke(image, before, [(40, y), (72, y + 0.6)])

    after = read(image)

    asked = [isinstance(one, NeedsReview) for one in after.decisions]
    assert asked == [place // 2 in half for place in range(len(asked))]


def test_a_line_over_all_the_page_asks_for_all_its_rows() -> None:
    image = page()
    before = read(image)
    rows = [row.rectangle for row in before.found.page.rows]

    after = read(
        stroke(image, before, [(42, rows[0].y - 4), (118, rows[-1].bottom + 4)])
    )

    assert all(isinstance(one, NeedsReview) for one in after.decisions)


def test_a_hair_far_thinner_than_the_voters_pen_asks_nobody_on_clear_paper() -> None:
    image = page(ScanPlan(seed=5, skew=0.4, hands=(Hand.CROSS,), pen=0.6))
    before = read(image)
    y = before.found.page.boxes[8].rectangle.centre[1]
    curl = [(126.0, y - 2), (129.0, y + 1.5), (134.0, y - 1), (131.0, y + 2.5)]
    at_print = [(x - 30, down) for x, down in curl]

    hair = read(stroke(image, before, curl, width=0.17, dark=0.65))
    over_print = read(stroke(image, before, at_print, width=0.17, dark=0.65))
    pen = read(stroke(image, before, curl, width=0.4))

    assert hair.decisions == before.decisions
    # Over letters a hair cannot be told from the thin stroke of a pen.
    assert reasons(over_print) == {Reason.ROW_STRUCK}
    assert Reason.ROW_STRUCK in reasons(pen)


@pytest.mark.parametrize("slant", [-9.0, 12.0])
def test_a_streak_that_the_scanner_put_straight_asks_nobody(slant: float) -> None:
    image = page()
    before = read(image)
    x, _ = place(before, 60, 0)
    ends = (round(x), 0), (round(x + slant * PER_MM), len(image))
    mask = np.zeros(image.shape, np.uint8)
    cv2.line(mask, ends[0], ends[1], 255, 2, cv2.LINE_AA)

    after = read(darkened(image, mask.astype(np.float32) / 255 * 0.9))

    assert after.decisions == before.decisions
    assert reasons(after) == set()


def test_a_fold_that_ends_with_the_sheet_before_the_glass_does_asks_nobody() -> None:
    image = page(ScanPlan(seed=5, border=12, hands=(Hand.CROSS,)))
    before = read(image)
    box = before.found.page.boxes[6].rectangle.centre
    (left, y), (right, _) = place(before, 0.5, box[1] + 4), place(before, 209.5, 0)
    shade = np.zeros(image.shape, np.float32)
    shade[round(y) - 2 : round(y) + 2, round(left) : round(right)] = 0.25

    after = read(darkened(image, np.asarray(cv2.GaussianBlur(shade, (0, 0), 1.5))))

    assert after.decisions == before.decisions
    assert reasons(after) == set()


def test_the_tail_of_a_tick_in_the_row_above_strikes_that_row_for_nobody() -> None:
    image = page()
    before = read(image)
    (x, y), (_, above) = (
        before.found.page.boxes[index].rectangle.centre for index in (8, 6)
    )
    tail = [(x + 2.4, y - 2.4), (x + 6.5, above + 1.0)]
    ink = np.zeros(blanks()[1].shape, np.uint8)
    draw_stroke(ink, tail, strength=220, width=0.5)
    mark = [(x - 1.6, y), (x - 0.5, y + 1.6), tail[0]]
    draw_stroke(ink, mark, strength=220, width=0.5)
    on_scan = cv2.warpPerspective(
        ink,
        before.found.paper.homography @ np.diag([25.4 / 240, 25.4 / 240, 1]),
        image.shape[::-1],
    )

    after = read(darkened(image, on_scan.astype(np.float32) / 255))

    in_row_above = after.decisions[6:8]
    assert in_row_above == before.decisions[6:8]


def seen_through(
    image: NDArray[np.uint8], *, dark: float = 0.12, soft: float = 1.5, page: int = 0
) -> NDArray[np.uint8]:
    """Return a scan on thin paper, through which a page of the ballot shows."""
    behind = cv2.GaussianBlur(blanks()[page][:, ::-1], (0, 0), soft)
    behind = cv2.resize(behind, image.shape[::-1], interpolation=cv2.INTER_AREA)
    return darkened(image, (255 - behind).astype(np.float32) / 255 * dark)


def test_print_that_shows_through_from_the_other_side_asks_nobody() -> None:
    image = page(ScanPlan(seed=5, hands=(Hand.CROSS,)))
    before = read(image)

    after = read(seen_through(image))

    assert after.decisions == before.decisions


def test_a_pale_mark_on_paper_that_shows_through_is_for_people() -> None:
    image = page(ScanPlan(seed=5, skew=0.4, hands=(Hand.CROSS,), odd_share=1.0))

    after = read(seen_through(image))

    assert reasons(after) >= {Reason.AROUND, Reason.BESIDE}


@pytest.mark.parametrize(("dpi", "width"), [(200, 0.25), (300, 0.35)])
def test_a_thin_mark_over_letters_that_show_through_is_no_empty_box(
    dpi: int, width: float
) -> None:
    image = page(ScanPlan(seed=5, hands=(Hand.CROSS,), dpi=dpi))
    before = read(image)
    image = seen_through(image)
    boxes = [place for place, one in enumerate(before.decisions) if one == Empty()]
    for box in boxes:
        x, y = before.found.page.boxes[box].rectangle.centre
        thin = [(x - 1.3, y + 1.3), (x + 1.0, y - 1.1)]
        image = stroke(image, before, thin, width=width, dark=0.6)

    after = read(image)

    assert Empty() not in {after.decisions[box] for box in boxes}


def test_a_stroke_over_names_is_seen_beside_letters_that_show_through() -> None:
    image = page(ScanPlan(seed=5, hands=(Hand.CROSS,)))
    before = read(image)
    rows = before.found.page.rows[::4]
    image = seen_through(image)
    for row in rows:
        y = row.rectangle.centre[1]
        struck = [(105.0, y + 0.4), (135.0, y - 0.5)]
        image = stroke(image, before, struck, width=0.3, dark=0.45)

    after = read(image)

    lines = {
        (box.contest, box.line)
        for box, one in zip(after.found.page.boxes, after.decisions, strict=True)
        if isinstance(one, NeedsReview)
    }
    assert lines >= {(row.contest, row.line) for row in rows}


def test_letters_that_show_through_as_marks_would_are_for_people() -> None:
    image = page(ScanPlan(seed=5, hands=(Hand.CROSS,), dpi=300))

    after = read(seen_through(image, dark=0.2, soft=0.7, page=2))

    assert Reason.LINE_THROUGH in reasons(after)
    assert not any(
        is_mark(ink)
        for ink, one in zip(after.inks, after.decisions, strict=True)
        if one == Empty()
    )


def test_a_tick_at_a_name_as_pale_as_the_voters_marks_is_for_people() -> None:
    image = page()
    before = read(image)
    grain = np.random.default_rng(3).random(image.shape) < 0.5

    def pencil(points: list[tuple[float, float]]) -> None:
        drawn = stroke(image, before, points, width=0.35, dark=0.42)
        image[grain] = drawn[grain]

    marks = [at for at, one in enumerate(before.decisions) if one == Marked()]
    for at in marks:
        x, y = before.found.page.boxes[at].rectangle.centre
        inside = np.array([(x - 2, y - 2), (x + 2, y + 2)])
        (left, top), (right, bottom) = np.rint(
            before.found.paper.pixels(inside)
        ).astype(int)
        image[top:bottom, left:right] = np.median(image)
        pencil([(x - 1.7, y), (x - 0.5, y + 1.6), (x + 1.8, y - 1.8)])
    y = before.found.page.rows[3].rectangle.centre[1]
    pencil([(72, y), (73, y + 2), (76, y - 3)])

    after = read(image)

    assert Reason.ROW_STRUCK in reasons(after)
    assert all(isinstance(one, NeedsReview) for one in after.decisions[6:8])
