"""Judging: what counts, what is shared, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.regulations.model_person import (
    DAY,
    HEAD,
    PERSON,
    TARGET,
    UNIT,
    pair_of,
    term_of,
    verdict_of,
)
from tests.strategies import people, posts_of

from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.eligibility import judge, judge_register, judge_terms
from kecan.regulations.facts import (
    Discipline,
    DisciplineForm,
    OfficeHeld,
    PersonFacts,
    Post,
    Register,
    Training,
    TrainingKind,
    Unit,
    UnitKind,
)
from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import Criterion, Outcome, Timing
from kecan.sample.rounds import build_rounds
from kecan.vocabulary import Level, Line, Month, PartialDate, PersonId, PostId

if TYPE_CHECKING:
    from pathlib import Path

PACK = load_pack("50-qd-tw")


def _register(*posts: Post, people: tuple[PersonFacts, ...] = (PERSON,)) -> Register:
    unit = Unit(
        unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
    )
    known = {HEAD.post_id: HEAD} | {post.post_id: post for post in posts}
    return Register(units=(unit,), posts=tuple(known.values()), people=people)


def _overlay(folder: Path, key: str, value: str, unit: str) -> Path:
    path = folder / "overlay.toml"
    path.write_text(
        f"""
[pack]
key = "x"
kind = "overlay"
title = {{ vi = "Quy định riêng", en = "Own rules" }}
in_force_from = 2022-01-01

[sources.x]
document = "01-QĐ/TU"
dated = 2022-01-01

