"""The layout rules are data with a source, a date and a confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kecan.documents.model import Orientation, TextRole
from kecan.documents.style_sheet import (
    STYLES,
    StyleSheetError,
    load_style_sheet,
    read_style_sheet,
    shipped_style_keys,
)
from kecan.vocabulary import Confidence

if TYPE_CHECKING:
    from pathlib import Path


def test_two_versions_are_shipped() -> None:
    assert shipped_style_keys() == ("hd-05-2026", "hd-36-2018")


@pytest.mark.parametrize(
    ("role", "size", "is_bold"),
    [
        (TextRole.MOTTO, 15, True),
        (TextRole.SUPERIOR, 14, False),
        (TextRole.ISSUER, 14, True),
        (TextRole.NUMBER, 14, False),
        (TextRole.TYPE_NAME, 16, True),
        (TextRole.ABSTRACT, 14, True),
        (TextRole.BODY, 14, False),
    ],
)
def test_sizes_follow_annex_3_of_guidance_36(
    role: TextRole,
    size: int,
    is_bold: bool,  # noqa: FBT001
) -> None:
    text = load_style_sheet("hd-36-2018").texts[role]

    assert (text.size_pt, text.is_bold) == (size, is_bold)
    assert text.source.citation.document == "36-HD/VPTW"
    assert text.source.confidence is Confidence.VERIFIED


def test_the_page_is_a4_with_margins_20_20_30_15() -> None:
    page = load_style_sheet("hd-36-2018").page(Orientation.PORTRAIT)

    assert (page.width_mm, page.height_mm, page.text_width_mm) == (210, 297, 165)
    assert (page.margin_top_mm, page.margin_bottom_mm) == (20, 20)


def test_nothing_of_the_version_of_2026_is_shown_as_verified() -> None:
    sources = load_style_sheet("hd-05-2026").sources.values()

    assert {source.confidence for source in sources} == {Confidence.ASSUMED}


def test_a_number_below_ten_gets_a_nought_and_room_is_left_without_one() -> None:
    style = load_style_sheet("hd-36-2018")

    assert style.numbered(9, kind="TTr", symbol="HU") == "Số 09-TTr/HU"
    assert style.numbered(10, kind="TTr", symbol="HU") == "Số 10-TTr/HU"
    assert style.numbered(None, kind="BB", symbol="ĐU") == "Số       -BB/ĐU"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "annex_3"\nsize_pt = 15', "size_pt = 15"),
        ('source = "tools"', 'source = "hearsay"'),
        ('confidence = "verified"', 'confidence = "certain"'),
        ("dated = 2018-04-03\n", ""),
        ("margin_left_mm = 30\n", ""),
        ("[text.body]\n", "[text.bodies]\n"),
        ("[page]\n", "[page\n"),
    ],
    ids=[
        "text without source",
        "unknown source",
        "unknown confidence",
        "source without date",
        "missing margin",
        "missing role",
        "not toml",
    ],
)
def test_a_file_that_lacks_something_does_not_load(
    old: str, new: str, tmp_path: Path
) -> None:
    text = (STYLES / "hd-36-2018.toml").read_text("utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")

    assert old in text
    with pytest.raises(StyleSheetError, match=r"mine\.toml"):
        read_style_sheet(path)


def test_an_unknown_key_names_those_there_are() -> None:
    with pytest.raises(StyleSheetError, match="hd-36-2018"):
        load_style_sheet("hd-11-2004")
