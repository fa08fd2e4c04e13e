"""Reading accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.web.accounts.models import RoleGrant, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def accounts() -> QuerySet[User]:
    """Return every account in the order of its login."""
    return User.objects.order_by("login").prefetch_related("grants")


def grants_in_force(user: User) -> QuerySet[RoleGrant]:
    """Return the roles the account holds now."""
    return user.grants.filter(until__isnull=True).order_by("role", "unit_key", "pk")


def names_by_login() -> dict[str, str]:
    """Return the full name of every account."""
    return dict(User.objects.values_list("login", "full_name"))


def account_by_login(login: str) -> User | None:
    """Return the account with this login, or nothing."""
    return User.objects.filter(login=login).first()


def are_one_person(logins: Iterable[str]) -> bool:
    """Tell whether among these are an account twice, or two accounts of one dossier."""
    given = list(logins)
    dossiers = (
        User.objects.filter(login__in=given)
        .exclude(person_key="")
        .values_list("person_key", flat=True)
    )
    return any(len(set(one)) < len(one) for one in (given, list(dossiers)))
