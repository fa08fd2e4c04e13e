"""What a scan shows over its print is measured of many rows at once, as of each alone."""

from __future__ import annotations

import numpy as np

from kecan.paper_ballot.overprint import most_added


def test_rows_of_any_sizes_are_measured_each_by_itself() -> None:
    generator = np.random.default_rng(7)
    shapes = [(18, 140), (18, 140), (24, 140), (18, 90), (18, 140)]
    pieces = [generator.normal(0, 0.1, shape).astype(np.float32) for shape in shapes]

    together = most_added(pieces)

    assert together == [most_added([piece])[0] for piece in pieces]
    assert len({one.small for one in together}) == len(pieces)
    assert most_added([]) == []


def test_a_mark_adds_its_darkness_to_its_own_row_only() -> None:
    clean = np.zeros((18, 140), np.float32)
    marked = clean.copy()
    marked[4:14, 60:66] = 0.5

    without, found = most_added([clean, marked])

    assert not any(without)
    assert found.small == found.wide == np.float32(0.5)
    assert 0 < found.line < 0.5  # a line is longer than the mark
