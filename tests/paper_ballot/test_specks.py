"""Ink that hangs together is added up dot by dot, as OpenCV does over all places."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kecan.paper_ballot.specks import find_specks


@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(1, 30),
    columns=st.integers(1, 30),
    share=st.floats(0, 1),
)
def test_specks_are_those_opencv_finds(
    seed: int, rows: int, columns: int, share: float
) -> None:
    ink = np.random.default_rng(seed).random((rows, columns)) < share

    found = find_specks(ink)

    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        ink.astype(np.uint8), connectivity=8
    )
    assert found.count == count - 1
    assert found.dots.tolist() == np.flatnonzero(ink).tolist()
    theirs = np.zeros(found.count, np.int64)  # the same specks, otherwise numbered
    theirs[found.names] = labels.ravel()[found.dots]
    assert (labels.ravel()[found.dots] == theirs[found.names]).all()
    assert sorted(theirs.tolist()) == list(range(1, count))
    assert found.sums().tolist() == stats[theirs, cv2.CC_STAT_AREA].tolist()
    sides = stats[theirs][:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)]
    assert found.sides().tolist() == sides.tolist()


def test_a_clean_picture_has_no_specks() -> None:
    found = find_specks(np.zeros((4, 5), np.bool_))

    assert found.count == 0
    assert found.sums().tolist() == []
    assert found.sides().shape == (0, 2)
