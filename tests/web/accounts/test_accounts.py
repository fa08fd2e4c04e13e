"""Accounts and roles: what is granted, what is refused, what the ledger keeps."""

from __future__ import annotations

from datetime import date

import pytest

from kecan.web.accounts.actions import (
    LoginTakenError,
    RoleAlreadyGrantedError,
    RoleNotHeldError,
    create_user,
    grant_role,
    revoke_role,
)
from kecan.web.accounts.models import User
from kecan.web.audit.actions import Program
from kecan.web.audit.models import LedgerEntry
from kecan.web.permissions import Permission, Role, may

pytestmark = pytest.mark.django_db

DAY = date(2022, 5, 10)


def _user() -> User:
    return create_user(
        login="lan", full_name="Lê Thị Lan", password=None, by=Program(), at=DAY
    )


def _grant(user: User, role: Role = Role.AUDITOR) -> None:
    grant_role(user_id=user.pk, role=role, since=DAY, by=Program(), at=DAY)


def _again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_new_account_may_do_nothing() -> None:
    user = _user()

    assert not any(may(user, permission) for permission in Permission)


def test_an_account_without_a_password_cannot_be_opened_by_an_empty_one() -> None:
    assert not _user().check_password("")


def test_a_login_is_given_once() -> None:
    _user()

    with pytest.raises(LoginTakenError, match="«lan» đã có người dùng"):
        _user()


def test_a_granted_role_gives_its_permissions() -> None:
    user = _user()

    _grant(user)

    assert may(_again(user), Permission.VIEW_LEDGER)


def test_a_role_is_not_granted_twice() -> None:
    user = _user()
    _grant(user)

    with pytest.raises(RoleAlreadyGrantedError, match="Kiểm tra"):
        _grant(user)


def test_a_revoked_role_ends_at_once_and_stays_on_record() -> None:
    user = _user()
    _grant(user)

    revoke_role(user_id=user.pk, role=Role.AUDITOR, until=DAY, by=Program(), at=DAY)

    assert not may(_again(user), Permission.VIEW_LEDGER)
    assert user.grants.get().until == DAY


def test_a_revoked_role_can_be_granted_again() -> None:
    user = _user()
    _grant(user)
    revoke_role(user_id=user.pk, role=Role.AUDITOR, until=DAY, by=Program(), at=DAY)

    _grant(user)

    assert may(_again(user), Permission.VIEW_LEDGER)


def test_a_role_nobody_gave_cannot_be_revoked() -> None:
    user = _user()

    with pytest.raises(RoleNotHeldError, match="không giữ vai trò"):
        revoke_role(user_id=user.pk, role=Role.AUDITOR, until=DAY, by=Program(), at=DAY)


def test_each_change_of_an_account_is_one_entry_of_the_ledger() -> None:
    user = _user()
    _grant(user)
    revoke_role(user_id=user.pk, role=Role.AUDITOR, until=DAY, by=Program(), at=DAY)

    assert list(LedgerEntry.objects.values_list("action", flat=True)) == [
        "account.created",
        "role.granted",
        "role.revoked",
    ]
