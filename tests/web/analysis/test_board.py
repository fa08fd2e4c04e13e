"""The proposal board: who may open it, what trying a decision does, what adopting writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.organisation.registers import (
    decide_everything,
    district,
    open_a_round,
)

from kecan.web.analysis.forms import places_of
from kecan.web.analysis.queries.boards import BoardWishes, asked_of, board
from kecan.web.audit.models import LedgerEntry
from kecan.web.plans.models import PlanningRound, RoundState

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


@pytest.fixture
def reviewed(opened: PlanningRound) -> PlanningRound:
    decide_everything(opened)
    return opened


def address(opened: PlanningRound, name: str = "slate_board") -> str:
    return reverse(f"analysis:{name}", args=[opened.pk])


def somebody_eligible(opened: PlanningRound) -> tuple[str, int]:
    """Return somebody eligible as the page's buttons name them, and the post's row."""
    asked = asked_of(opened, BoardWishes())
    place = next(one for one in asked.problem.allowed)
    return asked.rows.key(place), asked.rows.posts[place.post_id].pk


def test_the_secretary_reads_the_board_and_nobody_else_of_the_cast(
    opened: PlanningRound,
    secretary_client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    assert secretary_client.get(address(opened)).status_code == 200
    for who in (reader_client, stranger_client, counter_client):
        assert who.get(address(opened)).status_code == 403


def test_nobody_reads_the_board_without_signing_in(
    opened: PlanningRound, client: Client
) -> None:
    assert client.get(address(opened)).status_code == 302


def test_only_who_manages_the_round_adopts(
    reviewed: PlanningRound,
    secretary_client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    sent = {"phuong-an": somebody_eligible(reviewed)[0]}

    for who in (secretary_client, reader_client, stranger_client, counter_client):
        adopted = who.post(address(reviewed, "slate_adopt"), sent)
        assert adopted.status_code == 403
    assert not reviewed.proposals.exists()


def test_the_board_says_proof_removals_gaps_and_what_bounds_nothing(
    opened: PlanningRound, officer_client: Client
) -> None:
    page = officer_client.get(address(opened)).content.decode()

    assert "đã chứng minh theo thứ tự ưu tiên" in page
    assert "đương nhiên" in page
    assert "Còn thiếu" in page
    assert "hệ số chưa nhập không giới hạn gì" in page


def test_when_the_time_is_up_the_board_names_the_rules_that_are_not_proven(
    opened: PlanningRound, officer_client: Client, settings: Settings
) -> None:
    settings.SLATE_SECONDS = 0

    page = officer_client.get(address(opened)).content.decode()

    assert "đã chứng minh theo thứ tự ưu tiên" not in page
    assert "Thời gian tính đã hết" in page
    answer = board(opened, BoardWishes(), shown=0).answer
    assert answer is not None
    assert answer.unproven
    assert all(one in page for one in answer.unproven)
    assert "chưa loại trừ được phương án chỉ " in page
    assert "khoảng chưa chứng minh " in page


def test_when_not_everybody_was_judged_in_time_the_board_says_how_far_it_came(
    opened: PlanningRound, officer_client: Client, settings: Settings
) -> None:
    settings.JUDGING_SECONDS = 0

    page = officer_client.get(address(opened)).content.decode()

    register = district().register
    pairs = len(register.people) * sum(one.is_planned for one in register.posts)
    assert f"xét điều kiện được 1 trong {pairs} lượt người và chức danh" in page
    assert "chưa lập phương án" in page
    assert "KECAN_JUDGING_SECONDS" in page


def test_a_conflict_cut_short_is_said_to_be(
    opened: PlanningRound, officer_client: Client, settings: Settings
) -> None:
    settings.SLATE_SECONDS = 0

    page = officer_client.get(address(opened), {"can": "9", "bat-buoc": "1"})

    words = page.content.decode()
    assert "Hết thời gian khi còn" in words
    assert "nhưng có thể có điều bỏ qua được" in words
    assert "điều nữa trong tệp các bảng" in words


def test_ruling_somebody_out_takes_them_off_and_says_so(
    opened: PlanningRound, officer_client: Client
) -> None:
    before = board(opened, BoardWishes(), shown=0).answer
    assert before is not None
    one = before.posts[0].placed[0]

    answer = board(
        opened,
        BoardWishes(never=frozenset({(one.person.pk, one.post.pk)})),
        shown=one.post.pk,
    ).answer

    assert answer is not None
    row = next(row for row in answer.posts if row.post == one.post)
    assert one.person not in [other.person for other in row.placed]
    page = officer_client.get(
        address(opened), {"loai": one.key, "xem": str(one.post.pk)}
    )
    assert "không đưa vào</span> " + one.person.full_name in page.content.decode()


def test_who_is_left_out_is_listed_with_the_reason(
    opened: PlanningRound, officer_client: Client
) -> None:
    _, post = somebody_eligible(opened)

    page = officer_client.get(address(opened), {"xem": post}).content.decode()

    assert "Đủ điều kiện; " in page


def test_a_button_leaves_an_address_that_can_be_kept(
    opened: PlanningRound, officer_client: Client
) -> None:
    key, _ = somebody_eligible(opened)

    undone = officer_client.get(address(opened), {"giu": key, "bo": key})
    moved = officer_client.get(address(opened), {"len": "settled"})

    assert undone["Location"] == f"{address(opened)}?ky=sau"
    assert "thu-tu=settled%2Cpeople" in moved["Location"]


def test_more_people_than_there_are_is_a_conflict_in_words(
    opened: PlanningRound, officer_client: Client
) -> None:
    page = officer_client.get(address(opened), {"can": "9", "bat-buoc": "1"})

    words = page.content.decode()
    assert "Không có phương án nào" in words
    assert "cần ít nhất 9 người" in words
    assert "tối đa 3 người" in words


def test_what_is_not_understood_in_the_address_is_not_given(
    opened: PlanningRound, officer_client: Client
) -> None:
    odd = {"giu": "x-1", "loai": "99999-99999", "can": "0", "xem": "-1", "len": "?"}

    assert officer_client.get(address(opened), odd, follow=True).status_code == 200


def test_an_adopted_slate_becomes_proposals_and_one_ledger_entry(
    reviewed: PlanningRound, officer_client: Client
) -> None:
    places = board(reviewed, BoardWishes(), shown=0).places

    sent = officer_client.post(
        address(reviewed, "slate_adopt"), {"phuong-an": places, "ky": "sau"}
    )

    assert sent.status_code == 302
    reviewed.refresh_from_db()
    assert reviewed.state == RoundState.PROPOSED
    assert reviewed.proposals.count() == len(places_of(places))
    entries = LedgerEntry.objects.filter(action="slate.adopted")
    details = [json.loads(one.details) for one in entries]
    assert [one["new"] for one in details] == [len(places_of(places))]


def test_a_slate_that_breaks_a_rule_is_refused_whole(
    reviewed: PlanningRound, officer_client: Client
) -> None:
    key, _ = somebody_eligible(reviewed)
    sent = {"phuong-an": key, "loai": key}

    answer = officer_client.post(address(reviewed, "slate_adopt"), sent)

    assert answer.status_code == 409
    assert "đã quyết định không đưa vào" in answer.content.decode()
    assert not reviewed.proposals.exists()


def test_a_round_not_reviewed_takes_no_slate(
    opened: PlanningRound, officer_client: Client
) -> None:
    sent = {"phuong-an": somebody_eligible(opened)[0]}

    answer = officer_client.post(address(opened, "slate_adopt"), sent)

    assert answer.status_code == 409
    assert not opened.proposals.exists()


def test_a_slate_already_put_forward_is_said_to_be(
    reviewed: PlanningRound, officer_client: Client
) -> None:
    sent = {"phuong-an": somebody_eligible(reviewed)[0]}
    officer_client.post(address(reviewed, "slate_adopt"), sent)

    again = officer_client.post(address(reviewed, "slate_adopt"), sent)

    assert again.status_code == 409
    assert "không có gì để đưa thêm" in again.content.decode()
    assert reviewed.proposals.count() == 1
