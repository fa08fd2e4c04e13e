"""Planning the chain, summoning, opening, attendance and the words spoken."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.audit.actions import record
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.actions.seating import seats_of
from kecan.web.conferences.models import Conference, ConferenceState, RollSeat
from kecan.web.conferences.refusals import (
    ChainAlreadyPlannedError,
    NobodySummonedError,
    RoundNotSubmittedError,
    SeatUnknownError,
    StepNotFittingError,
)
from kecan.web.conferences.rules import (
    faults_in_words,
    mark_in_words,
    step_from_json,
    step_to_json,
)
from kecan.web.plans.actions.approval import begin_conferences
from kecan.web.plans.actions.states import subject_of
from kecan.web.plans.models import PlanningRound, RoundState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from kecan.regulations.chains import ChainTemplate, StepTemplate
    from kecan.web.audit.actions import Actor

_NO_REASONS: Mapping[int, str] = MappingProxyType({})


@transaction.atomic
def plan_conferences(
    *, round_id: int, template: ChainTemplate, by: Actor, at: datetime
) -> list[Conference]:
    """Create the conferences of a round from a template, with their rules frozen.

    Raises:
        RoundNotSubmittedError: If the Tờ trình is not signed.
        ChainAlreadyPlannedError: If the round has conferences already.
    """
    planning_round = PlanningRound.objects.select_for_update(of=("self",)).get(
        pk=round_id
    )
    if planning_round.state != RoundState.SUBMITTED:
        msg = (
            f"Đợt “{planning_round.title}” chưa ký Tờ trình nên chưa lập được hội nghị."
        )
        raise RoundNotSubmittedError(msg)
    if planning_round.conferences.exists():
        msg = f"Đợt “{planning_round.title}” đã có chuỗi hội nghị."
        raise ChainAlreadyPlannedError(msg)
    conferences = [
        Conference.objects.create(
            round=planning_round,
            order=order,
            step_key=step.key,
            title=step.title.vi,
            body=step.body,
            rules=step_to_json(step),
            has_ballot=step.has_ballot,
        )
        for order, step in enumerate(template.steps, start=1)
    ]
    record(
        action="conference.chain_planned",
        by=by,
        at=at,
        subject=subject_of(planning_round),
        details={"template": template.key, "steps": [c.title for c in conferences]},
    )
    return conferences


@transaction.atomic
def edit_step(
    *, conference_id: int, step: StepTemplate, by: Actor, at: datetime
) -> Conference:
    """Change the rules of a conference before it opens: its title, marks, ballot.

    Raises:
        StepNotFittingError: If the step has another key or summons other people.
        ConferenceStateError: If the conference has begun.
    """
    conference = lock_conference(conference_id, ConferenceState.PLANNED)
    before = step_from_json(conference.rules)
    if (step.key, step.body, step.categories) != (
        before.key,
        before.body,
        before.categories,
    ):
        msg = (
            f"Quy tắc sửa không phải của {conference.title}; chỉ sửa tên, mức đạt và "
            "cách bỏ phiếu, thành phần triệu tập giữ như mẫu quy trình."
        )
        raise StepNotFittingError(msg)
    conference.title = step.title.vi
    conference.has_ballot = step.has_ballot
    conference.rules = step_to_json(step)
    conference.save(update_fields=["title", "has_ballot", "rules"])
    record_of(
        conference,
        action="conference.step_edited",
        by=by,
        at=at,
        details={"before": _in_words(before), "after": _in_words(step)},
    )
    return conference


def _in_words(step: StepTemplate) -> str:
    if step.threshold is None:
        return f"{step.title.vi}: thảo luận, không bỏ phiếu"
    return (
        f"{step.title.vi}: {mark_in_words(step.threshold)}; phiếu không hợp lệ khi: "
        f"{faults_in_words(step.validity)}"
    )


@transaction.atomic
def summon(*, conference_id: int, as_of: date, by: Actor, at: datetime) -> int:
    """Compute the roll from the offices held on a day; a person is seated once.

    Returns:
        The number of people summoned.

    Raises:
        ConferenceStateError: If the conference has begun.
        NobodySummonedError: If no office held fits a category.
    """
    conference = lock_conference(conference_id, ConferenceState.PLANNED)
    seats = seats_of(conference, as_of)
    if not seats:
        msg = f"Không có ai giữ chức vụ thuộc thành phần của {conference.title}."
        raise NobodySummonedError(msg)
    conference.seats.all().delete()
    RollSeat.objects.bulk_create(seats)
    conference.summoned = len(seats)
    conference.save(update_fields=["summoned"])
    record_of(
        conference,
        action="conference.summoned",
        by=by,
        at=at,
        details={"summoned": len(seats), "as_of": as_of.isoformat()},
    )
    return len(seats)


@transaction.atomic
def open_conference(  # noqa: PLR0913  # the heading of the minutes has these parts
    *,
    conference_id: int,
    held_on: date,
    place: str,
    chair: str,
    minute_taker: str,
    presenter: str,
    agenda: Sequence[str],
    by: Actor,
    at: datetime,
    chair_office: str = "",
    presenter_office: str = "",
) -> Conference:
    """Open a conference whose roll is drawn up, once the step before it is closed.

    ``at`` is the hour the minutes print. An office left blank is not printed.

    Raises:
        ConferenceStateError: If it is not planned, or an earlier step is still open.
        NobodySummonedError: If it has no roll.
        RoundNotSubmittedError: If the round was reopened and the Tờ trình is not
            signed again.
    """
    conference = lock_conference(conference_id, ConferenceState.PLANNED)
    if conference.round.state not in {RoundState.SUBMITTED, RoundState.IN_CONFERENCE}:
        msg = (
            f"Đợt “{conference.round.title}” chưa ký Tờ trình nên chưa khai mạc được "
            f"{conference.title}."
        )
        raise RoundNotSubmittedError(msg)
    if not conference.summoned:
        msg = f"{conference.title} chưa có danh sách triệu tập."
        raise NobodySummonedError(msg)
    earlier = Conference.objects.filter(
        round=conference.round, order__lt=conference.order
    ).exclude(state=ConferenceState.CLOSED)
    for open_step in earlier:
        lock_conference(open_step.pk, ConferenceState.CLOSED)
    for name, value in (
        ("held_on", held_on),
        ("place", place),
        ("opened_at", at),
        ("chair", chair),
        ("chair_office", chair_office),
        ("minute_taker", minute_taker),
        ("presenter", presenter),
        ("presenter_office", presenter_office),
        ("agenda", list(agenda)),
        ("state", ConferenceState.OPEN),
    ):
        setattr(conference, name, value)
    conference.save()
    if conference.round.state == RoundState.SUBMITTED:
        begin_conferences(round_id=conference.round_id, by=by, at=at)
    record_of(conference, action="conference.opened", by=by, at=at)
    return conference


@transaction.atomic
def check_in(  # who, who not and why not
    *,
    conference_id: int,
    present_seats: Collection[int],
    by: Actor,
    at: date,
    absence_reasons: Mapping[int, str] = _NO_REASONS,
) -> int:
    """Set who is present, by seat number; no time of arrival is kept.

    Args:
        conference_id: The conference.
        present_seats: Seat numbers of the people present; the others are absent.
        by: Who checks in.
        at: The day.
        absence_reasons: Why somebody is absent, by seat number.

    Returns:
        The number of people present.

    Raises:
        SeatUnknownError: If the roll has no such seat.
        ConferenceStateError: If the conference is not open, or ballots are out.
    """
    conference = lock_conference(conference_id, ConferenceState.OPEN)
    seats = list(conference.seats.all())
    unknown = {*present_seats, *absence_reasons} - {seat.number for seat in seats}
    if unknown:
        msg = f"{conference.title} không có ghế số {min(unknown)} trong danh sách triệu tập."
        raise SeatUnknownError(msg)
    for seat in seats:
        seat.is_present = seat.number in present_seats
        reason = absence_reasons.get(seat.number, "")
        seat.absence_reason = "" if seat.is_present else reason
    RollSeat.objects.bulk_update(seats, ["is_present", "absence_reason"])
    conference.present = sum(seat.is_present for seat in seats)
    conference.save(update_fields=["present"])
    record_of(
        conference,
        action="conference.attendance_set",
        by=by,
        at=at,
        details={"present": conference.present, "summoned": conference.summoned},
    )
    return conference.present
