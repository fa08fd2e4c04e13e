"""What an official types is a value of the pack, or is refused with the form expected."""

from __future__ import annotations

from datetime import date

import pytest

from kecan.regulations.entered import (
    EnteredValue,
    is_typed_by_hand,
    key_definition,
    read_typed,
    with_entered,
)
from kecan.regulations.pack import load_pack
from kecan.regulations.parameters import Parameter, Scope
from kecan.regulations.rule_fields import RuleFaultError
from kecan.regulations.value_words import scope_in_words, value_in_words
from kecan.vocabulary import Confidence, Level, Line, Sex

DAY = date(2022, 5, 10)


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("planning.approval_days", " 30 ", 30),
        ("composition.minority_share", "12,5 %", "1/8"),
        ("composition.minority_share", "1/8", "1/8"),
        ("planning.body_coefficient_max", "1,5", "3/2"),
        ("planning.body_coefficient_max", "2", "2"),
        ("review.yearly", "Có", True),
        ("review.yearly", "không", False),
        ("age.reference_month", "6/2025", "2025-06"),
        ("rating.lowest_grade", "good", "good"),
    ],
)
def test_what_is_typed_is_read_exactly(key: str, typed: str, value: object) -> None:
    assert read_typed(typed, key_definition(key)) == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("planning.approval_days", "ba mươi"),
        ("planning.approval_days", "-3"),
        ("composition.minority_share", "1/0"),
        ("composition.minority_share", "khoảng 10"),
        ("review.yearly", "đúng"),
        ("age.reference_month", "2025-06"),
        ("rating.lowest_grade", " "),
        ("discipline.exceptions", "reviewed_only"),
    ],
)
def test_another_form_is_refused(key: str, typed: str) -> None:
    with pytest.raises(RuleFaultError, match="chưa đúng dạng"):
        read_typed(typed, key_definition(key))


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(RuleFaultError, match="khoá lạ"):
        key_definition("planning.khac")


def test_lists_are_not_typed_by_hand() -> None:
    assert not is_typed_by_hand(key_definition("discipline.exceptions"))
    assert is_typed_by_hand(key_definition("review.yearly"))


def test_an_entered_value_stands_above_every_layer_with_its_document() -> None:
    plain = load_pack("50-qd-tw")
    entered = EnteredValue(
        key="composition.young_under_age",
        scope=Scope(level=Level.COMMUNE),
        value=35,
        document="12-QĐ/TU",
        dated=date(2022, 4, 1),
    )

    pack = with_entered(plain, [entered])

    found = pack.parameter("composition.young_under_age", on=DAY, level=Level.COMMUNE)
    assert (found.whole, str(found.source)) == (35, "12-QĐ/TU (01/04/2022)")
    assert found.confidence is Confidence.VERIFIED
    district = pack.parameter(
        "composition.young_under_age", on=DAY, level=Level.DISTRICT
    )
    assert district.whole == 40


def test_a_pack_with_nothing_entered_is_the_pack() -> None:
    plain = load_pack("50-qd-tw")

    assert with_entered(plain, []) is plain


def _parameter(key: str, **scope: object) -> Parameter:
    return load_pack("50-qd-tw").parameter(key, on=DAY, **scope)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "scope", "vi", "en"),
    [
        ("planning.max_people_per_post", {}, "3 người", "3 people"),
        ("composition.women_share", {}, "25\u00a0%", "25%"),
        ("review.yearly", {}, "có", "yes"),
        ("theory.needed_at_planning", {}, "không", "no"),
        ("discipline.bars_from_form", {}, "khiển trách", "reprimand"),
        (
            "age.reference_month",
            {"level": Level.DISTRICT, "line": Line.PARTY, "term": "2025-2030"},
            "06/2025",
            "06/2025",
        ),
        (
            "composition.young_under_age",
            {"level": Level.DISTRICT},
            "40 tuổi",
            "40 years of age",
        ),
    ],
)
def test_a_value_is_written_as_an_official_reads_it(
    key: str, scope: dict[str, object], vi: str, en: str
) -> None:
    words = value_in_words(_parameter(key, **scope))

    assert (words.vi, words.en) == (vi, en)


def test_a_list_a_ratio_and_a_missing_value_have_words_too() -> None:
    new = load_pack("377-qd-tw")
    forms = new.parameter("discipline.plannable_after_expiry", on=date(2026, 1, 1))
    missing = next(one for one in new.all_parameters() if one.is_required_from_operator)
    entered = [
        EnteredValue(
            key="planning.body_coefficient_max",
            scope=Scope(),
            value=value,
            document="1",
            dated=DAY,
        )
        for value in ("3/2", "2")
    ]
    ratios = [
        with_entered(new, [one]).parameter("planning.body_coefficient_max", on=DAY)
        for one in entered
    ]

    assert value_in_words(forms).vi == "khiển trách; cảnh cáo"
    assert value_in_words(missing).vi == "chưa có, đơn vị phải nhập"
    assert [value_in_words(one).vi for one in ratios] == ["3/2", "2"]


def test_a_scope_is_written_whole() -> None:
    scope = Scope(
        level=Level.DISTRICT, line=Line.PARTY, term="2025-2030", sex=Sex.FEMALE
    )

    assert scope_in_words(scope).vi == "cấp huyện, cấp uỷ, nữ, nhiệm kỳ 2025 - 2030"
    assert scope_in_words(Scope()).vi == ""
