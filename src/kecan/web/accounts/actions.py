"""Writing accounts and roles; signing in and out, as far as the ledger is concerned."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.accounts.models import RoleGrant, User
from kecan.web.accounts.queries import account_by_login
from kecan.web.audit.actions import Program, record
from kecan.web.permissions import WHOLE_INSTANCE, Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor

UNKNOWN_ACCOUNT = "(không có tài khoản này)"


class LoginTakenError(Exception):
    """There is an account with this login already."""

    def __init__(self, login: str) -> None:
        super().__init__(
            f"Tên đăng nhập «{login}» đã có người dùng. Hãy chọn tên khác."
        )


class RoleAlreadyGrantedError(Exception):
    """The account holds this role in this unit already."""

    def __init__(self, user: User, role: Role) -> None:
        super().__init__(
            f"Tài khoản «{user.login}» đang giữ vai trò «{role.label}» tại đơn vị này. "
            "Không cần giao lại."
        )


class RoleNotHeldError(Exception):
    """The account does not hold the role that is to be revoked."""

    def __init__(self, user: User, role: Role) -> None:
        super().__init__(
            f"Tài khoản «{user.login}» không giữ vai trò «{role.label}» tại đơn vị này. "
            "Hãy xem lại danh sách vai trò."
        )


@transaction.atomic
def create_user(
    *,
    login: str,
    full_name: str,
    password: str | None,
    by: Actor,
    at: date,
    person_key: str = "",
) -> User:
    """Create an account that may do nothing yet.

    Args:
        login: What the person types to sign in.
        full_name: The name shown and kept in the ledger.
        password: Nothing makes an account that cannot sign in.
        by: Who creates it.
        at: The day or instant.
        person_key: Key of the person in the register, if the account is theirs.

    Raises:
        LoginTakenError: If the login is in use.
    """
    login = unicodedata.normalize("NFC", login).strip()
    if account_by_login(login) is not None:
        raise LoginTakenError(login)
    user = User(
        login=login,
        full_name=unicodedata.normalize("NFC", full_name).strip(),
        person_key=person_key,
    )
    user.set_password(password)
    user.save(force_insert=True)
    record(action="account.created", by=by, at=at, subject=login)
    return user


@transaction.atomic
def grant_role(
    *,
    user_id: int,
    role: Role,
    since: date,
    by: Actor,
    at: date,
    unit_key: str = WHOLE_INSTANCE,
) -> RoleGrant:
    """Give an account a role in a unit, or in the whole instance.

    Raises:
        RoleAlreadyGrantedError: If the account holds it there already.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    held = user.grants.filter(role=role, unit_key=unit_key, until__isnull=True)
    if held.exists():
        raise RoleAlreadyGrantedError(user, role)
    grant = RoleGrant.objects.create(
        user=user, role=role, unit_key=unit_key, since=since
    )
    record(
        action="role.granted",
        by=by,
        at=at,
        subject=user.login,
        details={"role": role.value, "unit": unit_key, "since": since.isoformat()},
    )
    return grant


@transaction.atomic
def revoke_role(
    *,
    user_id: int,
    role: Role,
    until: date,
    by: Actor,
    at: date,
    unit_key: str = WHOLE_INSTANCE,
) -> None:
    """Take a role from an account; it ends at once, the record of it stays.

    Raises:
        RoleNotHeldError: If the account does not hold it there.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    held = user.grants.filter(role=role, unit_key=unit_key, until__isnull=True)
    grant = held.first()
    if grant is None:
        raise RoleNotHeldError(user, role)
    grant.until = max(until, grant.since)
    grant.save(update_fields=["until"])
    record(
        action="role.revoked",
        by=by,
        at=at,
        subject=user.login,
        details={
            "role": role.value,
            "unit": unit_key,
            "until": grant.until.isoformat(),
        },
    )


@transaction.atomic
def change_password(*, user_id: int, password: str, by: Actor, at: date) -> User:
    """Give an account another password."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(action="account.password_changed", by=by, at=at, subject=user.login)
    return user


@transaction.atomic
def set_account_open(*, user_id: int, is_open: bool, by: Actor, at: date) -> User:
    """Let an account sign in, or end that at once, open sessions included."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    action = "account.reopened" if is_open else "account.locked"
    record(action=action, by=by, at=at, subject=user.login)
    return user


@transaction.atomic
def record_sign_in(*, user: User, at: datetime) -> None:
    """Enter a sign-in into the ledger."""
    record(action="account.signed_in", by=user, at=at, subject=user.login)


@transaction.atomic
def record_sign_out(*, user: User, at: datetime) -> None:
    """Enter a sign-out into the ledger."""
    record(action="account.signed_out", by=user, at=at, subject=user.login)


@transaction.atomic
def record_failed_sign_in(*, login: str, at: datetime) -> None:
    """Enter a refused sign-in into the ledger.

    A login nobody has is not written down: people type passwords into that field.
    """
    known = account_by_login(login) is not None
    record(
        action="account.sign_in_failed",
        by=Program(),
        at=at,
        subject=login if known else UNKNOWN_ACCOUNT,
    )
