"""Retirement and remaining service, exact to the month.

A person retires in the first month in which their age reaches the age required
in *that month's year*; the roadmap rises once a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.pack import pack_in_force
from kecan.vocabulary import Month, Sentence, Sex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import PartialDate

_MONTHS_A_YEAR = 12
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
    decisive = _decisive(_ages(sex, as_of=as_of), born=born.first_month)
    month = max(
        born.first_month.plus(decisive.whole), Month.of(decisive.effective_from)
    )
    return Retirement(
        month=month,
        age_months=decisive.whole,
        parameter=decisive,
        sentence=_statutory_age(month, decisive, sex),
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


def _ages(sex: Sex, *, as_of: date) -> tuple[Parameter, ...]:
    pack = pack_in_force(as_of, kind="retirement")
    ages = [
        value
        for value in pack.all_parameters()
        if value.key == "retirement.age" and value.scope.sex is sex
    ]
    return tuple(sorted(ages, key=lambda value: value.effective_from))


def _decisive(ages: Sequence[Parameter], *, born: Month) -> Parameter:
    """Return the first yearly value whose age is reached before the value ends."""
    for age in ages:
        ends = age.effective_until
        if ends is None or born.plus(age.whole) < Month.of(ends):
            return age
    msg = "the last retirement age of a law must be open-ended"
    raise ValueError(msg)


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
