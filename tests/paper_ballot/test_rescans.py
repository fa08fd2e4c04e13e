"""A sheet scanned twice is noticed by where its strokes run, however few they are."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, blanks, scan

from kecan.paper_ballot.batch import PageRecord
from kecan.paper_ballot.marks import CELLS
from kecan.paper_ballot.page_strokes import packed_strokes
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.rescans import alike_pairs
from kecan.paper_ballot.scans import ScanPlace, decode_jpeg
from kecan.sample.scans import Hand, ScanPlan, draw_mark

if TYPE_CHECKING:
    from numpy.typing import NDArray

AGAIN = {"dpi": 300, "skew": -2.0, "quality": 50, "is_upside_down": True}


def record(number: int, signature: bytes) -> PageRecord:
    return PageRecord(
        place=ScanPlace(path=f"{number}.jpg"),
        digest=str(number),
        style="normal",
        page=1,
        strokes=packed_strokes(signature),
    )


def signature(jpeg: bytes) -> bytes:
    reading = read_page(decode_jpeg(jpeg), printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    assert np.frombuffer(reading.signature, np.uint8).any()
    return reading.signature


@cache
def like_minded(hand: Hand, voter: int, *, is_again: bool) -> bytes:
    """Return what is kept of a sheet with three marks in the same three boxes."""
    generator = np.random.default_rng(voter)
    page = printed_ballot(FORM).layouts[0].pages[1]
    ink = np.zeros(blanks()[1].shape, np.uint8)
    off = generator.normal(0, 0.3, 2)
    for box in page.boxes[2:8:2]:
        x, y = np.add(box.rectangle.centre, off)
        draw_mark(ink, (float(x), float(y)), hand, (220, 0.5), generator)
    sheet = blanks()[1] * (1 - cv2.GaussianBlur(ink, (0, 0), 0.7) / 255)
    turned = np.rot90(sheet, 2) if is_again else sheet
    grain = generator.normal(0, 3, sheet.shape) + (0 if is_again else 4)
    image = np.clip(turned * (0.9 if is_again else 1) + grain, 0, 255).astype(np.uint8)
    quality = [cv2.IMWRITE_JPEG_QUALITY, 50 if is_again else 85]
    return signature(cv2.imencode(".jpg", image, quality)[1].tobytes())


def test_a_sheet_scanned_again_otherwise_is_known_by_its_ink() -> None:
    plans = [
        ScanPlan(seed=3),
        ScanPlan(seed=3, contrast=0.7, **AGAIN),  # type: ignore[arg-type]
        ScanPlan(seed=8),
        ScanPlan(seed=9),
    ]
    records = [
        record(number, signature(scan(1, plan).jpeg))
        for number, plan in enumerate(plans)
    ]

    assert alike_pairs(records) == {("0", "1")}


@pytest.mark.parametrize("hand", [Hand.SLASH, Hand.TICK, Hand.FILL])
def test_three_marks_are_enough_to_know_a_sheet_among_the_like_minded(
    hand: Hand,
) -> None:
    voters = [like_minded(hand, voter, is_again=False) for voter in range(8)]
    again = like_minded(hand, 5, is_again=True)
    records = [record(number, one) for number, one in enumerate([*voters, again])]

    assert alike_pairs(records) == {("5", "8")}


def test_two_sheets_without_a_mark_are_no_pair() -> None:
    nothing = bytes(CELLS * CELLS * 4)

    assert alike_pairs([record(1, nothing), record(2, nothing)]) == set()


def test_a_second_scan_is_noticed_though_paler_and_a_third_of_a_cell_off() -> None:
    """Two scans of one sheet differ in exposure and by less than a cell of place."""
    generator = np.random.default_rng(7)
    sheets = np.zeros((6, 30, CELLS, CELLS))
    for sheet in sheets:
        for box in np.flatnonzero(generator.random(30) < 0.5):
            down, across = generator.integers(6, CELLS - 14, 2)
            sheet[box, down : down + 2, across : across + 8] = 1
    right = 0.7 * sheets[2] + 0.3 * np.roll(sheets[2], 1, axis=2)
    again = (0.6 * right + 0.4 * np.roll(right, 1, axis=1)) * 0.8
    inks = [*(sheets * 255), again * 255]
    records = [
        record(number, ink.astype(np.uint8).tobytes())
        for number, ink in enumerate(inks)
    ]

    assert alike_pairs(records) == {("2", "6")}


def strokes(*places: tuple[int, int, int], long: int = 8) -> NDArray[np.uint8]:
    """Return boxes with level strokes at (box, cells down, cells across)."""
    ink = np.zeros((14, CELLS, CELLS), np.uint8)
    for box, down, across in places:
        ink[box, down : down + 2, across : across + long] = 255
    return ink


def pairs_of(*sheets: NDArray[np.uint8]) -> set[tuple[str, str]]:
    records = [record(number, ink.tobytes()) for number, ink in enumerate(sheets)]
    return alike_pairs(records)


IN_COMMON = tuple((box, 6 + box % 3 * 4, 7) for box in range(10))


def neat_voter(number: int) -> NDArray[np.uint8]:
    """Return ten strokes that all neat voters draw alike, and two of their own."""
    return strokes(*IN_COMMON, *((box, 5 + 3 * number, 7) for box in (10, 11)))


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_pages_are_asked_of_that_are_alike_as_no_others_are(count: int) -> None:
    """Three may be scans of one sheet; a habit that many share tells none apart."""
    found = pairs_of(*(neat_voter(number) for number in range(count)))

    every = set(combinations(map(str, range(count)), 2))
    assert found == (every if count <= 3 else set())


def test_among_voters_who_mark_alike_the_sheet_scanned_again_is_known() -> None:
    voters = [neat_voter(number) for number in range(5)]

    assert pairs_of(*voters, neat_voter(2)) == {("2", "5")}


def test_a_page_with_one_mark_more_is_another_sheet() -> None:
    assert pairs_of(strokes(*IN_COMMON), strokes(*IN_COMMON, (12, 8, 7))) == set()


def test_a_dot_is_like_another_and_a_single_stroke_is_not() -> None:
    dot, stroke = strokes((3, 10, 8), long=4), strokes((3, 10, 6), long=12)

    assert pairs_of(dot, dot) == set()
    assert pairs_of(stroke, stroke) == {("0", "1")}


def test_in_a_stack_of_hundreds_a_sheet_is_known_wherever_it_comes_again() -> None:
    generator = np.random.default_rng(11)
    places = generator.integers(4, 16, (300, 7, 2)).tolist()
    sheets = [
        strokes(*((box, down, across - 1) for box, (down, across) in enumerate(page)))
        for page in places
    ]
    sheets[280], sheets[299] = sheets[3], sheets[270]

    found = pairs_of(*sheets)

    assert found == {("280", "3"), ("270", "299")}
