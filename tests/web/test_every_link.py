"""Whoever signs in: every link on every page leads somewhere, and every page is well formed."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s

from kecan.web.paper_count.actions import closing
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db

_PAGES_ALIKE = 2  # addresses of one form that are opened
_REFUSED = 409  # a page that says in words why it has no answer
_STATIC = "/static/"
_FOLLOWED = {"a": "href", "img": "src", "link": "href", "script": "src"}


@dataclass(slots=True)
class _Page(HTMLParser):
    """What a browser would follow, and what must be there once or always."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    pointed_at: set[str] = field(default_factory=set)
    headings: int = 0
    is_read: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        self.headings += tag == "h1"
        if tag == "label" and "for" in given:
            self.pointed_at.add(given["for"])
        for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
            self.pointed_at |= set(given.get(name, "").split())
        if address := given.get(_FOLLOWED.get(tag, "")):
            self.links.append(address)


def _in_preparation() -> None:
    m.first_conference(m.small_round())


def _being_counted() -> Conference:
    conference, form = s.printed()
    s.read(conference, s.scans(form, m.stack((3, 2)), odd_share=0.3))
    return conference


def _counted() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((3, 2)))
    s.read(conference, pages)
    s.decide_all(conference, pages)
    closing.close_scanned_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)


MOMENTS: dict[str, Callable[[], object]] = {
    "in preparation": _in_preparation,
    "being counted": _being_counted,
    "counted": _counted,
}


_AT_WORK = (Role.COUNTING_COMMITTEE, Role.ORGANISING_HEAD)


def _faults(client: Client) -> list[str]:
    """Follow links from the first page; return what is wrong, with where it stands."""
    came_from = {"/": ""}
    alike: dict[str, int] = {}
    waiting, faults = deque(["/"]), []
    while waiting:
        address = waiting.popleft()
        form = re.sub(r"[0-9a-f]{32}|\d+", "N", urlsplit(address).path)
        alike[form] = alike.get(form, 0) + 1
        if alike[form] > _PAGES_ALIKE:
            continue
        page = _Page()
        if not _is_there(client, address, page):
            faults.append(f"{came_from[address]} → {address}: not there")
        faults += [f"{address}: {fault}" for fault in _form_faults(page)]
        for link in page.links:
            target = urljoin(address, link).partition("#")[0]
            if target.startswith("/") and target not in came_from:
                came_from[target] = address
                waiting.append(target)
    return faults


def _is_there(client: Client, address: str, page: _Page) -> bool:
    """Open an address; what it holds goes into ``page`` where it is one."""
    if address.startswith(_STATIC):
        return finders.find(address.removeprefix(_STATIC)) is not None
    answer = client.get(address, follow=True)
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        page.feed(answer.content.decode())
        page.is_read = True
    return answer.status_code in {200, _REFUSED}


def _form_faults(page: _Page) -> list[str]:
    twice = sorted({one for one in page.ids if page.ids.count(one) > 1})
    missing = sorted(page.pointed_at - set(page.ids))
    return [
        *(f"id {one} twice" for one in twice),
        *(f"label or reference to {one}, which is not there" for one in missing),
        *([] if page.headings == page.is_read else [f"{page.headings} main headings"]),
    ]


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_link_leads_somewhere_and_every_page_is_well_formed(moment: str) -> None:
    MOMENTS[moment]()

    for role in Role if moment == "counted" else _AT_WORK:
        login = m.COUNTERS[0].login if role is Role.COUNTING_COMMITTEE else f"ai-{role}"
        whole = role in {Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.EDITOR}
        user = account(login, roles=[(role, "" if whole else UNIT)])
        assert _faults(client_of(user)) == [], role


def test_a_counter_is_shown_no_link_to_a_conference_that_is_over() -> None:
    conference = _being_counted()
    counter = client_of(
        account(m.COUNTERS[0].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    )
    assert conference.title in counter.get("/hoi-nghi/").content.decode()

    conference.state = "closed"
    conference.save()

    assert conference.title not in counter.get("/hoi-nghi/").content.decode()
