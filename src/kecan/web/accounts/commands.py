"""``kecan admin``: the first account of an instance, which makes all others."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kecan.web.accounts.actions import LoginTakenError, create_user, grant_role
from kecan.web.accounts.models import RoleGrant
from kecan.web.audit.actions import Program
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable

_REFUSED = 2


def make_first_administrator(
    *, login: str, full_name: str, ask_password: Callable[[], str]
) -> int:
    """Make the one account only a command can make; return the exit status.

    Returns:
        0 when it was made, 2 when there is an administrator already or the login or
        password cannot be used; one sentence says which.
    """
    held = RoleGrant.objects.filter(
        role=Role.SYSTEM_ADMINISTRATOR, until__isnull=True, user__is_active=True
    )
    if held.exists():
        return _refuse(
            "Đã có người quản trị hệ thống; tài khoản khác lập ở trang Tài khoản."
        )
    password = ask_password()
    try:
        validate_password(password)
        with transaction.atomic():
            _make(login, full_name, password, at=datetime.now(UTC))
    except (ValidationError, LoginTakenError) as refusal:
        said = refusal.messages if isinstance(refusal, ValidationError) else [refusal]
        return _refuse(" ".join(map(str, said)))
    sys.stdout.write(
        f"Đã lập tài khoản quản trị «{login}». Chạy kecan serve rồi đăng nhập.\n"
    )
    return 0


def _make(login: str, full_name: str, password: str, *, at: datetime) -> None:
    by = Program()
    user = create_user(
        login=login, full_name=full_name, password=password, by=by, at=at
    )
    grant_role(
        user_id=user.pk,
        role=Role.SYSTEM_ADMINISTRATOR,
        since=timezone.localdate(at),
        by=by,
        at=at,
    )


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return _REFUSED
