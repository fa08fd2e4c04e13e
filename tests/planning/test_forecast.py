"""The forecast says at every month what judging the projected record would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.regulations.model_person import HEAD, PERSON, TARGET, UNIT, pair_of

from kecan.planning.forecast import Forecast, forecast, verdict_at
from kecan.planning.horizon import Horizon
from kecan.planning.lists import plan_lists
from kecan.planning.months import (
    benches,
    drop_outs,
    eligible_counts,
    meters_in,
    vacancies,
)
from kecan.planning.projection import day_of, month_judged_from, project
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.facts import (
    AnnualRating,
    Departure,
    DepartureKind,
    Discipline,
    DisciplineForm,
    PlanEntry,
    RatingGrade,
    Register,
    Unit,
    UnitKind,
)
from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import Criterion, Outcome
from kecan.vocabulary import Level, Line, Month, PartialDate, PersonId, UnitId

if TYPE_CHECKING:
    from pathlib import Path

    from kecan.regulations.facts import PersonFacts, Post
    from kecan.vocabulary import TermPair

TODAY = date(2022, 5, 10)
CURRENT, NEXT = pair_of("2020-2025"), pair_of("2025-2030")
COMMITTEE = Unit(
    unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
)
OWN = replace(HEAD, is_planned=False)


def _register(
    *people: PersonFacts, posts: tuple[Post, ...] = (OWN, TARGET), plan: str = ""
) -> Register:
    """Return a register; ``plan`` names the term its first person is planned for."""
    entries: tuple[PlanEntry, ...] = ()
    if plan:
        first, last = (int(year) for year in plan.split("-"))
        entries = (
            PlanEntry(
                person_id=people[0].person_id,
                post_id=TARGET.post_id,
                first_year=first,
                last_year=last,
                decided=PartialDate(2020, 1, 1),
            ),
        )
    return Register(units=(COMMITTEE,), posts=posts, people=people, plan=entries)


def _horizon(register: Register, *, rules: str = "50-qd-tw") -> Horizon:
    return Horizon(
        register=register,
        pack=load_pack(rules),
        today=TODAY,
        terms=(CURRENT, NEXT),
        last=Month(2031, 12),
    )


def _spans(found: Forecast, term: str = "current") -> list[tuple[str, str]]:
    pair = CURRENT if term == "current" else NEXT
    question = (PERSON.person_id, TARGET.post_id, pair.party)
    return [
        (str(one.since), f"{one.outcome.value}: {', '.join(one.criteria)}")
        for one in found.spans[question]
        if one.since.year <= pair.party.last_year
    ]


def test_somebody_young_with_good_ratings_passes_to_the_end() -> None:
    found = forecast(_horizon(_register(PERSON)))

    assert _spans(found) == [("2022-05", "pass: ")]
    assert _spans(found, "next") == [("2022-05", "pass: ")]


def test_the_month_service_runs_short_ends_the_current_term() -> None:
    # Born 09/1966, male: retires 09/2028 at 62 years; 40 months are needed, so
    # 05/2025 still leaves 40 and 06/2025 leaves 39.
    old = replace(PERSON, born=PartialDate(1966, 9))

    found = forecast(_horizon(_register(old)))

    assert _spans(found) == [("2022-05", "pass: "), ("2025-06", "fail: age")]
    assert _spans(found, "next") == [("2022-05", "fail: age")]


def test_a_next_term_asks_sixty_months_until_its_month_and_forty_from_then_on() -> None:
    # Born 05/1968: retires 05/2030, 59 months after 06/2025: too few for the next
    # term. From 06/2025 it is the current term and asks 40; 01/2027 leaves 40.
    old = replace(PERSON, born=PartialDate(1968, 5))

    found = forecast(_horizon(_register(old)))

    assert _spans(found, "next") == [
        ("2022-05", "fail: age"),
        ("2025-06", "pass: "),
        ("2027-02", "fail: age"),
    ]


def test_a_reprimand_bars_until_the_month_it_has_lost_effect() -> None:
    matter = Discipline(
        form=DisciplineForm.REPRIMAND,
        decided=PartialDate(2021, 9, 14),
        expires=PartialDate(2022, 9, 14),
    )

    found = forecast(_horizon(_register(replace(PERSON, disciplines=(matter,)))))

    assert _spans(found) == [
        ("2022-05", "fail: discipline"),
        ("2022-10", "needs_decision: discipline"),
    ]


def test_a_low_rating_leaves_the_window_after_three_years() -> None:
    ratings = tuple(
        AnnualRating(year=year, grade=grade)
        for year, grade in (
            (2019, RatingGrade.GOOD),
            (2020, RatingGrade.COMPLETED),
            (2021, RatingGrade.GOOD),
        )
    )

    found = forecast(_horizon(_register(replace(PERSON, ratings=ratings))))

    assert _spans(found) == [("2022-05", "fail: ratings"), ("2024-01", "pass: ")]


def test_years_to_come_are_rated_like_the_latest_one() -> None:
    ratings = (AnnualRating(year=2021, grade=RatingGrade.COMPLETED),)

    later = project(replace(PERSON, ratings=ratings), today=TODAY, on=date(2024, 3, 1))

    assert [(one.year, one.grade.value) for one in later.ratings] == [
        (2021, "completed"),
        (2022, "completed"),
        (2023, "completed"),
    ]
    assert later.ratings[1].source == "giả định như năm 2021"


def test_what_becomes_known_after_today_is_no_part_of_a_forecast() -> None:
    gone = Departure(left=PartialDate(2023, 1, 1), kind=DepartureKind.TRANSFERRED)

    found = forecast(_horizon(_register(replace(PERSON, departures=(gone,)))))

    assert _spans(found) == [("2022-05", "pass: ")]


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2020, 1, 1), "2022-05"),
        (date(2022, 5, 10), "2022-05"),
        (date(2022, 5, 11), "2022-06"),
        (date(2022, 6, 1), "2022-06"),
        (date(2024, 6, 14), "2024-07"),
    ],
)
def test_a_date_shows_in_the_first_month_judged_on_or_after_it(
    day: date, month: str
) -> None:
    assert str(month_judged_from(day, today=TODAY)) == month


def test_a_forecast_of_a_term_that_is_over_is_refused() -> None:
    horizon = replace(_horizon(_register(PERSON)), terms=(pair_of("2015-2020"),))

    with pytest.raises(TermEndedError):
        forecast(horizon)


def test_nothing_is_said_about_a_term_that_is_over_by_then() -> None:
    found = forecast(_horizon(_register(PERSON)))
    question = (PERSON.person_id, TARGET.post_id, CURRENT.party)

    assert found.outcome(question, Month(2025, 12)) is Outcome.PASS
    assert found.outcome(question, Month(2026, 1)) is None


def test_a_forecast_that_ends_before_it_begins_is_a_broken_call() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        replace(_horizon(_register(PERSON)), last=Month(2022, 4))


@given(
    person=strategies.people(),
    posts=strategies.posts_of("AB"),
    today=strategies.days(date(2019, 6, 1), date(2026, 11, 30)),
    terms=st.lists(strategies.term_pairs(), min_size=1, max_size=2, unique=True),
    rules=st.sampled_from(["50-qd-tw", "377-qd-tw"]),
    late=st.integers(0, 130),
)
def test_the_forecast_equals_judging_the_projected_record_at_each_month(
    person: PersonFacts,
    posts: tuple[Post, ...],
    today: date,
    terms: list[TermPair],
    rules: str,
    late: int,
) -> None:
    alive = tuple(
        pair
        for pair in terms
        if today.year <= min(pair.on(line).last_year for line in Line)
    )
    unit = replace(COMMITTEE, unit_id=UnitId("U1"))
    register = Register(units=(unit,), posts=posts, people=(person,))
    horizon = Horizon(
        register=register,
        pack=load_pack(rules),
        today=today,
        terms=alive,
        last=Month.of(today).plus(late),
    )

    found = forecast(horizon)

    for pair in alive:
        for post in posts:
            term = pair.on(post.line)
            question = (person.person_id, post.post_id, term)
            for month in horizon.months:
                span = found.span(question, month)
                if month.year > term.last_year:
                    assert span is None
                    continue
                verdict = verdict_at(
                    horizon, person=person, post=post, term=term, month=month
                )
                assert span is not None
                assert (span.outcome, span.criteria) == (
                    verdict.outcome,
                    tuple(one.criterion for one in verdict.deciding),
                )


def test_a_value_that_changes_in_the_rules_changes_the_forecast(tmp_path: Path) -> None:
    overlay = tmp_path / "tinh.toml"
    overlay.write_text(
        """
