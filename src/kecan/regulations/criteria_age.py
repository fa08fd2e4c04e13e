"""Age: whole months of service left at the reference month, against what a term needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.regulations.retirement import retirement
from kecan.regulations.verdict import Criterion, Finding, Outcome, Wording
from kecan.regulations.wording import LEVELS, LINES, SEXES
from kecan.vocabulary import Month, PartialDate, Sentence

if TYPE_CHECKING:
    from datetime import date

    from kecan.regulations.facts import PersonFacts
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.retirement import Retirement
    from kecan.vocabulary import Level, Line, Sex, Term


class TermEndedError(ValueError):
    """The term was over on the day of the judgement, so nobody is planned for it."""

    def __init__(self, term: Term, as_of: date) -> None:
        self.sentence = Sentence(
            f"Nhiệm kỳ {term.vi} đã kết thúc trước ngày {as_of:%d/%m/%Y}; "
            "chỉ xét quy hoạch cho nhiệm kỳ hiện tại hoặc nhiệm kỳ kế tiếp.",
            f"Term {term.label} was over before {as_of:%d/%m/%Y}; "
            "only the current and the next term are planned for.",
        )
        super().__init__(self.sentence.vi)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRules:
    """What a term asks of a person's age, for posts of one level and line.

    ``counted_from`` is the month service left is counted from: the reference
    month of a next term, the month of the judgement for a term that has begun;
    None when the reference month has yet to be entered. ``target`` is set for a
    next term only.
    """

    term: Term
    level: Level
    line: Line
    is_current: bool
    counted_from: Month | None
    minimum: Parameter
    target: Parameter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEnd:
    """When a person's service ends, or why that cannot be told."""

    month: Month | None
    facts_used: tuple[Wording, ...]
    missing: Sentence | None = None


def age_rules(
    pack: RulePack, *, term: Term, level: Level, line: Line, as_of: date
) -> AgeRules:
    """Return what ``term`` asks of a person's age on a day.

    A term that has begun on ``as_of`` (its reference month is reached) is the
    current one; otherwise it is a next one.

    Raises:
        TermEndedError: If the term was over before ``as_of``.
    """
    if as_of.year > term.last_year:
        raise TermEndedError(term, as_of)
    month = _reference_month(pack, term=term, level=level, line=line, as_of=as_of)
    if month is None:
        is_current = as_of.year > term.first_year
    else:
        is_current = month <= Month.of(as_of)
    key = "age.current_term_minimum" if is_current else "age.next_term_minimum"
    return AgeRules(
        term=term,
        level=level,
        line=line,
        is_current=is_current,
        counted_from=Month.of(as_of) if is_current else month,
        minimum=pack.parameter(key, on=as_of, level=level, line=line, term=term.label),
        target=None
        if is_current
        else pack.parameter(
            "age.next_term_target", on=as_of, level=level, line=line, term=term.label
        ),
    )


def service_end(person: PersonFacts, *, as_of: date) -> ServiceEnd:
    """Return when the service of ``person`` ends by the law of ``as_of``."""
    born = person.born
    if born is None:
        missing = Sentence("ngày, tháng, năm sinh", "the date of birth")
        return ServiceEnd(month=None, facts_used=(), missing=missing)
    if person.sex is None:
        missing = Sentence("giới tính", "the sex")
        facts = (Wording(_born, (born, None)),)
        return ServiceEnd(month=None, facts_used=facts, missing=missing)
    end = _retirement(born.first_month, person.sex, as_of, person.retires_at)
    return ServiceEnd(
        month=end.month,
        facts_used=(Wording(_born, (born, person.sex)), Wording.of(end.sentence)),
    )


