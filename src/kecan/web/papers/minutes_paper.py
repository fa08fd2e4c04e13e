"""The conference minutes: who came, what was said, who reached the mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.conference_minutes import (
    Absentee,
    Attended,
    ConferenceMinutesContent,
    Speaker,
    VotedContest,
)
from kecan.documents.paper import DOTS, Signatory
from kecan.regulations.chains import Question
from kecan.tally import base_of
from kecan.web.conferences.models import ContestLine
from kecan.web.conferences.queries import (
    ballot_shape,
    closed_totals,
    roll_by_category,
)
from kecan.web.conferences.rules import step_from_json
from kecan.web.papers.conference_papers import (
    frame_on_the_day,
    hour_of,
)

if TYPE_CHECKING:
    from kecan.web.conferences.models import Conference


class ConferenceNotHeldError(Exception):
    """Minutes were asked for of a conference that was never opened."""


def conference_minutes_content(conference: Conference) -> ConferenceMinutesContent:
    """Return the conference minutes, with the results once the count is closed.

    Raises:
        ConferenceNotHeldError: If the conference was never opened.
    """
    if conference.held_on is None:
        msg = f"{conference.title} chưa khai mạc nên chưa có biên bản."
        raise ConferenceNotHeldError(msg)
    count = getattr(conference, "count", None)
    step = step_from_json(conference.rules)
    seats = list(conference.seats.select_related("person").order_by("number"))
    return ConferenceMinutesContent(
        frame=frame_on_the_day(conference),
        conference=conference.title,
        held_on=conference.held_on,
        opened_at=hour_of(conference.opened_at, day=conference.held_on),
        closed_at=hour_of(conference.closed_at, day=conference.held_on),
        hall=conference.place,
        chair=Signatory(title="CHỦ TRÌ HỘI NGHỊ", name=conference.chair),
        chair_office=conference.chair_office,
        secretary=Signatory(title="NGƯỜI GHI BIÊN BẢN", name=conference.minute_taker),
        attended=tuple(
            Attended(
                title=title,
                summoned=len(group),
                present=sum(seat.is_present for seat in group),
            )
            for title, group in roll_by_category(conference)
        ),
        absentees=tuple(
            Absentee(
                name=seat.person.full_name,
                office=seat.offices,
                reason=seat.absence_reason,
            )
            for seat in seats
            if not seat.is_present
        ),
        agenda=tuple(conference.agenda),
        presenter=Speaker(
            name=conference.presenter, office=conference.presenter_office, points=()
        ),
        submission_title=_submission_title(conference),
        discussion=tuple(
            Speaker(name=one.speaker, office=one.office, points=_points(one.text))
            for one in conference.speeches.all()
        ),
        directions=(
            Speaker(
                name=conference.directed_by,
                office=conference.directed_by_office,
                points=_points(conference.directions),
            ),
        )
        if conference.directions
        else (),
        team=tuple(member.full_name for member in conference.counting_members.all()),
        issued=None if count is None else count.issued,
        returned=None if count is None else count.returned,
        valid=None if count is None else count.valid,
        invalid=None if count is None else count.invalid,
        results=_results(conference),
        is_announced=step.announces_result,
        is_removal=step.question is Question.REMOVE,
    )


def _submission_title(conference: Conference) -> str:
    planning_round = conference.round
    dated = planning_round.submission_date
    when = f", ngày {dated:%d/%m/%Y}" if dated else ""
    return f"Tờ trình số {planning_round.submission_number or DOTS}{when}"


def _points(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _results(conference: Conference) -> tuple[VotedContest, ...] | None:
    """Return who reached the mark, contest by contest; None before the count closed."""
    count = getattr(conference, "count", None)
    threshold = step_from_json(conference.rules).threshold
    if threshold is None or count is None or not count.is_closed:
        return None
    base = base_of(threshold.base, closed_totals(conference))
    return tuple(
        VotedContest(
            title=contest.post.title,
            term=str(contest.term),
            passed=tuple(
                (line.full_name, line.agree or 0, base)
                for line in contest.lines.filter(result=ContestLine.Result.PASSED)
            ),
        )
        for contest in ballot_shape(conference)
    )
