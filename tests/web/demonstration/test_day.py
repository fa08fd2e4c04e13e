"""The whole day of the demonstration runs, and every paper comes out of it."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import PASSWORD

from kecan.paper_ballot.reading_pool import reading_pool
from kecan.regulations.review import RemovalReason, review_plan
from kecan.sample.district import build_district
from kecan.sample.notable import NAMED
from kecan.vocabulary import PostId
from kecan.web.audit.queries import ledger_head, verify_ledger
from kecan.web.conferences.models import ContestLine
from kecan.web.demonstration import (
    conference_day,
    practice,
    review_day,
    scanned_day,
)
from kecan.web.demonstration import day as steps
from kecan.web.demonstration.cast import CAST, create_cast
from kecan.web.demonstration.summary import summary_lines
from kecan.web.paper_count.questions import questions_of
from kecan.web.papers.catalogue import all_files
from kecan.web.permissions import Role
from kecan.web.plans.actions.register import import_workbook
from kecan.web.plans.models import PlanMovement
from kecan.web.plans.queries import current_terms, pack_of, register_with_plan

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from kecan.web.conferences.models import Conference
    from kecan.web.plans.models import PlanningRound


@pytest.mark.django_db  # slow: a conference is printed, marked, scanned and read
def test_the_day_goes_from_the_register_to_the_approved_plan_and_its_papers(
    settings: Settings, tmp_path: Path
) -> None:
    settings.BALLOT_IMAGES, settings.BALLOT_KEYS = tmp_path / "i", tmp_path / "k"
    district = build_district(seed=2022)
    day = steps.Day(
        users=create_cast(password=PASSWORD, at=steps.NOW, district=district),
        rng=Random(2022),
        executor=reading_pool(),
        scanned=frozenset({3}),
    )
    import_workbook(
        register=district.register,
        file_name="so.xlsx",
        file_sha256="0" * 64,
        by=day.users["canbo"],
        at=steps.NOW,
    )
    planning_round = steps.open_the_round(day)
    review_day.review_the_plan(planning_round, day)
    steps.propose_people(planning_round, day)
    steps.sign_the_submission(planning_round, day)
    conference_day.hold_the_conferences(planning_round, day)
    steps.approve(planning_round, day)
    _a_count_is_left_to_practise(practice.leave_a_count_to_practise(day))
    day.executor.shutdown()
    scanned_day.destroy_pictures(planning_round, day.users)
    assert len(list((tmp_path / "k").iterdir())) == 1  # the practice's own
    planning_round.refresh_from_db()

    assert planning_round.state == "approved"
    assert planning_round.review_items.filter(decision="remove").exists()
    voted_on = ContestLine.objects.filter(contest__conference__round=planning_round)
    assert not voted_on.filter(result="").exists()
    moved = PlanMovement.objects.filter(decision__round=planning_round)
    assert set(moved.values_list("kind", flat=True)) == {"added", "removed"}
    assert verify_ledger() == ledger_head()
    assert dict(summary_lines(planning_round.pk))["Hồ sơ"] == (
        "120 cán bộ, 45 chức danh quy hoạch"
    )
    _no_one_is_planned_for_too_many_posts(planning_round)
    papers = dict(all_files(planning_round.pk))
    assert len(papers) == 30
    assert all(
        content.startswith(b"%PDF" if name.endswith("pdf") else b"PK")
        for name, content in papers.items()
    )


def _a_count_is_left_to_practise(conference: Conference) -> None:
    """Doubtful marks, a written name and a refused page wait for a visitor."""
    asked = questions_of(conference)
    assert conference.scan_count is not None
    assert {one.is_name for one in asked} == {True, False}
    assert not any(one.decisions for one in asked)
    assert conference.scanned_pages.filter(rejection="landscape").count() == 1
    assert conference.scanned_sheets.count() == conference.count.returned


def _no_one_is_planned_for_too_many_posts(planning_round: PlanningRound) -> None:
    """Whoever had four posts of one level has three left, and a coded reason says why."""
    asked = [
        item
        for item in planning_round.review_items.all()
        if item.reasons == ["too_many_posts"]
    ]
    assert Counter(item.decision for item in asked) == {"keep": 3, "remove": 1}
    assert all(item.note for item in asked)
    (gone,) = (item for item in asked if item.decision == "remove")
    removed = PlanMovement.objects.get(
        kind="removed", person=gone.person, post=gone.post, term=gone.term
    )
    assert removed.reasons == ["too_many_posts"]
    assert review_again(planning_round) == []


def review_again(planning_round: PlanningRound) -> list[object]:
    """Return the entries the rules would still call too many after the day."""
    return [
        item
        for item in review_plan(
            register_with_plan(),
            pack=pack_of(planning_round),
            as_of=planning_round.as_of,
            terms=current_terms(planning_round),
        )
        if RemovalReason.TOO_MANY_POSTS in item.reasons
    ]


REAL_PEOPLE = (
    "Trần Đình Cảnh",
    "Nguyễn Minh Hồng",
    "Nguyễn Mạnh Hồng",
    "Đào Xuân Ban",
)
"""Whom the news item the demonstration follows names."""
WORDS_ALIKE = 2


@pytest.mark.parametrize(
    "invented", sorted({*(one.full_name for one in CAST), *NAMED.values()})
)
def test_no_invented_name_of_the_day_resembles_a_real_one(invented: str) -> None:
    for real in REAL_PEOPLE:
        assert len(set(invented.split()) & set(real.split())) < WORDS_ALIKE


def test_the_cast_bears_the_names_the_register_has_for_them() -> None:
    named = set(NAMED.values())
    speaking = {"truongban", "thuongtruc", "canbo"}

    assert {one.full_name for one in CAST if one.login in speaking} <= named
    assert {NAMED[PostId(one.post)] for one in CAST if one.post} == {
        one.full_name for one in CAST if one.post
    }


def test_every_role_of_the_design_has_a_login_in_the_cast() -> None:
    assert {member.role for member in CAST} == set(Role)
