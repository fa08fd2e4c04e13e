"""The person's own record: still in post, annual ratings, political standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.facts import RatingGrade
from kecan.regulations.verdict import Criterion, Finding, Outcome, Timing, Wording
from kecan.regulations.wording import DEPARTURES, GRADES, from_paper
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from datetime import date

    from kecan.regulations.facts import (
        AnnualRating,
        Departure,
        PersonFacts,
        PoliticalConclusion,
    )
    from kecan.regulations.parameters import Parameter


def judge_in_post(person: PersonFacts, *, as_of: date, rule: Parameter) -> Finding:
    """Tell whether the person still belongs to the committee's personnel.

    Somebody who left and took up an office again afterwards is back.
    """
    left = departure_in_force(person, as_of=as_of)
    if left is None:
        outcome, wording = Outcome.PASS, Wording(_still_here)
    else:
        outcome, wording = Outcome.FAIL, Wording(_has_left, (left,))
    return Finding(
        rule=rule, criterion=Criterion.IN_POST, outcome=outcome, wording=wording
    )


def departure_in_force(person: PersonFacts, *, as_of: date) -> Departure | None:
    """Return how a person left; None for somebody who is here, or here again."""
    if not person.departures:
        return None
    last = max(
        person.departures,
        key=lambda one: (one.left.earliest, one.kind, str(one.left), one.source),
    )
    is_back = any(
        office.since.earliest >= last.left.earliest
        for office in person.offices_on(as_of)
    )
    return None if is_back else last


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRules:
    """Which years are looked at and how low a rating may be.

    ``not_completed`` says whether a latest year rated as tasks not completed bars
    by itself, whatever ``lowest`` is.
    """

    window: Parameter
    lowest: Parameter
    not_completed: Parameter


def judge_ratings(person: PersonFacts, *, as_of: date, rules: RatingRules) -> Finding:
    """Look at the annual ratings of the full years before ``as_of``.

    A grade below the lowest in any of them fails; a year without a rating is
    missing data, and a year with two different ones needs a decision.
    """
    years = range(as_of.year - rules.window.whole, as_of.year)
    rule = rules.lowest
    if rules.not_completed.is_true and did_not_complete_tasks(person, as_of=as_of):
        rule = rules.not_completed
        answer = Outcome.FAIL, Wording(_not_completed, (as_of.year - 1,))
    else:
        answer = _rate(person, years=years, needed=RatingGrade(rules.lowest.text))
    return Finding(
        rule=rule,
        criterion=Criterion.RATINGS,
        outcome=answer[0],
        wording=answer[1],
        facts_used=tuple(
            Wording(_rating, (one,))
            for one in sorted(person.ratings, key=_rating_order)
            if one.year in years
        ),
    )


def did_not_complete_tasks(person: PersonFacts, *, as_of: date) -> bool:
    """Tell whether the latest full year is rated as tasks not completed."""
    return _grades(person, as_of.year - 1) == {RatingGrade.NOT_COMPLETED}


def judge_political_standard(person: PersonFacts, *, rule: Parameter) -> Finding:
    """Look at the latest conclusion on the political standard.

    Without a conclusion the question is asked later and does not decide.
    """
    latest = _latest_conclusion(person)
    if latest is None:
        return Finding(
            rule=rule,
            criterion=Criterion.POLITICAL_STANDARD,
            outcome=Outcome.MISSING_DATA,
            wording=Wording(_no_conclusion),
            timing=Timing.LATER,
        )
    return Finding(
        rule=rule,
        criterion=Criterion.POLITICAL_STANDARD,
        outcome=Outcome.PASS if latest.meets_standard else Outcome.FAIL,
        wording=Wording(_concluded, (latest,)),
        facts_used=(Wording(_conclusion, (latest,)),),
    )


def _rate(
    person: PersonFacts, *, years: range, needed: RatingGrade
) -> tuple[Outcome, Wording]:
    grades = {year: _grades(person, year) for year in years}
    unclear = tuple(year for year in years if len(grades[year]) > 1)
    below = tuple(
        (year, grade)
        for year in years
        for grade in grades[year]
        if grade.rank > needed.rank and year not in unclear
    )
    absent = tuple(year for year in years if not grades[year])
    if below:
        return Outcome.FAIL, Wording(_below, (below, needed))
    if absent:
        return Outcome.MISSING_DATA, Wording(_not_rated, (absent,))
    if unclear:
        return Outcome.NEEDS_DECISION, Wording(_rated_twice, (unclear,))
    return Outcome.PASS, Wording(_rated_well, (years[0], years[-1], needed))


def _rating_order(rating: AnnualRating) -> tuple[int, str, str]:
    return (rating.year, rating.grade, rating.source)


def _grades(person: PersonFacts, year: int) -> set[RatingGrade]:
    return {one.grade for one in person.ratings if one.year == year}


def _latest_conclusion(person: PersonFacts) -> PoliticalConclusion | None:
    return max(
        person.political_conclusions,
        key=lambda one: (
            one.concluded.earliest,
            not one.meets_standard,
            one.source,
            str(one.concluded),
        ),
        default=None,
    )


def _still_here() -> Sentence:
    return Sentence(
        "Còn thuộc diện cán bộ của cấp uỷ.",
        "Still belongs to the committee's personnel.",
    )


def _has_left(left: Departure) -> Sentence:
    why = DEPARTURES[left.kind]
    paper = from_paper(left.source)
    return Sentence(
        f"Đã {why.vi} từ {left.left.vi}{paper.vi}; "
        "không còn thuộc diện cán bộ của cấp uỷ.",
        f"Left the committee's personnel on {left.left.vi} ({why.en}){paper.en}.",
    )


def _rating(rating: AnnualRating) -> Sentence:
    paper = from_paper(rating.source)
    return Sentence(
        f"Xếp loại năm {rating.year}: {GRADES[rating.grade].vi}{paper.vi}.",
        f"Rating of {rating.year}: {GRADES[rating.grade].en}{paper.en}.",
    )


def _not_completed(year: int) -> Sentence:
    return Sentence(
        f"Năm {year} xếp loại không hoàn thành nhiệm vụ; không đưa vào quy hoạch và "
        "đưa ra khỏi quy hoạch nếu đã được quy hoạch.",
        f"Rated as tasks not completed in {year}; such a person is not planned and "
        "leaves the plan.",
    )


def _below(below: tuple[tuple[int, RatingGrade], ...], needed: RatingGrade) -> Sentence:
    vi = ", ".join(f"năm {year} {GRADES[grade].vi}" for year, grade in below)
    en = ", ".join(f"{year} {GRADES[grade].en}" for year, grade in below)
    return Sentence(
        f"Xếp loại chất lượng {vi}; các năm xét phải đạt {GRADES[needed].vi} trở lên.",
        f"Rated {en}; each year looked at has to be {GRADES[needed].en} or better.",
    )


def _not_rated(years: tuple[int, ...]) -> Sentence:
    listed = ", ".join(str(year) for year in years)
    return Sentence(
        f"Hồ sơ chưa có kết quả xếp loại chất lượng năm {listed}; cần bổ sung.",
        f"The record has no rating for {listed}; it has to be completed.",
    )


def _rated_twice(years: tuple[int, ...]) -> Sentence:
    listed = ", ".join(str(year) for year in years)
    return Sentence(
        f"Năm {listed} có nhiều kết quả xếp loại khác nhau; "
        "cần xác định kết quả có giá trị.",
        f"There are different ratings for {listed}; somebody has to say which holds.",
    )


def _rated_well(first: int, last: int, needed: RatingGrade) -> Sentence:
    return Sentence(
        f"Các năm {first} - {last} đều xếp loại {GRADES[needed].vi} trở lên.",
        f"Rated {GRADES[needed].en} or better in every year from {first} to {last}.",
    )


def _no_conclusion() -> Sentence:
    return Sentence(
        "Chưa có kết luận về tiêu chuẩn chính trị; "
        "cần có kết luận trước khi phê duyệt quy hoạch.",
        "There is no conclusion on the political standard yet; "
        "one is needed before the plan is approved.",
    )


def _conclusion(one: PoliticalConclusion) -> Sentence:
    paper = from_paper(one.source)
    return Sentence(
        f"Kết luận tiêu chuẩn chính trị ngày {one.concluded.vi}{paper.vi}.",
        f"Conclusion on the political standard of {one.concluded.vi}{paper.en}.",
    )


def _concluded(one: PoliticalConclusion) -> Sentence:
    if one.meets_standard:
        return Sentence(
            f"Đã được kết luận bảo đảm tiêu chuẩn chính trị ({one.concluded.vi}).",
            f"Concluded to meet the political standard ({one.concluded.vi}).",
        )
    return Sentence(
        f"Đã có kết luận không bảo đảm tiêu chuẩn chính trị ({one.concluded.vi}).",
        f"Concluded not to meet the political standard ({one.concluded.vi}).",
    )
