"""A legal value loads only with a source, a known key and dates that do not overlap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.regulations.pack import (
    RULES,
    OperatorValueMissingError,
    RuleFileError,
    UnknownPackError,
    UnknownParameterError,
    load_pack,
    pack_in_force,
    shipped_overlay,
    shipped_overlay_names,
    shipped_overlay_titles,
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


def test_a_value_for_one_level_beats_the_value_for_all_levels() -> None:
    pack = load_pack("50-qd-tw")

    def asked(level: Level) -> bool:
        return pack.parameter(
            "composition.women_required", on=SEED_DAY, level=level
        ).is_true

    assert asked(Level.DISTRICT)
    assert not asked(Level.COMMUNE)


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


def test_a_commune_was_a_base_until_the_directive_of_2025_gave_it_its_own_month() -> (
    None
):
    pack = load_pack("50-qd-tw")

    def asked(day: date) -> Month:
        return pack.parameter(
            "age.reference_month",
            on=day,
            level=Level.COMMUNE,
            line=Line.PARTY,
            term="2025-2030",
        ).month

    assert asked(date(2025, 4, 13)) == Month(2025, 4)
    assert asked(date(2025, 4, 14)) == Month(2025, 7)


@pytest.mark.parametrize("key", shipped_pack_keys())
def test_no_month_is_taken_from_a_directive_before_it_was_issued(key: str) -> None:
    early = [
        f"{value.scope} from {value.effective_from}: {value.source}"
        for value in load_pack(key).all_parameters()
        if value.key == "age.reference_month"
        and value.source.dated > value.effective_from
    ]

    assert early == []


def test_a_value_nobody_published_must_come_from_the_operator() -> None:
    with pytest.raises(OperatorValueMissingError, match="hệ số quy hoạch tối đa"):
        load_pack("50-qd-tw").parameter("planning.body_coefficient_max", on=SEED_DAY)


def test_an_overlay_supplies_what_the_operator_had_to_enter() -> None:
    pack = load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")])

    found = pack.parameter("planning.body_coefficient_max", on=date(2024, 6, 1))

    assert found.share == Fraction("3/2")


def test_shipped_overlays_have_names_and_titles() -> None:
    assert shipped_overlay_names() == ("nghi-son-2024",)
    assert shipped_overlay_titles()["nghi-son-2024"].vi == (
        "Quy hoạch thị xã Nghi Sơn 2024"
    )


def test_an_overlay_holds_only_from_its_own_day() -> None:
    pack = load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")])

    with pytest.raises(OperatorValueMissingError):
        pack.parameter("planning.body_coefficient_max", on=date(2024, 2, 28))
    found = pack.parameter("planning.body_coefficient_max", on=date(2024, 2, 29))

    assert (
        str(found.source)
        == "209-KH/TU (Thị uỷ Nghi Sơn) (29/02/2024; qua trang Vietnam.vn)"
    )


def test_a_pack_asked_for_a_day_before_it_answers_as_on_its_first_day() -> None:
    pack = load_pack("377-qd-tw")

    assert pack.parameter("planning.max_people_per_post", on=SEED_DAY).whole == 3


def test_an_unknown_key_pack_or_overlay_is_refused() -> None:
    with pytest.raises(UnknownParameterError, match="khong-co"):
        load_pack("50-qd-tw").parameter("khong-co", on=SEED_DAY)
    with pytest.raises(UnknownParameterError, match=r"'khong-co' .district female"):
        load_pack("50-qd-tw").parameter(
            "khong-co", on=SEED_DAY, level=Level.DISTRICT, sex=Sex.FEMALE
        )
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


def test_the_same_question_gets_the_same_answer_every_time() -> None:
    pack = load_pack("50-qd-tw")

    first = pack.parameter("planning.max_people_per_post", on=SEED_DAY)

    assert pack.parameter("planning.max_people_per_post", on=SEED_DAY) is first


@pytest.mark.parametrize("key", shipped_pack_keys())
@given(day=st.dates(date(2021, 12, 27), date(2030, 12, 31)))
def test_on_every_day_exactly_one_version_of_a_value_answers(
    key: str, day: date
) -> None:
    pack = load_pack(key)
    on = max(day, pack.in_force_from)

    held = [
        (value.key, value.scope)
        for value in pack.all_parameters()
        if value.holds_on(on)
    ]

    assert len(held) == len(set(held))


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
        ("", 1, "thiếu trường: pack"),
        ("[pack", 1, "không phải TOML"),
        (HEAD + VALUE.replace("value = 2", "value = -2"), 11, "cần kiểu integer"),
        (HEAD + VALUE.replace("= 2022-01-01\nv", '= "2022"\nv'), 11, "cần một ngày"),
        (
            HEAD + VALUE.replace("= 2022-01-01\nv", "= 2022-01-01T00:00:00\nv"),
            11,
            "cần một ngày",
        ),
        (HEAD + VALUE.replace('"Số người"', '" "'), 11, "không để trống"),
        (HEAD + VALUE.replace(', en = "People"', ""), 11, "thiếu trường: en"),
        (HEAD + VALUE + 'note = "x"\n', 11, "phải là một bảng"),
        (HEAD + VALUE.replace('"verified"', '"assumed"'), 11, "phải có note"),
        (HEAD + VALUE + 'required = "có"\n', 11, "cần true hoặc false"),
        (HEAD + VALUE + 'term = "2025"\n', 11, "nhiệm kỳ dạng 2025-2030"),
        (HEAD + VALUE + 'term = "2025-2025"\n', 11, "nhiệm kỳ dạng 2025-2030"),
        (HEAD + VALUE + "effective_until = 2022-01-01\n", 11, "trước khi có hiệu lực"),
        (HEAD + VALUE + 'term = "2030-2025"\n', 11, "nhiệm kỳ dạng 2025-2030"),
        (HEAD + VALUE + 'level = "huyện"\n', 11, "cần một trong: central"),
        (HEAD.replace("overlay", "lệ"), 1, "'kind' là 'lệ'"),
        (HEAD + "colour = 1\n", 7, "trường lạ: colour"),
        (HEAD.replace("dated = 2022-01-01\n", ""), 7, "thiếu trường: dated"),
        (HEAD.replace('"1-QĐ/HU"', "1"), 7, "'document' là 1"),
        (
            "sources = 1\n[pack]\n" + HEAD.split("\n", 1)[1].split("[s", maxsplit=1)[0],
            1,
            "[sources]",
        ),
        ("pack = 1\n", 1, "phải là một bảng"),
        (HEAD + "[odd]\n", 1, "trường lạ: odd"),
        ("value = [1]\n" + HEAD, 1, "một dòng [[value]]"),
        (HEAD + VALUE.replace("[[value]]", '[["value"]]') + VALUE, 20, "một dòng"),
    ],
)
def test_a_faulty_file_names_its_line_and_the_fault(
    tmp_path: Path, text: str, line: int, fault: str
) -> None:
    error = _fault(tmp_path, text)

    assert error.line == line
    assert fault in str(error)
    assert "rieng.toml" in str(error)


@pytest.mark.parametrize(
    ("key", "unit", "value", "fault"),
    [
        ("composition.women_share", "ratio", "25", "không được quá 1"),
        ("composition.women_share", "ratio", "0.25", "cần kiểu ratio"),
        ("composition.women_share", "ratio", '"1/0"', "cần kiểu ratio"),
        ("composition.women_share", "ratio", '"-1/4"', "cần kiểu ratio"),
        ("composition.women_share", "ratio", "true", "cần kiểu ratio"),
        ("age.reference_month", "month", '"06/2025"', "cần kiểu month"),
        ("age.reference_month", "month", "202506", "cần kiểu month"),
        ("planning.higher_post_only", "yes/no", "1", "cần kiểu boolean"),
        ("rating.lowest_grade", "grade", '"tốt"', "cần một trong: excellent, good"),
        ("discipline.exceptions", "cases", '["khác"]', "cần một trong: reviewed_only"),
        ("discipline.exceptions", "cases", "[1]", "cần kiểu texts"),
        ("discipline.exceptions", "cases", '"reviewed_only"', "cần kiểu texts"),
        ("retirement.age", "months", "720", "chỉ đặt trong tệp loại 'retirement'"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_line(
    tmp_path: Path, key: str, unit: str, value: str, fault: str
) -> None:
    text = VALUE.replace("planning.max_people_per_post", key)
    text = text.replace('"people"', f'"{unit}"').replace(
        "value = 2", f"value = {value}"
    )

    error = _fault(tmp_path, HEAD + text)

    assert error.line == 11
    assert fault in str(error)


@pytest.mark.parametrize(
    ("written", "share"),
    [("1", 1), ('"3/2"', Fraction(3, 2)), ('"1.5"', Fraction(3, 2))],
)
def test_a_coefficient_is_a_whole_number_a_fraction_or_an_exact_decimal(
    tmp_path: Path, written: str, share: Fraction
) -> None:
    text = VALUE.replace(
        "planning.max_people_per_post", "planning.body_coefficient_max"
    )
    text = text.replace('"people"', '"ratio"').replace(
        "value = 2", f"value = {written}"
    )
    pack = load_pack("50-qd-tw", overlays=[_write(tmp_path, HEAD + text)])

    assert pack.parameter("planning.body_coefficient_max", on=SEED_DAY).share == share


def test_two_values_as_precise_as_each_other_do_not_load(tmp_path: Path) -> None:
    error = _fault(
        tmp_path, HEAD + VALUE + 'level = "district"\n' + VALUE + 'line = "party"\n'
    )

    assert error.line == 21
    assert "cụ thể ngang với giá trị ở dòng 11" in str(error)


def test_a_fault_is_told_in_both_languages(tmp_path: Path) -> None:
    error = _fault(tmp_path, HEAD + VALUE.replace("max_people", "most_people"))

    assert error.sentence.vi == str(error)
    assert error.sentence.en == (
        "rieng.toml, line 11: unknown key 'planning.most_people_per_post'"
    )


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rieng.toml"
    path.write_bytes(HEAD.encode() + "title = Số".encode("utf-16"))

    with pytest.raises(RuleFileError, match="dòng 10: tệp không phải chữ UTF-8"):
        load_rule_file(path, keys=load_keys(RULES / "keys.toml"))


def test_a_file_saved_by_notepad_with_a_mark_of_byte_order_loads(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rieng.toml"
    path.write_text(HEAD + VALUE.replace("\n", "\r\n"), "utf-8-sig")

    assert load_rule_file(path, keys=load_keys(RULES / "keys.toml")).values


def test_a_pack_of_another_kind_is_no_overlay(tmp_path: Path) -> None:
    path = _write(tmp_path, (HEAD + VALUE).replace('"overlay"', '"planning"'))

    with pytest.raises(RuleFileError, match=r"dòng 1: .*không dùng làm tệp quy định"):
        load_pack("50-qd-tw", overlays=[path])


def test_a_source_may_stand_without_an_address_and_a_value_with_its_article(
    tmp_path: Path,
) -> None:
    path = _write(
        tmp_path, HEAD + 'url = "https://a.vn"\n' + VALUE + 'place = "Điều 3"\n'
    )
    pack = load_pack("50-qd-tw", overlays=[path])

    source = pack.parameter("planning.max_people_per_post", on=SEED_DAY).source

    assert (str(source), source.url) == ("Điều 3, 1-QĐ/HU (01/01/2022)", "https://a.vn")


def test_the_last_overlay_wins_and_silence_leaves_the_one_below(tmp_path: Path) -> None:
    province = tmp_path / "tinh.toml"
    province.write_text(HEAD + VALUE, "utf-8")
    commune = tmp_path / "xa.toml"
    commune.write_text(
        HEAD + VALUE.replace("value = 2", "value = 1") + 'level = "commune"\n', "utf-8"
    )
    pack = load_pack("50-qd-tw", overlays=[province, commune])

    def asked(level: Level) -> int:
        return pack.parameter(
            "planning.max_people_per_post", on=SEED_DAY, level=level
        ).whole

    assert (asked(Level.COMMUNE), asked(Level.DISTRICT)) == (1, 2)


def test_two_values_that_follow_each_other_do_not_overlap(tmp_path: Path) -> None:
    first = VALUE + "effective_until = 2023-01-01\n"
    second = VALUE.replace("2022-01-01", "2023-01-01").replace("value = 2", "value = 4")

    for text in (first + second, second + first):
        pack = load_pack("50-qd-tw", overlays=[_write(tmp_path, HEAD + text)])
        found = [
            pack.parameter("planning.max_people_per_post", on=day).whole
            for day in (date(2022, 12, 31), date(2023, 1, 1))
        ]
        assert found == [2, 4]


def test_a_share_of_everybody_can_be_asked_for(tmp_path: Path) -> None:
    text = VALUE.replace("planning.max_people_per_post", "composition.women_share")
    text = text.replace('"people"', '"ratio"').replace("value = 2", "value = 1")
    pack = load_pack("50-qd-tw", overlays=[_write(tmp_path, HEAD + text)])

    assert pack.parameter("composition.women_share", on=SEED_DAY).share == 1


def test_papers_under_50_cite_the_regulation_and_its_guidance() -> None:
    assert [basis.vi for basis in load_pack("50-qd-tw").bases] == [
        (
            "Quy định số 50-QĐ/TW, ngày 27/12/2021 của Bộ Chính trị về công tác quy hoạch "
            "cán bộ"
        ),
        (
            "Hướng dẫn số 16-HD/BTCTW, ngày 15/02/2022 của Ban Tổ chức Trung ương một số "
            "nội dung cụ thể về công tác quy hoạch cán bộ"
        ),
    ]


def test_papers_under_377_never_cite_50() -> None:
    cited = [basis.vi for basis in load_pack("377-qd-tw").bases]

    assert cited[0].startswith(
        "Quy định số 377-QĐ/TW, ngày 08/10/2025 của Bộ Chính trị"
    )
    assert not any("50-QĐ/TW" in text for text in cited)


@pytest.mark.parametrize("key", shipped_pack_keys())
def test_every_planning_pack_has_something_to_cite(key: str) -> None:
    assert load_pack(key).bases


def test_an_overlay_is_cited_after_the_pack_it_lies_on() -> None:
    pack = load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")])

    assert [basis.number for basis in pack.bases] == [
        "50-QĐ/TW",
        "16-HD/BTCTW",
        "209-KH/TU",
    ]
    assert pack.bases[-1].vi == (
        "Kế hoạch số 209-KH/TU, ngày 29/02/2024 của Thị uỷ Nghi Sơn"
    )


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('issuer = "A"\nsource = "s"', "thiếu trường: type_name"),
        ('type_name = "B"\nissuer = "A"\nsource = "t"', "nguồn 't' không có"),
        ('type_name = "B"\nissuer = " "\nsource = "s"', "không để trống"),
        ('type_name = "B"\nissuer = "A"\nsource = "s"\nx = 1', "trường lạ: x"),
    ],
)
def test_a_basis_that_cannot_be_cited_does_not_load(
    tmp_path: Path, entry: str, fault: str
) -> None:
    path = tmp_path / "overlay.toml"
    path.write_text(
        '[pack]\nkey = "o"\nkind = "overlay"\ntitle = { vi = "a", en = "b" }\n'
        "in_force_from = 2024-01-01\n"
        '[sources.s]\ndocument = "1-KH/HU"\ndated = 2024-01-01\n'
        f"[[basis]]\n{entry}\n",
        "utf-8",
    )

    with pytest.raises(RuleFileError, match=f"dòng 9: .*{fault}"):
        load_pack("50-qd-tw", overlays=[path])