[[value]]
key = "{key}"
effective_from = 2022-01-01
value = {value}
unit = "{unit}"
description = {{ vi = "Thử", en = "Trial" }}
source = "x"
confidence = "verified"
""",
        encoding="utf-8",
    )
    return path


def test_the_findings_come_in_one_order_and_cover_every_criterion() -> None:
    verdict = verdict_of()

    criteria = [finding.criterion for finding in verdict.findings]
    assert sorted(criteria) == sorted(Criterion)
    assert criteria[0] is Criterion.AGE


def test_a_verdict_says_whose_it_is_and_by_which_rules() -> None:
    verdict = verdict_of()

    assert verdict.person_id == "CB01"
    assert verdict.post_id == "BCH"
    assert verdict.term.label == "2025-2030"
    assert verdict.pack_key == "50-qd-tw"
    assert verdict.as_of == DAY


def test_a_term_of_the_other_line_is_a_broken_call() -> None:
    with pytest.raises(ValueError, match="not on the line"):
        judge(
            PERSON,
            post=TARGET,
            term=term_of("2026-2031", Line.GOVERNMENT),
            pack=PACK,
            as_of=DAY,
            posts={},
        )


def test_nobody_is_planned_for_a_term_that_is_over() -> None:
    with pytest.raises(TermEndedError) as refusal:
        verdict_of(term="2015-2020")

    assert str(refusal.value) == (
        "Nhiệm kỳ 2015 - 2020 đã kết thúc trước ngày 10/05/2022; chỉ xét quy hoạch "
        "cho nhiệm kỳ hiện tại hoặc nhiệm kỳ kế tiếp."
    )


def test_a_term_without_a_reference_month_is_current_once_its_first_year_is_over() -> (
    None
):
    village = replace(TARGET, level=Level.CENTRAL)

    verdict = verdict_of(post=village, term="2021-2026")

    age = verdict.finding(Criterion.AGE)
    assert age.outcome is Outcome.PASS
    assert "tính từ 05/2022" in age.sentence.vi


def test_the_register_is_judged_person_by_person_for_every_planned_post() -> None:
    unplanned = replace(TARGET, post_id=PostId("X"), is_planned=False)
    second = replace(PERSON, person_id=PersonId("CB02"))
    register = _register(TARGET, unplanned, people=(PERSON, second))

    verdicts = list(
        judge_register(register, pack=PACK, as_of=DAY, terms=pair_of("2025-2030"))
    )

    assert [(one.person_id, one.post_id, one.term.label) for one in verdicts] == [
        ("CB01", "TP-TC", "2026-2031"),
        ("CB01", "BCH", "2025-2030"),
        ("CB02", "TP-TC", "2026-2031"),
        ("CB02", "BCH", "2025-2030"),
    ]


@settings(max_examples=30)
@given(
    person=people(post_ids=("A", "B", "C")),
    posts=posts_of(("A", "B", "C")),
    rules=st.sampled_from(["50-qd-tw", "377-qd-tw"]),
)
def test_judging_a_register_gives_what_judging_each_pair_gives(
    person: PersonFacts, posts: tuple[Post, ...], rules: str
) -> None:
    unit = Unit(
        unit_id=posts[0].unit_id,
        name="Huyện uỷ",
        kind=UnitKind.COMMITTEE,
        level=Level.DISTRICT,
    )
    register = Register(units=(unit,), posts=posts, people=(person,))
    pack = load_pack(rules)
    pairs = [pair_of("2020-2025"), pair_of("2025-2030")]

    together = list(judge_terms(register, pack=pack, as_of=DAY, terms=pairs))

    alone = [
        judge(
            person,
            post=post,
            term=pair.on(post.line),
            pack=pack,
            as_of=DAY,
            posts={one.post_id: one for one in posts},
        )
        for post in posts
        for pair in pairs
    ]
    assert together == alone


def test_judging_in_chunks_beside_each_other_gives_the_same_in_the_same_order() -> None:
    register = next(build_rounds("M", seed=3))
    terms = pair_of("2025-2030")

    with ThreadPoolExecutor(max_workers=2) as executor:
        beside = list(
            judge_register(
                register, pack=PACK, as_of=DAY, terms=terms, executor=executor
            )
        )

    assert beside == list(judge_register(register, pack=PACK, as_of=DAY, terms=terms))


def test_what_may_be_completed_later_never_makes_the_verdict_fail() -> None:
    without_theory = replace(
        PERSON,
        trainings=tuple(
            one for one in PERSON.trainings if one.kind is TrainingKind.PROFESSION
        ),
        political_conclusions=(),
    )

    verdict = verdict_of(without_theory)

    later = [one for one in verdict.findings if one.timing is Timing.LATER]
    assert {one.criterion for one in later} == {
        Criterion.THEORY,
        Criterion.POLITICAL_STANDARD,
    }
    assert verdict.outcome is Outcome.PASS


def test_a_failure_outweighs_missing_data_and_missing_data_a_decision() -> None:
    undecided = replace(PERSON, party_official=None)
    gap = replace(undecided, ratings=())
    too_old = replace(gap, born=PartialDate(1960, 1))

    assert verdict_of(undecided).outcome is Outcome.NEEDS_DECISION
    assert verdict_of(gap).outcome is Outcome.MISSING_DATA
    assert verdict_of(too_old).outcome is Outcome.FAIL


def test_evidence_names_the_paper_of_each_fact() -> None:
    evidence = verdict_of().finding(Criterion.HIGHER_POST).evidence

    assert [one.vi for one in evidence] == [
        "Trưởng phòng Tài chính - Kế hoạch, từ 01/05/2018 (QĐ 12-QĐ/HU)."
    ]


def test_evidence_says_when_no_paper_is_recorded() -> None:
    office = OfficeHeld(
        post_id=HEAD.post_id,
        title="Trưởng phòng",
        since=PartialDate(2018),
        unit_name="Phòng TC-KH",
    )

    evidence = (
        verdict_of(replace(PERSON, offices=(office,)))
        .finding(Criterion.HIGHER_POST)
        .evidence
    )

    assert evidence[0].vi == (
        "Trưởng phòng, Phòng TC-KH, từ 2018 (chưa ghi giấy tờ chứng minh)."
    )


def test_the_evidence_of_a_training_without_a_level_shows_the_gap() -> None:
    person = replace(
        PERSON,
        trainings=(
            Training(kind=TrainingKind.PROFESSION, field="luật", source="Bằng 9"),
            Training(kind=TrainingKind.THEORY, source="Bằng 8"),
        ),
    )

    verdict = verdict_of(person)

    assert verdict.finding(Criterion.PROFESSION).evidence[0].vi == (
        "Trình độ chuyên môn: ? luật (Bằng 9)."
    )
    assert verdict.finding(Criterion.THEORY).evidence[0].vi == (
        "Lý luận chính trị: ? (Bằng 8)."
    )


def test_an_assumed_value_shows_its_note_beside_the_answer() -> None:
    age = verdict_of(term="2020-2025").finding(Criterion.AGE)

    assert age.confidence.value == "assumed"
    assert age.note is not None
    assert "cần xác nhận" in age.note.vi


def test_two_packs_give_two_answers_where_the_law_differs() -> None:
    expired = Discipline(
        form=DisciplineForm.REPRIMAND,
        decided=PartialDate(2020, 1, 1),
        expires=PartialDate(2021, 1, 1),
    )
    person = replace(PERSON, disciplines=(expired,))

    answers = {
        rules: verdict_of(person, rules=rules).finding(Criterion.DISCIPLINE)
        for rules in ("50-qd-tw", "377-qd-tw")
    }

    assert answers["50-qd-tw"].outcome is Outcome.NEEDS_DECISION
    assert answers["50-qd-tw"].citation.document == "50-QĐ/TW"
    assert answers["377-qd-tw"].outcome is Outcome.PASS
    assert answers["377-qd-tw"].citation.document == "377-QĐ/TW"


def test_an_overlay_may_plan_for_equal_posts(tmp_path: Path) -> None:
    own = _overlay(tmp_path, "planning.higher_post_only", "false", "yes/no")
    equal = replace(TARGET, rank=HEAD.rank)

    verdict = verdict_of(post=equal, rules=load_pack("50-qd-tw", overlays=[own]))

    finding = verdict.finding(Criterion.HIGHER_POST)
    assert finding.outcome is Outcome.PASS
    assert finding.citation.document == "01-QĐ/TU"
    assert finding.sentence.vi == (
        "Không buộc chức danh quy hoạch phải cao hơn chức vụ đang giữ."
    )


def test_an_overlay_may_bar_from_warning_up_only(tmp_path: Path) -> None:
    own = _overlay(tmp_path, "discipline.bars_from_form", '"warning"', "form")
    reprimand = Discipline(
        form=DisciplineForm.REPRIMAND, decided=PartialDate(2022, 1, 1)
    )

    verdict = verdict_of(
        replace(PERSON, disciplines=(reprimand,)),
        rules=load_pack("50-qd-tw", overlays=[own]),
    )

    assert verdict.finding(Criterion.DISCIPLINE).outcome is Outcome.PASS


def test_an_overlay_may_close_the_way_back_after_discipline(tmp_path: Path) -> None:
    own = _overlay(tmp_path, "discipline.may_return_after_expiry", "false", "yes/no")
    expired = Discipline(
        form=DisciplineForm.REPRIMAND,
        decided=PartialDate(2020, 1, 1),
        expires=PartialDate(2021, 1, 1),
    )

    verdict = verdict_of(
        replace(PERSON, disciplines=(expired,)),
        rules=load_pack("50-qd-tw", overlays=[own]),
    )

    finding = verdict.finding(Criterion.DISCIPLINE)
    assert finding.outcome is Outcome.FAIL
    assert "không cho xem xét lại" in finding.sentence.vi


def test_an_overlay_may_need_theory_of_everybody_at_planning(tmp_path: Path) -> None:
    own = _overlay(tmp_path, "theory.needed_at_planning", "true", "yes/no")
    person = replace(PERSON, trainings=PERSON.trainings[:1])

    verdict = verdict_of(person, rules=load_pack("50-qd-tw", overlays=[own]))

    finding = verdict.finding(Criterion.THEORY)
    assert finding.timing is Timing.AT_PLANNING
    assert finding.citation.document == "01-QĐ/TU"
    assert verdict.outcome is Outcome.MISSING_DATA


def test_an_overlay_may_leave_the_profession_for_later(tmp_path: Path) -> None:
    own = _overlay(tmp_path, "profession.needed_at_planning", "false", "yes/no")
    person = replace(PERSON, trainings=PERSON.trainings[1:])

    verdict = verdict_of(person, rules=load_pack("50-qd-tw", overlays=[own]))

    assert verdict.finding(Criterion.PROFESSION).timing is Timing.LATER
    assert verdict.outcome is Outcome.PASS


def test_an_overlay_may_drop_the_bar_on_tasks_not_completed(tmp_path: Path) -> None:
    own = _overlay(tmp_path, "rating.not_completed_bars", "false", "yes/no")
    ratings = tuple(
        replace(one, grade=one.grade.NOT_COMPLETED) if one.year == 2021 else one
        for one in PERSON.ratings
    )

    verdict = verdict_of(
        replace(PERSON, ratings=ratings),
        rules=load_pack("50-qd-tw", overlays=[own]),
    )

    finding = verdict.finding(Criterion.RATINGS)
    assert finding.outcome is Outcome.FAIL
    assert finding.confidence.value == "assumed"


@given(month=st.integers(0, 12 * 40))
def test_who_is_younger_is_never_refused_for_age_where_the_older_passes(
    month: int,
) -> None:
    born = Month(1955, 1).plus(month)
    older = replace(PERSON, born=PartialDate(born.year, born.month))
    after = born.plus(1)
    younger = replace(PERSON, born=PartialDate(after.year, after.month))

    if verdict_of(older).finding(Criterion.AGE).outcome is Outcome.PASS:
        assert verdict_of(younger).finding(Criterion.AGE).outcome is Outcome.PASS


def test_a_verdict_of_2015_is_replayed_by_the_retirement_law_of_2015() -> None:
    woman = replace(
        PERSON, sex=PERSON.sex.FEMALE if PERSON.sex else None, born=PartialDate(1965, 1)
    )

    then = verdict_of(woman, term="2015-2020", as_of=date(2015, 1, 5))

    evidence = then.finding(Criterion.AGE).evidence
    assert any("55 tuổi" in one.vi for one in evidence)
