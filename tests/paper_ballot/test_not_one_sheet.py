"""A half page, two sheets fed at once or two halves that meet are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, scan

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import ScanPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

DPI = 200
PER_MM = DPI / 25.4
BARE = 240  # grey of paper without print
FIRST, MIDDLE, LAST = range(3)  # pages of the form, by what rows leave free: its head,
# nothing, its foot


def sheet(page: int, *, seed: int = 4) -> NDArray[np.uint8]:
    return decode_jpeg(scan(page, ScanPlan(seed=seed, dpi=DPI, noise=1.0)).jpeg).copy()


def pixels(mm: float) -> int:
    return round(mm * PER_MM)


def read(image: NDArray[np.uint8]) -> PageReading | Rejection:
    return read_page(np.ascontiguousarray(image), printed_ballot(FORM))


def turned(image: NDArray[np.uint8], *, is_upside_down: bool) -> NDArray[np.uint8]:
    return image[::-1, ::-1] if is_upside_down else image


@pytest.mark.parametrize("is_upside_down", [False, True])
@pytest.mark.parametrize("page", [FIRST, LAST])
def test_half_a_page_is_refused_though_all_its_rows_are_there(
    page: int, *, is_upside_down: bool
) -> None:
    image = sheet(page)
    bare = slice(pixels(115)) if page == FIRST else slice(pixels(200), None)
    image[bare] = BARE

    assert read(turned(image, is_upside_down=is_upside_down)) is Rejection.NOT_WHOLE


def test_half_a_page_is_refused_over_specks_of_dirt() -> None:
    image = sheet(FIRST)
    head = image[: pixels(115)]
    head[:] = BARE
    for x, y in np.random.default_rng(1).uniform(0, head.shape, (60, 2)).astype(int):
        cv2.circle(head, (int(y), int(x)), pixels(0.3), 60, -1)

    assert read(image) is Rejection.NOT_WHOLE


def test_a_sheet_whose_foot_lies_beyond_a_letter_glass_is_read() -> None:
    image = sheet(LAST)[: pixels(279.4)]

    assert isinstance(read(image), PageReading)


@pytest.mark.parametrize("page", [FIRST, MIDDLE, LAST])
@pytest.mark.parametrize("rims", [(0, 14), (14, 0)])
def test_a_copy_with_rims_as_wide_as_its_squares_is_read(
    page: int, rims: tuple[float, float]
) -> None:
    image = sheet(page)
    above, below = map(pixels, rims)
    image[:above] = BARE
    image[image.shape[0] - below :] = BARE

    assert isinstance(read(image), PageReading)


def slipped(*, by: float, over: float = 0) -> NDArray[np.uint8]:
    """Return a sheet that lies so many mm below the end of another, in a scan.

    The scan is longer than a sheet by ``over`` mm.
    """
    image, other = sheet(FIRST), sheet(MIDDLE, seed=5)
    both = np.concatenate([other[: pixels(by)], image])
    both[pixels(by) : pixels(by) + 2] = 170  # the shadow of the edge
    return both[: image.shape[0] + pixels(over)]


@pytest.mark.parametrize("is_upside_down", [False, True])
@pytest.mark.parametrize(("by", "over"), [(15, 0), (17, 0), (21, 0), (25, 25)])
def test_a_strip_of_another_sheet_beyond_its_end_is_refused(
    by: float, over: float, *, is_upside_down: bool
) -> None:
    image = slipped(by=by, over=over)

    assert read(turned(image, is_upside_down=is_upside_down)) is Rejection.TWO_SHEETS


def test_a_dark_square_on_the_margin_of_a_sheet_is_not_another_sheet() -> None:
    image = sheet(MIDDLE)
    image[pixels(30) : pixels(36), pixels(0.5) : pixels(6.5)] = 40
    image[pixels(1) : pixels(7), pixels(60) : pixels(66)] = 40

    assert isinstance(read(image), PageReading)


@pytest.mark.parametrize("lid", [10, 190])
def test_a_dark_lid_that_shows_beside_a_sheet_is_not_another_sheet(lid: int) -> None:
    image = sheet(MIDDLE)
    shown = np.full((image.shape[0] + pixels(20), image.shape[1] + pixels(14)), BARE)
    shown[: image.shape[0], : image.shape[1]] = image
    shown[: pixels(12), -pixels(6) :] = lid
    shown[-pixels(7) :, : pixels(6)] = lid
    shown[-pixels(6) :, -pixels(6) :] = lid

    assert isinstance(read(shown.astype(np.uint8)), PageReading)


@pytest.mark.parametrize("aside", [-1.9, -0.8, 0.8, 1.4, 3.0])
def test_two_sheets_that_meet_aside_of_each_other_are_refused(aside: float) -> None:
    image, other = sheet(MIDDLE), sheet(MIDDLE, seed=5)
    meet = pixels(150)
    image[meet:] = np.roll(other, pixels(aside), axis=1)[meet:]

    assert read(image) is Rejection.TWO_SHEETS


@pytest.mark.parametrize("aside", [0.8, 1.4])
def test_a_sheet_that_wandered_aside_in_its_feeder_is_read(aside: float) -> None:
    image = sheet(MIDDLE)
    down, across = np.indices(image.shape, np.float32)
    wander = aside * PER_MM * np.sin(down / image.shape[0] * 2 * np.pi)
    from_x = np.asarray(across + wander, np.float32)
    from_y = np.asarray(down, np.float32)
    pulled = cv2.remap(image, from_x, from_y, cv2.INTER_LINEAR, borderValue=BARE)

    assert isinstance(read(np.asarray(pulled, np.uint8)), PageReading)
