"""Text is cleaned, compared without marks, and refused in old encodings."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.workbook.text import clean, fold, legacy_encoding


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Nguyễn\u00a0 Văn   An ", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Đặng Thị Yến"), "Đặng Thị Yến"),
        ("Bí thư\u200b", "Bí thư"),
        ("dòng một \r\n  dòng hai_x000D_", "dòng một\ndòng hai"),
        ("\ufeffSTT", "STT"),
    ],
)
def test_stray_blanks_and_decomposed_letters_are_cleaned(
    typed: str, meant: str
) -> None:
    assert clean(typed) == meant


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("Ủy viên", "uỷ viên"),
        ("ĐƯỜNG  ĐẢNG", "đường Đảng"),
        ("Khen thưởng - kỷ luật", "Khen thưởng, kỷ luật"),
    ],
)
def test_spellings_of_one_thing_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "text",
    [
        "NguyÔn V¨n H¶i",
        "TrÇn ThÞ B×nh",
        "§Æng Thuú",
        "®¶ng viªn",
        "Lª Phïng",
        "tØnh uû, phßng, hïng",
    ],
)
def test_tcvn3_text_is_recognised(text: str) -> None:
    assert legacy_encoding(text) == "TCVN3 (ABC)"


@pytest.mark.parametrize(
    "text", ["Nguyeãn Vaên Haûi", "Traàn Thò Bình", "Ñaûng uûy", "Huyeän uyû"]
)
def test_vni_text_is_recognised(text: str) -> None:
    assert legacy_encoding(text) == "VNI"


@pytest.mark.parametrize("text", ["Nguyá»…n VÄƒn An", "L\ufffd", "TrÃ¢n"])
def test_unicode_opened_as_something_else_is_recognised(text: str) -> None:
    assert legacy_encoding(text) == "UTF-8 mở sai bảng mã"


@pytest.mark.parametrize(
    "text",
    [
        "Hoà",
        "Lý Thái Tông",
        "Hoàng Quân, quê Quảng Trị",
        "Nguyên soái",
        "HÀ NAM",
        "Lê Thuý Kiều",
        "quý, quà, hoè, loá, khoá, xoài",
        "Müller",
        "35 °C, 12 m², ± 5 %, § 4",
        "«Trích yếu»",
        "plain ASCII",
        "",
    ],
)
def test_good_text_is_not_taken_for_an_old_encoding(text: str) -> None:
    assert legacy_encoding(text) is None


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậ ", min_size=1))
def test_text_with_a_letter_only_unicode_has_is_never_refused(text: str) -> None:
    assert legacy_encoding(f"{text} ệ") is None
