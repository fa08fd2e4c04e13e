"""After the approval: gaps become courses, certificates become facts, idle entries show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.web.organisation.registers import AT, open_a_round

from kecan.regulations.facts import TrainingKind
from kecan.web.audit.actions import Program
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.models import Training, Unit
from kecan.web.plans.queries import standing_plan
from kecan.web.training import actions
from kecan.web.training.actions.items import Certificate, Course, Need
from kecan.web.training.actions.rotations import Destination
from kecan.web.training.models import ItemState, TrainingItem
from kecan.web.training.queries import (
    Gap,
    course_words,
    gaps,
    idle_entries,
    idle_rule,
    items_of,
    progress,
)
from kecan.web.training.refusals import (
    AlreadyPlannedError,
    CertificateDateError,
    ItemStateError,
    NoSuchGapError,
    NotInPlanError,
    ReasonMissingError,
    RotationDatesError,
)

if TYPE_CHECKING:
    from kecan.web.plans.models import PlanningRound

pytestmark = pytest.mark.django_db
BY = Program()
DAY = AT.date()
COURSE = Course(
    name="Cao cấp lý luận chính trị",
    place="Học viện Chính trị khu vực I",
    year=2023,
    cost_centre="Ngân sách tỉnh",
)
CERTIFICATE = Certificate(
    number="CCLL 0123", dated=date(2022, 5, 9), issuer="Học viện Chính trị khu vực I"
)


@pytest.fixture
def planning_round() -> PlanningRound:
    return open_a_round()


def first_gap(planning_round: PlanningRound) -> Gap:
    return gaps(planning_round, day=DAY)[0]


def planned(
    planning_round: PlanningRound, gap: Gap, *, at: datetime = AT
) -> TrainingItem:
    return actions.plan_training(
        round_id=planning_round.pk,
        need=Need(person_id=gap.person.pk, kind=gap.kind, required=gap.required),
        course=COURSE,
        by=BY,
        at=at,
    )


def test_only_people_of_the_plan_have_gaps_and_each_names_posts_and_clause(
    planning_round: PlanningRound,
) -> None:
    found = gaps(planning_round, day=DAY)

    people = {row.person_id for row in standing_plan()}
    assert found
    assert {one.person.pk for one in found} <= people
    for one in found:
        assert one.entries
        assert one.findings[0].decides is False
        assert str(one.findings[0].citation)


def test_an_entry_whose_term_is_over_asks_for_nothing(
    planning_round: PlanningRound,
) -> None:
    assert gaps(planning_round, day=date(2040, 1, 1)) == []


def test_a_course_is_named_as_an_officer_names_it() -> None:
    theory = course_words(TrainingKind.THEORY, "advanced")
    profession = course_words(TrainingKind.PROFESSION, "master")

    assert theory == "Cao cấp lý luận chính trị"
    assert profession == "Đào tạo trình độ thạc sĩ"


def test_a_planned_course_stands_beside_its_gap(planning_round: PlanningRound) -> None:
    gap = first_gap(planning_round)

    item = planned(planning_round, gap)

    assert first_gap(planning_round).item == item
    assert (item.state, item.year, item.place) == ("planned", 2023, COURSE.place)
    assert LedgerEntry.objects.order_by("-sequence")[0].action == "training.planned"


def test_one_gap_has_one_open_course(planning_round: PlanningRound) -> None:
    gap = first_gap(planning_round)
    planned(planning_round, gap)

    with pytest.raises(AlreadyPlannedError, match="Cao cấp lý luận chính trị"):
        planned(planning_round, gap)


def test_who_lacks_nothing_is_sent_to_no_course(planning_round: PlanningRound) -> None:
    gap = replace(first_gap(planning_round), required="elementary")

    with pytest.raises(NoSuchGapError, match="không còn thiếu"):
        planned(planning_round, gap)


def test_the_certificate_becomes_a_fact_with_its_paper_and_closes_the_gap(
    planning_round: PlanningRound,
) -> None:
    gap = first_gap(planning_round)
    item = planned(planning_round, gap)
    actions.start_training(item_id=item.pk, by=BY, at=AT)

    actions.record_certificate(item_id=item.pk, certificate=CERTIFICATE, by=BY, at=AT)

    item.refresh_from_db()
    assert item.state == ItemState.COMPLETED
    fact = Training.objects.get(training_item=item)
    assert (fact.person, fact.kind, fact.completed) == (
        gap.person,
        gap.kind.value,
        "2022-05-09",
    )
    assert gap.required in {fact.theory, fact.level}
    assert fact.source == (
        "Văn bằng, chứng chỉ số CCLL 0123 ngày 09/05/2022, Học viện Chính trị khu vực I"
    )
    left = {
        (one.person.pk, one.kind, one.required) for one in gaps(planning_round, day=DAY)
    }
    assert (gap.person.pk, gap.kind, gap.required) not in left


def test_a_certificate_of_tomorrow_is_refused(planning_round: PlanningRound) -> None:
    item = planned(planning_round, first_gap(planning_round))
    tomorrow = replace(CERTIFICATE, dated=date(2022, 5, 11))

    with pytest.raises(
        CertificateDateError, match=r"11/05/2022 sau ngày hôm nay 10/05"
    ):
        actions.record_certificate(item_id=item.pk, certificate=tomorrow, by=BY, at=AT)

    assert not Training.objects.filter(training_item=item).exists()


def test_a_certificate_of_today_is_taken(planning_round: PlanningRound) -> None:
    item = planned(planning_round, first_gap(planning_round))
    today = replace(CERTIFICATE, dated=date(2022, 5, 10))

    actions.record_certificate(item_id=item.pk, certificate=today, by=BY, at=AT)

    assert items_of(planning_round)[0].completed_on == date(2022, 5, 10)


@pytest.mark.parametrize(
    "unnamed", [replace(CERTIFICATE, number=" "), replace(CERTIFICATE, issuer=" ")]
)
def test_a_certificate_has_a_number_and_an_issuer(
    planning_round: PlanningRound, unnamed: Certificate
) -> None:
    item = planned(planning_round, first_gap(planning_round))

    with pytest.raises(ReasonMissingError, match="số hiệu và nơi cấp"):
        actions.record_certificate(item_id=item.pk, certificate=unnamed, by=BY, at=AT)


def test_a_cancelled_course_needs_a_reason_and_frees_the_gap(
    planning_round: PlanningRound,
) -> None:
    gap = first_gap(planning_round)
    item = planned(planning_round, gap)

    with pytest.raises(ReasonMissingError, match="phải ghi lý do"):
        actions.cancel_training(item_id=item.pk, reason=" ", by=BY, at=AT)
    actions.cancel_training(item_id=item.pk, reason="Lớp không mở.", by=BY, at=AT)

    assert first_gap(planning_round).item is None
    assert planned(planning_round, gap).pk != item.pk


def test_a_finished_course_is_not_started_cancelled_or_finished_again(
    planning_round: PlanningRound,
) -> None:
    item = planned(planning_round, first_gap(planning_round))
    actions.record_certificate(item_id=item.pk, certificate=CERTIFICATE, by=BY, at=AT)

    with pytest.raises(ItemStateError, match="“Đã hoàn thành”"):
        actions.start_training(item_id=item.pk, by=BY, at=AT)
    with pytest.raises(ItemStateError):
        actions.cancel_training(item_id=item.pk, reason="x", by=BY, at=AT)
    with pytest.raises(ItemStateError):
        actions.record_certificate(
            item_id=item.pk, certificate=CERTIFICATE, by=BY, at=AT
        )


def test_the_database_holds_no_completed_item_without_a_certificate(
    planning_round: PlanningRound,
) -> None:
    item = planned(planning_round, first_gap(planning_round))

    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingItem.objects.filter(pk=item.pk).update(state="completed")


def test_progress_counts_by_year_and_unit_without_the_cancelled(
    planning_round: PlanningRound,
) -> None:
    one, other = gaps(planning_round, day=DAY)[:2]
    for gap in (one, other):
        gap.person.unit = Unit.objects.get(key="HU-01")
        gap.person.save(update_fields=["unit"])
    kept, dropped = planned(planning_round, one), planned(planning_round, other)
    actions.start_training(item_id=kept.pk, by=BY, at=AT)
    actions.cancel_training(item_id=dropped.pk, reason="Lớp không mở.", by=BY, at=AT)

    (row,) = progress(list(items_of(planning_round)))

    assert (row.year, row.asked, row.planned, row.attending) == (2023, 1, 0, 1)
    assert (row.completed, row.cancelled) == (0, 1)


def test_an_entry_is_idle_from_the_day_the_rule_says(
    planning_round: PlanningRound,
) -> None:
    gap = first_gap(planning_round)
    planned(planning_round, gap)

    def idle_on(day: date) -> bool:
        found = idle_entries(planning_round, found=[gap], day=day)
        return [one.gap for one in found] == [gap]

    assert idle_rule(planning_round, day=DAY).whole == 12
    assert not idle_on(date(2023, 5, 9))
    assert idle_on(date(2023, 5, 10))


def test_before_any_course_an_entry_is_idle_since_its_decision(
    planning_round: PlanningRound,
) -> None:
    gap = first_gap(planning_round)
    decided = min(entry.decision.dated for entry in gap.entries)

    (idle,) = idle_entries(planning_round, found=[gap], day=date(2030, 1, 1))

    assert idle.since.isoformat() == decided
    assert idle.months > 12


def destination(unit: Unit, *, until: date = date(2025, 9, 1)) -> Destination:
    return Destination(
        unit_id=unit.pk,
        office="Bí thư Đảng uỷ xã",
        since=date(2022, 9, 1),
        until=until,
    )


def test_a_rotation_is_proposed_then_decided(planning_round: PlanningRound) -> None:
    person = standing_plan()[0].person
    unit = Unit.objects.get(key="HU-01")

    rotation = actions.propose_rotation(
        round_id=planning_round.pk,
        person_id=person.pk,
        to=destination(unit),
        by=BY,
        at=AT,
    )
    actions.decide_rotation(
        rotation_id=rotation.pk, decision="15-QĐ/HU, 20/08/2022", by=BY, at=AT
    )

    rotation.refresh_from_db()
    assert (rotation.state, rotation.decision) == ("decided", "15-QĐ/HU, 20/08/2022")
    with pytest.raises(ItemStateError, match="chỉ sửa được khi còn đề nghị"):
        actions.cancel_rotation(rotation_id=rotation.pk, reason="x", by=BY, at=AT)


def test_a_rotation_is_cancelled_with_a_reason(planning_round: PlanningRound) -> None:
    person = standing_plan()[0].person
    rotation = actions.propose_rotation(
        round_id=planning_round.pk,
        person_id=person.pk,
        to=destination(Unit.objects.get(key="HU-01")),
        by=BY,
        at=AT,
    )

    with pytest.raises(ReasonMissingError, match="lý do"):
        actions.cancel_rotation(rotation_id=rotation.pk, reason="", by=BY, at=AT)
    with pytest.raises(ReasonMissingError, match="quyết định"):
        actions.decide_rotation(rotation_id=rotation.pk, decision="", by=BY, at=AT)
    actions.cancel_rotation(rotation_id=rotation.pk, reason="Đổi người.", by=BY, at=AT)

    rotation.refresh_from_db()
    assert rotation.state == "cancelled"


def test_a_rotation_that_ends_when_it_begins_is_refused(
    planning_round: PlanningRound,
) -> None:
    to = destination(Unit.objects.get(key="HU-01"), until=date(2022, 9, 1))

    with pytest.raises(RotationDatesError, match="không sau ngày bắt đầu 01/09/2022"):
        actions.propose_rotation(
            round_id=planning_round.pk,
            person_id=standing_plan()[0].person.pk,
            to=to,
            by=BY,
            at=AT,
        )


def test_a_rotation_names_an_office(planning_round: PlanningRound) -> None:
    to = replace(destination(Unit.objects.get(key="HU-01")), office=" ")

    with pytest.raises(ReasonMissingError, match="chức vụ sẽ giữ"):
        actions.propose_rotation(
            round_id=planning_round.pk,
            person_id=standing_plan()[0].person.pk,
            to=to,
            by=BY,
            at=AT,
        )


def test_only_somebody_in_the_plan_is_rotated_by_it(
    planning_round: PlanningRound,
) -> None:
    in_plan = {row.person_id for row in standing_plan()}
    outside = Training.objects.exclude(person_id__in=in_plan)[0].person

    with pytest.raises(NotInPlanError, match="đang có trong quy hoạch"):
        actions.propose_rotation(
            round_id=planning_round.pk,
            person_id=outside.pk,
            to=destination(Unit.objects.get(key="HU-01")),
            by=BY,
            at=AT,
        )


def test_the_day_of_progress_is_the_local_day(planning_round: PlanningRound) -> None:
    late_evening_in_utc = datetime(2022, 5, 10, 18, 0, tzinfo=UTC)

    item = planned(planning_round, first_gap(planning_round), at=late_evening_in_utc)

    assert item.progressed_on == date(2022, 5, 11)
