"""A page is looked at in as little detail as will do, whatever the scanner gave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, scan, wrong_boxes

from kecan.paper_ballot.align import find_page
from kecan.paper_ballot.decisions import Empty, Marked
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.halving import ScanImage
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
