"""Handwriting away from the rows sends the sheet to people; dirt there does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, scan

from kecan.paper_ballot.align import PageRejectedError
from kecan.paper_ballot.decisions import NeedsReview, Reason
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.kept_pages import page_snippet
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.paper_ballot.snippets import question_picture
from kecan.sample.scan_troubles import Trouble
from kecan.sample.scans import Hand, ScanPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAN = ScanPlan(seed=5, skew=0.4, hands=(Hand.CROSS,))
PER_MM = 200 / 25.4


def read(image: NDArray[np.uint8]) -> PageReading:
    reading = read_page(image, printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return reading


def is_written_on(reading: PageReading) -> bool:
    return NeedsReview(reason=Reason.WRITTEN_OUTSIDE) in reading.decisions


def drawn(
    points: NDArray[np.float64], *, width: float, dark: float
) -> NDArray[np.uint8]:
    """Return the second page with a stroke through places in mm."""
    image = decode_jpeg(scan(1, PLAN).jpeg).copy()
    pixels = read(image).found.paper.pixels(points)
    ink = np.zeros(image.shape, np.uint8)
    shape = np.rint(pixels).astype(np.int32).reshape(-1, 1, 2)
    thick = max(1, round(width * PER_MM))
    cv2.polylines(ink, [shape], isClosed=False, color=255, thickness=thick)
    return np.asarray(
        np.rint(image * (1 - ink.astype(np.float32) / 255 * dark)), np.uint8
    )


def word(x: float, y: float) -> NDArray[np.float64]:
    """Return the places of a word of 14 mm."""
    along = np.arange(41.0)
    return np.column_stack([x + 0.35 * along, y + 1.6 * np.sin(0.9 * along)])


def test_initials_squeezed_in_beside_the_table_send_the_sheet_to_people() -> None:
    row = printed_ballot(FORM).layouts[0].pages[1].rows[3].rectangle
    along = np.arange(6.0)
    down = np.where(along % 2, 2.2, -2.2) + row.y
    initials = np.column_stack([row.right + 1.1 + 0.8 * along, down])

    image = drawn(initials, width=0.5, dark=0.7)

    assert is_written_on(read(image))


@pytest.mark.parametrize("off", [-2.6, -2.0])
def test_a_tick_in_the_margin_beside_a_row_sends_the_sheet_to_people(
    off: float,
) -> None:
    area = printed_ballot(FORM).layouts[0].pages[1].rows[3].rectangle
    tick = np.array([(-1.6, 0.2), (-0.5, 1.7), (2.0, -2.2)])
    tick += (area.x + off, area.y)

    assert is_written_on(read(drawn(tick, width=0.5, dark=0.8)))


def test_a_word_of_a_felt_pen_is_no_blot() -> None:
    letters = [(0, 0), (1.2, 5), (3, 0.5), (4.2, 5), (7, 0), (7.2, 5), (7, 2), (10, 5)]
    felt = np.add(letters, (100.0, 272.0))

    assert is_written_on(read(drawn(felt, width=1.6, dark=0.9)))


@pytest.mark.parametrize("place", [(100, 275.0), (130, 15.0)])
@pytest.mark.parametrize("pen", [(0.5, 0.8), (0.5, 0.35)])
def test_a_word_away_from_the_rows_sends_the_sheet_to_people(
    place: tuple[float, float], pen: tuple[float, float]
) -> None:
    image = drawn(word(*place), width=pen[0], dark=pen[1])

    assert is_written_on(read(image))


@pytest.mark.parametrize(
    ("points", "width", "dark"),
    [
        (np.array([(100.0, 275.0), (100.2, 275.0)]), 0.8, 0.9),
        (np.array([(12.0, 150.0), (12.1, 150.0)]), 6.0, 0.9),
        (np.array([(14.0, 12.0), (23.0, 16.0)]), 0.6, 0.8),
        (np.array([(130.0, 275.0), (130.1, 275.0)]), 6.0, 0.9),
    ],
    ids=["dust", "punch", "staple", "blot"],
)
def test_dirt_away_from_the_rows_calls_nobody(
    points: NDArray[np.float64], width: float, dark: float
) -> None:
    assert not is_written_on(read(drawn(points, width=width, dark=dark)))


def sealed(image: NDArray[np.uint8], *, at: tuple[float, float]) -> NDArray[np.uint8]:
    """Return a page with a seal over a place in mm: two rings, a star, letters."""
    x, y = np.rint(read(image).found.paper.pixels(np.array([at]))[0]).astype(int)
    ink = np.zeros(image.shape, np.uint8)
    for radius, thick in ((17.0, 0.8), (11.0, 0.4)):
        size, wide = (round(length * PER_MM) for length in (radius, thick))
        cv2.circle(ink, (x, y), size, 255, wide)
    turns = np.arange(10) * np.pi / 5
    far = np.where(np.arange(10) % 2, 2.2, 5.0) * PER_MM
    star = np.column_stack([x + far * np.sin(turns), y + 30 - far * np.cos(turns)])
    cv2.fillPoly(ink, [np.rint(star).astype(np.int32)], 255)
    start, face = (int(x) - 90, int(y) - 10), cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(ink, "HUYEN UY AN BINH", start, face, 0.7, 255, 3)
    return np.asarray(np.rint(image * (1 - ink / 255 * 0.6)), np.uint8)


@pytest.mark.parametrize("place", [(60.0, 27.0), (45.0, 22.0), (120.0, 25.0)])
def test_a_seal_over_the_head_of_a_page_calls_nobody(
    place: tuple[float, float],
) -> None:
    image = decode_jpeg(scan(1, PLAN).jpeg)

    assert not is_written_on(read(sealed(image, at=place)))


def test_a_word_beside_a_seal_sends_the_sheet_to_people() -> None:
    image = drawn(word(130, 15.0), width=0.5, dark=0.8)

    assert is_written_on(read(sealed(image, at=(60.0, 27.0))))


@pytest.mark.parametrize("seed", [31, 34, 40, 47])
def test_a_slanted_streak_between_the_print_is_no_handwriting(seed: int) -> None:
    plan = ScanPlan(seed=seed, skew=1.4, troubles=(Trouble.STREAK,))

    assert not is_written_on(read(decode_jpeg(scan(2, plan).jpeg)))


def test_people_see_the_writing_and_not_the_row_of_the_box_that_stands_for_it() -> None:
    image = drawn(word(100, 275.0), width=0.5, dark=0.8)
    reading = read(image)

    asked = question_picture(image, reading, box=0)
    usual = question_picture(image, reading, box=1)

    assert reading.written_at is not None
    assert reading.written_at.overlaps(rectangle(100, 273.5, 14, 3))
    assert rectangle(96, 270, 22, 10).holds(reading.written_at)
    assert len(asked) > 3 * len(usual)
    reds = np.argwhere((asked[..., 2] > 200) & (asked[..., 0] < 60))
    assert reds[:, 0].max() / len(asked) * 297 == pytest.approx(279, abs=3)


def test_a_kept_page_is_shown_whole_where_somebody_wrote_on_it() -> None:
    written = drawn(word(100, 275.0), width=0.5, dark=0.8)
    plain = decode_jpeg(scan(1, PLAN).jpeg)

    whole, row = (
        decode_jpeg(page_snippet(FORM, bytes(cv2.imencode(".jpg", one)[1]), box=0))
        for one in (written, plain)
    )

    assert len(whole) > 3 * len(row)
    with pytest.raises(PageRejectedError):
        page_snippet(FORM, bytes(cv2.imencode(".jpg", written * 0 + 255)[1]), box=0)
