"""Who sees which page of rounds and of the register, and what the buttons do."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.conftest import OTHER_UNIT, UNIT, account, client_of
from tests.web.organisation.registers import (
    decide_everything,
    district,
    open_a_round,
)

from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.models import ImportBatch, Person, Post
from kecan.web.permissions import Role
from kecan.web.plans.models import PlanDecision, PlanningRound
from kecan.web.plans.templatetags.reasons import decision_words
from kecan.workbook.writing import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings
    from tests.web.conftest import Cast

    from kecan.web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


def address(name: str, opened: PlanningRound) -> str:
    numbers = {
        "person_dossier": Person.objects.get(key=district().notable["over_age"]).pk,
        "post_plan": Post.objects.get(key="BT").pk,
        "round_overview": opened.pk,
        "round_review": opened.pk,
        "round_rules": opened.pk,
        "round_sources": opened.pk,
    }
    return reverse(name, args=[numbers[name]] if name in numbers else [])


OF_THE_UNIT = [
    "round_overview",
    "round_review",
    "round_rules",
    "round_sources",
    "person_dossier",
    "post_plan",
]
LISTS = ["round_list", "person_list", "post_list"]


@pytest.mark.parametrize("name", [*OF_THE_UNIT, *LISTS])
def test_the_secretary_of_the_unit_reads_every_page(
    name: str, opened: PlanningRound, secretary_client: Client
) -> None:
    assert secretary_client.get(address(name, opened)).status_code == 200


@pytest.mark.parametrize("name", [*OF_THE_UNIT, *LISTS])
def test_a_delegate_and_the_counting_committee_read_none(
    name: str, opened: PlanningRound, reader_client: Client, counter_client: Client
) -> None:
    assert reader_client.get(address(name, opened)).status_code == 403
    assert counter_client.get(address(name, opened)).status_code == 403


@pytest.mark.parametrize("name", OF_THE_UNIT)
def test_a_stranger_from_another_unit_reads_no_page_of_the_unit(
    name: str, opened: PlanningRound, stranger_client: Client
) -> None:
    assert stranger_client.get(address(name, opened)).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_finds_nothing_of_the_unit_in_lists(
    name: str, opened: PlanningRound, stranger_client: Client
) -> None:
    page = stranger_client.get(address(name, opened)).content.decode()

    assert opened.title not in page
    assert "/can-bo/1" not in page
    assert "Bí thư Huyện uỷ" not in page


@pytest.mark.parametrize("name", [*OF_THE_UNIT, *LISTS, "batch_list", "round_open"])
def test_nobody_reads_a_page_without_signing_in(
    name: str, opened: PlanningRound, client: Client
) -> None:
    answer = client.get(address(name, opened))

    assert answer.status_code == 302
    assert answer.url.startswith("/dang-nhap/")  # type: ignore[attr-defined]


def test_the_secretary_reads_but_does_not_manage(
    opened: PlanningRound, secretary_client: Client
) -> None:
    step = reverse("round_step", args=[opened.pk])

    assert secretary_client.post(step, {"viec": "ra-soat"}).status_code == 403
    assert secretary_client.get(reverse("round_open")).status_code == 403
    assert secretary_client.get(reverse("batch_list")).status_code == 403
    assert not opened.review_items.exists()


@pytest.mark.usefixtures("opened")
def test_an_official_reads_the_own_dossier_without_plan_or_verdicts(
    officer_client: Client, officer: User
) -> None:
    person = Person.objects.get(key=district().notable["over_age"])
    officer.person_key = person.key
    officer.save(update_fields=["person_key"])

    page = officer_client.get(reverse("person_dossier", args=[person.pk])).content

    assert person.full_name in page.decode()
    assert "Đang trong quy hoạch" not in page.decode()
    assert "Xét theo đợt" not in page.decode()


def test_opening_a_dossier_is_written_in_the_ledger(
    opened: PlanningRound, secretary_client: Client
) -> None:
    secretary_client.get(address("person_dossier", opened))

    entry = LedgerEntry.objects.order_by("-sequence")[0]
    assert (entry.action, entry.actor) == ("dossier.read", "bithu")


def test_the_dossier_shows_each_clause_and_how_sure_we_are(
    opened: PlanningRound, secretary_client: Client
) -> None:
    post = Post.objects.get(key="BT")

    page = secretary_client.get(
        address("person_dossier", opened), {"chuc-danh": post.pk}
    ).content.decode()

    assert "Tuổi" in page
    assert "50-QĐ/TW" in page
    assert '<span class="badge fail">Không đủ điều kiện</span>' in page
    assert "đã kiểm chứng" in page


@pytest.mark.usefixtures("opened")
def test_people_are_found_without_accents_and_htmx_gets_the_table_alone(
    secretary_client: Client,
) -> None:
    person = Person.objects.get(key=district().notable["over_age"])

    whole = secretary_client.get(reverse("person_list"), {"tim": person.search_key})
    part = secretary_client.get(
        reverse("person_list"),
        {"tim": person.search_key},
        headers={"HX-Request": "true", "HX-Target": "people"},
    )

    assert person.full_name in whole.content.decode()
    assert person.full_name in part.content.decode()
    assert "<html" not in part.content.decode()


def test_the_officer_reviews_by_buttons_and_each_decision_is_a_form(
    opened: PlanningRound, officer_client: Client
) -> None:
    step = reverse("round_step", args=[opened.pk])
    officer_client.post(step, {"viec": "ra-soat"})
    item = opened.review_items.filter(proposal="remove")[0]

    answer = officer_client.post(
        reverse("round_review", args=[opened.pk]),
        {"item": item.pk, "decision": "remove"},
    )

    item.refresh_from_db()
    assert answer.status_code == 302
    assert (item.decision, item.decided_by) == ("remove", "canbo")
    shown = officer_client.get(reverse("round_review", args=[opened.pk]))
    assert "<b>Đưa ra</b> <small>Đồng chí canbo" in shown.content.decode()


def test_a_refusal_is_one_sentence_on_a_page_409(
    opened: PlanningRound, officer_client: Client
) -> None:
    step = reverse("round_step", args=[opened.pk])
    officer_client.post(step, {"viec": "ra-soat"})

    before = f"http://testserver{reverse('round_overview', args=[opened.pk])}"
    answer = officer_client.post(
        step, {"viec": "xong-ra-soat"}, headers={"referer": before}
    )
    from_elsewhere = officer_client.post(
        step, {"viec": "xong-ra-soat"}, headers={"referer": "http://noikhac.vn/"}
    )

    assert answer.status_code == 409
    assert "chưa quyết định" in answer.content.decode()
    assert f'href="{before}">Quay lại</a>' in answer.content.decode()
    assert "Quay lại" not in from_elsewhere.content.decode()


def test_an_unknown_step_is_refused(
    opened: PlanningRound, officer_client: Client
) -> None:
    step = reverse("round_step", args=[opened.pk])

    assert officer_client.post(step, {"viec": "bay"}).status_code == 409


def test_the_officer_proposes_and_withdraws_and_the_head_signs(
    opened: PlanningRound, officer_client: Client, head_client: Client
) -> None:
    decide_everything(opened)
    post = Post.objects.get(key="BT")
    sources = reverse("round_sources", args=[opened.pk])
    page = officer_client.get(sources, {"chuc-danh": post.pk}).context
    able = [one for one in page["sources"] if one.badge != "fail"][:2]
    sent = [
        {"person": one.person.pk, "post": post.pk, "term": page["term"].pk}
        for one in able
    ]
    for one in sent:
        assert officer_client.post(sources, one).status_code == 302
    assert officer_client.post(sources, sent[0]).status_code == 409

    officer_client.post(sources, {"rut": opened.proposals.all()[0].pk})
    step = reverse("round_step", args=[opened.pk])
    signing = {"viec": "ky-to-trinh", "number": "12-TTr/BTV", "dated": "09/05/2022"}

    assert officer_client.post(step, signing).status_code == 403
    assert head_client.post(step, signing | {"dated": "35/05"}).status_code == 409
    assert head_client.post(step, signing).status_code == 302
    opened.refresh_from_db()
    assert (opened.state, opened.submission_signed_by) == ("submitted", "truongban")


@pytest.mark.usefixtures("opened")
def test_the_officer_opens_a_round_from_the_form(officer_client: Client) -> None:
    sent = {
        "key": "dot-2023",
        "title": "Đợt năm 2023",
        "unit": "HU-01",
        "as_of": "20/06/2023",
        "rule_pack": "50-qd-tw",
        "chain_template": "seed-2022",
        "party_year": "2020",
        "government_year": "2021",
    }

    again = officer_client.post(reverse("round_open"), sent | {"key": "dot-2022"})
    done = officer_client.post(reverse("round_open"), sent)

    assert again.status_code == 422
    assert done.status_code == 302
    made = PlanningRound.objects.get(key="dot-2023")
    assert str(made.next_government_term) == "2026 - 2031"


def test_a_workbook_is_checked_accepted_and_undone(
    officer_client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    write_workbook(district().register, tmp_path / "so.xlsx")
    content = (tmp_path / "so.xlsx").read_bytes()

    checked = officer_client.post(
        reverse("batch_list"), {"workbook": SimpleUploadedFile("so.xlsx", content)}
    )
    accepted = officer_client.post(
        reverse("batch_accept"),
        {"sha256": checked.context["sha256"], "file_name": "so.xlsx"},
    )

    assert accepted.status_code == 302
    assert Person.objects.count() == len(district().register.people)
    assert ImportBatch.objects.get().file_name == "so.xlsx"
    undone = officer_client.post(reverse("batch_undo", args=[1]))
    assert undone.status_code == 302
    assert not Person.objects.exists()
    assert officer_client.post(reverse("batch_undo", args=[1])).status_code == 409


def test_a_file_that_is_no_workbook_is_answered_with_one_sentence(
    officer_client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path

    answer = officer_client.post(
        reverse("batch_list"), {"workbook": SimpleUploadedFile("a.xlsx", b"not")}
    )

    assert answer.context["unreadable"].startswith("Tệp a.xlsx ")
    assert not list((tmp_path / "workbooks").iterdir())


def test_a_workbook_checked_and_forgotten_is_deleted_after_a_day(
    officer_client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    folder = tmp_path / "workbooks"
    folder.mkdir()
    for name, age in (("a" * 64, 25), ("b" * 64, 23)):
        (folder / f"{name}.xlsx").write_bytes(b"PK")
        then = time.time() - age * 3600
        os.utime(folder / f"{name}.xlsx", (then, then))

    officer_client.post(
        reverse("batch_list"), {"workbook": SimpleUploadedFile("a.xlsx", b"not")}
    )

    assert [one.stem for one in folder.iterdir()] == ["b" * 64]


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "a" * 64])
def test_accepting_a_file_that_was_not_checked_is_refused(
    sha256: str, officer_client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path

    answer = officer_client.post(reverse("batch_accept"), {"sha256": sha256})

    assert answer.status_code == 409


def test_the_review_page_names_the_reason_for_a_removal(
    opened: PlanningRound, officer_client: Client
) -> None:
    officer_client.post(reverse("round_step", args=[opened.pk]), {"viec": "ra-soat"})

    page = officer_client.get(reverse("round_review", args=[opened.pk]))

    assert "Hết tuổi quy hoạch" in page.content.decode()
    assert "Đưa ra" in page.content.decode()


def test_an_officer_of_another_unit_imports_nothing_into_this_one(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    write_workbook(district().register, tmp_path / "so.xlsx")
    content = (tmp_path / "so.xlsx").read_bytes()
    other = client_of(account("canbo2", roles=[(Role.ORGANISING_OFFICER, OTHER_UNIT)]))
    checked = other.post(
        reverse("batch_list"), {"workbook": SimpleUploadedFile("so.xlsx", content)}
    )

    answer = other.post(
        reverse("batch_accept"),
        {"sha256": checked.context["sha256"], "file_name": "so.xlsx"},
    )

    assert answer.status_code == 403
    assert not Person.objects.exists()


@pytest.mark.usefixtures("opened")
def test_an_officer_of_another_unit_undoes_no_import_of_this_one() -> None:
    other = client_of(account("canbo2", roles=[(Role.ORGANISING_OFFICER, OTHER_UNIT)]))

    assert other.post(reverse("batch_undo", args=[1])).status_code == 403
    assert Person.objects.exists()


def test_two_people_reopen_a_round_by_buttons(
    opened: PlanningRound, officer_client: Client, secretary_client: Client
) -> None:
    decide_everything(opened)
    step = reverse("round_step", args=[opened.pk])

    officer_client.post(step, {"viec": "de-nghi-mo-lai", "words": "Sót một người."})
    assert secretary_client.post(step, {"viec": "mo-lai"}).status_code == 302

    opened.refresh_from_db()
    assert opened.state == "opened"


def test_who_may_approve_turns_a_reopening_down_by_a_button_and_reads_who_asked(
    opened: PlanningRound, officer_client: Client, secretary_client: Client
) -> None:
    decide_everything(opened)
    step = reverse("round_step", args=[opened.pk])
    officer_client.post(step, {"viec": "de-nghi-mo-lai", "words": "Sót một người."})
    shown = secretary_client.get(address("round_overview", opened)).content.decode()
    own = officer_client.get(address("round_overview", opened)).content.decode()

    secretary_client.post(step, {"viec": "rut-mo-lai"})

    opened.refresh_from_db()
    assert opened.reopening_requested_by == ""
    assert "Đồng chí canbo đã đề nghị mở lại: Sót một người." in shown
    assert "Không đồng ý, huỷ đề nghị" in shown
    assert "Rút đề nghị" in own


def test_who_only_reads_a_round_withdraws_nothing(
    opened: PlanningRound, officer_client: Client, cast: Cast
) -> None:
    decide_everything(opened)
    step = reverse("round_step", args=[opened.pk])
    officer_client.post(step, {"viec": "de-nghi-mo-lai", "words": "Sót một người."})

    refused = [
        client_of(one).post(step, {"viec": viec}).status_code
        for one in (cast.reader, cast.stranger, cast.counter)
        for viec in ("rut-mo-lai", "rut-phe-duyet")
    ]

    assert set(refused) == {403}


def test_who_asked_for_a_reopening_is_not_offered_to_agree(
    opened: PlanningRound,
) -> None:
    decide_everything(opened)
    both = client_of(
        account(
            "kiemnhiem",
            roles=[(Role.ORGANISING_OFFICER, UNIT), (Role.STANDING_COMMITTEE, UNIT)],
        )
    )
    both.post(
        reverse("round_step", args=[opened.pk]),
        {"viec": "de-nghi-mo-lai", "words": "Sót một người."},
    )

    shown = both.get(address("round_overview", opened)).content.decode()

    assert "cần người khác đồng ý" in shown
    assert 'value="mo-lai"' not in shown


def test_before_a_post_is_chosen_the_sources_page_counts_who_is_eligible(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = secretary_client.get(reverse("round_sources", args=[opened.pk]))

    planned = Post.objects.filter(is_planned=True).count()
    assert len(page.context["summary"]) == planned * 2
    assert "Số người đủ điều kiện theo từng chức danh" in page.content.decode()
    post = Post.objects.get(key="BT")
    shown = secretary_client.get(
        reverse("round_sources", args=[opened.pk]),
        {"chuc-danh": str(post.pk), "ky": "nay"},
    ).context["sources"]
    row = next(
        one for one in page.context["summary"] if one.post == post and not one.is_next
    )
    assert row.counts[0] == len([one for one in shown if one.badge == "pass"])


def test_an_official_is_led_to_the_one_dossier_that_is_theirs(
    opened: PlanningRound,  # noqa: ARG001
) -> None:
    person = Person.objects.get(key=district().notable["over_age"])
    official = account("nguoiay", roles=[(Role.OFFICIAL, "")])
    official.person_key = person.key
    official.save(update_fields=["person_key"])

    home = client_of(official).get("/").content.decode()
    led = client_of(official).get(reverse("own_dossier"), follow=True)

    assert "Hồ sơ của tôi" in home
    assert led.redirect_chain[-1][0] == reverse("person_dossier", args=[person.pk])
    assert person.full_name in led.content.decode()
    assert 'aria-current="page">Hồ sơ của tôi' in led.content.decode()


def test_an_account_of_nobody_on_record_is_told_so(
    opened: PlanningRound,  # noqa: ARG001
) -> None:
    official = account("nguoikhac", roles=[(Role.OFFICIAL, "")])

    led = client_of(official).get(reverse("own_dossier"), follow=True)

    assert led.redirect_chain[-1][0] == reverse("home")
    assert "chưa gắn với hồ sơ cán bộ nào" in led.content.decode()


@pytest.mark.parametrize(
    ("number", "dated", "written"),
    [
        ("2118-QĐ/TU", "2022-05-10", "Quyết định số 2118-QĐ/TU ngày 10/05/2022"),
        (
            "Quyết định số 9-QĐ/TU ngày 20/12/2019",
            "2019-12-20",
            "Quyết định số 9-QĐ/TU ngày 20/12/2019",
        ),
        ("Danh sách cũ", "", "Danh sách cũ"),
    ],
)
def test_a_decision_is_named_once_with_its_day(
    number: str, dated: str, written: str
) -> None:
    decision = PlanDecision(number=number, dated=dated, issuer="Ban Thường vụ")

    assert decision_words(decision) == written
