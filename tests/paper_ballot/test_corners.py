"""The squares in the corners are measured as OpenCV would, by loops of our own."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.paper_ballot.ballots import scan
from tests.paper_ballot.loops import run_in_python

from kecan.paper_ballot import corners, dark_pieces
from kecan.paper_ballot.corners import find_corners
from kecan.paper_ballot.dark_pieces import (
    dark_measures,
    largest_piece,
    parting_grey,
    solid_spots,
)
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import ScanPlan

Greys = NDArray[np.uint8]


@st.composite
def noisy(draw: st.DrawFn) -> Greys:
    """Draw paper with rectangles of ink and noise on both."""
    rows, columns = draw(st.integers(12, 40)), draw(st.integers(12, 40))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cells = np.full((rows, columns), 220.0)
    for _ in range(draw(st.integers(0, 4))):
        top, left = chance.integers(0, rows - 4), chance.integers(0, columns - 4)
        high, wide = chance.integers(1, 16, 2)
        cells[top : top + high, left : left + wide] = chance.integers(20, 120)
    cells += chance.normal(0, draw(st.sampled_from([0, 5, 40])), cells.shape)
    return np.asarray(np.clip(cells, 0, 255), np.uint8)


@given(cells=noisy())
def test_dark_is_parted_from_light_where_otsu_parts_them(cells: Greys) -> None:
    _, dark = cv2.threshold(cells, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)

    level = parting_grey(cells)

    assert ((cells <= level) == (dark > 0)).all()


@given(cells=noisy(), level=st.integers(0, 255), worn=st.integers(1, 6))
def test_solid_spots_are_the_outlines_of_what_is_left_of_worn_print(
    cells: Greys, level: int, worn: int
) -> None:
    dark = (cells <= level).astype(np.uint8)
    cores = cv2.erode(dark, np.ones((worn, worn), np.uint8), borderValue=0)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cores)
    boxes = stats[1:count, :4] - (worn // 2, worn // 2, 1 - worn, 1 - worn)
    middles = [
        (left + (wide - 1) / 2, top + (high - 1) / 2)
        for left, top, wide, high in boxes.tolist()
        if min(wide, high) >= 4 and max(wide, high) <= 12
    ]

    found = solid_spots(cells, level, worn, (4.0, 12.0))

    assert sorted(map(tuple, found.tolist())) == sorted(middles)


@given(crop=noisy())
def test_the_largest_piece_darker_than_half_way_to_ink_is_measured(
    crop: Greys,
) -> None:
    ink, paper = np.percentile(crop, (5, 90))
    dark = (crop < (paper + ink) / 2).astype(np.uint8)
    count, _, stats, middles = cv2.connectedComponentsWithStats(dark)

    dots = largest_piece(crop)

    assert len(dots) == max(stats[1:, cv2.CC_STAT_AREA], default=0)
    if count > 1:
        largest = np.flatnonzero(stats[1:, cv2.CC_STAT_AREA] == len(dots)) + 1
        expected = [
            pytest.approx((*stats[one, 2:4].tolist(), *middles[one].tolist()))
            for one in largest
        ]
        assert dark_measures(dots, crop.shape[1] + 2) in expected


@pytest.mark.parametrize(
    "plan",
    [
        ScanPlan(seed=3, dpi=150, skew=2.0),
        ScanPlan(seed=4, skew=-1.0, border=12.0),
        ScanPlan(seed=5, border=-8.5, shift=(1.5, 0.0)),
    ],
)
def test_compiled_loops_find_the_squares_that_python_finds(
    plan: ScanPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = ScanImage(decode_jpeg(scan(0, plan).jpeg))
    compiled = find_corners(image, wide=188, high=275, side=6).middles

    run_in_python(monkeypatch, corners, dark_pieces)
    found = find_corners(image, wide=188, high=275, side=6).middles

    assert compiled is not None
    assert found is not None
    np.testing.assert_allclose(found, compiled, atol=1e-9)


def test_a_page_without_squares_has_none() -> None:
    white = ScanImage(np.full((2339, 1654), 240, np.uint8))

    assert find_corners(white, wide=188, high=275, side=6).middles is None
