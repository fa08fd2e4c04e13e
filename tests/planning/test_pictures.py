"""Pictures: sound XML, every number in words, marks where the rules put them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kecan.planning.svg import (
    AgeRow,
    Bar,
    Gauge,
    age_pyramid,
    bar_chart,
    calendar_chart,
    gauge,
)
from kecan.planning.svg_lines import Line, line_chart
from kecan.vocabulary import Month


def test_pictures_are_sound_xml_with_title_and_every_number() -> None:
    pictures = (
        bar_chart([Bar(label="Nữ <40", value=2, mark=5)], title="Cơ cấu"),
        age_pyramid(
            [AgeRow(label="40-44", men=3, women=2, starts_band=True)],
            title="Tháp tuổi",
            sexes=("Nam", "Nữ"),
        ),
        calendar_chart({Month(2025, 6): 4, Month(2025, 7): 0}, title="Lịch"),
    )

    texts = [
        "".join(ET.fromstring(one).itertext())  # noqa: S314  # our own text
        for one in pictures
    ]

    assert "Nữ <40" in texts[0]
    assert "2/5" in texts[0]
    assert "Nam 3, Nữ 2" in texts[1]
    assert "06/2025: 4" in texts[2]


def test_lines_over_months_are_sound_xml_with_every_count_and_name() -> None:
    months = [Month(2025, 11), Month(2025, 12), Month(2026, 1)]
    lines = [
        Line(label="còn đủ điều kiện & đang giữ", values=(12, 12, 7)),
        Line(label="hết nhiệm kỳ", values=(3, None, None)),
    ]

    drawn = ET.fromstring(  # noqa: S314  # our own text
        line_chart(months, lines, title="Quy hoạch", chosen=months[1])
    )

    words = [one.text for one in drawn.iter() if one.text]
    assert "còn đủ điều kiện & đang giữ: 12, 12, 7; hết nhiệm kỳ: 3" in words
    assert {"12/2025", "2026", "hết nhiệm kỳ"} <= set(words)


def test_a_picture_of_lines_is_wide_enough_for_the_longest_name() -> None:
    label = "chức danh không còn ai kế cận"

    drawn = ET.fromstring(  # noqa: S314  # our own text
        line_chart([Month(2025, 1)], [Line(label=label, values=(1,))], title="")
    )

    named = next(one for one in drawn.iter() if one.text == label)
    room = float(drawn.attrib["width"]) - float(named.attrib["x"])
    assert room >= 7 * len(label)  # a wide typeface at 12 dots takes 6.4 a letter


def test_more_lines_than_can_be_told_apart_are_a_broken_call() -> None:
    lines = [Line(label=f"{number}", values=(1,)) for number in range(5)]

    with pytest.raises(ValueError, match="cannot be told apart"):
        line_chart([Month(2025, 1)], lines, title="")


@pytest.mark.parametrize(
    ("have", "of", "need", "most", "is_met"),
    [(2, 9, 3, None, False), (3, 9, 3, None, True), (4, 3, None, 3, False)],
)
def test_a_gauge_draws_each_legal_mark_and_says_whether_it_is_met(
    have: int, of: int, need: int | None, most: int | None, *, is_met: bool
) -> None:
    shown = Gauge(have=have, of=of, need=need, most=most)

    drawn = ET.fromstring(gauge(shown, title="Cán bộ nữ"))  # noqa: S314  # our own text

    marks = [one for one in drawn.iter() if one.tag.endswith("line")]
    assert (len(marks), shown.is_met) == (1, is_met)
