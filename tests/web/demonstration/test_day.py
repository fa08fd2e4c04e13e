"""The whole day of the demonstration runs, and every paper comes out of it."""

from __future__ import annotations

from random import Random

import pytest
from tests.web.conftest import PASSWORD

from kecan.sample.district import build_district
from kecan.web.audit.queries import ledger_head, verify_ledger
from kecan.web.conferences.models import ContestLine
from kecan.web.demonstration import conference_day, review_day
from kecan.web.demonstration import day as steps
from kecan.web.demonstration.cast import CAST, create_cast
from kecan.web.demonstration.summary import summary_lines
from kecan.web.papers.catalogue import all_files
from kecan.web.permissions import Role
from kecan.web.plans.actions.register import import_workbook
from kecan.web.plans.models import PlanMovement


@pytest.mark.django_db
def test_the_day_goes_from_the_register_to_the_approved_plan_and_its_papers() -> None:
    district = build_district(seed=2022)
    day = steps.Day(
        users=create_cast(password=PASSWORD, at=steps.NOW, district=district),
        rng=Random(2022),
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
    planning_round.refresh_from_db()

    assert planning_round.state == "approved"
    assert planning_round.review_items.filter(decision="remove").exists()
    assert ContestLine.objects.filter(result="").count() == 0
    moved = PlanMovement.objects.filter(decision__round=planning_round)
    assert set(moved.values_list("kind", flat=True)) == {"added", "removed"}
    assert verify_ledger() == ledger_head()
    assert dict(summary_lines(planning_round.pk))["Hồ sơ"] == (
        "120 cán bộ, 45 chức danh quy hoạch"
    )
    papers = dict(all_files(planning_round.pk))
    assert len(papers) == 30
    assert all(
        content.startswith(b"%PDF" if name.endswith("pdf") else b"PK")
        for name, content in papers.items()
    )


def test_every_role_of_the_design_has_a_login_in_the_cast() -> None:
    assert {member.role for member in CAST} == set(Role)
