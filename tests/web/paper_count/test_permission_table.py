"""Every address of the scanned count has a row that says who gets what at which time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s

from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.paper_count.actions import keying
from kecan.web.paper_count.models import ScannedPage
from kecan.web.paper_count.urls import urlpatterns
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.test import Client
    from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db
COMMITTEE, HEAD, SECRETARY = "committee", "head", "secretary"
COUNTERS = frozenset({COMMITTEE})
DESTROYERS = frozenset({HEAD, SECRETARY})
AUDIT_READERS = frozenset({COMMITTEE, HEAD, SECRETARY, "officer", "higher"})
COUNTING, COUNTED, CLOSED = (
    ConferenceState.COUNTING,
    ConferenceState.COUNTED,
    ConferenceState.CLOSED,
)
TABLE: Mapping[str, tuple[str, frozenset[str], frozenset[ConferenceState]]] = {
    "desk": ("get", COUNTERS, frozenset({COUNTING})),
    "progress": ("get", COUNTERS, frozenset({COUNTING})),
    "boxes": ("get", COUNTERS, frozenset({COUNTING})),
    "names": ("get", COUNTERS, frozenset({COUNTING})),
    "name_matches": ("get", COUNTERS, frozenset({COUNTING})),
    "compared": ("get", COUNTERS, frozenset({COUNTING})),
    "upload": ("post", COUNTERS, frozenset({COUNTING})),
    "read_folder": ("post", COUNTERS, frozenset({COUNTING})),
    "read_on": ("post", COUNTERS, frozenset({COUNTING})),
    "batch_drop": ("post", COUNTERS, frozenset({COUNTING})),
    "restart": ("post", COUNTERS, frozenset({COUNTING})),
    "page_aside": ("post", COUNTERS, frozenset({COUNTING})),
    "pages_aside": ("post", COUNTERS, frozenset({COUNTING})),
    "box_ask": ("post", COUNTERS, frozenset({COUNTING})),
    "sheet_set_to_key": ("post", COUNTERS, frozenset({COUNTING})),
    "sheet_by_hand": ("get", COUNTERS, frozenset({COUNTING})),
    "close": ("post", COUNTERS, frozenset({COUNTING})),
    "picture": ("get", COUNTERS, frozenset({COUNTING, COUNTED})),
    "snippet": ("get", COUNTERS, frozenset({COUNTING, COUNTED})),
    "sheet": ("get", COUNTERS, frozenset({COUNTING, COUNTED})),
    "audit": ("get", AUDIT_READERS, frozenset({COUNTED, CLOSED})),
    "audit_sheet": ("get", COUNTERS, frozenset({COUNTED})),
    "images": ("get", DESTROYERS, frozenset(ConferenceState)),
}
"""By address: how it is asked, who reaches it, in which states of the conference."""


def clients(cast: Cast) -> dict[str, Client]:
    """Return one of every kind of account; None is nobody signed in."""
    holders = {
        HEAD: (Role.ORGANISING_HEAD, UNIT),
        "officer": (Role.ORGANISING_OFFICER, UNIT),
        "higher": (Role.HIGHER_LEVEL, UNIT),
        "auditor": (Role.AUDITOR, ""),
        "administrator": (Role.SYSTEM_ADMINISTRATOR, ""),
    }
    users = {name: account(f"ai-{name}", roles=[one]) for name, one in holders.items()}
    committee = account(m.COUNTERS[0].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    return {
        COMMITTEE: client_of(committee),
        SECRETARY: client_of(cast.secretary),
        "reader": client_of(cast.reader),
        "stranger": client_of(cast.stranger),
        "counter of another": client_of(cast.counter),
        **{name: client_of(user) for name, user in users.items()},
    }


def address_of(name: str, conference: Conference) -> str:
    page = ScannedPage.objects.filter(sheet__isnull=False).first()
    assert page is not None
    assert page.sheet is not None
    keyed = conference.scanned_sheets.get(is_keyed=True)
    more: dict[str, tuple[object, ...]] = {
        "picture": (page.image_id,),
        "snippet": (page.image_id, 0),
        "page_aside": (page.image_id,),
        "box_ask": (page.image_id,),
        "sheet": (page.sheet.token,),
        "sheet_by_hand": (keyed.token,),
        "audit_sheet": (1,),
    }
    return reverse(f"paper_count:{name}", args=[conference.pk, *more.get(name, ())])


@pytest.fixture
def conference() -> Conference:
    found, form = s.printed()
    s.read(found, s.scans(form, m.stack((5, 2))[:2]))
    keying.set_sheet_to_key(conference_id=found.pk, by=m.COUNTERS[0], at=m.DAY)
    return found


def test_every_address_of_the_scanned_count_has_a_row() -> None:
    assert {one.name for one in urlpatterns} == set(TABLE)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what one address wrote: the next one finds the same count."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def test_who_gets_what_while_the_conference_counts(
    cast: Cast, conference: Conference
) -> None:
    asking = clients(cast)
    for name, (how, who, states) in TABLE.items():
        address = address_of(name, conference)
        for somebody, client in asking.items():
            if name == "read_on" and somebody in who:
                continue  # starts a process of its own, test_scan_pages.py has it
            with undone():
                answer = getattr(client, how)(address)
            is_shown = somebody in who and COUNTING in states
            expected = {200, 302} if is_shown else {403, 404}
            assert answer.status_code in expected, (name, somebody)
        nobody = getattr(client_of(None), how)(address)
        assert nobody.headers["Location"].startswith("/dang-nhap/"), name


@pytest.mark.parametrize("state", [COUNTED, CLOSED])
def test_what_is_shut_once_the_count_is_closed(
    cast: Cast, conference: Conference, state: ConferenceState
) -> None:
    addresses = {name: address_of(name, conference) for name in TABLE}
    asking = clients(cast)
    conference.scanned_sheets.filter(is_keyed=True).delete()
    conference.scanned_sheets.update(number=None)
    Conference.objects.update(state=state)
    type(conference.count).objects.update(is_closed=True)

    for name, (how, who, states) in TABLE.items():
        for somebody, client in asking.items():
            is_shown = somebody in who and state in states
            if is_shown and name in {"audit", "audit_sheet"}:
                continue  # test_paper_audit.py has an audit that was begun
            with undone():
                answer = getattr(client, how)(addresses[name])
            expected = {200} if is_shown else {403, 404}
            assert answer.status_code in expected, (name, somebody)
