"""A legal value loads only with a source, a known key and dates that do not overlap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kecan.regulations.pack import (
    RULES,
    OperatorValueMissingError,
    RuleFileError,
    UnknownPackError,
    UnknownParameterError,
    load_pack,
    pack_in_force,
    shipped_overlay,
    shipped_pack_keys,
)
from kecan.regulations.rule_files import load_keys, load_rule_file
from kecan.vocabulary import Confidence, Level, Line, Month, Sex

if TYPE_CHECKING:
    from pathlib import Path

SEED_DAY = date(2022, 5, 10)
HEAD = """[pack]
key = "thu"
kind = "overlay"
title = { vi = "Thử", en = "Test" }
in_force_from = 2022-01-01

[sources.a]
document = "1-QĐ/HU"
dated = 2022-01-01
"""
VALUE = """
[[value]]
key = "planning.max_people_per_post"
effective_from = 2022-01-01
value = 2
unit = "people"
description = { vi = "Số người", en = "People" }
source = "a"
confidence = "verified"
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "rieng.toml"
    path.write_text(text, "utf-8")
    return path


def _fault(folder: Path, text: str) -> RuleFileError:
    with pytest.raises(RuleFileError) as caught:
        load_rule_file(_write(folder, text), keys=load_keys(RULES / "keys.toml"))
    return caught.value


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2021, 12, 27), "50-qd-tw"),
        (date(2025, 10, 7), "50-qd-tw"),
        (date(2025, 10, 8), "377-qd-tw"),
        (date(2026, 11, 24), "377-qd-tw"),
    ],
)
def test_exactly_one_planning_pack_is_in_force(day: date, key: str) -> None:
    assert pack_in_force(day).key == key


def test_no_pack_was_in_force_before_the_oldest() -> None:
    with pytest.raises(UnknownPackError, match="26/12/2021"):
        pack_in_force(date(2021, 12, 26))


@pytest.mark.parametrize(
    "key", [*shipped_pack_keys(), *shipped_pack_keys(kind="retirement")]
)
def test_every_shipped_value_has_a_dated_source_and_both_languages(key: str) -> None:
    for value in load_pack(key).all_parameters():
        assert value.source.document
        assert value.description.vi
        assert value.description.en


@pytest.mark.parametrize("key", shipped_pack_keys())
def test_every_assumed_value_carries_a_note_for_the_reader(key: str) -> None:
    silent = [
        value.key
        for value in load_pack(key).all_parameters()
        if value.confidence is Confidence.ASSUMED and value.note is None
    ]

    assert silent == []


def test_the_most_precise_scope_wins() -> None:
    pack = load_pack("50-qd-tw")

    central = pack.parameter(
        "composition.young_under_age", on=SEED_DAY, level=Level.CENTRAL
    )
    district = pack.parameter(
        "composition.young_under_age", on=SEED_DAY, level=Level.DISTRICT
    )

    assert (central.whole, district.whole) == (45, 40)


def test_a_reference_month_can_be_re_issued_in_the_middle_of_a_cycle() -> None:
    pack = load_pack("50-qd-tw")

    def asked(day: date) -> Month:
        return pack.parameter(
            "age.reference_month",
            on=day,
            level=Level.PROVINCE,
            line=Line.GOVERNMENT,
            term="2026-2031",
        ).month

    assert asked(date(2025, 4, 13)) == Month(2026, 5)
    assert asked(date(2025, 4, 14)) == Month(2026, 3)


def test_a_value_nobody_published_must_come_from_the_operator() -> None:
    with pytest.raises(OperatorValueMissingError, match="hệ số quy hoạch tối đa"):
        load_pack("50-qd-tw").parameter("planning.body_coefficient_max", on=SEED_DAY)


def test_an_overlay_supplies_what_the_operator_had_to_enter() -> None:
    pack = load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")])

    found = pack.parameter("planning.body_coefficient_max", on=date(2024, 6, 1))

    assert found.share == Fraction("3/2")


def test_an_overlay_holds_only_from_its_own_day() -> None:
    pack = load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")])

    with pytest.raises(OperatorValueMissingError):
        pack.parameter("planning.body_coefficient_max", on=date(2023, 12, 31))


