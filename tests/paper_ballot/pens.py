"""A page, its reading, and strokes that a pen adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from tests.paper_ballot.ballots import FORM, blanks, scan

from kecan.paper_ballot.decisions import Empty, NeedsReview, Reason
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg
from kecan.sample.scans import Hand, ScanPlan, draw_stroke

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAN = ScanPlan(seed=5, skew=0.4, hands=(Hand.CROSS,))
PER_MM = 200 / 25.4


def page(plan: ScanPlan = PLAN) -> NDArray[np.uint8]:
    return decode_jpeg(scan(1, plan).jpeg).copy()


def read(image: NDArray[np.uint8]) -> PageReading:
    reading = read_page(image, printed_ballot(FORM))
    assert isinstance(reading, PageReading)
    return reading


def reasons(reading: PageReading) -> set[Reason]:
    return {one.reason for one in reading.decisions if isinstance(one, NeedsReview)}


def place(reading: PageReading, x: float, y: float) -> tuple[float, float]:
    """Return the pixel of a place on paper in mm."""
    across, down = reading.found.paper.pixels(np.array([[x, y]], np.float64))[0]
    return float(across), float(down)


def darkened(image: NDArray[np.uint8], shade: NDArray[Any]) -> NDArray[np.uint8]:
    return np.asarray(np.rint(image * (1 - shade)), np.uint8)


def with_stroke(
    image: NDArray[np.uint8], reading: PageReading, points: list[tuple[float, float]]
) -> PageReading:
    """Read a page again with a pen's stroke between places on paper in mm."""
    ink = np.zeros(blanks()[1].shape, np.uint8)
    draw_stroke(ink, points, strength=200, width=0.45)
    to_scan = reading.found.paper.homography @ np.diag([25.4 / 240, 25.4 / 240, 1])
    on_scan = cv2.warpPerspective(ink, to_scan, image.shape[::-1])
    return read(darkened(image, on_scan.astype(np.float32) / 255))


def empty_line(reading: PageReading) -> int:
    """Return the first box of a line without a mark."""
    pairs = zip(reading.decisions[::2], reading.decisions[1::2], strict=True)
    return 2 * list(pairs).index((Empty(), Empty()))


def stroke(
    image: NDArray[np.uint8],
    reading: PageReading,
    points: list[tuple[float, float]],
    *,
    width: float = 0.5,
    dark: float = 0.8,
) -> NDArray[np.uint8]:
    """Return the page with a stroke through places in mm."""
    pixels = reading.found.paper.pixels(np.array(points, np.float64))
    mask = np.zeros((image.shape[0] * 4, image.shape[1] * 4), np.uint8)
    at = np.rint(pixels * 4).astype(np.int32)
    cv2.polylines(
        mask, [at], False, 255, max(1, round(width * image.shape[1] / 210 * 4))
    )
    small = cv2.resize(mask, image.shape[::-1], interpolation=cv2.INTER_AREA)
    return darkened(image, small.astype(np.float32) / 255 * dark)
