"""The chain templates: steps, marks, and who is summoned under which category."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from kecan.regulations.chains import (
    UnknownChainError,
    chain_keys,
    load_chain,
    read_chain_file,
    seat,
    shipped_validity,
)
from kecan.regulations.facts import Post, PostKind, Unit, UnitKind
from kecan.regulations.pack import RULES, RuleFileError
from kecan.tally import BallotRules
from kecan.vocabulary import Base, Bound, Confidence, Level, Line, PostId, UnitId

if TYPE_CHECKING:
    from pathlib import Path


def _office(
    post_kind: PostKind, unit_kind: UnitKind, *, level: Level = Level.DISTRICT
) -> tuple[Post, Unit]:
    unit = Unit(unit_id=UnitId("U"), name="Đơn vị", kind=unit_kind, level=level)
    post = Post(
        post_id=PostId("P"),
        title="Chức danh",
        unit_id=unit.unit_id,
        kind=post_kind,
        level=level,
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


def test_who_leads_the_committee_sits_in_it_also_when_only_the_higher_office_is_known() -> (
    None
):
    secretary = _office(PostKind.SECRETARY, UnitKind.COMMITTEE)

    seats = [
        seat([secretary], step.categories) for step in load_chain("seed-2022").steps
    ]

    assert [found.key for found in seats if found] == [
        "committee_member",
        "committee_member",
        "standing_member",
    ]


def test_the_committee_of_a_commune_does_not_sit_in_that_of_the_district() -> None:
    of_commune = _office(
        PostKind.COMMITTEE_MEMBER, UnitKind.COMMITTEE, level=Level.COMMUNE
    )
    committee = load_chain("seed-2022").steps[1].categories

    assert seat([of_commune], committee, held_at=Level.DISTRICT) is None
    assert seat([of_commune], committee, held_at=Level.COMMUNE) is not None
    assert seat([of_commune], committee) is not None


def test_the_leaders_of_the_communes_are_key_officials_of_the_district() -> None:
    chair = _office(
        PostKind.PEOPLES_COMMITTEE_CHAIR, UnitKind.COMMUNE, level=Level.COMMUNE
    )

    found = seat(
        [chair], load_chain("seed-2022").steps[0].categories, held_at=Level.DISTRICT
    )

    assert found is not None
    assert found.key == "commune_leader"


def test_the_key_officials_are_seated_in_the_order_of_the_seed() -> None:
    categories = load_chain("seed-2022").steps[0].categories

    assert [category.key for category in categories] == [
        "committee_member",
        "administrative_head",
        "party_body_head",
        "front_and_unions",
        "party_base_secretary",
        "commune_leader",
    ]


@pytest.mark.parametrize("key", chain_keys())
def test_every_mark_says_where_it_comes_from_and_that_nobody_confirmed_it(
    key: str,
) -> None:
    chain = load_chain(key)

    assert chain.source.document
    for step in chain.steps:
        for mark in (step.threshold, step.quorum):
            if mark is not None:
                assert mark.source.document
                assert mark.confidence is Confidence.ASSUMED


@pytest.mark.parametrize("key", chain_keys())
def test_a_conference_is_warned_below_two_thirds_of_those_summoned(key: str) -> None:
    for step in load_chain(key).steps:
        quorum = step.quorum
        assert (quorum.share, quorum.bound, quorum.base) == (
            Fraction(2, 3),
            Bound.FROM,
            Base.SUMMONED,
        )


def test_the_agency_form_has_four_conferences_and_ballots_at_three() -> None:
    chain = load_chain("agency-build")

    assert [(step.body, step.has_ballot) for step in chain.steps] == [
        ("leadership", False),
        ("key_officials", True),
        ("enlarged_leadership", True),
        ("leadership", True),
    ]


def test_a_removal_needs_over_half_of_those_summoned() -> None:
    mark = load_chain("yearly-review").steps[0].threshold

    assert mark is not None
    assert (mark.share, mark.bound, mark.base) == (
        Fraction(1, 2),
        Bound.OVER,
        Base.SUMMONED,
    )


def test_what_spoils_a_ballot_is_borrowed_from_party_elections_and_says_so() -> None:
    validity = shipped_validity()

    assert validity.rules == BallotRules(
        over_choice_is_invalid=True, blank_is_invalid=True, both_boxes_is_invalid=False
    )
    for rule in (validity.over_choice, validity.blank, validity.both_boxes):
        assert rule.source.place == "Điều 17 của Quyết định 244-QĐ/TW"
        assert rule.confidence in {Confidence.ANALOGOUS, Confidence.ASSUMED}


def test_an_unknown_chain_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownChainError, match="yearly-review") as caught:
        load_chain("khong-co")

    assert caught.value.sentence.en.startswith("there is no chain 'khong-co'")


def test_the_shipped_chains_read_as_an_edited_copy_of_them(tmp_path: Path) -> None:
    assert tuple(read_chain_file(_edited(tmp_path, "", ""))) == chain_keys()


@pytest.mark.parametrize(
    ("was", "becomes", "header", "fault"),
    [
        (
            '"all", mark = "key_officials"',
            '"all"',
            "[[chain]]",
            "bỏ phiếu phải có ngưỡng",
        ),
        ('mark = "key_officials"', 'mark = "sai"', "[[chain]]", "'mark' là 'sai'"),
        (
            'body = "standing_committee", has',
            'body = "x", has',
            "[[chain]]",
            "triệu tập",
        ),
        ('question = "remove"', 'question = "bỏ"', "[[chain]]", "nominate, remove"),
        (
            'key = "yearly-review"',
            'key = "seed-2022"',
            "[[chain]]",
            "hai quy trình cùng",
        ),
        ("has_ballot = false", "has_ballot = 0", "[[chain]]", "true hoặc false"),
        ('key = "removal"', 'colour = 1, key = "removal"', "[[chain]]", "trường lạ"),
        ('source = "uel"', 'source = "sai"', "[[chain]]", "nguồn 'sai'"),
        ('share = "2/3"', "share = 66", "[marks.quorum]", "phân số không quá 1"),
        ('share = "2/3"', "share = 0.66", "[marks.quorum]", "phân số không quá 1"),
        (
            "is_invalid = false",
            'is_invalid = "no"',
            "[validity.both_boxes]",
            "true hoặc false",
        ),
        ("[validity.blank]", "[validity.empty]", "[validity.", "trường lạ: empty"),
        ('base = "summoned"', 'base = "all"', "[marks.standing_committee]", "summoned"),
        ('post_kinds = ["head"]', 'post_kinds = ["x"]', "[[category]]", "'post_kinds'"),
        (
            'post_kinds = ["head"]',
            'post_kinds = "head"',
            "[[category]]",
            "một danh sách",
        ),
        ('\ntier = "own"', '\ntier = "below"', "[[category]]", "own, any"),
        ("dated = 2022-05-10\n", "", "[sources.seed]", "thiếu trường: dated"),
        ('over_cap = "rank"', 'over_cap = "lot"', "[[chain]]", "'over_cap' là 'lot'"),
        ("write_in_lines = 2", "write_in_lines = -1", "[[chain]]", "không âm"),
        ("write_in_lines = 2", "write_in_line = 2", "# Chains", "trường lạ"),
    ],
)
def test_a_faulty_chain_names_its_line_and_the_fault(
    tmp_path: Path, was: str, becomes: str, header: str, fault: str
) -> None:
    path = _edited(tmp_path, was, becomes)

    with pytest.raises(RuleFileError) as caught:
        read_chain_file(path)

    assert fault in str(caught.value)
    assert path.read_text("utf-8").split("\n")[caught.value.line - 1].startswith(header)


@pytest.mark.parametrize("steps", ["[]", '"all"', "[1]"])
def test_a_chain_without_steps_does_not_load(tmp_path: Path, steps: str) -> None:
    text = (RULES / "chains.toml").read_text("utf-8")
    kept = text[: text.index("[[chain]]")]
    path = tmp_path / "chains.toml"
    path.write_text(
        f'{kept}[[chain]]\nkey = "a"\ntitle = {{ vi = "A", en = "A" }}\n'
        f'source = "seed"\nconfidence = "assumed"\nsteps = {steps}\n',
        "utf-8",
    )

    with pytest.raises(RuleFileError, match=r"danh sách các bước|phải là một bảng"):
        read_chain_file(path)


def test_a_step_edited_to_summon_nobody_is_refused() -> None:
    step = load_chain("seed-2022").steps[0]

    with pytest.raises(ValueError, match="không triệu tập ai"):
        replace(step, categories=())


def _edited(folder: Path, was: str, becomes: str) -> Path:
    text = (RULES / "chains.toml").read_text("utf-8")
    assert was in text
    path = folder / "chains.toml"
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    return path