def judge_age(end: ServiceEnd, *, rules: AgeRules) -> Finding:
    """Compare the months of service left with what the term asks."""
    if rules.counted_from is None:
        return _finding(
            rules, end, Outcome.MISSING_DATA, Wording(_no_reference_month, (rules,))
        )
    if end.month is None:
        return _finding(
            rules, end, Outcome.MISSING_DATA, Wording(_not_on_record, (end.missing,))
        )
    count = _Count(
        left=rules.counted_from.months_until(end.month),
        counted_from=rules.counted_from,
        is_current=rules.is_current,
    )
    needed = rules.minimum.whole
    if count.left < needed:
        words = Wording(_too_few, (count, needed, end.month))
        return _finding(rules, end, Outcome.FAIL, words)
    if rules.target is None:
        words = Wording(_enough_for_current, (count, needed))
    else:
        words = Wording(_enough_for_next, (count, needed, rules.target.whole))
    return _finding(rules, end, Outcome.PASS, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    left: int
    counted_from: Month
    is_current: bool


@lru_cache(maxsize=4096)
def _retirement(
    born: Month, sex: Sex, as_of: date, retires_at: int | None
) -> Retirement:
    """Return the retirement of everybody born in one month: whole months decide."""
    month = PartialDate(born.year, born.month)
    return retirement(born=month, sex=sex, as_of=as_of, retires_at=retires_at)


def _finding(
    rules: AgeRules, end: ServiceEnd, outcome: Outcome, wording: Wording
) -> Finding:
    return Finding(
        rule=rules.minimum,
        criterion=Criterion.AGE,
        outcome=outcome,
        wording=wording,
        facts_used=end.facts_used,
    )


def _reference_month(
    pack: RulePack, *, term: Term, level: Level, line: Line, as_of: date
) -> Month | None:
    try:
        return pack.parameter(
            "age.reference_month", on=as_of, level=level, line=line, term=term.label
        ).month
    except (UnknownParameterError, OperatorValueMissingError):
        return None


def _born(born: PartialDate, sex: Sex | None) -> Sentence:
    if sex is None:
        return Sentence(f"Sinh {born.vi}.", f"Born {born.vi}.")
    return Sentence(
        f"Sinh {born.vi}, {SEXES[sex].vi}.", f"Born {born.vi}, {SEXES[sex].en}."
    )


def _not_on_record(missing: Sentence) -> Sentence:
    return Sentence(
        f"Hồ sơ chưa có {missing.vi} nên chưa tính được thời gian công tác còn lại.",
        f"The record lacks {missing.en}, so the service left cannot be counted.",
    )


def _no_reference_month(rules: AgeRules) -> Sentence:
    place = f"{LINES[rules.line].vi} {LEVELS[rules.level].vi}"
    return Sentence(
        f"Chưa có quy định về thời điểm tính tuổi nhiệm kỳ {rules.term.vi} "
        f"({place}); đơn vị cần nhập tháng mốc tính tuổi.",
        f"No reference month is set for term {rules.term.label} "
        f"({LINES[rules.line].en}, {LEVELS[rules.level].en}); it has to be entered.",
    )


def _left(count: _Count) -> Sentence:
    month = count.counted_from
    at = "tính từ" if count.is_current else "tính đến"
    if count.left < 0:
        return Sentence(
            f"Đã quá tuổi nghỉ hưu {-count.left} tháng {at} {month.vi}",
            f"Past retirement by {-count.left} months at {month.vi}",
        )
    return Sentence(
        f"Còn {count.left} tháng công tác {at} {month.vi}",
        f"{count.left} months of service left at {month.vi}",
    )


def _too_few(count: _Count, needed: int, end: Month) -> Sentence:
    have = _left(count)
    what = (
        Sentence("mức tối thiểu để quy hoạch nhiệm kỳ hiện tại", "the current term")
        if count.is_current
        else Sentence("yêu cầu trọn một nhiệm kỳ", "one full term")
    )
    earliest = count.counted_from.plus(needed)
    return Sentence(
        f"{have.vi}, thiếu {needed - count.left} tháng so với {what.vi} "
        f"({needed} tháng). Nghỉ hưu tháng {end.vi}; "
        f"phải từ tháng {earliest.vi} trở đi mới đủ.",
        f"{have.en}, {needed - count.left} short of {what.en} ({needed} months). "
        f"Retires in {end.vi}; it would have to be {earliest.vi} or later.",
    )


def _enough_for_current(count: _Count, needed: int) -> Sentence:
    have = _left(count)
    return Sentence(
        f"{have.vi}, đủ mức tối thiểu để quy hoạch nhiệm kỳ hiện tại ({needed} tháng).",
        f"{have.en}, enough for the current term ({needed} months).",
    )


def _enough_for_next(count: _Count, needed: int, target: int) -> Sentence:
    have = _left(count)
    if count.left >= target:
        return Sentence(
            f"{have.vi}, đủ tuổi công tác từ hai nhiệm kỳ trở lên ({target} tháng).",
            f"{have.en}, enough for two terms or more ({target} months).",
        )
    return Sentence(
        f"{have.vi}, đủ trọn một nhiệm kỳ ({needed} tháng); "
        f"còn thiếu {target - count.left} tháng để đủ hai nhiệm kỳ ({target} tháng).",
        f"{have.en}, enough for one full term ({needed} months); "
        f"{target - count.left} short of two terms ({target} months).",
    )
