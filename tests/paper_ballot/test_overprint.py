"""What is drawn over print is measured piece by piece, whatever sizes the pieces have."""

from __future__ import annotations

import numpy as np

from kecan.paper_ballot.overprint import most_added


def test_a_piece_as_high_as_no_other_is_measured_like_the_rest() -> None:
    low, high = np.zeros((6, 40), np.float32), np.zeros((9, 40), np.float32)
    struck = high.copy()
    struck[4:6] = 0.5

    alone, among = most_added([low, struck]), most_added([low, low, struck, high])

    assert alone[1] == among[2]
    assert alone[1].line > alone[0].line == 0
