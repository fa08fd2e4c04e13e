"""Structure, gaps, review queue, what-if, simulation and pictures of a small plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from tests.regulations.model_person import HEAD, PERSON, TARGET, UNIT, pair_of

from kecan.planning.branch_difference import difference_of
from kecan.planning.branches import (
    Branch,
    UnknownIdError,
    with_appointment,
    with_departure,
    with_pack,
    with_plan,
    with_seats,
    with_value,
)
from kecan.planning.forecast import forecast
from kecan.planning.gaps import Place, gaps
from kecan.planning.horizon import Horizon
from kecan.planning.lists import plan_lists
from kecan.planning.review_queue import Stale, review_queue
from kecan.planning.simulation import Chance, posts_left_with_nobody
from kecan.planning.structure import ListWarning, Measure, structure
from kecan.planning.tables import Table, column
from kecan.planning.vacancy_chain import chain_of, robustness
from kecan.regulations.facts import (
    Departure,
    DepartureKind,
    Discipline,
    DisciplineForm,
    OfficeHeld,
    PersonFacts,
    PlanEntry,
    Post,
    Register,
    Unit,
    UnitKind,
)
from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import Outcome
from kecan.sample.district import DAY, build_district
from kecan.vocabulary import Level, Month, PartialDate, PersonId, PostId, Sentence, Sex

PACK = load_pack("50-qd-tw")
TERMS = pair_of("2020-2025")
NEXT = pair_of("2025-2030")
COMMITTEE = Unit(
    unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
)
BOSS = replace(
    HEAD, post_id=PostId("PCT"), title="Phó Chủ tịch", rank=60, fitting_fields=("luật",)
)
WOMAN = replace(
    PERSON, person_id=PersonId("CB02"), sex=Sex.FEMALE, born=PartialDate(1985, 6)
)
HOLDER = replace(
    PERSON,
    person_id=PersonId("CB09"),
    offices=(
        OfficeHeld(post_id=BOSS.post_id, title=BOSS.title, since=PartialDate(2015)),
    ),
)


def _entry(
    person: PersonFacts, post: Post, *, first: int = 2020, decided: bool = True
) -> PlanEntry:
    return PlanEntry(
        person_id=person.person_id,
        post_id=post.post_id,
        first_year=first,
        last_year=first + 5,
        decided=PartialDate(2020, 1, 1) if decided else None,
    )


def _register(*plan: PlanEntry, people: tuple[PersonFacts, ...] = ()) -> Register:
    return Register(
        units=(COMMITTEE,),
        posts=(HEAD, TARGET, BOSS),
        people=people or (PERSON, WOMAN, HOLDER),
        plan=plan,
    )


def _branch(*plan: PlanEntry, people: tuple[PersonFacts, ...] = ()) -> Branch:
    return Branch(
        name="gốc",
        register=_register(*plan, people=people),
        pack=PACK,
        as_of=DAY,
        terms=(TERMS,),
    )


def test_a_list_is_measured_by_the_rule_and_beside_the_last_approved_list() -> None:
    register = _register(_entry(PERSON, TARGET), _entry(WOMAN, TARGET, decided=False))

    found = structure(register, terms=(TERMS,), measure=Measure(pack=PACK, as_of=DAY))

    target = next(one for one in found.lists if one.planned.post is TARGET)
    women = {meter.key: meter for meter in target.meters}["composition.women_share"]
    before = {meter.key: meter for meter in target.approved_meters}
    assert (women.have, women.of, women.need) == (1, 2, 1)
    assert before["composition.women_share"].have == 0
    assert target.warnings == ()  # she is 36


def test_lists_with_nobody_or_no_woman_and_overloaded_people_are_named() -> None:
    others = [
        replace(BOSS, post_id=PostId(f"Q{number}"), rank=61) for number in range(3)
    ]
    plan = [
        _entry(PERSON, TARGET),
        *(_entry(PERSON, one, first=2021) for one in others),
    ]
    posts = (HEAD, TARGET, BOSS, *others)
    register = replace(_register(), posts=posts, plan=tuple(plan))

    found = structure(register, terms=(TERMS,), measure=Measure(pack=PACK, as_of=DAY))

    warnings = {one.planned.post.post_id: one.warnings for one in found.lists}
    assert warnings[BOSS.post_id] == (ListWarning.NOBODY_BEHIND,)
    assert ListWarning.NO_WOMAN in warnings[TARGET.post_id]
    assert [(one.person_id, one.meter.over) for one in found.overloads] == [
        (PERSON.person_id, 1)
    ]


def test_the_district_lacks_economists_and_engineers_first() -> None:
    horizon = Horizon(
        register=build_district(seed=2022).register,
        pack=PACK,
        today=DAY,
        terms=(TERMS,),
        last=Month(2026, 12),
    )

    found = gaps(forecast(horizon))

    worst = sorted(found.fields, key=lambda one: -one.short)[:2]
    # 9 posts × 2 people behind each, 3 posts a person: 6 people; the district has 3.
    assert [(one.field, one.needed, one.eligible) for one in worst] == [
        ("kinh tế", 6, 3),
        ("kỹ thuật", 3, 1),
    ]


def test_supply_is_counted_by_field_place_and_theory() -> None:
    horizon = Horizon(
        register=_register(), pack=PACK, today=DAY, terms=(TERMS,), last=Month(2026, 12)
    )

    found = next(one for one in gaps(forecast(horizon)).posts if one.post == BOSS)

    # Two pass (the holder does not); both are economists, the post asks for law.
    assert (found.eligible, found.fitting, found.wanted, found.short) == (2, 0, 2, 2)
    assert found.at(Place.SAME_UNIT) == 2
    assert found.with_theory == 2


def test_events_queue_an_entry_with_rule_and_due_date() -> None:
    reprimanded = replace(
        PERSON,
        disciplines=(
            Discipline(
                form=DisciplineForm.REPRIMAND,
                decided=PartialDate(2022, 4, 20),
                expires=PartialDate(2023, 4, 20),
            ),
        ),
    )
    register = _register(
        _entry(reprimanded, TARGET), people=(reprimanded, WOMAN, HOLDER)
    )

    (item,) = review_queue(register, pack=PACK, as_of=DAY, terms=TERMS)

    assert item.reason is Stale.DISCIPLINED
    assert item.due == date(2022, 5, 20)
    assert item.rule.key == "discipline.bars_from_form"


def test_somebody_over_age_next_quarter_is_queued_for_that_month() -> None:
    old = replace(PERSON, born=PartialDate(1964, 8))
    register = _register(_entry(old, TARGET), people=(old, WOMAN, HOLDER))

    items = review_queue(register, pack=PACK, as_of=date(2022, 5, 10), terms=TERMS)

    # Born 08/1964: retires 11/2025 (61 y 3 m); 05/2022 leaves 42, 08/2022 leaves 39.
    assert [(one.reason, one.due) for one in items] == [
        (Stale.OVER_AGE_SOON, date(2022, 8, 1))
    ]


def test_a_merged_unit_queues_what_is_planned_in_it() -> None:
    merged = replace(COMMITTEE, exists_until=date(2022, 5, 1))
    register = replace(_register(_entry(PERSON, TARGET)), units=(merged,))

    (item,) = review_queue(register, pack=PACK, as_of=DAY, terms=TERMS)

    assert (item.reason, item.due) == (Stale.UNIT_MERGED, date(2022, 5, 31))


def test_a_new_office_and_a_proof_missing_for_a_year_are_queued() -> None:
    changed = replace(
        PERSON,
        ratings=(),
        offices=(replace(PERSON.offices[0], since=PartialDate(2021, 7, 1)),),
    )
    register = _register(_entry(changed, TARGET), people=(changed, WOMAN, HOLDER))

    items = review_queue(register, pack=PACK, as_of=DAY, terms=TERMS)

    assert [one.reason for one in items] == [Stale.MOVED, Stale.PROOF_MISSING]


def test_a_move_people_have_seen_in_a_review_is_not_queued_again() -> None:
    since = PartialDate(2021, 7, 1)
    changed = replace(PERSON, offices=(replace(PERSON.offices[0], since=since),))
    entry = _entry(changed, TARGET)
    register = _register(entry, people=(changed, WOMAN, HOLDER))
    key = (entry.person_id, entry.post_id, entry.first_year)

    def reasons(day: date) -> list[Stale]:
        items = review_queue(
            register, pack=PACK, as_of=DAY, terms=TERMS, reviewed={key: day}
        )
        return [one.reason for one in items]

    assert Stale.MOVED not in reasons(date(2021, 7, 1))
    assert Stale.MOVED in reasons(date(2021, 6, 30))


def test_a_draft_is_not_queued() -> None:
    register = _register(_entry(PERSON, TARGET, decided=False))

    assert review_queue(register, pack=PACK, as_of=DAY, terms=TERMS) == ()


def test_a_branch_equals_itself() -> None:
    branch = _branch(_entry(PERSON, TARGET))

    found = difference_of(branch, branch)

    assert (found.plan, found.eligible) == ((), ())


def test_whoever_leaves_leaves_the_plan_and_the_rule_says_why() -> None:
    first = _branch(_entry(PERSON, TARGET))
    gone = Departure(left=PartialDate.of(DAY), kind=DepartureKind.TRANSFERRED)

    second = with_departure(first, person_id=PERSON.person_id, departure=gone)

    (move,) = difference_of(first, second).plan
    assert (move.enters, move.before, move.after) == (
        False,
        Outcome.PASS,
        Outcome.FAIL,
    )
    assert [one.rule.key for one in move.findings] == ["personnel.must_belong"]
    assert first.register.people[0].departures == ()


def test_an_appointment_takes_the_person_off_the_list_of_that_post() -> None:
    first = _branch(_entry(PERSON, BOSS, first=2021))

    second = with_appointment(first, person_id=PERSON.person_id, post_id=BOSS.post_id)

    (move,) = difference_of(first, second).plan
    assert move.question[1] == BOSS.post_id
    assert not move.enters


def test_a_new_plan_shows_who_enters() -> None:
    first = _branch(_entry(PERSON, TARGET))

    second = with_plan(first, [_entry(PERSON, TARGET), _entry(WOMAN, TARGET)])

    (move,) = difference_of(first, second).plan
    assert (move.question[0], move.enters, move.findings) == ("CB02", True, ())


def test_other_rules_let_somebody_in_whom_the_first_left_to_a_decision() -> None:
    expired = replace(
        PERSON,
        disciplines=(
            Discipline(
                form=DisciplineForm.REPRIMAND,
                decided=PartialDate(2019, 4, 2),
                expires=PartialDate(2020, 4, 2),
            ),
        ),
    )
    first = _branch(people=(expired,))

    moves = difference_of(first, with_pack(first, load_pack("377-qd-tw"))).eligible

    assert {(one.question[1], one.enters, one.after) for one in moves} == {
        (TARGET.post_id, True, Outcome.PASS),
        (BOSS.post_id, True, Outcome.PASS),
    }


def test_a_reference_month_moved_on_trial_changes_who_is_eligible() -> None:
    # Born 05/1968: 59 months left at 06/2025, 60 at 05/2025.
    old = replace(PERSON, born=PartialDate(1968, 5))
    first = replace(_branch(people=(old,)), terms=(NEXT,))
    value = PACK.parameter(
        "age.reference_month",
        on=DAY,
        level=TARGET.level,
        line=TARGET.line,
        term="2025-2030",
    )

    second = with_value(first, replace(value, value=Month(2025, 5)))

    moves = difference_of(first, second).eligible
    assert [(one.question[1], one.enters) for one in moves] == [(TARGET.post_id, True)]


def test_seats_are_changed_in_the_copy_only_and_unknown_ids_are_refused() -> None:
    first = _branch()

    second = with_seats(first, post_id=TARGET.post_id, seats=13)

    assert second.register.posts[1].seats == 13
    assert first.register.posts[1].seats == 45
    with pytest.raises(UnknownIdError):
        with_seats(first, post_id=PostId("?"), seats=1)


def test_a_chain_shows_who_may_follow_and_what_falls_vacant_then() -> None:
    branch = _branch(_entry(PERSON, BOSS, first=2021))

    (vacated,) = chain_of(branch, person_id=HOLDER.person_id)

    (follower,) = vacated.followers
    assert (vacated.post, vacated.step) == (BOSS, 1)
    assert (follower.person, follower.verdict.outcome) == (PERSON, Outcome.PASS)
    assert [(one.post, one.step, one.followers) for one in follower.vacates] == [
        (HEAD, 2, ())
    ]


def test_the_one_person_a_list_hangs_on_is_named() -> None:
    branch = _branch(
        _entry(PERSON, BOSS, first=2021),
        _entry(PERSON, TARGET),
        _entry(WOMAN, TARGET),
    )

    (alone,) = robustness(branch)

    assert alone.person_id == PERSON.person_id
    assert [one.post for one in alone.lists] == [BOSS]


def test_without_leaving_the_range_is_the_exact_forecast() -> None:
    horizon = Horizon(
        register=_register(_entry(PERSON, TARGET)),
        pack=PACK,
        today=DAY,
        terms=(TERMS,),
        last=Month(2025, 12),
    )
    found = forecast(horizon)
    lists = plan_lists(horizon.register, terms=(TERMS,), as_of=DAY)

    (one,) = posts_left_with_nobody(
        found,
        lists=lists,
        months=(Month(2025, 1),),
        chance=Chance(yearly_rate=Fraction(0), runs=40),
        rng=Random(1),
    )

    assert (one.exact, one.low, one.high) == (0, 0, 0)


def test_the_same_seed_gives_the_same_range_and_more_leaving_never_less_risk() -> None:
    horizon = Horizon(
        register=build_district(seed=2022).register,
        pack=PACK,
        today=DAY,
        terms=(TERMS,),
        last=Month(2025, 12),
    )
    found = forecast(horizon)
    lists = plan_lists(horizon.register, terms=(TERMS,), as_of=DAY)

    def high(rate: int) -> int:
        chance = Chance(yearly_rate=Fraction(rate, 100), runs=60)
        (one,) = posts_left_with_nobody(
            found, lists=lists, months=(Month(2025, 6),), chance=chance, rng=Random(7)
        )
        return one.high

    assert high(3) == high(3)
    assert high(30) > high(3)


def test_a_rate_of_one_or_no_run_is_a_broken_call() -> None:
    with pytest.raises(ValueError, match="outside"):
        Chance(yearly_rate=Fraction(1), runs=1)
    with pytest.raises(ValueError, match="nothing"):
        Chance(yearly_rate=Fraction(0), runs=0)


def test_a_row_with_too_few_cells_is_a_broken_call() -> None:
    with pytest.raises(ValueError, match="1 cells for 2"):
        Table(
            key="x",
            title=Sentence("Bảng", "Table"),
            columns=(column("a", "A", "A"), column("b", "B", "B")),
            rows=((1,),),
        )
