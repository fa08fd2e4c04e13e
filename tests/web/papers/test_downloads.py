"""Who may take which paper away, and that the ledger knows of each."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of

from kecan.paper_ballot.pdf import render_ballot
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.actions import ballots, count
from kecan.web.conferences.models import Conference, ContestLine, CountingMember
from kecan.web.paper_count.models import BallotPrint
from kecan.web.paper_count.queries import frozen_form
from kecan.web.papers.models import PaperDetails
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from django.test import Client

    from kecan.web.accounts.models import User
    from kecan.web.plans.models import PlanningRound

ROUND_KINDS = ("to-trinh", "danh-sach-nguon", "bao-cao-ket-qua")
BALLOTS = ("phieu", "phieu-chu-lon")
CONFERENCE_KINDS = ("trieu-tap", *BALLOTS, "bien-ban-kiem-phieu", "bien-ban-hoi-nghi")
EVERYTHING = {*ROUND_KINDS, *CONFERENCE_KINDS}


@pytest.fixture
def counted(db: None) -> Conference:  # noqa: ARG001
    """A conference whose count is closed, in a round that is concluded."""
    planning_round = m.small_round()
    conference = m.counting(m.opened(m.first_conference(planning_round)))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    planning_round.state = "concluded"
    planning_round.save()
    return Conference.objects.get(pk=conference.pk)


def _url(conference: Conference, kind: str, written_as: str = "docx") -> str:
    if kind in ROUND_KINDS:
        return f"/dot/{conference.round_id}/van-ban/{kind}.{written_as}"
    return f"/hoi-nghi/{conference.pk}/van-ban/{kind}.{written_as}"


def _allowed(client: Client, conference: Conference) -> set[str]:
    answers = {
        kind: client.get(_url(conference, kind, "pdf" if kind in BALLOTS else "docx"))
        for kind in EVERYTHING
    }
    assert {answer.status_code for answer in answers.values()} <= {200, 403}
    return {kind for kind, answer in answers.items() if answer.status_code == 200}


def _summoned(user: User) -> User:
    """Tie an account to the dossier of Nguyễn Văn An, who is summoned."""
    user.person_key = f"{1:012d}"
    user.save()
    return user


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.ORGANISING_OFFICER, EVERYTHING),
        (Role.ORGANISING_HEAD, EVERYTHING),
        (Role.STANDING_COMMITTEE, EVERYTHING),
        (Role.HIGHER_LEVEL, EVERYTHING),
        (Role.DELEGATE, {"to-trinh", "trieu-tap"}),
        (Role.COUNTING_COMMITTEE, set()),
        (Role.OFFICIAL, set()),
        (Role.AUDITOR, set()),
        (Role.EDITOR, set()),
        (Role.SYSTEM_ADMINISTRATOR, set()),
    ],
)
def test_each_role_takes_what_the_design_gives_it(
    counted: Conference, role: Role, kinds: set[str]
) -> None:
    user = _summoned(account("ai", roles=[(role, UNIT)]))

    assert _allowed(client_of(user), counted) == kinds


def test_a_delegate_who_is_not_summoned_takes_nothing(
    counted: Conference, reader_client: Client
) -> None:
    assert _allowed(reader_client, counted) == set()


def test_a_delegate_takes_nothing_before_the_conference_is_opened(
    cast: object,  # noqa: ARG001
) -> None:
    conference = m.first_conference(m.small_round())
    user = _summoned(account("dai", roles=[(Role.DELEGATE, UNIT)]))

    assert _allowed(client_of(user), conference) == set()


def test_a_stranger_from_another_unit_takes_nothing(
    counted: Conference, stranger_client: Client
) -> None:
    assert _allowed(stranger_client, counted) == set()


def test_a_member_of_the_counting_committee_takes_ballot_and_count_while_it_is_held(
    counted: Conference, counter_client: Client
) -> None:
    CountingMember.objects.create(
        conference=counted, login="kiemphieu", full_name="Tổ viên"
    )

    assert _allowed(counter_client, counted) == {*BALLOTS, "bien-ban-kiem-phieu"}

    Conference.objects.update(state="closed")
    assert _allowed(counter_client, counted) == set()


def test_nobody_signs_in_first(counted: Conference, client: Client) -> None:
    response = client.get(_url(counted, "to-trinh"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/dang-nhap")


def test_no_result_can_be_taken_before_the_count_is_closed(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    ballots.issue_ballots(
        conference_id=conference.pk, issued=5, by=m.COUNTERS[0], at=m.DAY
    )

    assert _allowed(officer_client, conference) == {
        "to-trinh",
        "danh-sach-nguon",
        "trieu-tap",
        *BALLOTS,
    }


@pytest.mark.parametrize(("written_as", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_download_is_written_to_the_ledger_with_what_left(
    counted: Conference, officer_client: Client, written_as: str, start: bytes
) -> None:
    response = officer_client.get(_url(counted, "trieu-tap", written_as))

    assert response.content.startswith(start)
    assert response.headers["Cache-Control"] == "no-store"
    name = f"03-hoi-nghi-1-trieu-tap.{written_as}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    entry = LedgerEntry.objects.get(action="paper.downloaded")
    assert entry.actor == "canbo"
    assert entry.subject.endswith("Danh sách triệu tập, điểm danh")
    assert json.loads(entry.details) == {
        "conference": counted.key,
        "file": name,
        "sha256": sha256(response.content).hexdigest(),
    }


def test_a_refused_download_leaves_no_entry(
    counted: Conference, stranger_client: Client
) -> None:
    stranger_client.get(_url(counted, "to-trinh"))

    assert not LedgerEntry.objects.filter(action="paper.downloaded").exists()


@pytest.mark.parametrize("ending", ["exe", "docxx", "pdf.exe"])
def test_another_format_does_not_exist(
    counted: Conference, officer_client: Client, ending: str
) -> None:
    assert officer_client.get(_url(counted, "to-trinh", ending)).status_code == 404


def test_the_round_page_and_the_conference_page_link_what_may_be_taken(
    counted: Conference, secretary_client: Client
) -> None:
    pages = {
        f"/dot/{counted.round_id}/": ROUND_KINDS,
        f"/hoi-nghi/{counted.pk}/": CONFERENCE_KINDS,
    }
    for address, kinds in pages.items():
        page = secretary_client.get(address).content.decode()
        for kind in kinds:
            for written_as in ("docx", "pdf"):
                is_made = kind not in BALLOTS or written_as == "pdf"
                link = f'href="{_url(counted, kind, written_as)}"'
                assert (link in page) is is_made


def test_a_delegate_finds_the_papers_of_the_conferences_they_are_summoned_to(
    counted: Conference,
) -> None:
    user = _summoned(account("dai", roles=[(Role.DELEGATE, UNIT)]))

    page = client_of(user).get("/van-ban/").content.decode()

    assert f'href="{_url(counted, "to-trinh")}"' in page
    assert f'href="{_url(counted, "trieu-tap")}"' in page
    assert "bien-ban" not in page
    assert 'href="/van-ban/"' in page
    assert 'href="/hoi-nghi/"' not in page


def test_an_officer_enters_what_papers_print(officer_client: Client) -> None:
    planning_round = m.small_round()
    address = f"/dot/{planning_round.pk}/van-ban/"

    response = officer_client.post(
        address,
        {"superior": "Đảng bộ tỉnh Hạ Lam", "report_date": "12/05/2022"},
    )

    assert response.status_code == 302
    details = PaperDetails.objects.get(round=planning_round)
    assert details.superior == "Đảng bộ tỉnh Hạ Lam"
    assert details.report_date == m.DAY.replace(day=12)
    assert "Đảng bộ tỉnh Hạ Lam" in officer_client.get(address).content.decode()
    assert LedgerEntry.objects.filter(action="paper.details_entered").count() == 1


def test_a_date_that_is_none_is_asked_for_again(officer_client: Client) -> None:
    planning_round = m.small_round()

    response = officer_client.post(
        f"/dot/{planning_round.pk}/van-ban/", {"report_date": "31/02/2022"}
    )

    assert response.status_code == 422
    assert not PaperDetails.objects.exists()


@pytest.mark.parametrize("who", ["secretary", "reader", "stranger", "counter"])
def test_nobody_else_enters_what_papers_print(
    request: pytest.FixtureRequest, who: str
) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    planning_round: PlanningRound = m.small_round()

    assert client.post(f"/dot/{planning_round.pk}/van-ban/", {}).status_code == 403


def test_what_is_said_is_entered_on_the_conference_page(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))

    officer_client.post(
        f"/hoi-nghi/{conference.pk}/thao-luan/",
        {"speaker": "Kiều Mộc Lan", "office": "Bí thư", "text": "Nhất trí"},
    )
    officer_client.post(
        f"/hoi-nghi/{conference.pk}/chi-dao/",
        {"directed_by": "Lý Thường Minh", "directions": "Làm đúng"},
    )

    conference.refresh_from_db()
    assert [one.speaker for one in conference.speeches.all()] == ["Kiều Mộc Lan"]
    assert conference.directed_by == "Lý Thường Minh"
    page = officer_client.get(f"/hoi-nghi/{conference.pk}/").content.decode()
    assert "<strong>Kiều Mộc Lan</strong>, Bí thư" in page


@pytest.mark.parametrize("who", ["secretary", "reader", "stranger", "counter"])
def test_nobody_else_enters_what_is_said(
    request: pytest.FixtureRequest, who: str
) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    conference = m.opened(m.first_conference(m.small_round()))

    for address in ("thao-luan", "chi-dao"):
        response = client.post(f"/hoi-nghi/{conference.pk}/{address}/", {})
        assert response.status_code == 403


def test_the_ballot_comes_as_the_print_that_is_read_again_and_in_no_other_format(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))

    printed = officer_client.get(_url(conference, "phieu", "pdf"))

    form = frozen_form(conference)
    assert printed.content == render_ballot(form)
    assert form.event == BallotPrint.objects.get().event
    assert officer_client.get(_url(conference, "phieu")).status_code == 404
    assert LedgerEntry.objects.filter(action="conference.ballot_printed").count() == 1


def test_once_ballots_are_handed_out_the_ballot_is_printed_as_it_was(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    before = officer_client.get(_url(conference, "phieu", "pdf")).content
    PaperDetails.objects.create(round=conference.round, superior="Đảng bộ tỉnh X")
    redrawn = officer_client.get(_url(conference, "phieu", "pdf")).content
    ballots.issue_ballots(
        conference_id=conference.pk, issued=5, by=m.COUNTERS[0], at=m.DAY
    )
    PaperDetails.objects.update(superior="Đảng bộ tỉnh Y")

    after = officer_client.get(_url(conference, "phieu", "pdf")).content

    assert before != redrawn
    assert after == redrawn


def test_a_ballot_that_cannot_be_printed_is_refused_with_the_place(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    line = ContestLine.objects.filter(contest__conference=conference).first()
    assert line is not None
    line.full_name = "Nguyễn \U0001d11e"
    line.save()

    answer = officer_client.get(_url(conference, "phieu", "pdf"))

    assert answer.status_code == 409
    assert "contest 1, nominee 1, name" in answer.content.decode()
    assert not BallotPrint.objects.exists()


def _print_page(conference: Conference) -> str:
    return f"/hoi-nghi/{conference.pk}/in-phieu/"


def test_ids_of_sheets_are_off_and_turned_on_beside_their_risk(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    page = officer_client.get(_print_page(conference)).content.decode()
    assert "Mã tờ phiếu: đang" in page
    assert 'pass">tắt' in page
    assert "Rủi ro khi bật" in page
    assert 'min="1" max="2000"' in page

    officer_client.post(_print_page(conference), {"sheet_ids": "on"})

    form = frozen_form(conference)
    assert form.has_sheet_ids
    page = officer_client.get(f"/hoi-nghi/{conference.pk}/").content.decode()
    assert _url(conference, "phieu", "pdf") not in page
    assert _print_page(conference) in page
    address = f"{_url(conference, 'phieu', 'pdf')}?so-ban=2"
    files = [officer_client.get(address).content for _ in range(2)]
    assert files[0] != files[1]
    assert frozen_form(conference).event == form.event
    chosen = LedgerEntry.objects.get(action="conference.sheet_ids_chosen")
    assert json.loads(chosen.details) == {
        "conference": conference.key,
        "are_on": True,
    }
    officer_client.post(_print_page(conference), {"sheet_ids": "off"})
    assert not frozen_form(conference).has_sheet_ids


def test_once_ballots_are_handed_out_ids_of_sheets_stay_as_they_are(
    officer_client: Client,
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))
    officer_client.get(_url(conference, "phieu", "pdf"))
    ballots.issue_ballots(
        conference_id=conference.pk, issued=5, by=m.COUNTERS[0], at=m.DAY
    )

    answer = officer_client.post(_print_page(conference), {"sheet_ids": "on"})

    assert answer.status_code == 409
    assert "đã phát phiếu" in answer.content.decode()
    assert not frozen_form(conference).has_sheet_ids


@pytest.mark.parametrize(
    ("who", "seen", "sets"),
    [
        ("officer", 200, 302),
        ("head", 200, 302),
        ("secretary", 200, 403),
        ("reader", 403, 403),
        ("stranger", 403, 403),
        ("counter", 403, 403),
        ("auditor", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_who_prints_ballots_and_who_sets_ids_of_sheets(
    request: pytest.FixtureRequest, who: str, seen: int, sets: int
) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    conference = m.opened(m.first_conference(m.small_round()))

    assert client.get(_print_page(conference)).status_code == seen
    answer = client.post(_print_page(conference), {"sheet_ids": "on"})
    assert answer.status_code == sets


@pytest.mark.parametrize("copies", ["0", "2001", "-1", "x"])
def test_a_number_of_copies_nobody_prints_is_no_file(
    officer_client: Client, copies: str
) -> None:
    conference = m.opened(m.first_conference(m.small_round()))

    answer = officer_client.get(f"{_url(conference, 'phieu', 'pdf')}?so-ban={copies}")

    assert answer.status_code == 404
