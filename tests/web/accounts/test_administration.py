"""How accounts come to be: the first by a command, the others by the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.conftest import PASSWORD, UNIT, client_of

from kecan.web.accounts.commands import make_first_administrator
from kecan.web.accounts.models import User
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.models import Unit
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db
LONG = "một câu dài dễ nhớ"


@pytest.fixture
def admin(administrator: User) -> Client:
    Unit.objects.create(key=UNIT, name="Huyện uỷ", kind="committee", level="district")
    return client_of(administrator)


def _first(login: str = "quantri", password: str = LONG) -> int:
    return make_first_administrator(
        login=login, full_name="Dương Văn Lộc", ask_password=lambda: password
    )


def test_the_first_account_is_an_administrator_and_in_the_ledger() -> None:
    assert _first() == 0

    made = User.objects.get(login="quantri")
    assert made.roles() == {(Role.SYSTEM_ADMINISTRATOR, "")}
    assert made.check_password(LONG)
    said = LedgerEntry.objects.values_list("action", flat=True)
    assert set(said) == {"account.created", "role.granted"}


def test_a_second_administrator_is_not_made_by_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _first()

    assert _first("khac") == 2
    assert "Đã có người quản trị" in capsys.readouterr().err
    assert User.objects.count() == 1


def test_a_weak_password_makes_no_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert _first(password="123") == 2  # noqa: S106  # refused

    assert capsys.readouterr().err.strip()
    assert not User.objects.exists()


def test_the_administrator_makes_an_account_and_gives_it_a_role(admin: Client) -> None:
    made = admin.post(
        reverse("account_new"),
        {"login": "canbo", "full_name": "Nguyễn Thu Hà", "password": LONG},
    )
    user = User.objects.get(login="canbo")
    given = admin.post(
        made["Location"], {"role": Role.ORGANISING_OFFICER, "unit_key": UNIT}
    )

    assert given.status_code == 302
    assert user.roles() == {(Role.ORGANISING_OFFICER, UNIT)}


def test_a_login_in_use_and_a_weak_password_are_refused_on_the_form(
    admin: Client, officer: User
) -> None:
    answer = admin.post(
        reverse("account_new"),
        {"login": officer.login, "full_name": "Người Khác", "password": LONG},
    )
    weak = admin.post(
        reverse("account_new"),
        {"login": "moi", "full_name": "Người Mới", "password": "123"},
    )

    assert (answer.status_code, weak.status_code) == (422, 422)
    assert "đã có người dùng" in answer.content.decode()
    assert not User.objects.filter(login="moi").exists()


def test_a_role_is_taken_back_and_given_once(admin: Client, officer: User) -> None:
    address = reverse("account_roles", args=[officer.pk])
    again = admin.post(address, {"role": Role.ORGANISING_OFFICER, "unit_key": UNIT})
    grant = officer.grants.get()

    taken = admin.post(reverse("role_revoke", args=[officer.pk, grant.pk]))

    assert again.status_code == 409
    assert taken.status_code == 302
    assert User.objects.get(pk=officer.pk).roles() == frozenset()


def test_an_unknown_unit_is_refused(admin: Client, officer: User) -> None:
    answer = admin.post(
        reverse("account_roles", args=[officer.pk]),
        {"role": Role.DELEGATE, "unit_key": "HU-99"},
    )

    assert answer.status_code == 409


def test_nobody_takes_the_own_office_of_administrator(
    admin: Client, administrator: User
) -> None:
    grant = administrator.grants.get()

    answer = admin.post(reverse("role_revoke", args=[administrator.pk, grant.pk]))

    assert answer.status_code == 409
    assert administrator.grants.filter(until__isnull=True).exists()


@pytest.mark.parametrize("who", ["secretary", "reader", "stranger", "counter"])
def test_nobody_else_touches_accounts(cast: Cast, who: str, officer: User) -> None:
    client = client_of(getattr(cast, who))
    roles = reverse("account_roles", args=[officer.pk])
    grant = officer.grants.get()

    assert client.get(reverse("account_new")).status_code == 403
    assert client.get(roles).status_code == 403
    taken = client.post(reverse("role_revoke", args=[officer.pk, grant.pk]))
    assert taken.status_code == 403


def test_everybody_changes_the_own_password_and_stays_signed_in(officer: User) -> None:
    client = client_of(officer)

    answer = client.post(
        reverse("password_change"), {"present": PASSWORD, "new": LONG, "again": LONG}
    )

    assert answer.status_code == 302
    assert User.objects.get(pk=officer.pk).check_password(LONG)
    assert "Đã đổi mật khẩu" in client.get("/").content.decode()
    assert LedgerEntry.objects.filter(action="account.password_changed").exists()


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        ("sai", LONG, LONG, "Mật khẩu hiện tại không đúng"),
        (PASSWORD, LONG, LONG + "!", "không giống nhau"),
        (PASSWORD, "123", "123", "10"),
    ],
)
def test_a_password_is_not_changed_by_mistake(
    officer: User, present: str, new: str, again: str, said: str
) -> None:
    answer = client_of(officer).post(
        reverse("password_change"), {"present": present, "new": new, "again": again}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert User.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_a_locked_account_is_out_at_once_and_back_when_reopened(
    admin: Client, officer: User
) -> None:
    theirs = client_of(officer)
    address = reverse("account_change", args=[officer.pk])

    admin.post(address, {"viec": "khoa"})
    while_locked = theirs.get("/").status_code
    admin.post(address, {"viec": "mo"})

    assert while_locked == 302
    assert theirs.get("/").status_code == 200
    said = LedgerEntry.objects.order_by("sequence").values_list("action", flat=True)
    assert list(said)[-2:] == ["account.locked", "account.reopened"]


def test_a_lost_password_is_given_anew(admin: Client, officer: User) -> None:
    address = reverse("account_change", args=[officer.pk])

    weak = admin.post(address, {"viec": "mat-khau", "password": "123"})
    admin.post(address, {"viec": "mat-khau", "password": LONG})

    assert weak.status_code == 409
    assert User.objects.get(pk=officer.pk).check_password(LONG)


def test_nobody_locks_themselves_out(admin: Client, administrator: User) -> None:
    address = reverse("account_change", args=[administrator.pk])

    assert admin.post(address, {"viec": "khoa"}).status_code == 409
    assert User.objects.get(pk=administrator.pk).is_active


def test_nobody_else_locks_an_account(cast: Cast, officer: User) -> None:
    address = reverse("account_change", args=[officer.pk])

    assert client_of(cast.secretary).post(address, {"viec": "khoa"}).status_code == 403
