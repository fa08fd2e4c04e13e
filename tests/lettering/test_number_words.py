"""Numbers, days and shares read as a Vietnamese clerk writes them."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.documents.numerals import letter, roman
from kecan.lettering.number_words import (
    day_in_words,
    day_of_paper,
    decimal,
    figures_and_words,
    in_words,
    percent,
    time_of_day,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (45, "bốn mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (555, "năm trăm năm mươi lăm"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (1015, "một nghìn không trăm mười lăm"),
        (2022, "hai nghìn không trăm hai mươi hai"),
        (3321, "ba nghìn ba trăm hai mươi mốt"),
        (21_000, "hai mươi mốt nghìn"),
        (120_000, "một trăm hai mươi nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (2_000_000_000, "hai tỷ"),
    ],
)
def test_a_number_is_read_as_people_say_it(number: int, words: str) -> None:
    assert in_words(number) == words


def test_the_southern_word_for_an_empty_ten_can_be_chosen() -> None:
    assert in_words(207, linking="lẻ") == "hai trăm lẻ bảy"


@pytest.mark.parametrize("number", [-1, 10**12])
def test_a_number_without_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        in_words(number)


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_different_numbers_have_different_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


def test_figures_stand_before_their_words() -> None:
    assert figures_and_words(45, of="phiếu") == "45 phiếu (bốn mươi lăm phiếu)"
    assert figures_and_words(3) == "3 (ba)"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 5, 10), "ngày 10 tháng 5 năm 2022"),
        (date(2018, 2, 20), "ngày 20 tháng 02 năm 2018"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2021, 3, 9), "ngày 09 tháng 3 năm 2021"),
        (date(2021, 12, 27), "ngày 27 tháng 12 năm 2021"),
    ],
)
def test_the_day_of_a_paper_pads_days_to_nine_and_two_months(
    day: date, written: str
) -> None:
    assert day_of_paper(day) == written


def test_a_day_can_stand_wholly_in_words() -> None:
    may, april = date(2022, 5, 10), date(2025, 4, 21)

    assert day_in_words(may) == (
        "ngày mùng mười tháng năm năm hai nghìn không trăm hai mươi hai"
    )
    assert day_in_words(april) == (
        "ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi lăm"
    )


def test_the_time_has_two_figures_of_minutes() -> None:
    assert time_of_day(time(8, 5)) == "8 giờ 05 phút"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (26, 44, "59,09%"),
        (2, 3, "66,67%"),
        (1, 3, "33,33%"),
        (1, 8, "12,50%"),
        (1, 800, "0,13%"),
        (0, 9, "0,00%"),
        (91, 91, "100,00%"),
        (0, 0, "-"),
    ],
)
def test_a_share_has_two_decimals_and_a_comma(
    part: int, whole: int, written: str
) -> None:
    assert percent(part, whole) == written


@pytest.mark.parametrize(
    ("value", "over", "written"),
    [
        (Fraction(1), 1, "1"),
        (Fraction(3, 2), 1, "1,5"),
        (61, 43, "1,42"),
        (198, 100, "1,98"),
        (1999, 1000, "2"),
        (Fraction(10), 1, "10"),
    ],
)
def test_a_ratio_drops_zeros_it_does_not_need(
    value: Fraction | int, over: int, written: str
) -> None:
    assert decimal(value, over=over) == written


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX")]
)
def test_groups_are_numbered_in_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_parts_are_lettered_without_the_letters_vietnamese_lacks() -> None:
    assert [letter(n) for n in (1, 2, 9, 10)] == ["A", "B", "I", "K"]


def test_a_place_without_numeral_or_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="numeral"):
        roman(0)
    with pytest.raises(ValueError, match="letter"):
        letter(0)
