"""What people do at the screen, from signing in to the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.web.browser.conftest import PHONE
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account
from tests.web.organisation.registers import ROOT, open_a_round
from tests.web.paper_count import scanned as s

from kecan.web.conferences.models import KeyedSheet
from kecan.web.paper_count.models import BoxDecision
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.web.browser.conftest import Desk

    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db(transaction=True)


def _counters() -> None:
    for one in m.COUNTERS:
        account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])


def _scanned() -> Conference:
    """Return a conference with scanned ballots of which some boxes wait for people."""
    conference, form = s.printed()
    s.read(conference, s.scans(form, m.stack((3, 2)), odd_share=0.95))
    _counters()
    return conference


def _to_the_boxes(page: Page, conference: Conference) -> None:
    page.get_by_role("link", name="Hội nghị", exact=True).first.click()
    page.get_by_role("link", name=conference.title).click()
    page.get_by_role("link", name="Quét phiếu").click()
    page.get_by_role("link", name="ô", exact=False).filter(has_text="Xem").first.click()


def test_a_counter_decides_doubtful_marks_with_the_keyboard_alone(desk: Desk) -> None:
    conference = _scanned()
    page = desk.sits(m.COUNTERS[0].login)
    _to_the_boxes(page, conference)
    pictures = page.get_by_role("img", name="Ảnh cắt ô")
    asked = pictures.count()
    assert asked > 1
    page.wait_for_load_state("networkidle")
    assert pictures.evaluate_all("all => all.every(one => one.naturalWidth > 100)")

    for key in ["1", *"0" * (asked - 1)]:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.get_by_role("status").first.wait_for()

    own = BoxDecision.objects.filter(decided_by=m.COUNTERS[0].login)
    assert own.count() == asked
    assert own.filter(value=BoxDecision.Value.MARKED).count() == 1


def test_without_javascript_the_same_marks_are_decided_by_clicking(desk: Desk) -> None:
    conference = _scanned()
    page = desk.sits(m.COUNTERS[0].login, javascript=False)
    _to_the_boxes(page, conference)
    groups = page.get_by_role("group")
    asked = groups.count()

    for number in range(asked):
        groups.nth(number).get_by_label("không", exact=False).last.check()
    page.get_by_role("button", name="Ghi các ô đã chọn").click()

    assert BoxDecision.objects.filter(decided_by=m.COUNTERS[0].login).count() == asked


def test_a_sheet_is_keyed_without_leaving_the_keyboard(desk: Desk) -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    _counters()
    page = desk.sits(m.COUNTERS[0].login)
    page.get_by_role("link", name="Hội nghị", exact=True).first.click()
    page.get_by_role("link", name=conference.title).click()
    page.set_viewport_size({"width": 1366, "height": 240})
    page.get_by_role("button", name="Nhập phiếu, lượt 1").click()
    page.get_by_role("heading", name="phiếu số 1 trên 5").wait_for()
    page.wait_for_load_state("load")
    assert page.evaluate("scrollY") == 0  # what stands above the lines is in sight

    for key in ("1", "0", "Enter"):
        page.keyboard.press(key)
    page.get_by_role("heading", name="phiếu số 2 trên 5").wait_for()

    assert KeyedSheet.objects.count() == 1


def test_a_decision_tried_on_the_board_changes_the_proposal_and_nothing_else(
    desk: Desk,
) -> None:
    planning_round = open_a_round()
    account("canbo", roles=[(Role.ORGANISING_OFFICER, ROOT)])
    page = desk.sits("canbo")
    page.get_by_role("link", name="Đợt quy hoạch", exact=True).first.click()
    page.get_by_role("link", name=planning_round.title).first.click()
    page.get_by_role("link", name="Phương án").first.click()
    refuse = page.get_by_role("button", name="Không đưa").first
    refuse.wait_for()

    refuse.click()
    page.get_by_role("heading", name="Đang thử", exact=True).wait_for()

    assert page.get_by_text("không đưa vào", exact=True).count() == 1
    assert planning_round.proposals.count() == 0


def test_the_slider_moves_the_forecast_to_another_month(desk: Desk) -> None:
    planning_round = open_a_round()
    account("canbo", roles=[(Role.ORGANISING_OFFICER, ROOT)])
    page = desk.sits("canbo")
    page.goto(f"/dot/{planning_round.pk}/du-bao/")
    slider = page.get_by_role("slider")
    page.wait_for_load_state("networkidle")
    before = slider.get_attribute("aria-valuetext")

    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**thang=1**")

    assert page.get_by_role("slider").get_attribute("aria-valuetext") != before


@pytest.mark.parametrize("login", ["canbo", "kiemphieu1"])
def test_on_a_telephone_no_page_is_wider_than_the_screen(
    desk: Desk, login: str
) -> None:
    conference = _scanned()
    account("canbo", roles=[(Role.ORGANISING_OFFICER, UNIT)])
    page = desk.sits(login, viewport=PHONE)
    numbers = {"n": conference.round_id, "h": conference.pk}
    pages = {
        "canbo": ["/", "/can-bo/", "/dot/{n}/", "/dot/{n}/quy-dinh/", "/hoi-nghi/{h}/"],
        "kiemphieu1": ["/hoi-nghi/", "/hoi-nghi/{h}/quet/", "/hoi-nghi/{h}/quet/o/"],
    }[login]

    wide = []
    for address in pages:
        answer = page.goto(address.format(**numbers))
        assert answer is not None
        assert answer.status == 200, address
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [address] if width > PHONE["width"] else []

    assert wide == []


def test_on_a_telephone_a_written_name_is_in_sight_and_so_is_a_box(desk: Desk) -> None:
    conference, form = s.printed(write_in_lines=1)
    stack = m.stack((5, 2))
    stack[0] = replace(stack[0], write_ins=(("Nguyễn Văn Em",),))
    s.read(conference, s.scans(form, stack, odd_share=0.95))
    _counters()
    page = desk.sits(m.COUNTERS[0].login, viewport=PHONE)

    seen = {}
    for name in ("ghi-them", "o"):
        page.goto(f"/hoi-nghi/{conference.pk}/quet/{name}/")
        picture = page.get_by_alt_text("Ảnh cắt").first.bounding_box()
        assert picture is not None
        seen[name] = (picture["x"], picture["x"] + picture["width"])

    assert seen["ghi-them"][0] >= 0  # a name begins at the left of its line
    assert seen["ghi-them"][1] > PHONE["width"]  # large enough to be read
    assert seen["o"][0] < 0
    assert seen["o"][1] <= PHONE["width"]  # the boxes stand at the right


def test_on_a_telephone_every_place_of_the_navigation_is_in_sight(desk: Desk) -> None:
    open_a_round()
    account("canbo", roles=[(Role.ORGANISING_OFFICER, ROOT)])
    page = desk.sits("canbo", viewport=PHONE)

    links = page.get_by_role("navigation", name="Điều hướng chính").get_by_role("link")
    ends = links.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )

    assert len(ends) > 4
    assert max(ends) <= PHONE["width"]
