"""Retirement and remaining service, exact to the month.

A person retires in the first month in which their age reaches the age required
in *that month's year*; the roadmap rises once a year. Whoever reached the age of
the older law while it was in force retired under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kecan.regulations.pack import load_pack, pack_in_force, shipped_pack_keys
from kecan.vocabulary import Month, Sentence, Sex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import PartialDate

_MONTHS_A_YEAR = 12
_RETIREMENT = "retirement"
_SEX_VI = {Sex.MALE: "nam", Sex.FEMALE: "nữ"}
_SEX_EN = {Sex.MALE: "men", Sex.FEMALE: "women"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """The month a person retires and the rule that gives it.

    ``parameter`` is None when a retirement age set for the person decides.
    """

    month: Month
    age_months: int
    parameter: Parameter | None
    sentence: Sentence


def retirement(
    *, born: PartialDate, sex: Sex, as_of: date, retires_at: int | None = None
) -> Retirement:
    """Return the month a person retires, by the law in force on a day.

    Args:
        born: Date of birth; a year alone counts as January.
        sex: Sex in the dossier.
        as_of: The day whose law is applied, so that old papers can be replayed.
        retires_at: Retirement age of this person in whole months of age, when it
            differs from the statutory one.

    Raises:
        UnknownPackError: If no retirement law is known for ``as_of``.

    Source:
        Nghị định 135/2020/NĐ-CP of 18/11/2020, article 4; before 2021 Bộ luật Lao
        động 10/2012/QH13, article 187. The values are in rules/pack-*.toml.
    """
    if retires_at is not None:
        month = born.first_month.plus(retires_at)
        return Retirement(
            month=month,
            age_months=retires_at,
            parameter=None,
            sentence=_own_age(month, retires_at),
        )
    pack_in_force(as_of, kind=_RETIREMENT)
    laws = tuple(
        key
        for key in shipped_pack_keys(kind=_RETIREMENT)
        if load_pack(key).in_force_from <= as_of
    )
    stretch = _decisive(_stretches(laws, sex), born=born.first_month)
    age = stretch.age
    reached = born.first_month.plus(age.whole)
    month = reached if stretch.begins is None else max(reached, stretch.begins)
    return Retirement(
        month=month,
        age_months=age.whole,
        parameter=age,
        sentence=_statutory_age(month, age, sex),
    )


def remaining_months(
    *,
    born: PartialDate,
    sex: Sex,
    at: Month,
    as_of: date,
    retires_at: int | None = None,
) -> int:
    """Return whole months of service left at a month; negative once retired.

    Raises:
        UnknownPackError: If no retirement law is known for ``as_of``.
    """
    found = retirement(born=born, sex=sex, as_of=as_of, retires_at=retires_at)
    return at.months_until(found.month)


def age_in_words(months: int) -> Sentence:
    """Return an age in months as years and months: 723 is "60 tuổi 3 tháng"."""
    years, rest = divmod(months, _MONTHS_A_YEAR)
    if not rest:
        return Sentence(f"{years} tuổi", f"{years} years")
    return Sentence(f"{years} tuổi {rest} tháng", f"{years} years {rest} months")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The months in which one retirement age is required.

    ``begins`` is None for the oldest age known, ``ends`` (exclusive) for the last.
    """

    age: Parameter
    begins: Month | None
    ends: Month | None


@lru_cache(maxsize=32)
def _stretches(laws: tuple[str, ...], sex: Sex) -> tuple[_Stretch, ...]:
    """Return the ages required of one sex under laws that follow each other."""
    packs = [load_pack(key) for key in laws]
    stretches: list[_Stretch] = []
    for place, pack in enumerate(packs):
        following = packs[place + 1].in_force_from if pack is not packs[-1] else None
        for age in _ages(pack, sex):
            ends = min(filter(None, (age.effective_until, following)), default=None)
            stretches.append(
                _Stretch(
                    age=age,
                    begins=Month.of(age.effective_from) if stretches else None,
                    ends=None if ends is None else Month.of(ends),
                )
            )
    return tuple(stretches)


def _ages(pack: RulePack, sex: Sex) -> list[Parameter]:
    ages = [
        value
        for value in pack.all_parameters()
        if value.key == "retirement.age" and value.scope.sex is sex
    ]
    return sorted(ages, key=lambda value: value.effective_from)


def _decisive(stretches: Sequence[_Stretch], *, born: Month) -> _Stretch:
    """Return the first stretch in which somebody born in ``born`` is old enough."""
    return next(
        stretch
        for stretch in stretches
        if stretch.ends is None or born.plus(stretch.age.whole) < stretch.ends
    )


def _own_age(month: Month, months: int) -> Sentence:
    age = age_in_words(months)
    return Sentence(
        f"Nghỉ hưu tháng {month.vi}, đủ {age.vi} theo tuổi nghỉ hưu riêng của cán bộ.",
        f"Retires in {month.vi} at {age.en}, the age set for this person.",
    )


def _statutory_age(month: Month, parameter: Parameter, sex: Sex) -> Sentence:
    age = age_in_words(parameter.whole)
    return Sentence(
        f"Nghỉ hưu tháng {month.vi}, đủ {age.vi} ({_SEX_VI[sex]}); {parameter.source}.",
        f"Retires in {month.vi} at {age.en} ({_SEX_EN[sex]}); {parameter.source}.",
    )
