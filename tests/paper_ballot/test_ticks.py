"""A tick is found where it lies in its window, or lost; never is another one taken."""

from __future__ import annotations

import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, scan
from tests.paper_ballot.loops import run_in_python

from kecan.paper_ballot import align, ticks
from kecan.paper_ballot.geometry import Rectangle, rectangle
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.reading import printed_ballot
from kecan.paper_ballot.scans import decode_jpeg
from kecan.paper_ballot.ticks import smoothed, tick_shifts
from kecan.sample.scans import ScanPlan

PER_MM = 8
PAPER, INK = 235, 40
TICK = rectangle(20, 30, 5, 2)
AREA = TICK.width * TICK.height
HOMOGRAPHY = np.diag([PER_MM, PER_MM, 1.0])


def page(*drawn: Rectangle, ink: int = INK) -> ScanImage:
    """Return a page of paper with rectangles of ink."""
    image = np.full((297 * PER_MM, 210 * PER_MM), PAPER, np.uint8)
    for one in drawn:
        left, right = (round(PER_MM * x) for x in (one.x, one.right))
        top, bottom = (round(PER_MM * y) for y in (one.y, one.bottom))
        image[top:bottom, left:right] = ink
    return ScanImage(image)


def shift(scanned: ScanImage, tick: Rectangle = TICK) -> list[float]:
    """Return how far a tick was found from its place, in micrometres."""
    found = tick_shifts(
        scanned, HOMOGRAPHY, middles=np.array([tick.centre]), area=AREA, ink=INK
    )
    # The middle of the first pixel is 0, and half a pixel from the edge of the paper.
    return [float(np.rint(1000 * at)) for at in found[0] + 0.5 / PER_MM]


@pytest.mark.parametrize("ink", [INK, 150])
@pytest.mark.parametrize(
    ("right", "down"), [(0.0, 0.0), (0.125, -0.125), (1.25, -2.0), (-1.875, 0.375)]
)
def test_a_tick_is_found_where_it_was_moved(
    right: float, down: float, ink: int
) -> None:
    scanned = page(TICK.moved(right=right, down=down), ink=ink)

    assert shift(scanned) == [1000 * right, 1000 * down]


def test_the_grey_of_its_rim_tells_where_a_tick_ends() -> None:
    wider = rectangle(TICK.x, TICK.y, TICK.width + 0.125, TICK.height)

    right, down = shift(page(wider))

    assert right == pytest.approx(62.5, abs=2)
    assert down == 0


def test_a_speck_and_a_long_line_beside_a_tick_leave_it_found() -> None:
    speck, line = rectangle(19, 33.5, 0.5, 0.5), rectangle(10, 28, 60, 0.5)

    assert shift(page(TICK, speck, line)) == [0, 0]


def test_a_tick_that_is_not_there_is_lost() -> None:
    assert np.isnan(shift(page())).all()


def test_a_tick_too_pale_is_lost() -> None:
    assert np.isnan(shift(page(TICK, ink=PAPER - 30))).all()


@pytest.mark.parametrize("width", [2.5, 8.0])
def test_what_is_too_small_or_too_large_is_no_tick(width: float) -> None:
    drawn = rectangle(TICK.centre[0] - width / 2, TICK.y, width, TICK.height)

    assert np.isnan(shift(page(drawn))).all()


def test_of_two_ticks_in_one_window_none_is_taken() -> None:
    scanned = page(TICK.moved(down=-1.5), TICK.moved(down=1.5))

    assert np.isnan(shift(scanned)).all()


def test_what_touches_a_tick_at_a_corner_is_no_part_of_it() -> None:
    tick = TICK.moved(right=-0.5)
    beside = rectangle(tick.right, tick.bottom, 2.25, 2.5)

    right, down = shift(page(tick, beside))

    assert right == pytest.approx(-500, abs=60)
    assert down == pytest.approx(0, abs=60)


@pytest.mark.parametrize("x", [0.5, 204.5])
@pytest.mark.parametrize("y", [0.5, 294.5])
def test_a_tick_at_the_edge_of_the_page_is_found(x: float, y: float) -> None:
    tick = rectangle(x, y, 5, 2)

    assert shift(page(tick), tick) == [0, 0]


def test_a_window_beyond_the_page_finds_nothing() -> None:
    assert np.isnan(shift(page(TICK), rectangle(260, -90, 5, 2))).all()


def test_a_homography_gone_wrong_loses_every_tick() -> None:
    nowhere = np.full((3, 3), np.nan)

    found = tick_shifts(
        page(TICK), nowhere, middles=np.array([TICK.centre] * 2), area=AREA, ink=INK
    )

    assert np.isnan(found).all()


def test_no_ticks_have_no_shifts() -> None:
    found = tick_shifts(
        page(), HOMOGRAPHY, middles=np.zeros((0, 2)), area=AREA, ink=INK
    )

    assert found.shape == (0, 2)


def test_a_lost_tick_lies_between_its_neighbours_and_an_outlier_is_dropped() -> None:
    heights = np.array([0.0, 10, 20, 30, 40])
    shifts = np.array([[0.0, 0], [1, 2], [np.nan, np.nan], [3, 9], [4, 3]])

    found = smoothed(shifts, heights)

    assert found.tolist() == [[0, 0], [1, 2], [2, 5.5], [3, 5.5], [4, 3]]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_the_compiled_loop_finds_the_ticks_that_python_finds(
    dpi: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = scan(0, ScanPlan(seed=6, dpi=dpi, skew=1.5, border=-3.0))
    image = ScanImage(decode_jpeg(made.jpeg))
    found = align.find_page(image, printed_ballot(FORM).layouts)

    def shifts() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return tick_shifts(
            image,
            found.paper.homography,
            middles=found.page.tick_middles,
            area=AREA,
            ink=found.ink,
        )

    compiled = shifts()
    run_in_python(monkeypatch, ticks)

    assert np.isfinite(compiled).mean() > 0.7
    np.testing.assert_allclose(shifts(), compiled, atol=1e-9)
