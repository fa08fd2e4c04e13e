"""A cell shows all of its text: rows are as high as their longest cell needs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kecan.lettering.cell_room import column_width, lines_needed, row_height


def test_a_text_that_fits_takes_one_line_and_a_longer_one_more() -> None:
    assert lines_needed("Bí thư Huyện uỷ", width=20) == 1
    assert lines_needed("Bí thư Huyện uỷ", width=10) == 2
    assert lines_needed("", width=10) == 1


def test_a_line_break_starts_a_line_and_a_long_word_is_cut() -> None:
    assert lines_needed("một\nhai\nba", width=20) == 3
    assert lines_needed("a" * 50, width=20) == 3


def test_a_row_is_as_high_as_its_longest_cell_and_no_higher_than_excel_allows() -> None:
    assert row_height([("ngắn", 20), ("một hai ba bốn năm", 12)]) == 30
    assert row_height([("ngắn " * 2000, 10)]) == 409
    assert row_height([]) == 15


def test_a_column_takes_its_longest_text_between_its_bounds() -> None:
    assert column_width(["abc", "abcdefghij"], least=6, most=20) == 12
    assert column_width(["abc"], least=6, most=20) == 6
    assert column_width(["a" * 90], least=6, most=20) == 20


@given(text=st.text(alphabet="abc ữ", max_size=200), width=st.integers(3, 60))
def test_no_text_is_given_less_room_than_its_letters_take(
    text: str, width: int
) -> None:
    room = width * 1.05 - 1

    assert lines_needed(text, width=width) >= len(text.strip()) / (room + 1) - 1


@given(text=st.text(alphabet="abc ữ", max_size=80))
def test_a_column_as_wide_as_its_text_shows_it_on_one_line(text: str) -> None:
    width = column_width([text], least=3, most=200)

    assert lines_needed(text, width=width) == 1
