"""The three conferences of the morning, through the same actions a person uses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from kecan.regulations.chains import load_chain
from kecan.sample import scenario
from kecan.sample.district import DAY
from kecan.web.conferences.actions import ballots, chain, closing, count, speaking
from kecan.web.conferences.models import Conference, ConferenceState, Minutes, WriteIn
from kecan.web.conferences.queries import ballot_shape, open_differences
from kecan.web.conferences.rules import step_from_json
from kecan.web.demonstration import scanned_day
from kecan.web.demonstration.day import NOW
from kecan.web.organisation.models import OfficeHeld
from kecan.web.organisation.queries import offices_in_words
from kecan.web.paper_count.actions.closing import close_scanned_count
from kecan.web.plans.queries import people_per_post_limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.tally import Sheet
    from kecan.web.accounts.models import User
    from kecan.web.demonstration.day import Day
    from kecan.web.plans.models import PlanningRound

SESSIONS = (
    (time(8, 0), time(9, 25)),
    (time(9, 40), time(10, 35)),
    (time(10, 45), time(11, 30)),
)
"""When each conference of the invented morning opens and closes."""
_SLIPS = 2
_QUICK_DPI = 150  # of the scanner: the least the reader takes, and the quickest
_ODD = 0.01  # share of marks that only a person may read
_NAMES_WRITTEN_IN = 1  # the order of the conference that may add names
_BOTH_WAYS = 2  # the order of the conference that is keyed although it is scanned


def hold_the_conferences(planning_round: PlanningRound, day: Day) -> None:
    """Hold the three conferences, one after another."""
    planning_round.refresh_from_db()
    conferences = chain.plan_conferences(
        round_id=planning_round.pk,
        template=load_chain(planning_round.chain_template),
        by=day.users["canbo"],
        at=NOW,
    )
    for conference, (opened, closed) in zip(conferences, SESSIONS, strict=True):
        _hold(conference, day, opened=_at(opened), closed=_at(closed))


def _at(hour: time) -> datetime:
    return datetime.combine(DAY, hour, tzinfo=NOW.tzinfo)


def _officer(post_key: str) -> tuple[str, str]:
    """Return name and offices of whoever holds a post on the day."""
    (held,) = OfficeHeld.objects.filter(post__key=post_key, until="")
    offices = offices_in_words(held.person, on=DAY)
    return held.person.full_name, offices.replace("; ", ", ")


def _hold(
    conference: Conference, day: Day, *, opened: datetime, closed: datetime
) -> None:
    officer, head = day.users["canbo"], day.users["truongban"]
    _shorten_the_ballot(conference, by=officer)
    chair, chair_office = _officer("BT")
    presenter, presenter_office = _officer("T-BTC")
    minute_taker, _ = _officer("CV-BTC")
    chain.summon(conference_id=conference.pk, as_of=DAY, by=officer, at=NOW)
    chain.open_conference(
        conference_id=conference.pk,
        held_on=DAY,
        place=scenario.PLACE,
        chair=chair,
        chair_office=chair_office,
        minute_taker=minute_taker,
        presenter=presenter,
        presenter_office=presenter_office,
        agenda=scenario.AGENDA,
        by=head,
        at=opened,
    )
    seats = list(conference.seats.values_list("number", flat=True))
    present = scenario.who_is_present(len(seats), rng=day.rng)
    here = [seat for seat, is_here in zip(seats, present, strict=True) if is_here]
    chain.check_in(conference_id=conference.pk, present_seats=here, by=officer, at=DAY)
    _speak(conference, officer=officer, at=opened)
    ballots.prepare_ballot(
        conference_id=conference.pk,
        people_per_post=people_per_post_limit(conference.round),
        by=officer,
        at=NOW,
    )
    counters = [day.users[f"kiemphieu{n}"] for n in (1, 2, 3)]
    ballots.appoint_counting_committee(
        conference_id=conference.pk,
        members=[(user.login, user.full_name) for user in counters],
        by=head,
        at=NOW,
    )
    _count(conference, issued=len(here), counters=counters, day=day)
    for kind in Minutes.Kind:
        closing.sign_minutes(
            conference_id=conference.pk,
            kind=kind,
            signed_by=[counters[0].full_name, chair]
            if kind is Minutes.Kind.COUNTING
            else [minute_taker, chair],
            by=head,
            at=DAY,
        )
    closing.close_conference(conference_id=conference.pk, by=head, at=closed)


def _shorten_the_ballot(conference: Conference, *, by: User) -> None:
    """Let names be written in at the first step alone, on the lists of the bodies."""
    step = step_from_json(conference.rules)
    lines = step.write_in_lines if conference.order == _NAMES_WRITTEN_IN else 0
    step = replace(step, write_in_lines=lines, write_ins_on_single_posts=False)
    chain.edit_step(conference_id=conference.pk, step=step, by=by, at=NOW)


def _speak(conference: Conference, *, officer: User, at: datetime) -> None:
    """Keep what is said: the discussion of the first conference, the directions."""
    if conference.order == 1:
        for post_key, text in scenario.DISCUSSION:
            speaker, office = _officer(post_key)
            speaking.record_speech(
                conference_id=conference.pk,
                speaker=speaker,
                office=office,
                text=text,
                by=officer,
                at=at,
            )
    directed_by, office = _officer("BT")
    speaking.record_directions(
        conference_id=conference.pk,
        directions=scenario.DIRECTIONS,
        directed_by=directed_by,
        directed_by_office=office,
        by=officer,
        at=at,
    )


def _count(
    conference: Conference, *, issued: int, counters: list[User], day: Day
) -> None:
    """Issue, mark, collect; key twice, scan, or both; settle what differs; close."""
    first = counters[0]
    form = scanned_day.print_ballot(conference, by=day.users["canbo"])
    ballots.issue_ballots(conference_id=conference.pk, issued=issued, by=first, at=DAY)
    contests = ballot_shape(conference)
    sheets = scanned_day.invent_sheets(
        day,
        contests,
        issued=issued,
        written_in=("Nguyễn Hữu Trung",) if contests[0].write_in_lines else (),
    )
    ballots.close_voting(
        conference_id=conference.pk, returned=len(sheets), by=first, at=DAY
    )
    if conference.order == _BOTH_WAYS or conference.order not in day.scanned:
        _key(conference, sheets, counters=counters, day=day)
    if conference.order in day.scanned:
        seed = day.rng.randrange(2**31)
        stack = scanned_day.scan_stack(
            form,
            sheets,
            executor=day.executor,
            seed=seed,
            odd_share=_ODD,
            dpi=_QUICK_DPI,
        )
        scanned_day.read_stack(conference, stack, by=first, executor=day.executor)
        scanned_day.decide(conference, stack, people=counters[1:])
        close_scanned_count(conference_id=conference.pk, by=first, at=DAY)
    else:
        count.close_count(conference_id=conference.pk, by=first, at=DAY)
    _settle(conference, first=first)


def _key(
    conference: Conference,
    sheets: Sequence[Sheet],
    *,
    counters: list[User],
    day: Day,
) -> None:
    """Key the stack twice, with a few slips, and settle the sheets that differ."""
    first, second, third = counters
    keyings = (
        (1, second, sheets),
        (2, third, scenario.key_with_slips(sheets, slips=_SLIPS, rng=day.rng)),
    )
    for slot, counter, read in keyings:
        keying = count.start_keying(
            conference_id=conference.pk, slot=slot, by=counter, at=DAY
        )
        count.key_sheets(keying_id=keying.pk, sheets=read, by=counter)
        count.finish_keying(keying_id=keying.pk, by=counter, at=DAY)
    paper = {sheet.number: sheet for sheet in sheets}
    for difference in open_differences(conference):
        count.resolve_sheet(
            conference_id=conference.pk,
            sheet=paper[difference.number],
            by=first,
            at=DAY,
        )


def _settle(conference: Conference, *, first: User) -> None:
    """Let the chair decide ties and the committee keep written names as text."""
    conference.refresh_from_db()
    if conference.state != ConferenceState.COUNTED:
        return
    for contest in conference.contests.all():
        room = (contest.cap or 0) - contest.lines.filter(result="passed").count()
        for line in contest.lines.filter(result="tied").order_by("order"):
            count.decide_tie(
                line_id=line.pk,
                passes=room > 0,
                reason="Ưu tiên bảo đảm cơ cấu theo đề án nhân sự",
                by=first,
                at=DAY,
            )
            room -= 1
    for written in WriteIn.objects.filter(contest__conference=conference):
        count.resolve_write_in(write_in_id=written.pk, person_id=None, by=first, at=DAY)
