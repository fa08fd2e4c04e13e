"""Roll, ballot and counting minutes of one conference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kecan.documents.count_minutes import (
    CountedContest,
    CountedLine,
    CountMinutesContent,
    Teller,
    WriteIn,
)
from kecan.documents.paper import Signatory
from kecan.documents.roll import RollCategory, RollContent, RollPerson
from kecan.tally import InvalidReason, LineResult, base_of
from kecan.web.conferences.actions.closing import COUNTING_SIGNED
from kecan.web.conferences.actions.recording import told_of
from kecan.web.conferences.bound import paper_verdict
from kecan.web.conferences.models import Minutes
from kecan.web.conferences.queries import (
    ballot_shape,
    closed_totals,
    roll_by_category,
)
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.models import BoxDecision
from kecan.web.papers.letterheads import details_of, frame_of
from kecan.web.papers.parts import nominee_of

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from kecan.documents.paper import PaperFrame
    from kecan.web.conferences.models import Conference
    from kecan.web.conferences.models import WriteIn as WrittenIn

_BLIND_KEYINGS = 2


class CountStillOpenError(Exception):
    """Counting minutes were asked for before the count was closed."""


def frame_on_the_day(conference: Conference) -> PaperFrame:
    return frame_of(conference.round, dated=conference.held_on)


def hour_of(at: datetime | None, *, day: date | None) -> time | None:
    """Return the hour of an instant of the day; on another day nobody wrote the hour."""
    here = None if at is None else timezone.localtime(at)
    return here.time() if here is not None and here.date() == day else None


def roll_content(conference: Conference) -> RollContent:
    """Return the roll: everybody once, under the first category that fits."""
    details = details_of(conference.round)
    return RollContent(
        frame=frame_on_the_day(conference),
        conference=conference.title,
        held_on=conference.held_on,
        starts_at=hour_of(conference.opened_at, day=conference.held_on),
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
        maker=Signatory(title="NGƯỜI LẬP", name=details.list_maker),
        signatory=Signatory(
            authority="T/L BAN THƯỜNG VỤ",
            title="TRƯỞNG BAN TỔ CHỨC",
            name=details.organising_head,
        ),
    )


def count_minutes_content(conference: Conference) -> CountMinutesContent:
    """Return the counting minutes of a closed count.

    Raises:
        CountStillOpenError: If the count is not closed.
    """
    count = getattr(conference, "count", None)
    if count is None or not count.is_closed or conference.held_on is None:
        msg = f"{conference.title} chưa khoá kiểm phiếu nên chưa có biên bản."
        raise CountStillOpenError(msg)
    minutes = conference.minutes.filter(kind=Minutes.Kind.COUNTING).first()
    members = list(conference.counting_members.all())
    return CountMinutesContent(
        frame=frame_on_the_day(conference),
        conference=conference.title,
        held_on=conference.held_on,
        started_at=None,
        ended_at=None,
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
        keying=_keying(conference),
        audited=_audited(conference, is_signed=minutes is not None),
        head_of_team=Signatory(
            title="T/M TỔ KIỂM PHIẾU",
            name=next((one.full_name for one in members if one.is_head), ""),
        ),
        chair=Signatory(title="CHỦ TRÌ HỘI NGHỊ", name=conference.chair),
    )


def _audited(conference: Conference, *, is_signed: bool) -> str:
    """Say what the audit on paper said when the minutes were signed; before, what it says."""
    if not is_signed:
        verdict = paper_verdict(conference)
        return verdict.conclusion if verdict else ""
    told = told_of(conference, COUNTING_SIGNED)
    said = told[-1] if told else {}
    reason = said.get("reason", "")
    despite = f" Chủ trì hội nghị quyết định ký, lý do: {reason.rstrip('.')}."
    return f"{said.get('audit', '')}{despite if reason else ''}"


def _keying(conference: Conference) -> str:
    """Say how the sheets were read, as far as the rows on record show it."""
    ways = [way for way in (_scanned(conference), _keyed(conference)) if way]
    if len(ways) > 1:
        ways.append("hai kết quả khớp nhau ở mọi dòng")
    return "; ".join(ways)


def _scanned(conference: Conference) -> str:
    if not conference.count.is_scanned:
        return ""
    decided = BoxDecision.objects.filter(page__conference=conference)
    boxes = decided.filter(look=1).count()
    third = decided.filter(look=3).count()
    by_hand = conference.scanned_sheets.filter(is_keyed=True, number__isnull=False)
    said = [
        f"máy đọc ảnh quét {_all_or_rest(by_hand.count())} bằng hai bộ đọc độc lập",
        (
            f"hai người xem độc lập {boxes} ô máy không chắc hoặc lấy ngẫu nhiên để kiểm "
            f"tra, {_by_third(third, 'ô')}"
        )
        if boxes
        else "không có ô nào máy không chắc",
    ]
    if by_hand:
        looked_at = by_hand.filter(readings__look=3).count()
        said.insert(
            0,
            f"{by_hand.count()} phiếu không quét được do hai người nhập độc lập từ giấy, "
            f"{_by_third(looked_at, 'phiếu')}",
        )
    return "; ".join(said)


def _all_or_rest(by_hand: int) -> str:
    return "số phiếu còn lại" if by_hand else "toàn bộ số phiếu"


def _by_third(number: int, what: str) -> str:
    """Say how many two people differed on; none is said in words."""
    if not number:
        return f"không {what} nào hai người khác nhau"
    return f"người thứ ba xem {number} {what} hai người khác nhau"


def _keyed(conference: Conference) -> str:
    finished = conference.keyings.filter(is_finished=True).count()
    if finished < _BLIND_KEYINGS:
        return ""
    looked_at = conference.resolutions.count()
    return f"hai người nhập độc lập toàn bộ số phiếu; {_by_third(looked_at, 'phiếu')}"


def _who_is_meant(written: WrittenIn) -> str:
    """Return whose name stands there, unless it is written out already."""
    person = written.person
    return (
        "" if person is None or person.full_name in written.text else person.full_name
    )


def _counted_contests(conference: Conference) -> tuple[CountedContest, ...]:
    threshold = step_from_json(conference.rules).threshold
    if threshold is None:
        return ()
    base = base_of(threshold.base, closed_totals(conference))
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
                    note=_who_is_meant(one),
                )
                for one in contest.write_ins.select_related("person")
            ),
            cap=contest.cap,
        )
        for contest in ballot_shape(conference)
    )