def test_a_pack_asked_for_a_day_before_it_answers_as_on_its_first_day() -> None:
    pack = load_pack("377-qd-tw")

    assert pack.parameter("planning.max_people_per_post", on=SEED_DAY).whole == 3


def test_an_unknown_key_pack_or_overlay_is_refused() -> None:
    with pytest.raises(UnknownParameterError, match="khong-co"):
        load_pack("50-qd-tw").parameter("khong-co", on=SEED_DAY)
    with pytest.raises(UnknownPackError, match="99-qd"):
        load_pack("99-qd")
    with pytest.raises(UnknownPackError, match="khong-co"):
        shipped_overlay("khong-co")


def test_a_value_asked_for_as_another_type_is_a_bug_in_the_program() -> None:
    pack = load_pack("50-qd-tw")
    number = pack.parameter("planning.max_people_per_post", on=SEED_DAY)
    grade = pack.parameter("rating.lowest_grade", on=SEED_DAY)

    for read in ("share", "month", "text", "texts", "is_true"):
        with pytest.raises(TypeError, match="max_people_per_post"):
            getattr(number, read)
    with pytest.raises(TypeError, match="lowest_grade"):
        _ = grade.whole
    assert grade.text == "good"
    assert pack.parameter("planning.higher_post_only", on=SEED_DAY).is_true
    assert (
        "reviewed_only"
        in load_pack("377-qd-tw")
        .parameter("discipline.exceptions", on=date(2026, 1, 1))
        .texts
    )


def test_a_scope_by_sex_answers_for_that_sex_only() -> None:
    pack = load_pack("nd-135-2020")

    found = pack.parameter("retirement.age", on=date(2021, 6, 1), sex=Sex.FEMALE)

    assert found.whole == 664


def test_a_sound_file_loads(tmp_path: Path) -> None:
    pack = load_pack("50-qd-tw", overlays=[_write(tmp_path, HEAD + VALUE)])

    assert pack.parameter("planning.max_people_per_post", on=SEED_DAY).whole == 2


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        (HEAD + VALUE.replace('source = "a"\n', ""), 11, "thiếu trường: source"),
        (HEAD + VALUE.replace('source = "a"', 'source = "b"'), 11, "nguồn 'b'"),
        (HEAD + VALUE.replace("max_people", "most_people"), 11, "khoá lạ"),
        (HEAD + VALUE + "colour = 1\n", 11, "trường lạ: colour"),
        (HEAD + VALUE.replace('"people"', '"posts"'), 11, "đơn vị 'posts'"),
        (HEAD + VALUE.replace("value = 2", 'value = "hai"'), 11, "cần kiểu integer"),
        (HEAD + VALUE.replace("value = 2", "value = true"), 11, "cần kiểu integer"),
        (HEAD + VALUE.replace("value = 2\n", ""), 11, "value hoặc required"),
        (HEAD + VALUE + "required = true\n", 11, "value hoặc required"),
        (HEAD + VALUE + "effective_until = 2021-12-31\n", 11, "trước khi có hiệu lực"),
        (HEAD + VALUE + VALUE, 20, "trùng thời gian với giá trị ở dòng 11"),
        (HEAD + VALUE.replace("verified", "sure"), 11, "sure"),
        (HEAD + VALUE.replace("value = 2", "value = "), 14, "không phải TOML"),
        ("", 1, "thiếu bảng [pack]"),
        ("[pack", 1, "không phải TOML"),
    ],
)
def test_a_faulty_file_names_its_line_and_the_fault(
    tmp_path: Path, text: str, line: int, fault: str
) -> None:
    error = _fault(tmp_path, text)

    assert error.line == line
    assert fault in str(error)
    assert "rieng.toml" in str(error)


def test_two_values_that_follow_each_other_do_not_overlap(tmp_path: Path) -> None:
    first = VALUE + "effective_until = 2023-01-01\n"
    second = VALUE.replace("2022-01-01", "2023-01-01").replace("value = 2", "value = 4")
    pack = load_pack("50-qd-tw", overlays=[_write(tmp_path, HEAD + first + second)])

    def asked(day: date) -> int:
        return pack.parameter("planning.max_people_per_post", on=day).whole

    assert (asked(date(2022, 12, 31)), asked(date(2023, 1, 1))) == (2, 4)
