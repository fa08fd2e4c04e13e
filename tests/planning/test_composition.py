"""Composition: have, need and how many more, on exact whole numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.regulations.model_person import TARGET

from kecan.planning.ages import age_on, is_under
from kecan.planning.composition import (
    age_bands,
    body_meters,
    minority,
    science,
    trained_profession,
    women,
    women_present,
    young,
)
from kecan.planning.meters import Rules, greatest, least, percent
from kecan.regulations.facts import PersonFacts, Training, TrainingKind
from kecan.regulations.pack import UnknownParameterError, load_pack, shipped_overlay
from kecan.vocabulary import Confidence, Level, PartialDate, PersonId, Sex

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(2022, 5, 10)
DISTRICT = Rules(pack=load_pack("50-qd-tw"), on=DAY, level=Level.DISTRICT)
CENTRAL = replace(DISTRICT, level=Level.CENTRAL)
COMMUNE = replace(DISTRICT, level=Level.COMMUNE)
NGHI_SON = Rules(
    pack=load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")]),
    on=date(2024, 6, 1),
    level=Level.COMMUNE,
)
UNDER_377 = Rules(
    pack=load_pack("377-qd-tw"), on=date(2025, 11, 1), level=Level.PROVINCE
)


def _person(
    number: int,
    *,
    sex: Sex | None = Sex.MALE,
    born: PartialDate | None = None,
    ethnicity: str = "Kinh",
    field: str = "",
) -> PersonFacts:
    training = Training(kind=TrainingKind.PROFESSION, field=field)
    return PersonFacts(
        person_id=PersonId(f"P{number}"),
        full_name=f"Người {number}",
        sex=sex,
        born=born,
        ethnicity=ethnicity,
        trainings=(training,) if field else (),
    )


def _men_and_women(men: int, women_count: int) -> list[PersonFacts]:
    sexes = [Sex.MALE] * men + [Sex.FEMALE] * women_count
    return [_person(number, sex=sex) for number, sex in enumerate(sexes)]


def _born(*dates: PartialDate | None) -> list[PersonFacts]:
    return [_person(number, born=born) for number, born in enumerate(dates)]


def test_a_quarter_of_sixteen_is_four_women_and_two_are_missing() -> None:
    meter = women(_men_and_women(14, 2), rules=DISTRICT)

    assert (meter.have, meter.of, meter.need, meter.more) == (2, 16, 4, 2)
    assert meter.is_met is False
    assert meter.share == Fraction(2, 16)
    assert meter.sentence.vi == (
        "2/16 nữ (12,5\u00a0%), cần từ 25\u00a0% trở lên (4 người): "
        "thiếu 2 nữ nếu giữ nguyên số lượng."
    )


def test_exactly_a_quarter_is_enough() -> None:
    meter = women(_men_and_women(12, 4), rules=DISTRICT)

    assert meter.more == 0
    assert meter.is_met is True
    assert meter.sentence.vi.endswith("(4 người): đủ.")


def test_a_quarter_of_seventeen_is_five_women() -> None:
    assert women(_men_and_women(13, 4), rules=DISTRICT).need == 5


def test_a_share_only_warns() -> None:
    meter = women(_men_and_women(10, 0), rules=DISTRICT)

    assert not meter.is_hard
    assert meter.parameter is not None
    assert meter.parameter.confidence is Confidence.VERIFIED


def test_whose_sex_is_not_recorded_is_counted_as_unknown_not_as_a_man() -> None:
    people = [*_men_and_women(3, 1), _person(9, sex=None)]

    meter = women(people, rules=DISTRICT)

    assert (meter.have, meter.unknown) == (1, 1)
    assert meter.sentence.vi.endswith("(chưa rõ 1 người).")


def test_an_empty_list_needs_nobody() -> None:
    meter = women([], rules=DISTRICT)

    assert (meter.need, meter.more, meter.share) == (0, 0, None)


def test_a_district_list_has_to_have_a_woman() -> None:
    meter = women_present(_men_and_women(5, 0), rules=DISTRICT)

    assert (meter.need, meter.more) == (1, 1)
    assert meter.sentence.vi == "Phải có cán bộ nữ trong danh sách; hiện chưa có."


def test_a_commune_list_need_not_have_a_woman() -> None:
    assert women_present(_men_and_women(5, 0), rules=COMMUNE).more == 0


def test_a_woman_on_the_list_is_enough() -> None:
    assert women_present(_men_and_women(5, 1), rules=DISTRICT).sentence.vi == "Có 1 nữ."


def test_who_turns_forty_on_the_day_is_no_longer_young_in_a_district() -> None:
    people = _born(PartialDate(1982, 5, 10), PartialDate(1982, 5, 11))

    meter = young(people, day=DAY, rules=DISTRICT)

    assert meter.have == 1


def test_the_central_level_counts_as_young_who_is_under_forty_five() -> None:
    people = _born(PartialDate(1977, 5, 10), PartialDate(1977, 5, 11))

    assert young(people, day=DAY, rules=CENTRAL).have == 1


def test_fifteen_of_a_hundred_have_to_be_young() -> None:
    people = _born(*[PartialDate(1970, 1, 1)] * 20)

    meter = young(people, day=DAY, rules=DISTRICT)

    assert (meter.have, meter.need, meter.more) == (0, 3, 3)
    assert "thiếu 3 cán bộ trẻ (dưới 40 tuổi)" in meter.sentence.vi


def test_a_birth_date_that_cannot_tell_is_unknown() -> None:
    people = _born(PartialDate(1982, 5), PartialDate(1982), None, PartialDate(1981))

    meter = young(people, day=DAY, rules=DISTRICT)

    assert (meter.have, meter.unknown) == (0, 3)


def test_without_an_age_limit_for_communes_the_operator_is_asked() -> None:
    meter = young(_born(PartialDate(1990)), day=DAY, rules=COMMUNE)

    assert (meter.need, meter.more, meter.is_met) == (None, None, None)
    assert meter.sentence.vi == (
        "Cán bộ trẻ: chưa có quy định về tuổi cán bộ trẻ (dưới), cần nhập."
    )


def test_the_overlay_of_nghi_son_enters_the_limit_for_communes() -> None:
    people = _born(PartialDate(1989, 6, 1), PartialDate(1989, 6, 2))

    assert young(people, day=date(2024, 6, 1), rules=NGHI_SON).have == 1


def test_the_share_of_minorities_is_counted_and_its_number_asked_for() -> None:
    people = [
        _person(1, ethnicity="Mường"),
        _person(2, ethnicity=" kinh "),
        _person(3, ethnicity=""),
    ]

    meter = minority(people, rules=DISTRICT)

    assert (meter.have, meter.of, meter.unknown, meter.need) == (1, 3, 1, None)
    assert meter.sentence.vi == (
        "1/3 cán bộ dân tộc thiểu số (33,3\u00a0%) (chưa rõ 1 người); chưa có quy định về "
        "tỷ lệ cán bộ người dân tộc thiểu số, cần nhập."
    )


def test_the_three_age_bands_step_by_five_years_from_the_age_of_the_young() -> None:
    people = _born(
        PartialDate(1982, 5, 11),  # 39
        PartialDate(1982, 5, 10),  # 40
        PartialDate(1977, 5, 11),  # 44
        PartialDate(1977, 5, 10),  # 45
        None,
    )

    bands = age_bands(people, day=DAY, rules=DISTRICT)

    assert [(band.title.vi, band.have, band.unknown) for band in bands] == [
        ("Dưới 40 tuổi", 1, 1),
        ("Từ 40 đến dưới 45 tuổi", 2, 1),
        ("Từ 45 tuổi trở lên", 1, 1),
    ]


def test_an_empty_band_needs_somebody() -> None:
    bands = age_bands(_born(PartialDate(1990)), day=DAY, rules=DISTRICT)

    assert [band.more for band in bands] == [0, 1, 1]
    assert bands[2].sentence.vi == "Từ 45 tuổi trở lên: 0/1 người; chưa có ai."


def test_age_bands_ask_for_the_age_limit_where_there_is_none() -> None:
    (meter,) = age_bands(_born(PartialDate(1990)), day=DAY, rules=COMMUNE)

    assert "cần nhập" in meter.sentence.vi


@given(
    births=st.lists(st.dates(date(1955, 1, 1), date(2000, 12, 31)), max_size=20),
    day=st.dates(date(2022, 1, 1), date(2025, 1, 1)),
)
def test_everybody_lies_in_exactly_one_age_band(
    births: Sequence[date], day: date
) -> None:
    people = _born(*(PartialDate.of(born) for born in births))

    bands = age_bands(people, day=day, rules=DISTRICT)

    assert sum(band.have for band in bands) == len(people)


def test_the_gap_between_profession_and_post_is_shown_without_a_number_to_reach() -> (
    None
):
    post = replace(TARGET, fitting_fields=("Kinh tế", "luật"))
    people = [_person(1, field="kinh tế"), _person(2, field="y khoa"), _person(3)]

    meter = trained_profession(people, post=post)

    assert (meter.have, meter.of, meter.unknown, meter.need) == (1, 3, 1, None)
    assert meter.sentence.vi == (
        "Uỷ viên Ban Chấp hành Đảng bộ huyện: 1/3 người có chuyên môn phù hợp "
        "(chưa rõ 1 người)."
    )


def test_a_post_without_fitting_fields_says_so() -> None:
    meter = trained_profession([_person(1, field="luật")], post=TARGET)

    assert meter.sentence.vi.endswith("chưa ghi ngành đào tạo phù hợp.")


def test_only_377_watches_science_and_technology_and_asks_for_its_share() -> None:
    people = [_person(1, field="công nghệ thông tin"), _person(2, field="luật")]
    fields = frozenset({"Công nghệ thông tin"})

    meter = science(people, fields=fields, rules=UNDER_377)

    assert (meter.have, meter.need) == (1, None)
    with pytest.raises(UnknownParameterError):
        science(people, fields=fields, rules=DISTRICT)


def test_a_body_has_all_its_meters_in_one_list() -> None:
    people = _men_and_women(14, 2)

    under_50 = body_meters(people, seats=10, age_day=DAY, rules=DISTRICT)
    under_377 = body_meters(people, seats=10, age_day=DAY, rules=UNDER_377)

    assert [meter.title.vi for meter in under_50] == [
        "Hệ số quy hoạch",
        "Cán bộ nữ",
        "Có cán bộ nữ",
        "Cán bộ trẻ",
        "Cán bộ dân tộc thiểu số",
        "Dưới 40 tuổi",
        "Từ 40 đến dưới 45 tuổi",
        "Từ 45 tuổi trở lên",
    ]
    assert under_377[-1].title.vi == "Cán bộ có chuyên môn khoa học, công nghệ"


@given(
    share=st.fractions(0, 1, max_denominator=100),
    of=st.integers(0, 500),
)
def test_the_least_number_reaches_the_share_and_one_fewer_does_not(
    share: Fraction, of: int
) -> None:
    need = least(share, of=of)

    assert need >= share * of
    assert need - 1 < share * of


@given(share=st.fractions(0, 3, max_denominator=100), of=st.integers(0, 500))
def test_the_greatest_number_keeps_the_share_and_one_more_does_not(
    share: Fraction, of: int
) -> None:
    most = greatest(share, of=of)

    assert most <= share * of < most + 1


def test_a_percentage_is_cut_so_that_it_never_reads_as_reached() -> None:
    assert percent(Fraction(2499, 10000)).vi == "24,9\u00a0%"
    assert percent(Fraction(2499, 10000)).en == "24.9%"
    assert percent(Fraction(1, 4)).vi == "25\u00a0%"


def test_the_birthday_completes_the_year() -> None:
    assert age_on(date(1982, 5, 10), day=date(2022, 5, 9)) == 39
    assert age_on(date(1982, 5, 10), day=date(2022, 5, 10)) == 40


def test_who_is_born_on_29_february_completes_a_year_on_1_march() -> None:
    assert age_on(date(1984, 2, 29), day=date(2023, 2, 28)) == 38
    assert age_on(date(1984, 2, 29), day=date(2023, 3, 1)) == 39
    assert age_on(date(1984, 2, 29), day=date(2024, 2, 29)) == 40


def test_a_year_alone_tells_when_every_day_of_it_does() -> None:
    assert is_under(PartialDate(1983), years=40, day=DAY) is True
    assert is_under(PartialDate(1981), years=40, day=DAY) is False
    assert is_under(PartialDate(1982), years=40, day=DAY) is None
