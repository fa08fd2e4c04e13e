"""The review proposes with a coded reason; a person decides."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.regulations.model_person import (
    DAY,
    HEAD,
    PERSON,
    TARGET,
    UNIT,
    pair_of,
    person_from,
)

from kecan.regulations.facts import (
    PersonFacts,
    PlanEntry,
    Post,
    Register,
    Unit,
    UnitKind,
)
from kecan.regulations.pack import load_pack
from kecan.regulations.review import (
    Proposal,
    RemovalReason,
    ReviewItem,
    review_plan,
)
from kecan.regulations.verdict import Criterion
from kecan.vocabulary import Level, PartialDate, PostId

if TYPE_CHECKING:
    from datetime import date

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "review.toml").read_text("utf-8")
)
DECIDED = PartialDate(2020, 2, 10)


def _entry(
    post: Post = TARGET,
    *,
    first_year: int = 2020,
    decided: PartialDate | None = DECIDED,
    removed: PartialDate | None = None,
) -> PlanEntry:
    return PlanEntry(
        person_id=PERSON.person_id,
        post_id=post.post_id,
        first_year=first_year,
        last_year=first_year + 5,
        decision="QĐ 99-QĐ/TU",
        decided=decided,
        removed=removed,
    )


def _others(count: int, *, level: Level = Level.DISTRICT) -> tuple[Post, ...]:
    return tuple(
        replace(TARGET, post_id=PostId(f"K{number}"), title=f"K{number}", level=level)
        for number in range(count)
    )


def _review(
    *plan: PlanEntry,
    person: PersonFacts = PERSON,
    others: tuple[Post, ...] = (),
    as_of: date = DAY,
) -> tuple[ReviewItem, ...]:
    register = Register(
        units=(
            Unit(
                unit_id=UNIT,
                name="Huyện uỷ",
                kind=UnitKind.COMMITTEE,
                level=Level.DISTRICT,
            ),
        ),
        posts=(HEAD, TARGET, *others),
        people=(person,),
        plan=plan,
    )
    return review_plan(
        register, pack=load_pack("50-qd-tw"), as_of=as_of, terms=pair_of("2020-2025")
    )


@pytest.mark.parametrize("case", CASES["case"], ids=lambda c: c["name"])
def test_an_entry_is_reviewed_as_the_case_says(case: dict[str, Any]) -> None:
    others = _others(case.get("other_posts", 0))

    item = _review(
        _entry(),
        *(_entry(post) for post in others),
        person=person_from(case.get("person", {})),
        others=others,
    )[0]

    assert item.proposal.value == case["proposal"], item.sentence.vi
    assert [reason.value for reason in item.reasons] == case["reasons"]
    assert item.sentence.vi.startswith(case.get("sentence", ""))


def test_every_review_case_names_a_source_that_the_file_lists() -> None:
    assert {case["source"] for case in CASES["case"]} == set(CASES["sources"])


def test_every_coded_reason_appears_in_a_case() -> None:
    seen = {reason for case in CASES["case"] for reason in case["reasons"]}

    assert seen == {reason.value for reason in RemovalReason}


def test_only_the_reasons_the_regulation_names_are_automatic() -> None:
    assert {reason for reason in RemovalReason if reason.is_automatic} == {
        RemovalReason.OVER_AGE,
        RemovalReason.DISCIPLINED,
        RemovalReason.POLITICAL_STANDARD,
    }


def test_a_reason_has_a_name_an_official_reads() -> None:
    assert RemovalReason.OVER_AGE.label.vi == "Hết tuổi quy hoạch"


def test_a_finding_that_removes_keeps_its_clause() -> None:
    old = replace(PERSON, born=PartialDate(1964, 5))

    item = _review(_entry(), person=old)[0]

    assert [one.criterion for one in item.findings] == [Criterion.AGE]
    assert item.findings[0].citation.document == "50-QĐ/TW"


def test_an_entry_of_another_term_is_not_reviewed() -> None:
    assert _review(_entry(first_year=2015), _entry(first_year=2025)) == ()


def test_a_government_post_is_reviewed_in_the_government_term() -> None:
    party_years, government_years = (
        _entry(HEAD),
        _entry(HEAD, first_year=2021),
    )

    items = _review(party_years, government_years)

    assert [item.entry for item in items] == [government_years]


def test_an_entry_taken_out_before_the_day_no_longer_stands() -> None:
    removed = PartialDate(2022, 5, 10)

    assert _review(_entry(removed=removed)) == ()


def test_an_entry_taken_out_after_the_day_still_stands() -> None:
    removed = PartialDate(2022, 5, 11)

    assert len(_review(_entry(removed=removed))) == 1


def test_an_entry_decided_after_the_day_does_not_stand_yet() -> None:
    assert _review(_entry(decided=PartialDate(2022, 5, 11))) == ()


def test_an_entry_without_a_day_of_decision_stands() -> None:
    assert _review(_entry(decided=None))[0].proposal is Proposal.KEEP


def test_a_past_discipline_is_weighed_again_when_nobody_knows_when_the_entry_was_decided() -> (
    None
):
    person = person_from(
        {
            "disciplines": [
                {"form": "reprimand", "decided": "2018-08-01", "expires": "2019-08-01"}
            ]
        }
    )

    item = _review(_entry(decided=None), person=person)[0]

    assert item.proposal is Proposal.NEEDS_DECISION


def test_posts_of_another_level_do_not_count_towards_the_cap() -> None:
    others = _others(3, level=Level.COMMUNE)

    items = _review(_entry(), *(_entry(post) for post in others), others=others)

    assert items[0].proposal is Proposal.KEEP


def test_the_same_post_entered_twice_counts_once() -> None:
    others = _others(2)
    plan = (_entry(), _entry(), *(_entry(post) for post in others))

    items = _review(*plan, others=others)

    assert {item.proposal for item in items} == {Proposal.KEEP}


def test_the_excess_is_shown_even_when_another_reason_removes() -> None:
    others = _others(3)
    old = replace(PERSON, born=PartialDate(1964, 5))

    item = _review(
        _entry(), *(_entry(post) for post in others), person=old, others=others
    )[0]

    assert item.excess is not None
    assert item.excess.count == 4
    assert item.excess.rule.whole == 3


def test_an_unranked_post_needs_a_decision_and_no_reason() -> None:
    unranked = replace(TARGET, post_id=PostId("K"), rank=None)

    item = _review(_entry(unranked), others=(unranked,))[0]

    assert item.proposal is Proposal.NEEDS_DECISION
    assert item.reasons == ()
