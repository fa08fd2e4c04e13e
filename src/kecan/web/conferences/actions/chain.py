"""Planning the chain, summoning, opening, attendance and the words spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.regulations.chains import seat
from kecan.web.audit.actions import record
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.models import Conference, ConferenceState, RollSeat
from kecan.web.conferences.refusals import (
    ChainAlreadyPlannedError,
    NobodySummonedError,
    RoundNotSubmittedError,
)
from kecan.web.conferences.rules import step_from_json, step_to_json
from kecan.web.organisation.queries import holders_on, posts_by_id, unit_facts
from kecan.web.plans.actions.approval import begin_conferences
from kecan.web.plans.models import PlanningRound, RoundState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from kecan.regulations.chains import AttendeeCategory, ChainTemplate
    from kecan.regulations.facts import Post, Unit
    from kecan.vocabulary import PostId, UnitId
    from kecan.web.audit.actions import Actor
    from kecan.web.organisation.models import OfficeHeld, Person


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
        subject=planning_round.title,
        details={"template": template.key, "steps": [c.title for c in conferences]},
    )
    return conferences


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
    seats = _roll(conference, as_of)
    if not seats:
        msg = f"Không có ai giữ chức vụ thuộc thành phần của {conference.title}."
        raise NobodySummonedError(msg)
    conference.seats.all().delete()
    RollSeat.objects.bulk_create(seats)
    conference.summoned = len(seats)
    conference.save(update_fields=["summoned"])
    record(
        action="conference.summoned",
        by=by,
        at=at,
        subject=conference.title,
        details={"summoned": len(seats), "as_of": as_of.isoformat()},
    )
    return len(seats)


def _roll(conference: Conference, as_of: date) -> list[RollSeat]:
    categories = step_from_json(conference.rules).categories
    order = {category.key: place for place, category in enumerate(categories)}
    posts, units = posts_by_id(), {unit.unit_id: unit for unit in unit_facts()}
    held: dict[Person, list[OfficeHeld]] = {}
    for offices in holders_on(as_of).values():
        for office in offices:
            held.setdefault(office.person, []).append(office)
    chosen: list[tuple[AttendeeCategory, int, Person, Sequence[OfficeHeld]]] = []
    for person, offices in held.items():
        holdings = _holdings(offices, posts, units)
        category = seat(holdings, categories)
        if category is not None:
            top = max((post.rank or 0 for post, _ in holdings), default=0)
            ranked = sorted(offices, key=_rank_and_title)
            chosen.append((category, -top, person, ranked))
    chosen.sort(
        key=lambda one: (order[one[0].key], one[1], one[2].sort_key, one[2].key)
    )
    return [
        RollSeat(
            conference=conference,
            person=person,
            number=number,
            category=category.key,
            category_title=category.title.vi,
            offices="; ".join(office.title for office in offices),
        )
        for number, (category, _, person, offices) in enumerate(chosen, start=1)
    ]


def _rank_and_title(office: OfficeHeld) -> tuple[int, str]:
    rank = 0 if office.post is None else office.post.rank or 0
    return (-rank, office.title)


def _holdings(
    offices: Sequence[OfficeHeld],
    posts: Mapping[PostId, Post],
    units: Mapping[UnitId, Unit],
) -> list[tuple[Post, Unit]]:
    held = [posts[office.post.key] for office in offices if office.post is not None]  # type: ignore[index]
    return [(post, units[post.unit_id]) for post in held]


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
) -> Conference:
    """Open a conference whose roll is drawn up, once the step before it is closed.

    Raises:
        ConferenceStateError: If it is not planned, or an earlier step is still open.
        NobodySummonedError: If it has no roll.
    """
    conference = lock_conference(conference_id, ConferenceState.PLANNED)
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
        ("chair", chair),
        ("minute_taker", minute_taker),
        ("presenter", presenter),
        ("agenda", list(agenda)),
        ("state", ConferenceState.OPEN),
    ):
        setattr(conference, name, value)
    conference.save()
    if conference.round.state == RoundState.SUBMITTED:
        begin_conferences(round_id=conference.round_id, by=by, at=at)
    record(action="conference.opened", by=by, at=at, subject=conference.title)
    return conference


@transaction.atomic
def check_in(
    *, conference_id: int, present_seats: Collection[int], by: Actor, at: date
) -> int:
    """Set who is present, by seat number; no time of arrival is kept.

    Returns:
        The number of people present.

    Raises:
        ConferenceStateError: If the conference is not open, or ballots are out.
    """
    conference = lock_conference(conference_id, ConferenceState.OPEN)
    conference.seats.update(is_present=False)
    conference.seats.filter(number__in=present_seats).update(is_present=True)
    conference.present = conference.seats.filter(is_present=True).count()
    conference.save(update_fields=["present"])
    record(
        action="conference.attendance_set",
        by=by,
        at=at,
        subject=conference.title,
        details={"present": conference.present, "summoned": conference.summoned},
    )
    return conference.present


@transaction.atomic
def record_directions(
    *, conference_id: int, directions: str, by: Actor, at: datetime
) -> None:
    """Keep the directions given at the conference for the minutes.

    Raises:
        ConferenceStateError: If the conference is not being held.
    """
    conference = lock_conference(
        conference_id,
        ConferenceState.OPEN,
        ConferenceState.VOTING,
        ConferenceState.COUNTING,
        ConferenceState.COUNTED,
    )
    conference.directions = directions
    conference.save(update_fields=["directions"])
    record(action="conference.directions", by=by, at=at, subject=conference.title)
