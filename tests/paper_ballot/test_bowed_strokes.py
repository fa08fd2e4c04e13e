"""The cross that schools teach is two bows back to back: one mark, unless something is added."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from tests.paper_ballot.pens import empty_line, page, read, stroke

from kecan.paper_ballot.bowed_strokes import bowed_cross
from kecan.paper_ballot.decisions import Marked, NeedsReview
from kecan.paper_ballot.frames import CORE
from kecan.paper_ballot.sampling import STEP
from kecan.paper_ballot.zones import ZONES
from kecan.sample.scans import Hand, ScanPlan

Points = list[tuple[float, float]]
DOWN = np.linspace(-2, 2, 60)


def bow(*, bend: float, at: float, lying: bool = False) -> Points:
    """Return a bow through a box, in mm from its middle, that is ``at`` in the middle."""
    across = at + bend * DOWN**2
    places = (DOWN, across) if lying else (across, DOWN)
    return list(zip(*(place.tolist() for place in places), strict=True))


SCHOOL_CROSS = [bow(bend=-0.5, at=0.8), bow(bend=0.55, at=-0.9)]
LYING = [bow(bend=-0.5, at=1.0, lying=True), bow(bend=0.5, at=-1.0, lying=True)]
RING = [bow(bend=-0.45, at=1.9), bow(bend=0.45, at=-1.9)]
LEVEL = [(-1.9, 0.0), (1.9, 0.2)]
UPRIGHT = [(0.0, -1.9), (-0.1, 1.9)]
TICK = [(-1.6, -0.4), (-0.4, 1.6), (1.9, -1.9)]


def explained(*strokes: Points) -> float:
    side = round(2 * CORE / STEP)
    ink = np.zeros((side, side), np.uint8)
    for points in strokes:
        at = np.rint((np.array(points) + CORE) / STEP).astype(np.int32)
        cv2.polylines(ink, [at], False, 1, 4)
    return bowed_cross((ink > 0) & ZONES.looked_at, (ZONES.inner, ZONES.inner))


@pytest.mark.parametrize("cross", [SCHOOL_CROSS, LYING])
def test_two_bows_back_to_back_are_one_cross(cross: list[Points]) -> None:
    assert explained(*cross) > 0.97
    for added in LEVEL, UPRIGHT:
        assert explained(*cross, added) < 0.97


@pytest.mark.parametrize(
    "strokes",
    [
        pytest.param(RING, id="ring"),
        pytest.param([SCHOOL_CROSS[0]], id="one bow"),
        pytest.param([SCHOOL_CROSS[0], LEVEL], id="one bow struck out"),
        pytest.param([TICK, LEVEL], id="tick struck out"),
        pytest.param([*RING, LEVEL], id="ring struck out"),
    ],
)
def test_nothing_else_is_such_a_cross(strokes: list[Points]) -> None:
    assert explained(*strokes) < 0.97


def test_two_strokes_apart_are_no_halves_of_bows() -> None:
    assert explained(bow(bend=-0.35, at=-1.2), bow(bend=0.35, at=1.2)) == 0


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_who_draws_slashes_may_cross_a_box_as_schools_teach(dpi: int) -> None:
    image = page(ScanPlan(seed=5, dpi=dpi, skew=0.4, hands=(Hand.SLASH,)))
    before = read(image)
    index = empty_line(before)
    x, y = before.found.page.boxes[index].rectangle.centre
    for points in SCHOOL_CROSS:
        image = stroke(image, before, [(x + right, y + low) for right, low in points])
    struck = stroke(image, before, [(x + right, y + low) for right, low in LEVEL])

    assert read(image).decisions[index] == Marked()
    assert isinstance(read(struck).decisions[index], NeedsReview)
