"""Two straight strokes are a cross or a tick; a circle or a mark struck out has more."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kecan.paper_ballot.frames import CORE
from kecan.paper_ballot.sampling import STEP
from kecan.paper_ballot.straight_strokes import TwoStrokes, in_mm, two_strokes

CROSS = [[(-2.6, -2.0), (2.4, 2.8)], [(-2.2, 2.4), (2.6, -2.6)]]
TICK = [[(-1.8, -0.4), (-0.6, 1.7)], [(-0.6, 1.7), (3.2, -3.4)]]
OVER = [(-3.6, 0.2), (3.6, -0.6)]
EDGES = round((CORE - 1.9) / STEP), round((CORE + 1.9) / STEP)
INNER = slice(*EDGES), slice(*EDGES)


def found(strokes: list[list[tuple[float, float]]], *, pen: float = 0.5) -> TwoStrokes:
    """Return what is seen of strokes through places in mm from the middle."""
    side = round(2 * CORE / STEP)
    ink = np.zeros((side, side), np.uint8)
    for stroke in strokes:
        points = np.rint((np.array(stroke) + CORE) / STEP).astype(np.int32)
        cv2.polylines(ink, [points], False, 1, round(pen / STEP))
    places = in_mm(np.arange(side * side), side)
    far = np.abs(places).max(axis=1).reshape(side, side)
    ink[(far > 1.9) & (far < 2.85)] = 0
    return two_strokes(ink > 0, INNER)


@pytest.mark.parametrize("strokes", [CROSS, TICK])
def test_a_cross_and_a_tick_are_two_straight_strokes(
    strokes: list[list[tuple[float, float]]],
) -> None:
    assert found(strokes).share > 0.95


@pytest.mark.parametrize("turns", [1.0, 0.8])
def test_a_circle_around_a_cross_is_no_part_of_it(turns: float) -> None:
    turn = np.linspace(0, 2 * np.pi * turns, 60)
    ring = list(zip(4 * np.cos(turn), 3.6 * np.sin(turn), strict=True))

    assert found([*CROSS, ring]).share < 0.7


def test_a_cross_struck_out_has_a_third_stroke() -> None:
    assert found([*CROSS, OVER]).share < 0.85


def test_a_single_stroke_through_a_box_is_not_two() -> None:
    assert found([OVER]).share == 0


def test_strokes_of_a_pen_as_broad_as_the_box_show_nothing() -> None:
    assert found(CROSS, pen=2.0).share == 0


def test_what_sticks_out_counts_where_both_ends_of_a_stroke_leave_the_box() -> None:
    long = [(-5.0, -0.5), (5.4, 1.0)]

    assert found(TICK).sticks_out == 0
    assert found([CROSS[1], long]).sticks_out == pytest.approx(2.6, abs=0.3)


def test_the_tail_of_a_tick_lies_on_its_stroke_and_dirt_beside_it_does_not() -> None:
    tail, dirt = np.array([[2.9, -3.0], [3.2, 3.0]])

    hit = found(TICK).carry(np.array([tail, dirt]))
    assert hit.any(axis=0).tolist() == [True, False]


@pytest.mark.parametrize(
    "dots", [[(57, 25), (85, 0)], [(9, 76), (28, 75)], [(85, 23), (58, 9)]]
)
def test_two_dots_that_hardly_lie_on_one_line_are_no_second_stroke(
    dots: list[tuple[int, int]],
) -> None:
    side = round(2 * CORE / STEP)
    ink = np.zeros((side, side), np.bool_)
    ink[45:48, 33:60] = True
    for place in dots:
        ink[place] = True

    assert two_strokes(ink, INNER).share == 0
