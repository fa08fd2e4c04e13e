"""A page is looked at in as little detail as will do, whatever the scanner gave."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paper_ballot.ballots import FORM, scan, wrong_boxes

from kecan.paper_ballot.align import find_page
from kecan.paper_ballot.compiled import as_python
from kecan.paper_ballot.decisions import Empty, Marked
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.halving import ScanImage, two_halves
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.row_cells import coarse_cells
from kecan.paper_ballot.row_stack import lightened, stacked
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import Hand, ScanPlan, Truth


@pytest.mark.parametrize(
    ("dpi", "times"), [(150, 1), (200, 2), (300, 2), (400, 4), (600, 4)]
)
def test_cells_are_a_quarter_of_a_mm_or_finer_by_up_to_a_half(
    dpi: int, times: int
) -> None:
    width = round(210 / 25.4 * dpi)
    page = ScanImage(np.zeros((round(width * 1.414), width), np.uint8))

    assert page.at(0.25).times == times
    assert 0.125 <= times / page.per_mm <= 0.275


def test_a_cell_is_the_mean_of_its_pixels_and_lies_in_their_middle() -> None:
    width = 1654
    image = np.zeros((2339, width), np.uint8)
    image[101, 200:202] = 100

    seen = ScanImage(image).at(0.25)

    x, y, _ = seen.matrix @ (200.5, 100.5, 1)
    assert (x, y) == (100, 50)
    assert seen.cells[50, 100] == 50
    assert seen.cells.sum() == 50


@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(4, 60),
    columns=st.integers(4, 140),
)
def test_halves_are_those_opencv_makes_of_areas(
    seed: int, rows: int, columns: int
) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (rows, columns), np.uint8)

    found = two_halves(image)[:2]

    for half in found:
        size = image.shape[1] // 2, image.shape[0] // 2
        whole = image[: 2 * size[1], : 2 * size[0]]
        image = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA))
        assert (half == image).all()


def test_the_compiled_loop_halves_as_python_does() -> None:
    image = decode_jpeg(scan(0, ScanPlan(seed=8)).jpeg)[70:201, 50:171]

    half, quarter, _ = two_halves(image)
    by_python = as_python(two_halves)(image)

    assert (half == by_python[0]).all()
    assert (quarter == by_python[1]).all()


def test_a_page_in_part_of_a_larger_picture_is_halved_all_the_same() -> None:
    picture = np.random.default_rng(2).integers(0, 256, (2400, 1700), np.uint8)
    part = picture[20:-41, 30:-16]

    seen, alone = ScanImage(part).at(0.5), ScanImage(part.copy()).at(0.5)

    assert seen.times == alone.times == 4
    assert (seen.cells == alone.cells).all()


@pytest.mark.parametrize("dpi", [150, 200, 300, 600])
def test_a_page_reads_the_same_at_every_resolution(dpi: int) -> None:
    made = scan(0, ScanPlan(seed=8, dpi=dpi, skew=1.2, quality=85, hands=(Hand.CROSS,)))

    reading = read_page(decode_jpeg(made.jpeg), printed_ballot(FORM))

    assert isinstance(reading, PageReading)
    assert wrong_boxes(made) == []
    assert [type(one) for one in reading.decisions] == [
        Marked if truth is Truth.MARKED else Empty for truth in made.truth
    ]


def test_the_blank_lies_where_scans_of_it_lie() -> None:
    printed = printed_ballot(FORM)
    made = scan(0, ScanPlan(seed=3, quality=95, noise=0.0, hands=(Hand.FILL,)))
    page = ScanImage(decode_jpeg(made.jpeg))
    found = find_page(page, printed.layouts)
    blank = printed.blank(found.layout, page=1)

    unlike = []
    for off in (-0.1, 0.0, 0.1):
        moved = replace(blank.stack, centres=blank.stack.centres + off)
        light = lightened(stacked(page, found.paper, moved), ink=found.ink)
        text = [coarse_cells(PAPER + SOLID - light)[row.text] for row in blank.rows]
        unlike.append(
            sum(
                float(np.abs(shown - blank.coarse[row.text]).sum())
                for shown, row in zip(text, blank.rows, strict=True)
            )
        )

    assert unlike[1] == min(unlike)
