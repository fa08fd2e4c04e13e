"""The pages of a conference: who reaches them, and what they show before the count closes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of

from kecan.web.conferences.actions import count
from kecan.web.conferences.models import Conference, Contest, Minutes, WriteIn
from kecan.web.organisation.models import Person, Unit
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return m.first_conference(m.small_round())


@pytest.fixture
def counters() -> list[Client]:
    return [
        client_of(account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))
        for one in m.COUNTERS
    ]


def _at(name: str, conference: Conference) -> str:
    return reverse(f"conferences:{name}", args=[conference.pk])


class _Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def _text(response: _Answer) -> str:
    return response.content.decode()


def test_the_list_of_conferences_names_those_of_the_own_unit_alone(
    cast: Cast, conference: Conference
) -> None:
    address, link = (
        reverse("conferences:conference_list"),
        _at("conference", conference),
    )

    assert link in _text(client_of(cast.secretary).get(address))
    assert link not in _text(client_of(cast.stranger).get(address))


@pytest.mark.parametrize("name", ["conference", "result"])
def test_who_reads_everything_of_the_unit_sees_it_and_nobody_else(
    cast: Cast, conference: Conference, name: str
) -> None:
    address = _at(name, conference)

    assert client_of(cast.secretary).get(address).status_code == 200
    assert client_of(cast.reader).get(address).status_code == 403
    assert client_of(cast.stranger).get(address).status_code == 403
    assert client_of(cast.counter).get(address).status_code == 403
    assert client_of(None).get(address).status_code == 302


def test_the_page_shows_the_roll_and_the_mark_as_assumed(
    cast: Cast, conference: Conference
) -> None:
    page = _text(client_of(cast.secretary).get(_at("conference", conference)))

    assert "Nguyễn Văn An" in page
    assert "từ 30\u00a0% số đại biểu có mặt trở lên" in page
    assert "tạm tính" in page


def test_the_head_opens_and_the_officer_checks_in(
    cast: Cast, conference: Conference
) -> None:
    head = client_of(account("head2", roles=[(Role.ORGANISING_HEAD, UNIT)]))

    missing = head.post(_at("open", conference), {"place": "x"}, follow=True)
    head.post(
        _at("open", conference),
        {
            "held_on": "10/05/2022",
            "place": "Hội trường",
            "chair": "A",
            "minute_taker": "B",
            "presenter": "C",
            "agenda": "Khai mạc\nBỏ phiếu",
        },
    )
    form = head.get(_at("check_in", conference))
    head.post(_at("check_in", conference), {"present": ["1", "2", "4"]})
    conference.refresh_from_db()

    assert "Ngày họp: " in _text(missing)
    assert form.status_code == 200
    assert (conference.state, conference.present) == ("open", 3)
    assert conference.agenda == ["Khai mạc", "Bỏ phiếu"]
    assert client_of(cast.reader).get(_at("check_in", conference)).status_code == 403


def test_the_counting_committee_counts_through_the_pages(
    conference: Conference, counters: list[Client]
) -> None:
    m.opened(conference)
    first, *keyers = counters
    first.post(_at("issue", conference), {"number": "5"})
    wrong = first.post(_at("collect", conference), {"number": "không"}, follow=True)
    first.post(_at("collect", conference), {"number": "5"})
    for slot, keyer in zip("12", keyers, strict=True):
        keyer.post(_at("keying_start", conference), {"slot": slot})
        keying = conference.keyings.get(slot=int(slot))
        for number in range(1, 6):
            address = reverse("conferences:sheet_key", args=[keying.pk, number])
            assert keyer.get(address).status_code == 200
            keyer.post(
                address,
                _marks(
                    conference,
                    second="disagree" if slot == "1" or number > 1 else "none",
                ),
            )
        keyer.post(reverse("conferences:keying_finish", args=[keying.pk]))
    own = _text(keyers[0].get(_at("differences", conference)))
    look = _text(first.get(_at("differences", conference)))
    first.post(
        _at("differences", conference),
        {"number": "1", **_marks(conference, second="disagree")},
    )
    first.post(_at("count_close", conference))
    conference.refresh_from_db()

    assert "số nguyên từ 1" in _text(wrong)
    assert "cần người thứ ba" in own
    assert "Nguyễn Văn An" not in own
    assert "Phiếu số 1" in look
    assert "<td>không đồng ý</td><td>để trống</td>" in look
    assert conference.state == "counted"
    assert "Kết quả kiểm phiếu" in _text(first.get(_at("result", conference)))


def test_the_third_person_loses_nothing_entered_when_a_line_was_left_out(
    conference: Conference, counters: list[Client]
) -> None:
    m.counting(m.opened(conference))
    m.keyed(conference, slot=1, sheets=m.stack((5, 1)))
    m.keyed(conference, slot=2, sheets=m.stack((5, 2)))
    third = next(
        client
        for one, client in zip(m.COUNTERS, counters, strict=True)
        if not conference.keyings.filter(keyed_by=one.login).exists()
    )
    first, _ = m.only_contest(conference).lines.order_by("order")

    half = third.post(
        _at("differences", conference), {"number": "2", f"line-{first.pk}": "both"}
    )

    assert half.status_code == 409
    assert "chưa ghi dòng 2" in _text(half)
    assert f'name="line-{first.pk}" value="both" aria-label' in _text(half)
    assert _text(half).count(" checked>") == 1


def _marks(conference: Conference, *, second: str) -> dict[str, str]:
    lines = m.only_contest(conference).lines.order_by("order")
    return {
        f"line-{line.pk}": state
        for line, state in zip(lines, ("agree", second), strict=True)
    }


def test_a_keying_is_shown_to_nobody_but_its_keyer(
    conference: Conference, counters: list[Client]
) -> None:
    m.counting(m.opened(conference))
    keying = count.start_keying(
        conference_id=conference.pk, slot=1, by=m.COUNTERS[1], at=m.DAY
    )
    address = reverse("conferences:sheet_key", args=[keying.pk, 1])

    assert [client.get(address).status_code for client in counters] == [403, 200, 403]


def test_everybody_is_offered_the_keyings_they_may_take_and_no_other(
    conference: Conference, counters: list[Client]
) -> None:
    m.counting(m.opened(conference))

    def offered(counter: int) -> list[int]:
        page = _text(counters[counter].get(_at("conference", conference)))
        return [slot for slot in (1, 2) if f"Nhập phiếu, lượt {slot}" in page]

    before = offered(0)
    count.start_keying(conference_id=conference.pk, slot=1, by=m.COUNTERS[1], at=m.DAY)

    assert before == [1, 2]
    assert [offered(counter) for counter in range(3)] == [[2], [1], [2]]


def test_a_sheet_that_cannot_be_read_keeps_the_keyer_on_it_with_a_sentence(
    conference: Conference, counters: list[Client]
) -> None:
    m.counting(m.opened(conference))
    keying = count.start_keying(
        conference_id=conference.pk, slot=1, by=m.COUNTERS[1], at=m.DAY
    )
    address = reverse("conferences:sheet_key", args=[keying.pk, 1])
    marks = _marks(conference, second="agree")
    first, second = marks

    unknown = counters[1].post(address, {**marks, second: "x"})
    unsaid = counters[1].post(address, {first: "agree"})

    assert (unknown.status_code, unsaid.status_code) == (409, 409)
    assert "không phải cách ghi phiếu" in _text(unknown)
    assert "chưa ghi dòng 2, Nguyễn Văn Bình" in _text(unsaid)
    assert 'đồng ý" checked' in _text(unsaid)
    assert not keying.sheets.exists()


def test_nothing_about_a_choice_is_shown_before_the_count_is_closed(
    cast: Cast, conference: Conference
) -> None:
    m.counting(m.opened(conference))
    m.keyed(conference, slot=1, sheets=m.stack((5, 1)))

    page = _text(client_of(cast.secretary).get(_at("result", conference)))

    assert "Chưa khoá kiểm phiếu" in page
    assert "Nguyễn Văn An" not in page


def test_an_action_out_of_turn_is_refused_in_words(
    conference: Conference,
) -> None:
    head = client_of(account("head3", roles=[(Role.ORGANISING_HEAD, UNIT)]))

    answer = head.post(_at("close", conference), follow=True)

    assert "đang ở trạng thái “Chuẩn bị”" in _text(answer)


def test_the_head_signs_both_minutes_and_closes(conference: Conference) -> None:
    m.counting(m.opened(conference))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    head = client_of(account("head4", roles=[(Role.ORGANISING_HEAD, UNIT)]))
    page = _at("conference", conference)
    offered = []
    for kind in Minutes.Kind:
        offered.append(_at("close", conference) in _text(head.get(page)))
        head.post(_at("minutes_sign", conference), {"kind": kind.value})
    offered.append(_at("close", conference) in _text(head.get(page)))
    head.post(_at("close", conference))
    conference.refresh_from_db()

    assert offered == [False, False, True]
    assert conference.state == "closed"
    following = conference.round.conferences.get(order=2)
    link = f'Tiếp theo: <a href="{_at("conference", following)}">{following.title}</a>'
    assert link in _text(head.get(page))


def test_the_rules_of_a_step_show_whole_percents_without_decimals() -> None:
    planned = m.first_conference(m.small_round())
    officer = client_of(account("canbo5", roles=[(Role.ORGANISING_OFFICER, UNIT)]))

    page = _text(officer.get(_at("conference", planned)))

    assert re.search(r'name="percent" value="30"', page)


def test_a_round_goes_from_its_submission_to_the_vote_by_the_pages_alone(
    counters: list[Client],
) -> None:
    planning_round = m.small_round()
    head = client_of(account("head5", roles=[(Role.ORGANISING_HEAD, UNIT)]))
    listed = _text(head.get(reverse("conferences:conference_list")))
    head.post(reverse("conferences:chain_plan", args=[planning_round.pk]))
    conference = planning_round.conferences.get(order=1)
    at = {
        "summon": {"as_of": "10/05/2022"},
        "step_edit": {
            "title": "Hội nghị mở rộng",
            "percent": "50",
            "bound": "over",
            "base": "summoned",
            "write_in_lines": "1",
            "write_ins_on_single_posts": "on",
        },
        "open": {
            "held_on": "10/05/2022",
            "place": "Hội trường",
            "chair": "A",
            "minute_taker": "B",
            "presenter": "C",
        },
        "check_in": {"present": ["1", "2", "3", "4"], "reason-5": "ốm"},
        "directions": {"directions": "Làm đúng quy định."},
        "ballot_prepare": {},
        "committee_appoint": {
            "members": [one.login for one in m.COUNTERS],
            "head": m.COUNTERS[1].login,
        },
    }
    for name, said in at.items():
        head.post(_at(name, conference), said)
    mine = _text(counters[0].get(reverse("conferences:conference_list")))
    counters[0].post(_at("issue", conference), {"number": "4"})
    conference.refresh_from_db()

    assert "đã ký, chưa lập hội nghị" in listed
    assert "Hội nghị mở rộng" in mine
    assert "Lập chuỗi" not in mine
    assert (conference.state, conference.present) == ("voting", 4)
    assert conference.rules["threshold"]["share"] == "1/2"
    assert conference.seats.get(number=5).absence_reason == "ốm"
    assert conference.counting_members.get(is_head=True).login == m.COUNTERS[1].login
    contest = m.only_contest(conference)
    assert (contest.cap, contest.max_choices) == (3, 3)


def test_a_written_name_is_found_in_the_register_without_accents_after_the_count(
    counters: list[Client], cast: Cast
) -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    Person.objects.update(unit=conference.round.unit)
    for person, folded in zip(Person.objects.order_by("key"), "abcde", strict=True):
        person.search_key = f"nguyen van {folded}"
        person.save(update_fields=["search_key"])
    sheets = [replace(one, write_ins=(("Nguyễn Văn Đ",),)) for one in m.stack((2, 1))]
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=sheets)
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    written = WriteIn.objects.get()
    address = _at("result", conference)

    at_once = _text(counters[0].get(address))
    other = _text(counters[0].get(address, {"dong": str(written.pk), "ten": "van E"}))
    nobody = _text(
        counters[0].get(address, {"dong": str(written.pk), "ten": "khong ai"})
    )
    reader = _text(client_of(cast.secretary).get(address))
    resolve = reverse("conferences:write_in_resolve", args=[written.pk])
    stranger = Unit.objects.create(
        key="HU-02", name="B", kind="committee", level="district"
    )
    Person.objects.filter(key=f"{1:012d}").update(unit=stranger)
    of_others = counters[0].post(resolve, {"person_key": f"{1:012d}"}, follow=True)
    done = counters[0].post(resolve, {"person_key": f"{4:012d}"})
    written.refresh_from_db()

    assert f'value="{4:012d}"' in at_once
    assert f'value="{5:012d}"' not in at_once
    assert f'value="{5:012d}"' in other
    assert "Không thấy ai tên như vậy" in nobody
    assert 'name="person_key"' not in reader
    assert "Không có cán bộ nào mang mã hồ sơ" in _text(of_others)
    assert done.headers["Location"] == address  # where the other names wait
    assert written.person is not None
    assert written.person.key == f"{4:012d}"


def test_of_many_lists_those_that_wait_for_somebody_are_open_and_the_rest_folded(
    cast: Cast,
) -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((2, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    first = m.only_contest(conference)
    reader, address = client_of(cast.secretary), _at("result", conference)
    alone = _text(reader.get(address))
    for order in (2, 3, 4):
        first.pk, first.order, first.title = None, order, f"Danh sách {order}"
        first.save()
    WriteIn.objects.create(
        contest=Contest.objects.get(order=3), text="Nguyễn Văn G", votes=1
    )

    page = _text(reader.get(address))

    folded = re.findall(r'<details class="folded"( open)?><summary>([^<:]*)', page)
    assert "<details class=" not in alone
    assert [bool(is_open) for is_open, _ in folded] == [False, False, True, False]
    assert [title for _, title in folded][1:] == [f"Danh sách {n}" for n in (2, 3, 4)]


@pytest.mark.parametrize("name", ["tie_decide", "write_in_resolve"])
def test_what_does_not_exist_is_not_found(name: str, counters: list[Client]) -> None:
    head = client_of(account("head6", roles=[(Role.ORGANISING_HEAD, UNIT)]))
    client = head if name == "tie_decide" else counters[0]

    assert client.post(reverse(f"conferences:{name}", args=[1])).status_code == 404
