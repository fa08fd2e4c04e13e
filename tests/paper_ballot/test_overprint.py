"""What a scan shows over its print is measured of many rows at once, as of each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.overprint import (
    MostAdded,
    are_overwritten,
    least_added,
    most_added,
    uneven_gain,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_rows_of_any_sizes_are_measured_each_by_itself() -> None:
    generator = np.random.default_rng(7)
    shapes = [(18, 140), (18, 140), (24, 140), (18, 90), (18, 140)]
    pieces = [generator.normal(0, 0.1, shape).astype(np.float32) for shape in shapes]

    together = _added(pieces)

    assert together == [_added([piece])[0] for piece in pieces]
    assert len({one.small for one in together}) == len(pieces)
    assert most_added(pieces[0], []) == []


def _added(pieces: list[NDArray[np.float32]]) -> list[MostAdded]:
    """Return the most that is added to each of some pieces that stand on one page."""
    page = np.full((sum(map(len, pieces)), 150), 9, np.float32)
    parts, top = [], 0
    for piece in pieces:
        parts.append((slice(top, top + len(piece)), slice(5, 5 + piece.shape[1])))
        page[parts[-1]] = piece
        top += len(piece)
    return most_added(page, parts)


def test_a_mark_adds_its_darkness_to_its_own_row_only() -> None:
    clean = np.zeros((18, 140), np.float32)
    marked = clean.copy()
    marked[4:14, 60:66] = 0.5

    without, found = _added([clean, marked])

    assert not any(without)
    assert found.small == found.wide == np.float32(0.5)
    assert 0 < found.line < 0.5  # a line is longer than the mark


def _printed_rows() -> list[NDArray[np.float32]]:
    """Return rows with a bold name on the left and a light post on the right."""
    generator = np.random.default_rng(7)
    rows = []
    for _ in range(9):
        row = np.zeros((18, 140), np.float32)
        row[5:13, 12:45] = generator.uniform(0.3, 0.6, (8, 33))
        row[5:13, 55:120] = generator.uniform(0.05, 0.25, (8, 65))
        rows.append(row)
    return rows


def _thinned(row: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a row as a pale copier leaves it: light letters lose most."""
    return np.asarray(row * np.where(row > 0.28, 0.9, 0.35), np.float32)


def _overwritten(
    shown: list[NDArray[np.float32]], drawn: list[NDArray[np.float32]]
) -> list[bool]:
    added = _added([one - other for one, other in zip(shown, drawn, strict=True)])
    return are_overwritten(shown, drawn, added=added, caution=1.0)


def _asked(
    shown: list[NDArray[np.float32]], printed: list[NDArray[np.float32]]
) -> tuple[list[bool], list[bool]]:
    """Return which rows seem struck by the page's print as a whole, and by its parts."""
    usual = float(np.sum(shown) / np.sum(printed))
    even = [usual * row for row in printed]
    gains = uneven_gain(shown, printed, usual=usual)
    uneven = [row * gain for row, gain in zip(printed, gains, strict=True)]
    return _overwritten(shown, even), _overwritten(shown, uneven)


def test_bold_letters_of_a_copy_that_lost_its_light_ones_are_no_strokes() -> None:
    printed = _printed_rows()

    even, uneven = _asked([_thinned(row) for row in printed], printed)

    assert all(even)
    assert not any(uneven)


def test_a_band_that_a_worn_drum_pales_makes_no_strokes_beside_it() -> None:
    printed = _printed_rows()
    kept = np.where(np.arange(140) < 56, 1.0, 0.25).astype(np.float32)

    even, uneven = _asked([row * kept for row in printed], printed)

    assert all(even)
    assert not any(uneven)


def test_a_name_struck_on_such_a_copy_is_seen_and_all_of_them_are() -> None:
    printed = _printed_rows()
    copied = [_thinned(row) for row in printed]
    struck = [row.copy() for row in copied]
    for row in struck:
        row[8:10, 14:44] = np.maximum(row[8:10, 14:44], 0) + 0.45

    _, one = _asked([struck[0], *copied[1:]], printed)
    _, every = _asked(struck, printed)

    assert one == [True] + [False] * 8
    assert all(every)


def test_rows_without_print_come_out_as_usual() -> None:
    printed = [np.zeros((18, 140), np.float32)]

    (gain,) = uneven_gain(printed, printed, usual=0.8)

    assert np.allclose(gain, 0.8)


def test_what_a_mark_adds_is_measured_by_the_plainest_rows_of_its_page() -> None:
    plain = MostAdded(small=0.07, wide=0.03, line=0.1)
    ticked = MostAdded(small=0.2, wide=0.09, line=0.1)

    least = least_added([plain] * 3 + [ticked] * 7)

    assert plain.small < least.small < ticked.small
    assert plain.wide < least.wide < ticked.wide
    assert least == least_added([plain] * 10)


def test_a_page_without_rows_has_the_levels_of_a_clean_one() -> None:
    clean = MostAdded(small=0.0, wide=0.0, line=0.0)

    assert least_added([]) == least_added([clean])


def test_a_stroke_between_two_lines_of_a_name_is_over_the_row() -> None:
    drawn = np.zeros((18, 140), np.float32)
    drawn[4:8, 12:45] = drawn[9:13, 12:45] = 0.55  # what a level line may be taken for
    struck = drawn.copy()
    struck[8, 14:34] += 0.25
    shown = [drawn, drawn, struck, drawn]
    added = _added([one - drawn for one in shown])

    found = are_overwritten(shown, [drawn] * 4, added=added, caution=1.0)

    assert found == [False, False, True, False]


def test_print_that_comes_out_as_uneven_in_every_row_is_over_none() -> None:
    added = [MostAdded(small=0.1, wide=0.04, line=line) for line in (0.2, 0.23, 0.21)]
    rows = [np.full((18, 140), 0.3, np.float32)] * 3

    assert least_added(added).line > max(one.line for one in added)
    assert not any(are_overwritten(rows, rows, added=added, caution=1.0))
