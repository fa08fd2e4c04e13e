"""Roll, ballot, counting minutes and conference minutes of one conference."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from kecan.documents.ballot import BallotContent, Contest
from kecan.documents.conference_minutes import (
    Absentee,
    Attended,
    ConferenceMinutesContent,
    Speaker,
)
from kecan.documents.count_minutes import (
    CountedContest,
    CountedLine,
    CountMinutesContent,
    Teller,
    WriteIn,
)
from kecan.documents.paper import Signatory
from kecan.documents.roll import RollCategory, RollContent, RollPerson
from kecan.paper_ballot.wording import Question
from kecan.tally import BallotCount, InvalidReason, LineResult, base_of
from kecan.web.conferences.models import Minutes
from kecan.web.conferences.queries import (
    attendance_of,
    ballot_shape,
    roll_by_category,
)
from kecan.web.conferences.rules import step_from_json
from kecan.web.papers.parts import held_on, nominee_of, paper_frame

if TYPE_CHECKING:
    from kecan.documents.paper import PaperFrame
    from kecan.web.conferences.models import Conference

_OPENS, _CLOSES = time(8, 0), time(11, 30)
_COUNT_BEGINS, _COUNT_ENDS = time(10, 0), time(11, 0)


class CountStillOpenError(Exception):
    """Counting minutes were asked for before the count was closed."""


def _frame(conference: Conference) -> PaperFrame:
    return paper_frame(conference.round.unit, dated=held_on(conference))


def roll_content(conference: Conference) -> RollContent:
    """Return the roll: everybody once, under the first category that fits."""
    return RollContent(
        frame=_frame(conference),
        conference=conference.title,
        held_on=held_on(conference),
        starts_at=_OPENS,
        hall=conference.place,
        categories=tuple(
            RollCategory(
                title=title,
                people=tuple(
                    RollPerson(
                        seat=str(seat.number),
                        name=seat.person.full_name,
                        office=seat.offices,
                    )
                    for seat in seats
                ),
            )
            for title, seats in roll_by_category(conference)
        ),
        maker=Signatory(title="NGƯỜI LẬP", name=conference.minute_taker),
        signatory=Signatory(
            authority="T/L BAN THƯỜNG VỤ",
            title="TRƯỞNG BAN TỔ CHỨC",
            name=conference.presenter,
        ),
    )


def ballot_content(conference: Conference) -> BallotContent:
    """Return the ballot form; it is the same for every voter."""
    return BallotContent(
        frame=_frame(conference),
        conference=conference.title,
        held_on=held_on(conference),
        question=Question(step_from_json(conference.rules).question.value),
        contests=tuple(
            Contest(
                title=contest.post.title,
                term=str(contest.term),
                nominees=tuple(
                    nominee_of(line) for line in contest.lines.order_by("order")
                ),
                most_choices=contest.max_choices,
                write_in_lines=contest.write_in_lines,
            )
            for contest in conference.contests.select_related("post", "term").order_by(
                "order"
            )
        ),
    )


def count_minutes_content(conference: Conference) -> CountMinutesContent:
    """Return the counting minutes of a closed count.

    Raises:
        CountStillOpenError: If the count is not closed.
    """
    count = conference.count
    if not count.is_closed:
        msg = f"{conference.title} chưa khoá kiểm phiếu nên chưa có biên bản."
        raise CountStillOpenError(msg)
    minutes = conference.minutes.filter(kind=Minutes.Kind.COUNTING).first()
    members = list(conference.counting_members.all())
    return CountMinutesContent(
        frame=_frame(conference),
        conference=conference.title,
        held_on=held_on(conference),
        started_at=_COUNT_BEGINS,
        ended_at=_COUNT_ENDS,
        hall=conference.place,
        team=tuple(
            Teller(
                name=member.full_name,
                office="",
                role="Tổ trưởng" if member.is_head else "Thành viên",
            )
            for member in members
        ),
        summoned=conference.summoned or 0,
        present=conference.present or 0,
        issued=count.issued,
        returned=count.returned or 0,
        valid=count.valid or 0,
        invalid=count.invalid or 0,
        invalid_reasons=tuple(
            (InvalidReason(reason), number)
            for reason, number in sorted(count.invalid_reasons.items())
        ),
        contests=_counted_contests(conference),
        ledger_head=minutes.ledger_head if minutes else "",
        keying="Hai người nhập độc lập toàn bộ số phiếu; phiếu lệch do người thứ ba xem lại.",
        head_of_team=Signatory(
            title="T/M TỔ KIỂM PHIẾU", name=members[0].full_name if members else ""
        ),
        chair=Signatory(title="CHỦ TRÌ HỘI NGHỊ", name=conference.chair),
    )


def _counted_contests(conference: Conference) -> tuple[CountedContest, ...]:
    threshold = step_from_json(conference.rules).threshold
    if threshold is None:
        return ()
    base = base_of(threshold.base, _closed_totals(conference))
    return tuple(
        CountedContest(
            title=contest.post.title,
            term=str(contest.term),
            threshold=threshold,
            base=base,
            lines=tuple(
                CountedLine(
                    nominee=nominee_of(line),
                    agree=line.agree or 0,
                    disagree=line.disagree or 0,
                    neither=line.neither or 0,
                    result=LineResult(line.result),
                )
                for line in contest.lines.order_by("order")
            ),
            write_ins=tuple(
                WriteIn(
                    name=one.text,
                    votes=one.votes,
                    note="" if one.person is None else one.person.full_name,
                )
                for one in contest.write_ins.select_related("person")
            ),
            cap=contest.cap,
        )
        for contest in ballot_shape(conference)
    )


def _closed_totals(conference: Conference) -> BallotCount:
    """Return the numbers kept when the count was closed; no sheet is read again."""
    count = conference.count
    return BallotCount(
        attendance=attendance_of(conference),
        returned=count.returned or 0,
        valid=count.valid or 0,
        invalid=count.invalid or 0,
        invalid_reasons={
            InvalidReason(reason): number
            for reason, number in count.invalid_reasons.items()
        },
        lines=(),
        write_ins=(),
    )


def conference_minutes_content(conference: Conference) -> ConferenceMinutesContent:
    """Return the conference minutes; they never print results."""
    count = getattr(conference, "count", None)
    seats = list(conference.seats.select_related("person").order_by("number"))
    return ConferenceMinutesContent(
        frame=_frame(conference),
        conference=conference.title,
        held_on=held_on(conference),
        opened_at=_OPENS,
        closed_at=_CLOSES,
        hall=conference.place,
        chair=Signatory(title="CHỦ TRÌ HỘI NGHỊ", name=conference.chair),
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
            name=conference.presenter, office="Trưởng Ban Tổ chức Huyện uỷ", points=()
        ),
        submission_title=f"Tờ trình số {conference.round.submission_number}",
        discussion=(),
        directions=(
            Speaker(
                name=conference.chair,
                office="Bí thư Huyện uỷ",
                points=(conference.directions,),
            ),
        )
        if conference.directions
        else (),
        team=tuple(member.full_name for member in conference.counting_members.all()),
        issued=None if count is None else count.issued,
        returned=None if count is None else count.returned,
        valid=None if count is None else count.valid,
        invalid=None if count is None else count.invalid,
        results=None,
    )
