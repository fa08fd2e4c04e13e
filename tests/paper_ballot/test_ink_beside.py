"""Ink beside a box is a pen's; the rim of its own frame is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kecan.paper_ballot import marks
from kecan.paper_ballot.frames import CORE
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.sampling import STEP


@pytest.mark.parametrize(("samples", "is_ink"), [(1, False), (2, True)])
def test_what_is_one_sample_thin_beside_a_frame_is_its_rim(
    samples: int, *, is_ink: bool
) -> None:
    side = round(2 * CORE / STEP)
    dark = np.full((1, side, side), PAPER, np.uint8)
    first, high = round((CORE + 2.9) / STEP), slice(side // 2 - 18, side // 2 + 18)
    dark[0, high, first : first + samples] = PAPER + SOLID // 3

    (ink,) = marks._measured(dark, np.ones(1))  # noqa: SLF001  one box, not a page

    assert (ink.loose > 0) is is_ink


@pytest.mark.parametrize(
    ("begins", "ends", "is_ink"),
    [(3.9, 7.0, True), (2.0, 7.0, False), (3.9, 4.8, False)],
)
def test_what_runs_on_out_of_sight_in_line_with_a_stroke_is_beside_the_box(
    begins: float, ends: float, *, is_ink: bool
) -> None:
    side = round(2 * CORE / STEP)
    dark = np.full((1, side, side), PAPER, np.uint8)
    for start, end in ((-1.5, 3.3), (begins, ends)):
        at = [
            round((CORE + sign * mm) / STEP) for mm in (start, end) for sign in (1, -1)
        ]
        cv2.line(dark[0], at[:2], at[2:], PAPER + SOLID, 4)

    (ink,) = marks._measured(dark, np.ones(1))  # noqa: SLF001  one box, not a page

    assert (ink.loose > 0) is is_ink
