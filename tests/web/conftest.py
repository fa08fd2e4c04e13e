"""The cast of the web tests: four accounts that every view is asked by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from kecan.web.accounts.actions import create_user, grant_role
from kecan.web.audit.actions import Program
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pytest_django import Settings

    from kecan.web.accounts.models import User

DAY = date(2022, 5, 10)
UNIT = "HU-01"
OTHER_UNIT = "HU-02"
PASSWORD = "mật khẩu chỉ để thử 2022"  # noqa: S105


@pytest.fixture(autouse=True)
def _light_settings(settings: Settings, tmp_path: Path) -> None:
    """Fast password hashes, static files as they lie, folders of each test's own, time enough."""
    settings.BALLOT_IMAGES = tmp_path / "images"
    settings.BALLOT_KEYS = tmp_path / "keys"
    settings.SCANNER_FOLDER = tmp_path / "scanner"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = None
    settings.SLATE_SECONDS = settings.JUDGING_SECONDS = (
        900.0  # a busy machine is no rule
    )
    settings.SECRET_KEY = "chỉ dùng khi thử " * 5
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


def account(login: str, *, roles: Iterable[tuple[Role, str]]) -> User:
    """Create an account with the given roles (role, unit key)."""
    user = create_user(
        login=login,
        full_name=f"Đồng chí {login}",
        password=PASSWORD,
        by=Program(),
        at=DAY,
    )
    for role, unit_key in roles:
        grant_role(
            user_id=user.pk,
            role=role,
            unit_key=unit_key,
            since=DAY,
            by=Program(),
            at=DAY,
        )
    return user


def client_of(user: User | None) -> Client:
    """Return a browser signed in as the account, or as nobody."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The four who are asked (style.md §3), and some who hold one special role."""

    secretary: User
    reader: User
    stranger: User
    counter: User


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001
    return Cast(
        secretary=account("bithu", roles=[(Role.STANDING_COMMITTEE, UNIT)]),
        reader=account("daibieu", roles=[(Role.DELEGATE, UNIT)]),
        stranger=account("nguoila", roles=[(Role.STANDING_COMMITTEE, OTHER_UNIT)]),
        counter=account("kiemphieu", roles=[(Role.COUNTING_COMMITTEE, UNIT)]),
    )


@pytest.fixture
def auditor(db: None) -> User:  # noqa: ARG001
    return account("kiemtra", roles=[(Role.AUDITOR, "")])


@pytest.fixture
def administrator(db: None) -> User:  # noqa: ARG001
    return account("quantri", roles=[(Role.SYSTEM_ADMINISTRATOR, "")])


@pytest.fixture
def head(db: None) -> User:  # noqa: ARG001
    return account("truongban", roles=[(Role.ORGANISING_HEAD, UNIT)])


@pytest.fixture
def officer(db: None) -> User:  # noqa: ARG001
    return account("canbo", roles=[(Role.ORGANISING_OFFICER, UNIT)])


@pytest.fixture
def secretary_client(cast: Cast) -> Client:
    return client_of(cast.secretary)


@pytest.fixture
def reader_client(cast: Cast) -> Client:
    return client_of(cast.reader)


@pytest.fixture
def stranger_client(cast: Cast) -> Client:
    return client_of(cast.stranger)


@pytest.fixture
def counter_client(cast: Cast) -> Client:
    return client_of(cast.counter)


@pytest.fixture
def auditor_client(auditor: User) -> Client:
    return client_of(auditor)


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    return client_of(administrator)


@pytest.fixture
def head_client(head: User) -> Client:
    return client_of(head)


@pytest.fixture
def officer_client(officer: User) -> Client:
    return client_of(officer)
