"""The ballot: contests derived from the round, the counting committee, the sheets."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.regulations.chains import Question, Subjects
from kecan.web.accounts.models import User
from kecan.web.accounts.queries import are_one_person
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import (
    Conference,
    ConferenceState,
    Contest,
    ContestLine,
    Count,
    CountingMember,
)
from kecan.web.conferences.refusals import BallotNumbersError, NomineeCountsError
from kecan.web.conferences.rules import step_from_json
from kecan.web.organisation.queries import offices_in_words
from kecan.web.plans.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor


@transaction.atomic
def prepare_ballot(
    *,
    conference_id: int,
    people_per_post: int,
    by: Actor,
    at: datetime,
) -> list[Contest]:
    """Draw up the contests from the proposals still in the race.

    Posts with several seats (BCH, BTV) come without a cap; for a single post at
    most ``people_per_post`` may pass. On a removal ballot everybody may be agreed to.

    Raises:
        BallotNumbersError: If the step has no ballot.
        ConferenceStateError: If the conference is not open.
    """
    conference = lock_conference(conference_id, ConferenceState.OPEN)
    if not conference.has_ballot:
        msg = f"{conference.title} chỉ thảo luận, không bỏ phiếu."
        raise BallotNumbersError(msg)
    step = step_from_json(conference.rules)
    conference.contests.all().delete()
    race = nominees_in_race(conference)
    contests = []
    for order, (_, group) in enumerate(
        groupby(race, key=lambda one: (one.term_id, one.post_id)), start=1
    ):
        nominees = list(group)
        is_single = nominees[0].post.seats == 1
        is_nominating = step.question is Question.NOMINATE
        may_write = is_nominating and (step.write_ins_on_single_posts or not is_single)
        contests.append(
            _contest(
                conference,
                order=order,
                nominees=nominees,
                cap=people_per_post if is_single and is_nominating else None,
                write_in_lines=step.write_in_lines if may_write else 0,
            )
        )
    record_of(
        conference,
        action="conference.ballot_prepared",
        by=by,
        at=at,
        details={"contests": len(contests), "nominees": len(race)},
    )
    return contests


def nominees_in_race(conference: Conference) -> list[Proposal]:
    """Return the proposals this step votes on, term by term and post by post."""
    subjects = step_from_json(conference.rules).subjects
    proposals = Proposal.objects.filter(
        round=conference.round, state=Proposal.State.PROPOSED
    )
    if subjects is Subjects.NEWCOMERS:
        proposals = proposals.filter(source=Proposal.Source.NEWCOMER)
    if subjects is Subjects.CARRIED_OVER:
        proposals = proposals.filter(source=Proposal.Source.CARRIED_OVER)
    return list(
        proposals.select_related("person", "post", "term").order_by(
            "term__first_year",
            "term__line",
            "-post__seats",
            "-post__rank",
            "post__key",
            "person__sort_key",
            "person__key",
        )
    )


def _contest(
    conference: Conference,
    *,
    order: int,
    nominees: Sequence[Proposal],
    cap: int | None,
    write_in_lines: int,
) -> Contest:
    first = nominees[0]
    day = conference.held_on or conference.round.as_of
    contest = Contest.objects.create(
        conference=conference,
        order=order,
        title=f"{first.post.title}, nhiệm kỳ {first.term}",
        post=first.post,
        term=first.term,
        max_choices=_most_choices(cap, len(nominees)) + write_in_lines,
        write_in_lines=write_in_lines,
        cap=cap,
    )
    ContestLine.objects.bulk_create(
        ContestLine(
            contest=contest,
            order=place,
            proposal=nominee,
            full_name=nominee.person.full_name,
            birth_year=nominee.person.born[:4],
            position=offices_in_words(nominee.person, on=day),
        )
        for place, nominee in enumerate(nominees, start=1)
    )
    return contest


def _most_choices(cap: int | None, nominees: int) -> int:
    return nominees if cap is None else min(cap, nominees)


@transaction.atomic
def appoint_counting_committee(
    *,
    conference_id: int,
    members: Sequence[tuple[str, str]],
    by: Actor,
    at: datetime,
) -> None:
    """Appoint the counting committee as (login, full name) pairs, the head first.

    Raises:
        NomineeCountsError: If somebody on the ballot is among them.
        BallotNumbersError: If fewer than three people are named: two accounts of one
            dossier are one person.
        ConferenceStateError: If the conference is not open.
    """
    conference = lock_conference(conference_id, ConferenceState.OPEN)
    least = 3
    if len(members) < least:
        msg = f"Tổ kiểm phiếu cần ít nhất {least} người, mới có {len(members)}."
        raise BallotNumbersError(msg)
    if are_one_person(login for login, _ in members):
        msg = (
            "Trong Tổ kiểm phiếu có hai tài khoản của cùng một người; hai lượt đọc, nhập "
            "phải do hai người."
        )
        raise BallotNumbersError(msg)
    _require_no_nominee(conference, members)
    conference.counting_members.all().delete()
    CountingMember.objects.bulk_create(
        CountingMember(
            conference=conference,
            login=login,
            full_name=full_name,
            is_head=place == 0,
        )
        for place, (login, full_name) in enumerate(members)
    )
    record_of(
        conference,
        action="conference.counting_committee_appointed",
        by=by,
        at=at,
        details={"members": [name for _, name in members]},
    )


def _require_no_nominee(
    conference: Conference, members: Sequence[tuple[str, str]]
) -> None:
    """Refuse a member who is on the ballot: by dossier if the account names one.

    Raises:
        NomineeCountsError: Naming the member.
    """
    nominees = ContestLine.objects.filter(contest__conference=conference)
    keys = set(nominees.values_list("proposal__person__key", flat=True))
    names = set(nominees.values_list("full_name", flat=True))
    dossiers = dict(
        User.objects.filter(login__in=[login for login, _ in members]).values_list(
            "login", "person_key"
        )
    )
    for login, full_name in members:
        dossier = dossiers.get(login)
        if dossier in keys if dossier else full_name in names:
            msg = f"Đồng chí {full_name} có tên trên phiếu nên không tham gia Tổ kiểm phiếu."
            raise NomineeCountsError(msg)


@transaction.atomic
def issue_ballots(*, conference_id: int, issued: int, by: Actor, at: date) -> Count:
    """Record how many ballots were handed out and begin the vote.

    Raises:
        BallotNumbersError: If nothing is on the ballot, nobody counts, or more
            ballots are issued than people are present.
        NomineeCountsError: If the ballot was drawn up again with a member on it.
        ConferenceStateError: If the conference is not open.
    """
    conference = lock_conference(conference_id, ConferenceState.OPEN)
    if not conference.contests.exists():
        msg = f"{conference.title} chưa có danh sách trên phiếu."
        raise BallotNumbersError(msg)
    members = list(conference.counting_members.values_list("login", "full_name"))
    if not members:
        msg = f"{conference.title} chưa có Tổ kiểm phiếu."
        raise BallotNumbersError(msg)
    _require_no_nominee(conference, members)
    present = conference.present or 0
    if not 1 <= issued <= present:
        msg = f"Phát ra {issued} phiếu trong khi có mặt {present} đại biểu."
        raise BallotNumbersError(msg)
    count = Count.objects.create(conference=conference, issued=issued)
    _move(conference, ConferenceState.VOTING)
    record_of(
        conference,
        action="conference.ballots_issued",
        by=by,
        at=at,
        details={"issued": issued},
    )
    return count


@transaction.atomic
def close_voting(*, conference_id: int, returned: int, by: Actor, at: date) -> Count:
    """Record how many ballots came back and begin the count.

    Raises:
        BallotNumbersError: If more came back than were issued, or none.
        ConferenceStateError: If nobody is voting.
    """
    conference = lock_conference(conference_id, ConferenceState.VOTING)
    count = Count.objects.select_for_update().get(conference=conference)
    if not 1 <= returned <= count.issued:
        msg = f"Thu về {returned} phiếu trong khi phát ra {count.issued} phiếu."
        raise BallotNumbersError(msg)
    count.returned = returned
    count.save(update_fields=["returned"])
    _move(conference, ConferenceState.COUNTING)
    record_of(
        conference,
        action="conference.voting_closed",
        by=by,
        at=at,
        details={"issued": count.issued, "returned": returned},
    )
    return count


@transaction.atomic
def pass_without_ballot(*, conference_id: int, by: Actor, at: datetime) -> None:
    """End a step that votes on nobody: everybody moves on, and that is recorded.

    Raises:
        BallotNumbersError: If the step has a ballot and somebody to vote on.
        ConferenceStateError: If the conference is not open.
    """
    conference = lock_conference(conference_id, ConferenceState.OPEN)
    if conference.has_ballot and nominees_in_race(conference):
        msg = f"{conference.title} có bỏ phiếu; không thể kết thúc bằng thảo luận."
        raise BallotNumbersError(msg)
    _move(conference, ConferenceState.COUNTED)
    record_of(conference, action="conference.discussed", by=by, at=at)


def _move(conference: Conference, state: ConferenceState) -> None:
    conference.state = state
    conference.save(update_fields=["state"])
