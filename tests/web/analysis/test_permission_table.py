"""Every address of the analyses has a row that says who reaches it, with every role asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.conftest import OTHER_UNIT, UNIT, account, client_of
from tests.web.organisation.registers import AT, open_a_round

from kecan.web.analysis import actions
from kecan.web.analysis.urls import urlpatterns
from kecan.web.audit.actions import Program
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

pytestmark = pytest.mark.django_db
PREPARE = frozenset({Role.ORGANISING_OFFICER, Role.ORGANISING_HEAD})
READ = PREPARE | {Role.STANDING_COMMITTEE, Role.HIGHER_LEVEL}
TABLE: Mapping[str, tuple[str, frozenset[Role]]] = {
    "slate_board": ("get", READ),
    "slate_adopt": ("post", PREPARE),
    "structure": ("get", READ),
    "gaps": ("get", READ),
    "queue": ("get", READ),
    "forecast": ("get", READ),
    "trial": ("get", READ),
    "tables": ("get", READ),
    "chain": ("get", READ),
    "branches": ("get", READ),
    "branch": ("get", READ),
    "branch_make": ("post", PREPARE),
    "branch_change": ("post", PREPARE),
    "branch_drop": ("post", PREPARE),
    "branch_rename": ("post", PREPARE),
    "branch_look_over": ("post", PREPARE),
    "branch_delete": ("get", PREPARE),
}
"""By address: how it is asked, and which roles of the committee reach it."""
OPENED = {200, 302, 404, 409}  # 404, 409: a form sent blank says what it lacks


@pytest.fixture
def addresses() -> dict[str, str]:
    opened = open_a_round()
    branch = actions.make_branch(
        round_id=opened.pk, name="A", changes=(), copied_from="", by=Program(), at=AT
    )
    more: dict[str, tuple[object, ...]] = {"tables": ("queue",)}
    more |= {
        name: (branch.pk,)
        for name in TABLE
        if name.startswith("branch") and name not in {"branches", "branch_make"}
    }
    return {
        name: reverse(f"analysis:{name}", args=[opened.pk, *more.get(name, ())])
        for name in TABLE
    }


def asked(client: Client, address: str, how: str) -> int:
    return (
        client.post(address).status_code
        if how == "post"
        else client.get(address).status_code
    )


def test_every_address_of_the_analyses_has_a_row() -> None:
    assert {one.name for one in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_its_row_says_and_nothing_else(
    role: Role, addresses: dict[str, str]
) -> None:
    here = client_of(account("o-day", roles=[(role, UNIT)]))
    elsewhere = client_of(account("noi-khac", roles=[(role, OTHER_UNIT)]))
    nobody = client_of(None)

    for name, (how, roles) in TABLE.items():
        address = addresses[name]
        assert asked(elsewhere, address, how) == 403, name
        assert asked(nobody, address, how) == 302, name
        if role not in roles:
            assert asked(here, address, how) == 403, name


@pytest.mark.parametrize("role", sorted(READ))
def test_who_may_reaches_every_address_of_its_rows(
    role: Role, addresses: dict[str, str]
) -> None:
    here = client_of(account("o-day", roles=[(role, UNIT)]))

    for name, (how, roles) in TABLE.items():
        if role in roles:
            assert asked(here, addresses[name], how) in OPENED, name
