"""The counting minutes take their base from the closed count, whichever it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.conferences import morning as m

from kecan.tally import InvalidReason
from kecan.vocabulary import Base
from kecan.web.conferences.actions import ballots, count
from kecan.web.conferences.models import Conference, WriteIn
from kecan.web.organisation.models import Person
from kecan.web.papers.conference_papers import (
    CountStillOpenError,
    count_minutes_content,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_count() -> Conference:
    """Five summoned, four present, four ballots handed out, three returned."""
    conference = m.opened(m.first_conference(m.small_round()), present=4)
    ballots.issue_ballots(
        conference_id=conference.pk, issued=4, by=m.COUNTERS[0], at=m.DAY
    )
    ballots.close_voting(
        conference_id=conference.pk, returned=3, by=m.COUNTERS[0], at=m.DAY
    )
    conference.refresh_from_db()
    return conference


@pytest.mark.parametrize(
    ("base", "number"),
    [
        (Base.SUMMONED, 5),
        (Base.PRESENT, 4),
        (Base.ISSUED, 4),
        (Base.RETURNED, 3),
        (Base.VALID, 2),
    ],
)
def test_the_base_printed_is_the_number_the_mark_names(
    in_count: Conference, base: Base, number: int
) -> None:
    in_count.rules["threshold"]["base"] = base.value
    in_count.save()
    torn = replace(m.sheet(3, m.AGREE, m.DISAGREE), invalid_reason=InvalidReason.TORN)
    sheets = [*m.stack((2, 1))[:2], torn]
    for slot in (1, 2):
        m.keyed(in_count, slot=slot, sheets=sheets)
    count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)

    content = count_minutes_content(Conference.objects.get(pk=in_count.pk))

    (contest,) = content.contests
    assert contest.base == number
    assert [line.agree for line in contest.lines] == [2, 1]
    assert content.invalid_reasons == ((InvalidReason.TORN, 1),)
    assert content.keying == (
        "hai người nhập độc lập toàn bộ số phiếu; không phiếu nào hai người khác nhau"
    )


def test_there_are_no_minutes_before_the_count_is_closed(in_count: Conference) -> None:
    with pytest.raises(CountStillOpenError, match="chưa khoá kiểm phiếu"):
        count_minutes_content(in_count)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Nguyễn Văn Em, 1975", ""),
        ("Nguyen Van Em", "Nguyễn Văn Em"),
        ("Anh Em", "Nguyễn Văn Em"),
    ],
)
def test_whom_a_written_name_means_is_printed_where_it_does_not_stand_already(
    in_count: Conference, written: str, printed: str
) -> None:
    sheets = [replace(one, write_ins=((written,),)) for one in m.stack((2, 1))[:3]]
    for slot in (1, 2):
        m.keyed(in_count, slot=slot, sheets=sheets)
    count.close_count(conference_id=in_count.pk, by=m.COUNTERS[0], at=m.DAY)
    count.resolve_write_in(
        write_in_id=WriteIn.objects.get().pk,
        person_id=Person.objects.get(full_name="Nguyễn Văn Em").pk,
        by=m.COUNTERS[0],
        at=m.DAY,
    )

    content = count_minutes_content(Conference.objects.get(pk=in_count.pk))

    (contest,) = content.contests
    assert [(one.name, one.note) for one in contest.write_ins] == [(written, printed)]
