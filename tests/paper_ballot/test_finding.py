"""A sheet is found wherever it lies in a scan, and by its codes where corners are lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, reviewed, scan, wrong_boxes

from kecan.paper_ballot.decisions import NeedsReview
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import MadeScan, ScanPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAN = ScanPlan(seed=4, skew=1.0)


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, border=12.0),
        replace(PLAN, border=10.0, glass=0),
        replace(PLAN, border=10.0, glass=30, skew=-2.5, is_upside_down=True),
        replace(PLAN, border=-3.0),
        replace(PLAN, skew=5.0, border=15.0),
        replace(PLAN, dpi=400),
    ],
)
def test_a_border_or_a_crop_changes_nothing(plan: ScanPlan) -> None:
    made = scan(1, plan)

    assert wrong_boxes(made) == []
    assert reviewed(made) <= 1


def _covered(*places: tuple[float, float], side: float = 40) -> MadeScan:
    """Return a scan with white paper over squares around places in mm."""
    made = scan(1, replace(PLAN, skew=0.0))
    image = decode_jpeg(made.jpeg)
    per_mm = image.shape[1] / 210
    for x, y in places:
        top, left = (max(0, round((place - side / 2) * per_mm)) for place in (y, x))
        image[top : top + round(side * per_mm), left : left + round(side * per_mm)] = (
            240
        )
    stored = cv2.imencode(".jpg", np.asarray(image))[1].tobytes()
    return MadeScan(jpeg=stored, truth=made.truth)


@pytest.mark.parametrize(
    "places",
    [
        [(11, 11)],
        [(11, 11), (199, 286)],
        [(11, 11), (11, 286)],
    ],
)
def test_lost_corners_are_made_up_for_by_the_codes(
    places: list[tuple[float, float]],
) -> None:
    made = _covered(*places, side=14)

    assert wrong_boxes(made) == []
    assert reviewed(made) <= 1


def test_one_code_and_the_ticks_are_enough() -> None:
    made = _covered((11, 11), (199, 11), (190, 16), (199, 286), side=34)

    reading = read_page(decode_jpeg(made.jpeg), printed_ballot(FORM))

    assert isinstance(reading, PageReading)
    assert wrong_boxes(made) == []


@pytest.mark.parametrize("palest", [0.35, 0.5])
def test_a_print_that_pales_towards_one_side_is_found(palest: float) -> None:
    image = decode_jpeg(scan(1, ScanPlan(seed=4)).jpeg)
    toner = np.linspace(palest, 1.0, image.shape[1])
    faded = (255 - (255 - image.astype(np.float64)) * toner).astype(np.uint8)

    reading = read_page(faded, printed_ballot(FORM))

    assert isinstance(reading, PageReading)
    assert reading.decisions == _decisions(image)


def _decisions(image: NDArray[np.uint8]) -> tuple[object, ...]:
    reading = read_page(image, printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return reading.decisions


@pytest.mark.parametrize("is_upside_down", [False, True])
def test_a_dark_scan_without_contrast_is_read_either_way_up(
    *, is_upside_down: bool
) -> None:
    plan = ScanPlan(seed=4, is_upside_down=is_upside_down)
    image = decode_jpeg(scan(1, plan).jpeg)
    dark = (70 + 0.3 * image).astype(np.uint8)

    reading = read_page(dark, printed_ballot(FORM))

    assert isinstance(reading, PageReading)
    assert reading.found.is_upside_down is is_upside_down


@pytest.mark.parametrize("dpi", [200, 300, 600])
def test_codes_in_the_grain_of_the_last_toner_are_read(dpi: int) -> None:
    image = decode_jpeg(scan(1, ScanPlan(seed=4, dpi=dpi, quality=90)).jpeg)
    grains = [round(side / dpi * 254) for side in image.shape]
    chance = np.random.default_rng(1).normal(0.6, 0.4, grains)
    grain = cv2.resize(chance, image.shape[::-1], interpolation=cv2.INTER_NEAREST)
    print_ = (255.0 - image) * np.clip(grain, 0.05, 1)

    reading = read_page((255 - print_).astype(np.uint8), printed_ballot(FORM))

    assert isinstance(reading, PageReading)


def test_codes_that_bands_of_failing_print_cross_are_read() -> None:
    made = scan(0, ScanPlan(seed=4))
    image = decode_jpeg(made.jpeg).copy()
    before = read_page(image, printed_ballot(FORM))
    assert isinstance(before, PageReading)
    for code in before.found.page.codes:
        area = code.rectangle
        x, y = area.right - 2.2, area.y
        corners = np.array([(x, y), (x + 1.8, area.bottom)])
        (left, top), (right, bottom) = np.rint(
            before.found.paper.pixels(corners)
        ).astype(int)
        band = image[top:bottom, left:right]
        band[:] = (255 - (255 - band.astype(float)) * 0.2).astype(np.uint8)

    after = read_page(image, printed_ballot(FORM))

    assert isinstance(after, PageReading)
    assert after.decisions == before.decisions


def _upright(page: int = 0) -> tuple[NDArray[np.uint8], PageReading]:
    image = decode_jpeg(scan(page, ScanPlan(seed=4, noise=1.0)).jpeg).copy()
    reading = read_page(image, printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return image, reading


@pytest.mark.parametrize("cut", [1.2, 1.5, 2.0])
def test_squares_that_the_rim_of_a_copy_cuts_give_the_place_of_the_sheet(
    cut: float,
) -> None:
    image, before = _upright()
    title = np.array([(105.0, 20.0), (30.0, 20.0)])
    top = before.found.page.corners[0].y + cut
    rim = round(before.found.paper.pixels(np.array([(105.0, top)]))[0, 1])
    image[:rim] = 240

    after = read_page(image, printed_ballot(FORM))

    assert isinstance(after, PageReading)
    off = after.found.paper.pixels(title) - before.found.paper.pixels(title)
    assert np.abs(off).max() * 210 / image.shape[1] < 0.15
    assert after.decisions == before.decisions


def test_a_page_that_slipped_below_its_squares_is_placed_by_its_ticks() -> None:
    image, before = _upright(page=1)
    per_mm = image.shape[1] / 210
    slip, below = round(2.6 * per_mm), round(16 * per_mm)
    slipped = image.copy()
    slipped[below + slip :] = image[below:-slip]
    slipped[below : below + slip] = 240

    after = read_page(slipped, printed_ballot(FORM))

    assert isinstance(after, PageReading)
    for was, now in zip(before.decisions, after.decisions, strict=True):
        assert now == was or isinstance(now, NeedsReview)


def test_squares_whose_middle_a_copier_left_pale_are_as_dark_as_their_rim() -> None:
    image, before = _upright()
    per_mm = image.shape[1] / 210
    for corner in before.found.page.corners:
        middle = before.found.paper.pixels(np.array([corner.centre]))[0]
        left, top = np.rint(middle - 1.9 * per_mm).astype(int)
        side = round(3.8 * per_mm)
        image[top : top + side, left : left + side] = 140

    after = read_page(image, printed_ballot(FORM))

    assert isinstance(after, PageReading)
    assert after.found.ink < before.found.ink + 30
