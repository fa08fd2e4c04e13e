"""The chain templates: steps, marks, and who is summoned under which category."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from fractions import Fraction

import pytest

from kecan.regulations.chains import (
    UnknownChainError,
    chain_keys,
    load_chain,
    read_chains,
    seat,
)
from kecan.regulations.facts import Post, PostKind, Unit, UnitKind
from kecan.regulations.pack import RULES
from kecan.vocabulary import Base, Bound, Confidence, Level, Line, PostId, UnitId


def _office(post_kind: PostKind, unit_kind: UnitKind) -> tuple[Post, Unit]:
    unit = Unit(
        unit_id=UnitId("U"), name="Đơn vị", kind=unit_kind, level=Level.DISTRICT
    )
    post = Post(
        post_id=PostId("P"),
        title="Chức danh",
        unit_id=unit.unit_id,
        kind=post_kind,
        level=Level.DISTRICT,
        line=Line.PARTY,
        seats=1,
    )
    return post, unit


def test_the_local_chain_discusses_first_and_ballots_three_times() -> None:
    steps = load_chain("local-committee-build").steps

    assert [step.has_ballot for step in steps] == [False, True, True, True]
    assert [step.body for step in steps] == [
        "standing_committee",
        "key_officials",
        "committee",
        "standing_committee",
    ]


def test_the_marks_of_the_three_ballots_are_those_of_practice_and_assumed() -> None:
    marks = [step.threshold for step in load_chain("seed-2022").steps]

    assert [(m.share, m.bound, m.base) for m in marks if m] == [
        (Fraction(3, 10), Bound.FROM, Base.PRESENT),
        (Fraction(1, 2), Bound.OVER, Base.PRESENT),
        (Fraction(1, 2), Bound.OVER, Base.SUMMONED),
    ]
    assert all(m.confidence is Confidence.ASSUMED for m in marks if m)


def test_the_yearly_review_removes_first_and_then_votes_on_newcomers_only() -> None:
    steps = load_chain("yearly-review").steps

    assert [(step.question, step.subjects) for step in steps] == [
        ("remove", "carried_over"),
        ("nominate", "newcomers"),
        ("nominate", "newcomers"),
        ("nominate", "newcomers"),
    ]


def test_no_result_is_announced_at_a_conference_by_default() -> None:
    steps = [step for key in chain_keys() for step in load_chain(key).steps]

    assert not any(step.announces_result for step in steps)


def test_a_person_with_two_offices_sits_once_under_the_first_category() -> None:
    categories = load_chain("seed-2022").steps[0].categories
    head = _office(PostKind.HEAD, UnitKind.ADMINISTRATIVE)
    member = _office(PostKind.COMMITTEE_MEMBER, UnitKind.COMMITTEE)

    found = seat([head, member], categories)

    assert found is not None
    assert found.key == "committee_member"


def test_a_deputy_head_is_not_summoned_to_the_key_officials() -> None:
    categories = load_chain("seed-2022").steps[0].categories

    assert seat([_office(PostKind.DEPUTY, UnitKind.ADMINISTRATIVE)], categories) is None


def test_a_category_without_unit_kinds_takes_any_unit() -> None:
    categories = load_chain("agency-build").steps[0].categories

    assert seat([_office(PostKind.HEAD, UnitKind.OTHER)], categories) is not None


def test_an_unknown_chain_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownChainError, match="yearly-review"):
        load_chain("khong-co")


def test_a_ballot_without_a_mark_does_not_load() -> None:
    table = tomllib.loads((RULES / "chains.toml").read_text("utf-8"))
    del table["chain"][0]["steps"][1]["mark"]

    with pytest.raises(ValueError, match="a ballot needs a mark"):
        read_chains(table)


def test_a_step_that_summons_nobody_does_not_load() -> None:
    step = load_chain("seed-2022").steps[0]

    with pytest.raises(ValueError, match="nobody would be summoned"):
        replace(step, categories=())
