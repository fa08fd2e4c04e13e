"""Invented names are as common as real ones, and nobody real."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from kecan.sample.district import build_district
from kecan.sample.names import (
    KINH,
    invent_minority,
    invent_minority_name,
    invent_name,
    invent_name_of,
    minorities,
)
from kecan.sample.rounds import build_rounds
from kecan.vocabulary import Sex


def _families(number: int) -> Counter[str]:
    rng = Random(3)
    return Counter(
        invent_name(Sex.MALE if n % 4 else Sex.FEMALE, rng=rng).split()[0]
        for n in range(number)
    )


def test_a_third_of_the_majority_is_called_nguyen() -> None:
    families = _families(6_000)

    assert 1_860 <= families["Nguyễn"] <= 2_280  # 31 to 38 in a hundred


def test_the_common_family_names_follow_in_their_order() -> None:
    families = _families(6_000)

    common = [name for name, _ in families.most_common(4)]
    assert common == ["Nguyễn", "Trần", "Lê", "Phạm"]
    assert 0.08 <= families["Trần"] / 6_000 <= 0.13


def test_southern_forms_are_there_too() -> None:
    families = _families(6_000)

    assert families["Huỳnh"] > 0
    assert families["Võ"] > 0


def test_middle_names_tell_men_from_women() -> None:
    rng = Random(4)
    men = [invent_name(Sex.MALE, rng=rng) for _ in range(400)]
    women = [invent_name(Sex.FEMALE, rng=rng) for _ in range(400)]

    assert not [name for name in men if " Thị " in name]
    assert not [name for name in women if " Văn " in name]
    assert sum(" Thị " in name for name in women) > 200


def test_no_name_is_that_of_somebody_in_the_news_item_or_public_life() -> None:
    rng = Random(5)
    names = {invent_name(Sex.MALE, rng=rng) for _ in range(20_000)}

    assert not {name for name in names if name.split()[-1] in {"Cảnh", "Hồng", "Ban"}}
    assert not {"Nguyễn Xuân Phúc", "Đỗ Văn Chiến", "Nguyễn Trọng Nghĩa"} & names


def test_a_given_name_does_not_repeat_a_middle_or_family_name() -> None:
    rng = Random(6)
    for _ in range(2_000):
        words = invent_name(Sex.FEMALE, rng=rng).split()
        assert words[-1] not in words[:-1]


@pytest.mark.parametrize("ethnicity", minorities())
@pytest.mark.parametrize("sex", list(Sex))
def test_a_minority_has_names_enough_for_a_commune(ethnicity: str, sex: Sex) -> None:
    rng = Random(7)
    names = {invent_minority_name(ethnicity, sex, rng=rng) for _ in range(200)}

    assert len(names) >= 10


def test_minority_names_have_the_form_of_their_group() -> None:
    rng = Random(8)

    assert invent_minority_name("Mông", Sex.MALE, rng=rng).split()[1] in {"A", "Seo"}
    assert invent_minority_name("Ê Đê", Sex.MALE, rng=rng).startswith("Y ")
    assert invent_minority_name("Ê Đê", Sex.FEMALE, rng=rng).startswith("H'")
    assert " Thị " in invent_minority_name("Thái", Sex.FEMALE, rng=rng)


def test_the_local_minority_comes_up_most_often() -> None:
    rng = Random(9)
    groups = Counter(invent_minority(rng=rng) for _ in range(500))

    assert groups.most_common(1)[0][0] == "Mường"
    assert set(groups) == set(minorities())


def test_a_name_follows_the_ethnicity() -> None:
    assert invent_name_of(KINH, Sex.MALE, rng=Random(1)) == invent_name(
        Sex.MALE, rng=Random(1)
    )
    assert invent_name_of("Ê Đê", Sex.MALE, rng=Random(1)).startswith("Y ")


def test_an_unknown_ethnicity_is_refused() -> None:
    with pytest.raises(KeyError):
        invent_minority_name("Kinh", Sex.MALE, rng=Random(1))


def test_the_district_and_the_province_have_nguyen_within_bounds() -> None:
    people = [p for seed in range(1, 9) for p in build_district(seed=seed).register.people]  # fmt: skip
    people += next(build_rounds("M", seed=1)).people
    nguyen = sum(person.full_name.startswith("Nguyễn ") for person in people)

    assert 0.25 <= nguyen / len(people) <= 0.40
