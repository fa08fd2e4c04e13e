"""Who may do what, as design.md §2 says it, and the settings everything rests on."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.utils import formats

from kecan.web.database import database_settings
from kecan.web.permissions import (
    ROLE_PERMISSIONS,
    Permission,
    Role,
    may,
    permitted_units,
    require_permission,
)
from kecan.web.secret_key import read_or_make_key

PERSONAL = {
    Permission.VIEW_REGISTER,
    Permission.VIEW_DOSSIER,
    Permission.EDIT_REGISTER,
    Permission.IMPORT_REGISTER,
    Permission.VIEW_ROUND,
    Permission.VIEW_RESULT,
    Permission.VIEW_PAPERS,
    Permission.OWN_DOSSIER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An account that holds one role."""

    role: Role
    unit_key: str = ""

    def roles(self) -> frozenset[tuple[Role, str]]:
        return frozenset({(self.role, self.unit_key)})


def test_every_role_has_a_row() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_every_permission_is_somebodys() -> None:
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_nobody_signed_in_may_nothing(permission: Permission) -> None:
    assert not may(AnonymousUser(), permission)


def test_the_system_administrator_sees_no_personal_data() -> None:
    assert not ROLE_PERMISSIONS[Role.SYSTEM_ADMINISTRATOR] & PERSONAL


def test_the_auditor_reads_no_dossier_and_no_result() -> None:
    assert ROLE_PERMISSIONS[Role.AUDITOR] == {Permission.VIEW_LEDGER}


def test_the_counting_committee_only_counts() -> None:
    assert ROLE_PERMISSIONS[Role.COUNTING_COMMITTEE] == {
        Permission.ISSUE_BALLOTS,
        Permission.KEY_BALLOTS,
        Permission.RESOLVE_COUNT,
    }


@pytest.mark.parametrize("role", set(Role) - {Role.COUNTING_COMMITTEE})
def test_nobody_else_keys_a_ballot(role: Role) -> None:
    assert not may(Holder(role=role), Permission.KEY_BALLOTS)


@pytest.mark.parametrize("role", set(Role) - {Role.ORGANISING_HEAD})
def test_only_the_head_of_the_organising_committee_signs_the_submission(
    role: Role,
) -> None:
    assert not may(Holder(role=role), Permission.SIGN_SUBMISSION)
    assert may(Holder(role=Role.ORGANISING_HEAD), Permission.SIGN_SUBMISSION)


@pytest.mark.parametrize("role", [Role.ORGANISING_OFFICER, Role.ORGANISING_HEAD])
def test_who_prepares_a_round_does_not_approve_it(role: Role) -> None:
    assert not may(Holder(role=role), Permission.APPROVE_ROUND)


def test_a_role_in_one_unit_says_nothing_of_another() -> None:
    secretary = Holder(role=Role.STANDING_COMMITTEE, unit_key="HU-01")

    assert may(secretary, Permission.VIEW_DOSSIER, unit_key="HU-01")
    assert not may(secretary, Permission.VIEW_DOSSIER, unit_key="HU-02")
    with pytest.raises(PermissionDenied):
        require_permission(secretary, Permission.VIEW_DOSSIER, unit_key="HU-02")


def test_a_role_of_the_whole_instance_holds_in_every_unit() -> None:
    secretary = Holder(role=Role.STANDING_COMMITTEE)

    require_permission(secretary, Permission.VIEW_DOSSIER, unit_key="HU-02")

    assert permitted_units(secretary, Permission.VIEW_DOSSIER) == {""}


def test_dates_are_written_day_month_year() -> None:
    assert formats.date_format(date(1991, 5, 9)) == "09/05/1991"
    assert formats.date_format(date(1991, 5, 9), "SHORT_DATE_FORMAT") == "09/05/1991"


def test_numbers_have_a_decimal_comma_and_a_thousands_point() -> None:
    assert formats.localize(Decimal("1234567.5")) == "1.234.567,5"


def test_the_week_begins_on_monday_and_a_date_is_read_day_first() -> None:
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
    assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "home" / "secret-key"

    made = read_or_make_key(file)
    read_or_make_key.cache_clear()

    assert read_or_make_key(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"]


def test_where_nothing_can_be_written_the_key_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")

    assert len(read_or_make_key(tmp_path / "home" / "secret-key")) >= 64


def test_sqlite_takes_the_write_lock_first_and_writes_durably() -> None:
    options = database_settings(url="", file=Path("kecan.sqlite3"))["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "secure_delete=ON" in options["init_command"]  # what is forgotten is gone


def test_an_address_names_a_postgresql_database() -> None:
    found = database_settings(
        url="postgresql://ng%C6%B0%E1%BB%9Di:m%40t@may:5433/kecan?sslmode=require",
        file=Path("kecan.sqlite3"),
    )

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("người", "m@t")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("may", "5433", "kecan")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_the_connection_pool_is_off_unless_asked_for() -> None:
    found = database_settings(
        url="postgres:///kecan?host=/run/db&pool=true", file=Path("kecan.sqlite3")
    )

    assert found["HOST"] == "/run/db"
    assert found["OPTIONS"] == {"pool": True}


def test_another_kind_of_address_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database_settings(url="mysql://x/y", file=Path("kecan.sqlite3"))
