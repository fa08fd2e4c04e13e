"""The rules find every fault planted in the current plan, and no other."""

from __future__ import annotations

import pytest

from kecan.regulations.pack import load_pack
from kecan.regulations.review import Proposal, RemovalReason, ReviewItem, review_plan
from kecan.sample.district import DAY, District, build_district
from kecan.vocabulary import Line, Term, TermPair

SEEDS = (1, 2, 7, 2022)
TERMS = TermPair(
    party=Term(line=Line.PARTY, first_year=2020, last_year=2025),
    government=Term(line=Line.GOVERNMENT, first_year=2021, last_year=2026),
)


def _review(district: District) -> tuple[ReviewItem, ...]:
    return review_plan(
        district.register, pack=load_pack("50-qd-tw"), as_of=DAY, terms=TERMS
    )


DISTRICTS = [build_district(seed=seed) for seed in SEEDS]
REVIEWED = [(district, _review(district)) for district in DISTRICTS]
EVERY_SEED = pytest.mark.parametrize(
    ("district", "items"), REVIEWED, ids=map(str, SEEDS)
)

FAULTS = {
    "over_age": RemovalReason.OVER_AGE,
    "over_age_woman": RemovalReason.OVER_AGE,
    "reprimand_in_effect": RemovalReason.DISCIPLINED,
    "fails_political_standard": RemovalReason.POLITICAL_STANDARD,
    "already_holds": RemovalReason.ALREADY_HOLDS,
    "already_holds_higher": RemovalReason.ALREADY_HOLDS,
    "planned_for_four_posts": RemovalReason.TOO_MANY_POSTS,
    "below_standard": RemovalReason.BELOW_STANDARD,
    "no_longer_strives": RemovalReason.BELOW_STANDARD,
    "not_completed": RemovalReason.TASKS_NOT_COMPLETED,
    "left": RemovalReason.LEFT,
    "retired": RemovalReason.LEFT,
}
OPEN_QUESTIONS = ("under_consideration", "ratings_missing", "not_a_party_member")


def _of(district: District, items: tuple[ReviewItem, ...], case: str) -> list[ReviewItem]:  # fmt: skip
    person = district.notable[case]
    return [item for item in items if item.entry.person_id == person]


def test_the_planted_faults_cover_every_reason() -> None:
    assert set(FAULTS.values()) == set(RemovalReason)


@EVERY_SEED
@pytest.mark.parametrize(("case", "reason"), FAULTS.items())
def test_a_planted_fault_is_found_for_its_reason(
    district: District,
    items: tuple[ReviewItem, ...],
    case: str,
    reason: RemovalReason,
) -> None:
    found = _of(district, items, case)

    assert found
    for item in found:
        assert item.proposal is not Proposal.KEEP
        assert reason in item.reasons


@EVERY_SEED
@pytest.mark.parametrize("case", OPEN_QUESTIONS)
def test_an_open_question_needs_a_decision(
    district: District, items: tuple[ReviewItem, ...], case: str
) -> None:
    assert [item.proposal for item in _of(district, items, case)] == [
        Proposal.NEEDS_DECISION
    ]


@EVERY_SEED
@pytest.mark.parametrize("case", ["reprimand_expired", "man_one_month_too_old"])
def test_what_does_not_count_for_the_current_term_is_kept(
    district: District, items: tuple[ReviewItem, ...], case: str
) -> None:
    assert [item.proposal for item in _of(district, items, case)] == [Proposal.KEEP]


@EVERY_SEED
def test_nothing_but_the_planted_is_questioned(
    district: District, items: tuple[ReviewItem, ...]
) -> None:
    planted = {district.notable[case] for case in (*FAULTS, *OPEN_QUESTIONS)}

    questioned = {
        item.entry.person_id for item in items if item.proposal is not Proposal.KEEP
    }
    assert questioned == planted


@EVERY_SEED
def test_most_of_the_plan_is_kept(
    district: District, items: tuple[ReviewItem, ...]
) -> None:
    kept = sum(item.proposal is Proposal.KEEP for item in items)

    assert len(items) == len(district.register.plan)
    assert kept >= 90
