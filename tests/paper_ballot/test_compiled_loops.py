"""Compiled loops do what libraries of arrays do in several passes, and what Python does."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.paper_ballot import (
    bowed_strokes,
    box_cells,
    crossing_lines,
    cutting,
    frame_ink,
    frames,
    greys,
    inner_ink,
    loose_ink,
    overprint,
    row_cells,
    sampling,
    specks,
    zones,
)
from kecan.paper_ballot.compiled import as_python
from kecan.paper_ballot.greys import PAPER, SOLID

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RANDOM = np.random.default_rng(20261127)
SCAN = np.asarray(
    cv2.GaussianBlur(RANDOM.integers(0, 256, (160, 130), np.uint8), (0, 0), 1.5),
    np.uint8,
)


def cells(*shape: int, low: int = 0) -> NDArray[np.uint8]:
    return RANDOM.integers(low, 256, shape, np.uint8)


def ones(*shape: int, share: float = 0.5) -> NDArray[np.uint8]:
    return (RANDOM.random(shape) < share).astype(np.uint8)


def turned(degrees: float, scale: float, x: float, y: float) -> NDArray[np.float64]:
    """Return what takes cells to pixels of a page that lies turned."""
    across, down = (scale * one(np.radians(degrees)) for one in (np.cos, np.sin))
    return np.array([[across, -down, x], [down, across, y]])


TOPS = np.array([0, 6, 10])
INK = ones(40, 30, share=0.3).view(np.bool_)
PLACES = np.stack([turned(1, 0.98, 30, 40), turned(-2, 1.5, 5, 9)])
BOXES = cells(3, *frames._SIZE)  # noqa: SLF001
PROFILES = RANDOM.random((5, frames._SIZE[0]), np.float32)  # noqa: SLF001
DOTS = np.flatnonzero(ones(2 * zones.ZONES.kind.size, share=0.1))

LOOPS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (cutting.cut_nearest, (cells(20, 30), SCAN, PLACES[0])),
    (cutting.cut_nearest, (cells(60, 70), SCAN, PLACES[1])),
    (cutting.cut_between, (cells(20, 30), SCAN, PLACES[0])),
    (
        cutting.cut_all_between,
        (cells(50, 40), SCAN, PLACES, TOPS, np.array([[30, 6], [40, 4]])),
    ),
    (box_cells.cut_smooth, (cells(2, 20, 30), SCAN, PLACES)),
    (box_cells.print_profiles, (BOXES, 80, 14)),
    (box_cells.cut_cores, (BOXES, np.array([0, 3, 16]), np.array([16, 2, 0]), 93)),
    (frames._likeliest, (PROFILES, (3, 11))),  # noqa: SLF001
    (frames._thickness, (PROFILES, 8)),  # noqa: SLF001
    (frame_ink._added, (cells(3, 13, 31),)),  # noqa: SLF001
    (bowed_strokes._best_bow, (RANDOM.normal(0, 2, (40, 2)), -1.0, 0.4)),  # noqa: SLF001
    (crossing_lines._ends, (cells(2, 93, 93), np.array([[0, 11], [40, 52]]))),  # noqa: SLF001
    (inner_ink.faint_shares, (cells(3, 9, 8), RANDOM.random((9, 8), np.float32), 0.2)),
    (inner_ink.upper_darkness, (cells(3, 9, 8), 0.97)),
    (inner_ink.of_all_boxes, (cells(5, 6, 7), 1)),
    (inner_ink.coarse_shapes, (cells(2, 15, 15), 3, 2, 4)),
    (inner_ink.spans, (ones(4, 9, 8, share=0.05).view(np.bool_),)),
    (loose_ink._upper_greys, (ones(8649).view(np.bool_), cells(8649, low=PAPER))),  # noqa: SLF001
    (
        loose_ink._inked,  # noqa: SLF001
        (
            (5 * ones(9, 12, 14, share=0.04)).astype(np.uint8),
            np.uint8(4),
            ones(12, 14, share=0.9).view(np.bool_),
        ),
    ),
    (greys.grey_counts, (SCAN, (3, 100, 10, 130), (2, 3))),
    (
        greys.greys_around,
        (SCAN, np.array([[9, 9.5], [200, 3], [50, 70]]), 9, (0.5, 0.0)),
    ),
    (greys.greys_at, (cells(3, 50), np.arange(0, 50, 4), (0, 6, 12))),
    (zones._of_kinds, (DOTS, 2, zones.ZONES.kind, 40)),  # noqa: SLF001
    (specks._told_apart, (INK.view(np.uint8),)),  # noqa: SLF001
    (
        overprint._most_added,  # noqa: SLF001
        (
            RANDOM.random((12, 31), np.float32),
            np.array([[0, 12, 0, 31], [2, 7, 9, 20]]),
        ),
    ),
    (sampling.project, (RANDOM.random((3, 3)) + np.eye(3), RANDOM.random((7, 2)))),
    (row_cells.lighten, (cells(10, 24), cells(5, 12, low=90), 50)),
    (row_cells.blurred, (cells(12, 17), 3)),
    (row_cells.coarse_cells, (cells(10, 24),)),
    (row_cells.common_cells, (ones(10, 24), ones(10, 24), TOPS)),
    (row_cells._widen, (cells(30), ones(30), 6)),  # noqa: SLF001
    (row_cells._widen, (cells(30), ones(30, share=0.1), 1)),  # noqa: SLF001
    (
        row_cells.new_ink,
        (
            cells(10, 24),
            ones(10, 24),
            np.array([[0, 6, 2, 9], [6, 10, 20, 24]]),
            np.array([60, 200], np.uint8),
        ),
    ),
    (
        row_cells.more_than_print,
        (cells(10, 9), cells(10, 9), 255 * ones(10, 9), (1.5, 48.0), TOPS),
    ),
    (
        row_cells.shown_in,
        (
            cells(10, 24),
            TOPS,
            np.array([[240, 80], [200, 90]], np.uint8),
        ),
    ),
]


def copied(values: tuple[Any, ...]) -> list[Any]:
    return [one.copy() if isinstance(one, np.ndarray) else one for one in values]


@pytest.mark.parametrize(
    ("loop", "values"),
    LOOPS,
    ids=[f"{n} {one[0].__name__}" for n, one in enumerate(LOOPS)],
)
def test_a_compiled_loop_does_what_python_does(
    loop: Callable[..., Any], values: tuple[Any, ...]
) -> None:
    fast, slow = copied(values), copied(values)
    found, expected = loop(*fast), as_python(loop)(*slow)
    for mine, theirs in zip(
        arrays((found, *fast)), arrays((expected, *slow)), strict=True
    ):
        np.testing.assert_allclose(mine, theirs, atol=1e-6)


def arrays(values: object) -> list[NDArray[np.float64]]:
    """Return all that a loop returned or changed, as numbers."""
    if isinstance(values, tuple):
        return [one for value in values for one in arrays(value)]
    return [] if values is None else [np.asarray(values, np.float64)]


@pytest.mark.parametrize("place", [(20, 30), (-8, 5), (100, 130)])
def test_a_picture_is_cut_from_a_turned_scan_and_smoothed(
    place: tuple[int, int],
) -> None:
    matrix = turned(2.5, 0.99, *place)
    found = np.empty((1, 40, 50), np.uint8)
    box_cells.cut_smooth(found, SCAN, matrix[None])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    near = cv2.warpAffine(
        SCAN, matrix, (50, 40), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    unlike = np.abs(found[0].astype(int) - cv2.blur(near, (3, 3)))
    assert (unlike == 0).mean() > 0.97  # a place between two pixels may go to either
    assert unlike.max() <= np.ptp(SCAN) // 9


@pytest.mark.parametrize(
    ("degrees", "scale"), [(0, 1), (3, 0.95), (-3, 1.05), (0.2, 0.984)]
)
def test_cells_between_pixels_are_blended(degrees: float, scale: float) -> None:
    matrix = turned(degrees, scale, 20.3, 30.8)
    found = np.empty((50, 70), np.uint8)
    assert cutting.cut_between(found, SCAN, matrix)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    expected = cv2.warpAffine(SCAN, matrix, (70, 50), flags=flags)
    assert np.abs(found.astype(int) - expected).max() <= 1


@pytest.mark.parametrize(
    "place",
    [
        turned(0, 1, -1.5, 20),
        turned(0, 1, 20, 160 - 49.5),
        turned(0, 1, 130 - 69.2, 20),
        turned(0, 1.4, 10, 10),
    ],
    ids=["left of the scan", "below it", "right of it", "larger cells"],
)
def test_what_cannot_be_blended_quickly_is_left_alone(
    place: NDArray[np.float64],
) -> None:
    found = np.full((50, 70), 7, np.uint8)
    assert not cutting.cut_between(found, SCAN, place)
    assert (found == 7).all()


def test_a_row_is_darkened_against_its_own_paper() -> None:
    light = cells(10, 24)
    levels = np.array([[240, 80], [200, 120]], np.uint8)
    dark, strong, totals = row_cells.shown_in(light, TOPS, levels)
    for (paper, least), part in zip(
        levels.astype(int).tolist(), (slice(0, 6), slice(6, 10)), strict=True
    ):
        expected = np.maximum(paper - light[part].astype(int), 0)
        assert (dark[part] == expected).all()
        assert (strong[part] == (expected > least)).all()
    above = np.maximum(dark.astype(int) - PAPER, 0).sum(axis=1) / SOLID
    assert totals == pytest.approx([above[:6].sum(), above[6:].sum()])


def test_light_is_told_against_the_paper_behind() -> None:
    seen, paper = cells(10, 24), cells(5, 12, low=60)
    behind = np.repeat(np.repeat(paper, 2, axis=0), 2, axis=1).astype(float)
    above = np.maximum(seen - 50.0, 0)
    expected = np.minimum(255, np.rint(above * SOLID / np.maximum(behind - 50, 40)))
    found = row_cells.lighten(seen, paper, 50)
    assert np.abs(found - expected).max() <= 1  # where a half is rounded
    assert (found == expected).mean() > 0.98


def test_greys_below_which_shares_of_a_row_lie() -> None:
    cells = np.array([[10, 20, 30, 40], [7, 7, 7, 9]], np.uint8)
    places, row_of = np.arange(8), np.repeat([0, 1], 4)
    shares = np.array([0.5, 0.75])
    found = row_cells.greys_below(cells, places, row_of, shares, 3)
    assert found[:, 0].tolist() == [20.5, 30.5]
    assert found[:, 1] == pytest.approx([6.5 + 2 / 3, 7.5])
    assert found[:, 2].tolist() == [SOLID, SOLID]  # a row without clear paper


@given(
    shape=st.tuples(st.integers(1, 20), st.integers(1, 40)), seed=st.integers(0, 10**6)
)
def test_the_most_that_is_added_is_that_of_means(
    shape: tuple[int, int], seed: int
) -> None:
    piece = np.random.default_rng(seed).random(shape, np.float32)
    rows, columns = shape
    (found,) = overprint.most_added(piece, [(slice(0, rows), slice(0, columns))])
    assert found == pytest.approx(
        (
            cv2.blur(piece, (2, 5)).max(),
            cv2.blur(piece, (4, 8)).max(),
            cv2.blur(piece.max(axis=0)[None], (14, 1)).max(),
        ),
        abs=1e-5,
    )


def test_light_that_falls_off_is_evened_around_a_box() -> None:
    side = frames._SIZE[0]  # noqa: SLF001
    across = np.linspace(250, 190, side)
    cells = np.rint(np.broadcast_to(across, (1, side, side))).astype(np.uint8)
    cells[0, 40:60, 40:60] = 60
    box_cells.darken(cells, ink=60, strip=frames._STRIP, level=2)  # noqa: SLF001
    assert np.abs(cells[0, :, :30].astype(int) - PAPER).max() <= 6  # 40 as it was
    assert np.abs(cells[0, 45:55, 45:55].astype(int) - PAPER - SOLID).max() <= 12


def test_inside_a_box_ink_has_a_share_a_darkness_and_sides() -> None:
    within = np.full((2, 10, 10), PAPER, np.uint8)
    within[0, 2:5, 1:9] = PAPER + SOLID
    shade = np.zeros((10, 10), np.float32)
    assert inner_ink.faint_shares(within, shade, 0.5).tolist() == [0.24, 0]
    assert inner_ink.upper_darkness(within, 0.97).tolist() == [1, 0]
    assert inner_ink.upper_darkness(within, 0.75).tolist() == [0, 0]
    assert inner_ink.spans(within > PAPER).tolist() == [[8, 3], [0, 0]]


def test_a_dot_is_no_longer_where_the_blur_of_a_frame_runs_on_from_it() -> None:
    ink = np.zeros((2, 31, 31), np.bool_)
    ink[0, 1:9, 6:14] = ink[1, 6:14, 22:30] = True
    ink[0, 0, 8:30] = ink[1, 2:28, 30] = True
    assert inner_ink.spans(ink).tolist() == [[12, 9], [9, 16]]


@given(
    heights=st.lists(st.integers(5, 40), max_size=4),
    share=st.sampled_from([0.5, 0.97, 1.0]),
    widest=st.integers(1, 7),
    ink=st.sampled_from([0.3, 0.8, 0.97]),
)
def test_columns_are_full_where_ink_beside_them_runs_through_a_row(
    heights: list[int], share: float, widest: int, ink: float
) -> None:
    tops = np.cumsum([0, *heights])
    stack = ones(int(tops[-1]), 30, share=ink)

    printed = ones(len(heights), 30, share=0.1).view(np.bool_)
    found = row_cells.full_columns(
        stack, tops, printed, edge=2, widest=widest, share=share
    )

    for row, (first, after) in enumerate(pairwise(tops.tolist())):
        wide = cv2.dilate(stack[first:after], np.ones((1, widest), np.uint8))[2:-2]
        is_full = wide.sum(axis=0) >= share * len(wide)
        assert (found[row] == (is_full & ~printed[row])).all()
    assert found.shape == (len(heights), 30)


@given(
    middle=st.tuples(st.floats(-30, 160), st.floats(-30, 190)),
    half=st.integers(0, 20),
    share=st.sampled_from([0.0, 0.1, 0.5, 0.99]),
)
def test_greys_around_a_place_are_those_of_every_second_pixel_in_order(
    middle: tuple[float, float], half: int, share: float
) -> None:
    x, y = map(round, middle)
    rows, columns = (slice(max(0, at - half), max(0, at + half), 2) for at in (y, x))
    some = np.sort(SCAN[rows, columns].ravel())

    found = greys.greys_around(SCAN, np.array([middle]), half, (share,))

    assert found.tolist() == [[some[int(share * some.size)] if some.size else 255]]


@pytest.mark.parametrize("rank", [0, 20, 49])
def test_greys_at_places_are_put_in_order_in_each_row(rank: int) -> None:
    numbers, places = cells(4, 90), np.arange(3, 53)

    (found,) = greys.greys_at(numbers, places, (rank,))

    assert (found == np.sort(numbers[:, places])[:, rank]).all()


def test_new_ink_is_dark_enough_and_on_clear_paper() -> None:
    dark, unprinted = cells(10, 24) % 4, ones(10, 24)
    parts = np.array([[0, 6, 2, 9], [6, 10, 20, 24], [3, 3, 0, 9]])
    least = np.array([1, 2, 0], np.uint8)

    found = row_cells.new_ink(dark, unprinted, parts, least)

    is_new = [
        (dark[top:bottom, left:right] > level) & (unprinted[top:bottom, left:right] > 0)
        for (top, bottom, left, right), level in zip(parts, least, strict=True)
    ]
    assert found.tolist() == [one.sum() for one in is_new]


@pytest.mark.parametrize("rank", [0, 3, 8])
def test_cells_of_all_boxes_are_put_in_order_one_by_one(rank: int) -> None:
    within = cells(9, 6, 7)

    found = inner_ink.of_all_boxes(within, rank)

    assert (found == np.sort(within, axis=0)[rank]).all()


def test_shapes_are_means_of_ink_from_paper_to_solid_print() -> None:
    cores = cells(3, 21, 21)

    found = inner_ink.coarse_shapes(cores, 2, 2, 8)

    inked = np.clip(cores[:, 2:18, 2:18], PAPER, PAPER + SOLID) - PAPER
    expected = [cv2.resize(one, (8, 8), interpolation=cv2.INTER_AREA) for one in inked]
    assert (found == np.stack(expected)).all()


@given(shape=st.tuples(st.integers(1, 20), st.integers(1, 40)), reach=st.integers(0, 7))
def test_a_blurred_cell_is_the_mean_around_it(
    shape: tuple[int, int], reach: int
) -> None:
    picture, side = cells(*shape), 2 * reach + 1

    found = row_cells.blurred(picture, reach)

    assert (found == cv2.blur(picture, (side, side))).all()
