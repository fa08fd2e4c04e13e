"""Names are found without accents and sorted by given name, as officials do."""

from __future__ import annotations

import unicodedata

import pytest

from kecan.lettering.names import fold_for_search, sort_key


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đặng Thị Ước", "dang thi uoc"),
        ("NGUYỄN  VĂN HOÀ", "nguyen van hoa"),
        ("Nguyễn Văn Hòa", "nguyen van hoa"),
        (unicodedata.normalize("NFD", "Lê Thị Mỹ Lệ"), "le thi my le"),
        ("", ""),
    ],
)
def test_search_ignores_accents_case_and_spaces(written: str, folded: str) -> None:
    assert fold_for_search(written) == folded


def test_people_are_sorted_by_given_name_first() -> None:
    names = ["Nguyễn Văn Bình", "Trần Thị An", "Lê Đức Cảnh"]

    assert sorted(names, key=sort_key) == [
        "Trần Thị An",
        "Nguyễn Văn Bình",
        "Lê Đức Cảnh",
    ]


def test_letters_follow_the_vietnamese_alphabet() -> None:
    names = ["Ưng", "Uyên", "Đông", "Dũng", "Ân", "Ăn", "An", "Ơn", "Ông", "Oanh"]

    assert sorted(names, key=sort_key) == [
        "An", "Ăn", "Ân", "Dũng", "Đông", "Oanh", "Ông", "Ơn", "Uyên", "Ưng",
    ]  # fmt: skip


def test_tones_follow_level_falling_asking_tumbling_rising_heavy() -> None:
    names = ["Mạ", "Má", "Mã", "Mả", "Mà", "Ma"]

    assert sorted(names, key=sort_key) == ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]


def test_letters_count_before_tones() -> None:
    assert sort_key("Hoà") < sort_key("Hoai")


def test_the_same_given_name_is_sorted_by_the_rest() -> None:
    names = ["Trần Văn An", "Đỗ Văn An", "Dương Văn An", "An"]

    assert sorted(names, key=sort_key) == [
        "An", "Dương Văn An", "Đỗ Văn An", "Trần Văn An",
    ]  # fmt: skip


def test_old_and_new_tone_placement_sort_together() -> None:
    assert sort_key("Nguyễn Hòa") == sort_key("Nguyễn Hoà")


def test_the_key_of_the_longest_name_fits_its_column() -> None:
    key = sort_key(" ".join(["Nguyễn"] * 17))

    assert len(key) <= 400
    assert key.isdigit()
