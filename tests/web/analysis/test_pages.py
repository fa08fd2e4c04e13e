"""The pages of structure, gaps, what-if, forecast and queue: who reads them, what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.organisation.registers import (
    AT,
    decide_everything,
    district,
    open_a_round,
)

from kecan.web.analysis.queries.boards import BoardWishes, asked_of
from kecan.web.analysis.urls import urlpatterns
from kecan.web.audit.actions import Program
from kecan.web.organisation.models import OfficeHeld, Person, Post
from kecan.web.plans.actions import propose
from kecan.web.plans.queries import standing_plan, terms_for

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from kecan.web.plans.models import PlanningRound

pytestmark = pytest.mark.django_db

PAGES = ["structure", "gaps", "trial", "chain", "forecast", "queue"]


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


def address(opened: PlanningRound, name: str) -> str:
    return reverse(f"analysis:{name}", args=[opened.pk])


def shown(client: Client, opened: PlanningRound, name: str, **given: str) -> str:
    answer = client.get(address(opened, name), given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_address_of_the_app_is_asked_by_the_cast() -> None:
    names = {one.name for one in urlpatterns}

    boards = {"slate_board", "slate_adopt", "tables"}
    branches = {one for one in names if one and one.startswith("branch")}
    assert names == {*PAGES, *boards, *branches}
    assert len(branches) == 8  # asked one by one in test_branches


@pytest.mark.parametrize("name", PAGES)
def test_the_secretary_reads_every_page_and_nobody_else_of_the_cast(
    name: str,
    opened: PlanningRound,
    secretary_client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    assert secretary_client.get(address(opened, name)).status_code == 200
    for who in (reader_client, stranger_client, counter_client):
        assert who.get(address(opened, name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_nobody_reads_a_page_without_signing_in(
    name: str, opened: PlanningRound, client: Client
) -> None:
    assert client.get(address(opened, name)).status_code == 302


def test_structure_is_measured_by_rule_beside_the_plan_before_with_pictures(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "structure", ky="nay")

    assert "Đã phê duyệt gần nhất" in page
    assert "Danh sách cần lưu ý" in page
    assert "<title>Người trong quy hoạch theo tuổi và giới</title>" in page


def test_economics_and_technical_training_are_short_in_table_and_chart(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "gaps")

    chart = page.split("<desc>")[1]
    assert chart.startswith("kinh tế: ")
    assert "; kỹ thuật: " in chart
    assert "Nguồn theo hồ sơ" not in page
    assert "Nguồn theo hồ sơ" in shown(
        secretary_client, opened, "gaps", **{"chi-tiet": "1"}
    )


def test_when_the_time_is_up_the_comparison_says_of_both_slates_what_is_not_proven(
    opened: PlanningRound, secretary_client: Client, settings: Settings
) -> None:
    settings.SLATE_SECONDS = 0

    page = shown(secretary_client, opened, "trial", rules="377-qd-tw")

    for name in ("đợt này", "phương án thử"):
        assert re.search(rf"<li>{name}: [^:<]+: phương án này \d+", page)


def test_the_forecast_shows_the_month_asked_for_each_chart_with_its_table(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "forecast", thang="37")

    assert "<output>06/2025</output>" in page
    assert 'href="?thang=36"' in page
    assert "Số liệu của biểu đồ" in page
    assert "Lịch nghỉ hưu mười năm" in page
    assert "không có khoảng dao động" in page


def test_a_month_beyond_the_end_is_the_last_and_nonsense_is_the_first(
    opened: PlanningRound, secretary_client: Client
) -> None:
    last = shown(secretary_client, opened, "forecast", thang="9999")
    first = shown(secretary_client, opened, "forecast", thang="²")

    assert "<output>12/2031</output>" in last
    assert "<output>05/2022</output>" in first


def test_a_leaving_rate_gives_ranges_that_say_what_they_assume(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "forecast", rate="3")

    assert "mỗi năm 0,03 số người thôi việc (giả định)" in page


def test_a_rate_that_is_none_is_refused_in_words(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "forecast", rate="90")

    assert "field-error" in page
    assert "không có khoảng dao động" in page


def test_the_same_data_stand_side_by_side_under_each_rule_pack(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "trial")

    assert "Quy định 377-QĐ/TW ngày 08/10/2025</th>" in page
    assert "thêm nghi-son-2024" in page
    assert "đợt này" in page


def test_a_branch_names_who_enters_who_leaves_and_which_rule_decides(
    opened: PlanningRound, secretary_client: Client
) -> None:
    person = Person.objects.get(key=standing_plan()[0].person.key)

    page = shown(secretary_client, opened, "trial", leaves=f"{person.pk}", ky="nay")

    assert f"{person.full_name} thôi công tác" in page
    assert "Đã thôi thuộc diện quản lý từ 10/05/2022 (giả định)" in page
    assert "Phương án: đợt này → phương án thử" in page


def test_a_branch_changes_seats_month_rules_and_an_appointment(
    opened: PlanningRound, secretary_client: Client
) -> None:
    body = Post.objects.get(key="UVBCH")
    person = Person.objects.get(key=district().notable["over_age"])

    page = shown(
        secretary_client,
        opened,
        "trial",
        rules="377-qd-tw",
        month="09/2025",
        seats_of=f"{body.pk}",
        seats="50",
        appointed=f"{person.pk}",
        appointed_to=f"{body.pk}",
    )

    assert "tháng tính tuổi 09/2025" in page
    assert f"{body.title}: 50 vị trí" in page
    assert f"{person.full_name} giữ chức vụ {body.title}" in page


@pytest.mark.parametrize("name", ["structure", "gaps", "chain", "forecast", "branches"])
def test_rules_not_in_force_on_the_day_of_the_round_are_said_on_every_page(
    name: str, opened: PlanningRound, secretary_client: Client
) -> None:
    opened.rule_pack, opened.overlays = "377-qd-tw", []
    opened.save()

    page = shown(secretary_client, opened, name)

    assert (
        "Quy định 377-QĐ/TW ngày 08/10/2025 không có hiệu lực ngày 10/05/2022" in page
    )
    assert "chỉ để đối chiếu" in page


def test_a_month_that_is_none_is_refused_in_words(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "trial", month="13/2025")

    assert "“13/2025” không phải tháng; cần dạng 06/2025." in page


def test_a_day_after_the_terms_is_refused_in_words(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "trial", as_of="01/01/2040")

    assert 'role="alert"' in page


def test_a_chain_follows_three_steps_with_a_verdict_at_each(
    opened: PlanningRound, secretary_client: Client
) -> None:
    holder = OfficeHeld.objects.get(post__key="BT", until="")

    page = shown(secretary_client, opened, "chain", nguoi=f"{holder.person_id}")

    assert f"Nếu {holder.person.full_name} thôi giữ chức vụ" in page
    assert "bước 3: chức danh trống" in page
    assert "Đủ điều kiện</span>" in page


def test_a_post_that_hangs_on_one_draft_is_named_with_the_person(
    opened: PlanningRound, secretary_client: Client
) -> None:
    decide_everything(opened)
    asked = asked_of(opened, BoardWishes())
    place = asked.problem.allowed[0]
    person, post = asked.rows.people[place.person_id], asked.rows.posts[place.post_id]
    propose(
        round_id=opened.pk,
        person_id=person.pk,
        post_id=post.pk,
        term_id=terms_for(opened, line=post.line)[1].pk,
        by=Program(),
        at=AT,
    )

    page = shown(secretary_client, opened, "chain", ky="sau")

    assert f'<td class="name">{person.full_name}</td>' in page
    assert f'<td class="name">{post.title}</td>' in page


def test_the_queue_has_rule_and_due_date_and_idle_training(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = shown(secretary_client, opened, "queue", day="10/05/2022")

    assert "việc cần xem xét" in page
    assert "quá hạn" in page
    assert "Đào tạo, bồi dưỡng lâu chưa có tiến triển" in page
    assert "50-QĐ/TW" in page


def test_one_reason_of_the_queue_is_shown_alone(
    opened: PlanningRound, secretary_client: Client
) -> None:
    given = {"day": "10/05/2022", "xem": "Có việc kỷ luật"}

    page = shown(secretary_client, opened, "queue", **given)

    assert ">Có việc kỷ luật</td>" in page
    assert ">Đào tạo, bồi dưỡng lâu chưa có tiến triển</td>" not in page


def test_drafts_of_an_open_round_count_in_the_structure(
    opened: PlanningRound, secretary_client: Client, officer_client: Client
) -> None:
    decide_everything(opened)

    page = shown(secretary_client, opened, "structure")

    assert "kể cả người đang được đề xuất" in page
    assert officer_client.get(address(opened, "structure")).status_code == 200
