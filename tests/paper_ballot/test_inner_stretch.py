"""A sheet that swelled or slipped between its margins is mapped by its own print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.pens import page, read, stroke

from kecan.paper_ballot.decisions import NeedsReview, Reason
from kecan.paper_ballot.sampling import LocalStretch
from kecan.sample.scans import Hand, ScanPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAN = ScanPlan(seed=5, skew=0.4, hands=(Hand.CROSS,))


def swollen(image: NDArray[np.uint8], *, seed: int, most: float) -> NDArray[np.uint8]:
    """Return a scan of which every place lies off as its neighbours, nowhere alike.

    ``most`` is the usual distance in mm.
    """
    generator = np.random.default_rng(seed)
    height, width = image.shape
    per_mm = width / 210
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    off_x, off_y = (
        cv2.resize(
            generator.normal(0, most * per_mm, (6, 4)).astype(np.float32),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        for _ in range(2)
    )
    moved = cv2.remap(
        image, across + off_x, down + off_y, cv2.INTER_LINEAR, borderValue=(255,)
    )
    return np.asarray(moved, np.uint8)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_print_that_lies_off_inside_a_page_asks_nobody(seed: int) -> None:
    image = page(PLAN)

    after = read(swollen(image, seed=seed, most=0.2))

    assert after.decisions == read(image).decisions


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_name_struck_on_such_a_page_is_for_people(seed: int) -> None:
    image = page(PLAN)
    before = read(image)
    rows = before.found.page.rows[1::4]
    for row in rows:
        y = row.rectangle.centre[1]
        struck = [(45.0, y + 0.4), (75.0, y - 0.5)]
        image = stroke(image, before, struck, width=0.4, dark=0.7)

    after = read(swollen(image, seed=seed, most=0.2))

    asked = {
        (box.contest, box.line)
        for box, one in zip(after.found.page.boxes, after.decisions, strict=True)
        if one == NeedsReview(reason=Reason.ROW_STRUCK)
    }
    assert asked == {(row.contest, row.line) for row in rows}


def test_between_places_that_were_measured_the_shift_goes_over_evenly() -> None:
    stretch = LocalStretch(
        heights=np.array([10.0, 20.0]),
        across=np.array([0.0, 8.0, 16.0]),
        shifts=np.array([[[0.0, 0], [1, 0], [1, 2]], [[0.0, 4], [1, 4], [1, 6]]]),
    )

    found = stretch.at(np.array([[4.0, 10], [8, 15], [12, 20], [-5, 0], [99, 99]]))

    assert found.tolist() == [[0.5, 0], [1, 2], [1, 5], [0, 0], [1, 6]]
