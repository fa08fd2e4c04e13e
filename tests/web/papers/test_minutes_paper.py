"""The conference minutes say who came, who spoke, what was directed and who passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.documents.rendered import model_text
from tests.web.conferences import morning as m

from kecan.documents.conference_minutes import conference_minutes
from kecan.web.conferences.actions import closing, count, speaking
from kecan.web.conferences.models import Conference, WriteIn
from kecan.web.conferences.refusals import (
    ConferenceStateError,
    MinutesSignedError,
)
from kecan.web.organisation.models import Person
from kecan.web.papers.minutes_paper import conference_minutes_content

pytestmark = pytest.mark.django_db


def _counted(*, announces: bool = False) -> Conference:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    conference.rules["announces_result"] = announces
    conference.save()
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    return Conference.objects.get(pk=conference.pk)


def _text(conference: Conference) -> str:
    found = Conference.objects.get(pk=conference.pk)
    return model_text(conference_minutes(conference_minutes_content(found)))


def test_the_minutes_name_those_who_reached_the_mark_and_nobody_else() -> None:
    content = conference_minutes_content(_counted())

    assert content.results is not None
    assert [contest.passed for contest in content.results] == [
        (("Nguyễn Văn An", 5, 5),)
    ]


def test_results_are_written_down_though_not_announced() -> None:
    text = _text(_counted())

    assert "Kết quả không công bố tại hội nghị" in text
    assert "Nguyễn Văn An" in text


def test_an_announced_result_is_said_to_be_announced() -> None:
    assert "đã công bố kết quả tại hội nghị" in _text(_counted(announces=True))


def test_before_the_count_is_closed_the_minutes_hold_no_result() -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))

    assert conference_minutes_content(conference).results is None


def test_agenda_speakers_and_directions_appear_with_their_offices() -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    for speaker, text in (
        ("Kiều Mộc Lan", "Nhất trí\nThêm kỹ sư"),
        ("Hà Bá Tước", "Rõ"),
    ):
        speaking.record_speech(
            conference_id=conference.pk,
            speaker=speaker,
            office="Bí thư Đảng uỷ xã",
            text=text,
            by=m.OFFICER,
            at=m.NOW,
        )
    speaking.record_directions(
        conference_id=conference.pk,
        directions="Làm đúng quy định",
        directed_by="Lý Thường Minh",
        directed_by_office="Bí thư Huyện uỷ",
        by=m.OFFICER,
        at=m.NOW,
    )

    text = _text(conference)

    assert "1. Bỏ phiếu." in text
    assert text.index("Kiều Mộc Lan, Bí thư Đảng uỷ xã phát biểu:") < text.index(
        "Hà Bá Tước"
    )
    assert "- Nhất trí;" in text
    assert "- Thêm kỹ sư." in text
    assert "Đồng chí Lý Thường Minh, Bí thư Huyện uỷ phát biểu chỉ đạo:" in text


def test_what_signed_minutes_print_is_not_changed_any_more() -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    sheets = [replace(one, write_ins=(("Nguyễn Văn Em",),)) for one in m.stack((5, 1))]
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=sheets)
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    written = WriteIn.objects.get()

    def mean(person: Person | None) -> None:
        count.resolve_write_in(
            write_in_id=written.pk,
            person_id=None if person is None else person.pk,
            by=m.COUNTERS[0],
            at=m.DAY,
        )

    mean(None)
    m.sign_all(conference)
    signed = _text(conference)
    who: dict[str, Any] = {
        "conference_id": conference.pk,
        "by": m.OFFICER,
        "at": m.NOW,
    }

    with pytest.raises(MinutesSignedError, match="đã ký: không ghi thêm ý kiến"):
        speaking.record_speech(speaker="A", office="", text="B", **who)
    with pytest.raises(MinutesSignedError, match="đã ký: không ghi thêm ý kiến"):
        speaking.record_directions(directions="Khác", **who)
    with pytest.raises(MinutesSignedError, match="không xác định lại tên ghi thêm"):
        mean(Person.objects.get(full_name="Nguyễn Văn Em"))

    assert _text(conference) == signed


def test_nothing_more_is_said_at_a_closed_conference() -> None:
    conference = m.first_conference(m.small_round())

    with pytest.raises(ConferenceStateError):
        speaking.record_speech(
            conference_id=conference.pk,
            speaker="A",
            office="",
            text="B",
            by=m.OFFICER,
            at=m.NOW,
        )


def test_the_hours_are_those_of_opening_and_closing() -> None:
    conference = _counted()
    m.sign_all(conference)
    closing.close_conference(
        conference_id=conference.pk,
        by=m.OFFICER,
        at=m.NOW + timedelta(hours=2, minutes=35),
    )

    text = _text(conference)

    assert "hồi 8 giờ 00 phút" in text
    assert "Hội nghị kết thúc hồi 10 giờ 35 phút cùng ngày" in text

    conference.closed_at = m.NOW + timedelta(days=1)
    conference.save(update_fields=["closed_at"])
    assert "kết thúc hồi …… giờ …… phút cùng ngày" in _text(conference)
