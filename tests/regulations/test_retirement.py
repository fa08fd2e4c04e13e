"""Retirement is exact to the month and reproduces the official tables."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.regulations.pack import UnknownPackError, load_pack, shipped_pack_keys
from kecan.regulations.retirement import age_in_words, remaining_months, retirement
from kecan.vocabulary import Month, PartialDate, Sex

CASES = Path(__file__).parents[1] / "cases"


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CASES / name).read_text("utf-8"))[
        "case"
    ]
    return cases


def _born(text: str) -> PartialDate:
    return PartialDate(*(int(part) for part in text.split("-")))


def _left(case: dict[str, Any], born: PartialDate) -> int:
    return remaining_months(
        born=born,
        sex=Sex(case["sex"]),
        at=Month.parse(case["at"]),
        as_of=case["as_of"],
        retires_at=case.get("retires_at"),
    )


@pytest.mark.parametrize(
    "case", _cases("retirement-cutoffs.toml"), ids=lambda c: c["name"]
)
def test_who_is_born_in_the_cut_off_month_has_the_months_needed(
    case: dict[str, Any],
) -> None:
    assert _left(case, _born(case["born_from"])) >= case["need"]


@pytest.mark.parametrize(
    "case", _cases("retirement-cutoffs.toml"), ids=lambda c: c["name"]
)
def test_who_is_born_a_month_before_the_cut_off_has_not(case: dict[str, Any]) -> None:
    earlier = Month.parse(case["born_from"]).plus(-1)

    assert _left(case, PartialDate(earlier.year, earlier.month)) < case["need"]


@pytest.mark.parametrize(
    "case", _cases("retirement-months.toml"), ids=lambda c: c["name"]
)
def test_the_month_of_retirement_is_that_of_the_published_tables(
    case: dict[str, Any],
) -> None:
    found = retirement(
        born=_born(case["born"]), sex=Sex(case["sex"]), as_of=date(2022, 5, 10)
    )

    assert str(found.month) == case["retires"]
    assert age_in_words(found.age_months).vi == case["age"]


@pytest.mark.parametrize("name", ["retirement-cutoffs.toml", "retirement-months.toml"])
def test_every_case_names_a_source_of_its_file(name: str) -> None:
    table = tomllib.loads((CASES / name).read_text("utf-8"))

    assert {case["source"] for case in table["case"]} == set(table["sources"])


def test_who_reached_the_older_age_in_time_retired_under_the_older_law() -> None:
    last = retirement(born=PartialDate(1960, 12), sex=Sex.MALE, as_of=date(2022, 5, 10))
    first = retirement(born=PartialDate(1961, 1), sex=Sex.MALE, as_of=date(2022, 5, 10))

    assert last.parameter is not None
    assert first.parameter is not None
    assert last.parameter.source.document == "10/2012/QH13"
    assert first.parameter.source.document == "135/2020/NĐ-CP"


@pytest.mark.parametrize("key", shipped_pack_keys(kind="retirement"))
@pytest.mark.parametrize("sex", Sex)
def test_the_ages_of_a_law_follow_each_other_without_a_gap_and_never_end(
    key: str, sex: Sex
) -> None:
    law = load_pack(key)
    ages = [age for age in law.all_parameters() if age.scope.sex is sex]

    begins = [age.effective_from for age in ages]
    ends = [age.effective_until for age in ages]

    assert begins == [law.in_force_from, *ends[:-1]]
    assert ends[-1] is None


def test_papers_of_2019_are_replayed_under_the_law_of_2019() -> None:
    woman = PartialDate(1970, 4)

    then = retirement(born=woman, sex=Sex.FEMALE, as_of=date(2020, 12, 31))
    now = retirement(born=woman, sex=Sex.FEMALE, as_of=date(2021, 1, 1))

    assert (str(then.month), str(now.month)) == ("2025-04", "2027-08")


def test_an_age_set_for_the_person_beats_the_roadmap_and_says_so() -> None:
    found = retirement(
        born=PartialDate(1970, 7),
        sex=Sex.FEMALE,
        as_of=date(2022, 5, 10),
        retires_at=720,
    )

    assert found.month == Month(2030, 7)
    assert found.parameter is None
    assert "riêng" in found.sentence.vi


def test_the_rule_that_decides_is_named_with_its_source() -> None:
    found = retirement(
        born=PartialDate(1966, 12), sex=Sex.FEMALE, as_of=date(2022, 5, 10)
    )

    assert found.parameter is not None
    assert found.parameter.source.document == "135/2020/NĐ-CP"
    assert found.sentence.vi == (
        "Nghỉ hưu tháng 08/2022, đủ 55 tuổi 8 tháng (nữ); "
        "Điều 4, 135/2020/NĐ-CP (18/11/2020)."
    )


def test_a_day_before_any_known_law_is_refused() -> None:
    with pytest.raises(UnknownPackError, match="01/01/1990"):
        retirement(born=PartialDate(1940), sex=Sex.MALE, as_of=date(1990, 1, 1))


def test_months_left_are_counted_down_through_zero() -> None:
    def left(at: Month) -> int:
        return remaining_months(
            born=PartialDate(1966, 12), sex=Sex.FEMALE, at=at, as_of=date(2022, 5, 10)
        )

    assert [left(Month(2022, month)) for month in (7, 8, 9)] == [1, 0, -1]


def test_whole_years_are_said_without_months() -> None:
    assert age_in_words(720).vi == "60 tuổi"
    assert age_in_words(723).en == "60 years 3 months"


@given(
    born=st.integers(1940, 2000),
    month=st.integers(1, 11),
    sex=st.sampled_from(Sex),
)
def test_who_is_born_later_never_retires_earlier(
    born: int, month: int, sex: Sex
) -> None:
    day = date(2022, 5, 10)

    earlier = retirement(born=PartialDate(born, month), sex=sex, as_of=day)
    later = retirement(born=PartialDate(born, month + 1), sex=sex, as_of=day)

    assert earlier.month <= later.month
