"""Until the count closes, no page and no ledger entry depends on what sheets say.

Each test takes everything that can be read with one stack of sheets, turns every
mark of the stack round, and reads again: nothing may have changed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of

from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.actions import closing, count
from kecan.web.conferences.models import Conference, KeyedSheet, KeyingLogLine
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def conference() -> Conference:
    return m.counting(m.opened(m.first_conference(m.small_round())))


@pytest.fixture
def everybody(cast: Cast) -> list[Client]:
    """Return the cast, the officers, the auditor and the whole counting committee."""
    roles = {
        "head": Role.ORGANISING_HEAD,
        "officer": Role.ORGANISING_OFFICER,
        "higher": Role.HIGHER_LEVEL,
    }
    users = [cast.secretary, cast.reader, cast.stranger, cast.counter]
    users += [account(login, roles=[(role, UNIT)]) for login, role in roles.items()]
    users += [account("auditor", roles=[(Role.AUDITOR, "")])]
    return [client_of(user) for user in users]


@pytest.fixture
def third() -> Client:
    """Return the member of the counting committee who keys nothing."""
    head_of_count = m.COUNTERS[0].login
    return client_of(account(head_of_count, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))


def everything_shown(conference: Conference, clients: list[Client]) -> list[str]:
    addresses = [
        reverse("home"),
        reverse("ledger_entries"),
        reverse("conferences:conference_list"),
        reverse("round_overview", args=[conference.round_id]),
        *(
            reverse(f"conferences:{name}", args=[conference.pk])
            for name in ("conference", "check_in", "differences", "result")
        ),
        *(
            reverse("conferences:sheet_key", args=[keying.pk, 1])
            for keying in conference.keyings.all()
        ),
    ]
    answers = [client.get(address) for client in clients for address in addresses]
    return [
        f"{answer.status_code} {TOKEN.sub('', answer.content.decode())}"
        for answer in answers
    ]


def written_down() -> list[tuple[str, ...]]:
    """Return what is written for good; a salted commitment is of chance alone."""
    entries = LedgerEntry.objects.order_by("sequence")
    log = KeyingLogLine.objects.order_by("conference", "number")
    return [
        *(
            (one.at, one.actor, one.action, one.subject, *_said(one.details))
            for one in entries
        ),
        *log.values_list("login", "text"),
    ]


def _said(details: str) -> list[str]:
    told = json.loads(details)
    return [f"{key}={value}" for key, value in told.items() if key != "commitment"]


def turn_every_mark(states: list[list[str]]) -> list[list[str]]:
    other = {"agree": "disagree", "disagree": "agree"}
    return [[other[state] for state in contest] for contest in states]


def turn_the_stack() -> None:
    for sheet in KeyedSheet.objects.all():
        sheet.states = turn_every_mark(sheet.states)
        sheet.save()


def test_while_one_keys_no_page_of_anybody_else_depends_on_a_mark(
    conference: Conference, everybody: list[Client], third: Client
) -> None:
    m.keyed(conference, slot=1, sheets=m.stack((5, 1)))
    before = everything_shown(conference, [*everybody, third])

    turn_the_stack()

    assert everything_shown(conference, [*everybody, third]) == before


def test_when_both_have_keyed_alike_no_page_depends_on_a_mark(
    conference: Conference, everybody: list[Client], third: Client
) -> None:
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((4, 2)))
    before = everything_shown(conference, [*everybody, third])

    turn_the_stack()

    assert everything_shown(conference, [*everybody, third]) == before


def test_of_the_sheets_keyed_differently_only_the_third_person_sees_anything(
    conference: Conference, everybody: list[Client], third: Client
) -> None:
    m.keyed(conference, slot=1, sheets=m.stack((5, 1)))
    m.keyed(conference, slot=2, sheets=m.stack((5, 2)))
    before = everything_shown(conference, everybody)
    look = everything_shown(conference, [third])

    turn_the_stack()

    assert everything_shown(conference, everybody) == before
    assert everything_shown(conference, [third]) != look


def test_after_the_count_is_closed_the_same_pages_do_depend_on_the_marks(
    conference: Conference, everybody: list[Client]
) -> None:
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((4, 2)))
    before = everything_shown(conference, everybody)

    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    shown = [
        page
        for page in everything_shown(conference, everybody)
        if page not in before and "4 đồng ý trên 5" in page
    ]
    assert len(shown) == 4  # the secretary, the head, the officer, the higher level


def test_the_ledger_and_the_entry_log_are_the_same_whatever_the_sheets_say(
    conference: Conference,
) -> None:
    """Turn the marks in a savepoint's place: run the count twice, compare all."""
    runs = []
    for agreeing in ((5, 5), (0, 1)):
        LedgerEntry.objects.all().delete()
        conference.keyings.all().delete()
        conference.log.all().delete()
        Conference.objects.update(state="counting")
        for slot in (1, 2):
            m.keyed(conference, slot=slot, sheets=m.stack(agreeing))
        count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
        runs.append(written_down())

    assert runs[0] == runs[1]


def test_every_entry_about_a_conference_names_it_as_no_other_is_named(
    conference: Conference,
) -> None:
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    about = LedgerEntry.objects.filter(subject=conference.title)

    assert about.count() > 10
    assert {json.loads(one.details)["conference"] for one in about} == {"r/1"}
    assert not LedgerEntry.objects.filter(subject=conference.round.title).exists()


def test_no_entry_of_the_vote_or_the_count_says_more_than_the_day(
    conference: Conference,
) -> None:
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    m.sign_all(conference)
    closing.close_conference(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)

    voted = LedgerEntry.objects.get(action="conference.ballots_issued").sequence
    since = LedgerEntry.objects.filter(sequence__gte=voted)
    assert set(since.values_list("at", flat=True)) == {"2022-05-10"}