[pack]
key = "tinh"
kind = "overlay"
title = { vi = "Tỉnh", en = "Province" }
in_force_from = 2024-06-14
[sources.own]
document = "1-QĐ/TU"
dated = 2024-06-14
[[value]]
key = "rating.lowest_grade"
effective_from = 2024-06-14
value = "excellent"
unit = "grade"
description = { vi = "Mức", en = "Grade" }
source = "own"
confidence = "verified"
""",
        "utf-8",
    )
    horizon = replace(
        _horizon(_register(PERSON)), pack=load_pack("50-qd-tw", overlays=[overlay])
    )

    found = forecast(horizon)

    assert _spans(found) == [("2022-05", "pass: "), ("2024-07", "fail: ratings")]


def test_somebody_retiring_in_a_month_holds_the_office_until_its_end() -> None:
    # Born 11/1962, male: 60 years 9 months in 08/2023.
    old = replace(PERSON, person_id=PersonId("CB02"), born=PartialDate(1962, 11, 2))
    planned_head = replace(HEAD, is_planned=True)
    horizon = _horizon(_register(PERSON, old, posts=(planned_head, TARGET)))
    found = forecast(horizon)
    lists = plan_lists(horizon.register, terms=(CURRENT,), as_of=TODAY)
    eligible = eligible_counts(found)

    holders = [
        benches(found, lists=lists, month=month, eligible=eligible)[0].holders
        for month in (Month(2023, 8), Month(2023, 9))
    ]

    assert [(str(v.month), v.person.person_id) for v in vacancies(horizon)] == [
        ("2023-08", "CB02")
    ]
    assert vacancies(horizon)[0].offices[0].title == HEAD.title
    assert holders == [2, 1]


def test_somebody_who_has_left_is_not_counted_as_retiring() -> None:
    gone = replace(
        PERSON,
        born=PartialDate(1962, 11, 2),
        departures=(
            Departure(left=PartialDate(2022, 5, 1), kind=DepartureKind.RETIRED),
        ),
    )

    assert vacancies(_horizon(_register(gone))) == ()


def test_a_planned_person_drops_out_with_month_and_reason() -> None:
    old = replace(PERSON, born=PartialDate(1966, 9))
    horizon = _horizon(_register(old, plan="2020-2025"))
    lists = plan_lists(horizon.register, terms=horizon.terms, as_of=TODAY)

    changes = drop_outs(forecast(horizon), lists=lists)

    assert [
        (str(one.month), one.before, one.after, one.criteria) for one in changes
    ] == [("2025-06", Outcome.PASS, Outcome.FAIL, (Criterion.AGE,))]


def test_the_coefficient_falls_in_the_month_somebody_drops_out() -> None:
    old = replace(PERSON, born=PartialDate(1966, 9))
    horizon = _horizon(_register(old, plan="2020-2025"))
    found = forecast(horizon)
    planned = plan_lists(horizon.register, terms=(CURRENT,), as_of=TODAY)[0]

    have = [
        meters_in(found, planned=planned, month=month)[0].have
        for month in (Month(2025, 5), Month(2025, 6))
    ]

    assert have == [1, 0]


def test_the_eligible_are_counted_month_by_month() -> None:
    old = replace(PERSON, person_id=PersonId("CB02"), born=PartialDate(1966, 9))
    horizon = _horizon(_register(PERSON, old))

    counts = eligible_counts(forecast(horizon))[TARGET.post_id, CURRENT.party]

    # 05/2022 is month 0, so 06/2025 is month 37.
    assert counts[:37] == (2,) * 37
    assert counts[37] == 1


def test_a_post_nobody_is_on_record_for_has_nobody_eligible() -> None:
    found = forecast(_horizon(_register()))
    lists = plan_lists(found.horizon.register, terms=(CURRENT,), as_of=TODAY)

    behind = benches(
        found, lists=lists, month=Month(2022, 5), eligible=eligible_counts(found)
    )

    assert [one.eligible for one in behind] == [0]


def test_the_first_month_is_judged_today_and_others_on_their_first_day() -> None:
    assert day_of(Month(2022, 5), today=TODAY) == TODAY
    assert day_of(Month(2022, 6), today=TODAY) == date(2022, 6, 1)
