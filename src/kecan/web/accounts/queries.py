"""Reading accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.web.accounts.models import RoleGrant, User

if TYPE_CHECKING:
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
