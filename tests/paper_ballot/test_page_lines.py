"""A line from edge to edge of a page is the scanner's or a fold; a pen's is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paper_ballot.ballots import FORM, scan
from tests.paper_ballot.loops import run_in_python

from kecan.paper_ballot import page_lines, page_pieces
from kecan.paper_ballot.align import find_page
from kecan.paper_ballot.decisions import Marked, NeedsReview, Reason
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.page_lines import without_page_lines
from kecan.paper_ballot.page_pieces import (
    level_pieces,
    straight_lines,
    upright_pieces,
)
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import ScanPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.layout import BoxLayout

PLAN = ScanPlan(seed=5, skew=0.4)
DPI = 200


def page() -> NDArray[np.uint8]:
    return decode_jpeg(scan(1, PLAN).jpeg).copy()


def read(image: NDArray[np.uint8]) -> PageReading:
    reading = read_page(image, printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return reading


def asked(reading: PageReading) -> set[BoxLayout]:
    return {
        box
        for box, one in zip(reading.found.page.boxes, reading.decisions, strict=True)
        if isinstance(one, NeedsReview)
    }


def column(reading: PageReading, *, off: float) -> int:
    """Return the pixel that many mm right of the middle of the first column."""
    box = reading.found.page.boxes[0]
    at = np.add([box.rectangle.centre], (off, 0))
    return round(float(reading.found.paper.pixels(at)[0, 0]))


def between_rows(reading: PageReading) -> float:
    """Return the pixel row, in the middle of the page, clear of every box."""
    heights = [box.rectangle.centre[1] for box in reading.found.page.boxes]
    y = heights[10] + (heights[12] - heights[10]) / 2 - 0.8
    return float(reading.found.paper.pixels(np.array([[105.0, y]]))[0, 1])


def darkened(image: NDArray[np.uint8], shade: NDArray[np.float64]) -> None:
    image[:] = np.rint(image * shade)


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_streak_beside_the_boxes_asks_nobody(share: float) -> None:
    image = page()
    before = read(image)
    at = column(before, off=5.0)
    image[:, at : at + 2] = np.rint(image[:, at : at + 2] * share)

    after = read(image)

    assert asked(after) == asked(before) == set()
    assert after.decisions == before.decisions


@pytest.mark.parametrize("off", [-69.0, -57.0, -33.0])
@pytest.mark.parametrize("skew", [0.4, 2.0])
def test_a_wide_streak_over_names_and_posts_asks_nobody(
    off: float, skew: float
) -> None:
    image = decode_jpeg(scan(1, replace(PLAN, skew=skew)).jpeg).copy()
    before = read(image)
    at = column(before, off=off)
    image[:, at : at + 5] = np.rint(image[:, at : at + 5] * 0.5)

    after = read(image)

    assert asked(after) == asked(before) == set()


@pytest.mark.parametrize("grey", [20, 150])
def test_what_an_opaque_streak_crosses_is_ink_on_both_its_sides(grey: int) -> None:
    image = page()
    reading = read(image)
    at = column(reading, off=5.0)
    boxes = [box.rectangle.centre for box in reading.found.page.boxes[:2]]
    (left, y), (right, _) = reading.found.paper.pixels(np.array(boxes)).astype(int)
    cv2.line(image, (left + 30, y), (right - 30, y), 40, 4)
    image[:, at : at + 5] = grey

    even = without_page_lines(ScanImage(image), reading.found).all_out.full

    assert even[y, at : at + 5].max() < 60
    assert even[y + 12, at : at + 5].min() > 180


def test_a_streak_over_boxes_asks_about_each_it_touches_and_no_other() -> None:
    image = page()
    before = read(image)
    at = column(before, off=1.0)
    image[:, at : at + 2] = np.rint(image[:, at : at + 2] * 0.4)

    after = read(image)

    assert asked(after) == {
        box
        for box in before.found.page.boxes
        if box.column is before.found.page.boxes[0].column
    }


@pytest.mark.parametrize("skew", [-2.0, 0.0, 0.7])
def test_the_rules_of_the_table_are_no_folds(skew: float) -> None:
    clean = ScanImage(decode_jpeg(scan(1, ScanPlan(seed=6, skew=skew)).jpeg))
    found = find_page(clean, printed_ballot(FORM).layouts)

    even = without_page_lines(clean, found)

    assert even.all_out is clean
    assert even.at_boxes is clean


@pytest.mark.parametrize("dirt", [(-6.0, 3.0), (-2.6, 0.8), (-2.6, 9.0)])
def test_dirt_that_comes_and_goes_along_the_scan_marks_no_box(
    dirt: tuple[float, float],
) -> None:
    image = page()
    before = read(image)
    place = next(
        index
        for index, one in enumerate(before.decisions)
        if not isinstance(one, Marked)
    )
    middle = np.array([before.found.page.boxes[place].rectangle.centre])
    ends = np.rint(
        before.found.paper.pixels(np.vstack([np.add(middle, (0.8, y)) for y in dirt]))
    ).astype(int)
    cut = slice(*ends[:, 1]), slice(ends[0, 0], ends[0, 0] + 2)
    image[cut] = np.rint(image[cut] * 0.3)

    assert isinstance(read(image).decisions[place], NeedsReview)


@pytest.mark.parametrize("slant", [0.0, 0.01])
def test_a_fold_between_rows_asks_nobody_but_a_pen_stroke_there_does(
    slant: float,
) -> None:
    image = page()
    before = read(image)
    start = between_rows(before)
    down, along = np.indices(image.shape)
    middle = start + slant * (along - image.shape[1] / 2)
    far = (down - middle) / (DPI / 25.4)
    folded, struck = image.copy(), image.copy()
    darkened(folded, 1 - 0.25 * np.exp(-((far / 0.35) ** 2)))
    cv2.line(struck, (200, round(start)), (1400, round(start) + 9), (60,), 3)

    after = read(folded)

    assert after.decisions == before.decisions
    assert NeedsReview(reason=Reason.ROW_STRUCK) in read(struck).decisions


def pen_lines(
    image: NDArray[np.uint8], reading: PageReading, *places: tuple[float, float]
) -> None:
    """Draw a thin pen through places in mm on paper."""
    points = np.rint(reading.found.paper.pixels(np.array(places)) * 16)
    cv2.polylines(image, [points.astype(np.int32)], False, (80,), 3, cv2.LINE_AA, 4)


@pytest.mark.parametrize("off", [-0.8, 0.0, 0.5])
def test_a_small_cross_on_the_rule_between_two_boxes_asks(off: float) -> None:
    image = page()
    before = read(image)
    first, second = before.found.page.boxes[8:10]
    x = (first.rectangle.centre[0] + second.rectangle.centre[0]) / 2 + off
    y = first.rectangle.centre[1]
    pen_lines(image, before, (x - 1.1, y - 1.1), (x + 1.1, y + 1.1))
    pen_lines(image, before, (x + 1.1, y - 1.1), (x - 1.1, y + 1.1))

    assert asked(read(image)) == {first, second}


@pytest.mark.parametrize("x", [37.0, 52.0, 110.0, 118.0])
def test_a_small_tick_over_the_print_of_a_row_asks(x: float) -> None:
    image = page()
    before = read(image)
    first, second = before.found.page.boxes[8:10]
    y = first.rectangle.centre[1]
    pen_lines(image, before, (x - 1.2, y), (x - 0.4, y + 1.1), (x + 1.2, y - 1.6))

    assert asked(read(image)) == {first, second}


@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(24, 110),
    columns=st.integers(24, 110),
    every=st.integers(1, 2),
)
def test_pieces_are_the_means_opencv_takes(
    seed: int, rows: int, columns: int, every: int
) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (every * rows, columns))
    cells = image.astype(np.uint8)

    upright, level = upright_pieces(cells, every), level_pieces(cells, 1)
    outer = level_pieces(cells, 23)

    for found, some, size in (
        (upright, cells[::every], rows // 24),
        (level, cells.T, columns // 24),
    ):
        for piece, mean in enumerate(found):
            part = np.ascontiguousarray(some[piece * size : (piece + 1) * size])
            assert (cv2.reduce(part, 0, cv2.REDUCE_AVG)[0] == mean).all()
    assert (outer == level[[0, -1]]).all()


def test_white_fills_no_piece_beyond_its_sum() -> None:
    white = np.full((6168, 24), 255, np.uint8)

    assert (upright_pieces(white, 1) == 255).all()


def _shown(*lines: tuple[float, float], places: int = 60) -> NDArray[np.bool_]:
    """Return pieces that show lines from one place to another."""
    shown = np.zeros((24, places), np.bool_)
    for first, last in lines:
        at = np.rint(np.linspace(first, last, 24)).astype(int)
        shown[np.arange(24), at] = True
    return shown


def test_a_line_begins_and_ends_half_a_piece_beyond_its_middles() -> None:
    found = straight_lines(_shown((10, 33)), 30.0, 3.0)

    assert found.tolist() == [[9.5, 33.5]]


@pytest.mark.parametrize(("missing", "count"), [(3, 1), (4, 0)])
def test_print_may_hide_a_line_in_few_pieces(missing: int, count: int) -> None:
    shown = _shown((10, 10))
    shown[5 : 5 + missing] = False

    assert len(straight_lines(shown, 30.0, 3.0)) == count


def test_a_line_may_be_seen_a_place_beside_itself() -> None:
    shown = _shown((10, 10))
    shown[5:15] = np.roll(shown[5:15], 1, axis=1)

    assert straight_lines(shown, 30.0, 3.0).tolist() == [[10, 10]]


def test_of_lines_close_together_the_first_is_taken() -> None:
    shown = _shown((10, 10), (12, 12), (20, 20), (0, 0), (59, 59))

    found = straight_lines(shown, 1.0, 3.0)

    assert found[:, 0].tolist() == [0, 10, 20, 59]


def test_a_line_that_slants_too_far_is_none() -> None:
    assert len(straight_lines(_shown((10, 33)), 22.9, 3.0)) == 0
    assert len(straight_lines(_shown((10, 33)), 23.0, 3.0)) == 1


def test_where_a_piece_shows_nothing_no_line_is() -> None:
    assert straight_lines(_shown(), 30.0, 3.0).shape == (0, 2)


def test_compiled_loops_find_the_lines_that_python_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = page()
    reading = read(image)
    at = column(reading, off=5.0)
    image[:, at : at + 2] = np.rint(image[:, at : at + 2] * 0.5)
    y = round(between_rows(reading))
    image[y - 3 : y + 4] = np.rint(image[y - 3 : y + 4] * 0.9)
    compiled = without_page_lines(ScanImage(image), reading.found).all_out.full

    run_in_python(monkeypatch, page_lines, page_pieces)
    even = without_page_lines(ScanImage(image), reading.found).all_out.full

    assert (even != image).any(axis=0).all()
    assert (even == compiled).all()
