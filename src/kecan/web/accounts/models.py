"""Accounts and the roles they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from kecan.web.permissions import Role


class User(AbstractBaseUser):
    """An account. What it may do comes from its grants alone."""

    login = models.CharField("tên đăng nhập", max_length=150)
    full_name = models.CharField("họ và tên", max_length=150)
    person_key = models.CharField("mã hồ sơ cán bộ", max_length=80, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = BaseUserManager["User"]()

    class Meta:
        ordering = ["login"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["login"], name="account_login_is_unique"),
            models.CheckConstraint(
                condition=~Q(login=""), name="account_login_is_not_blank"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def roles(self) -> frozenset[tuple[Role, str]]:
        """Return each role in force with its unit key, read once for the request."""
        return self._roles

    @cached_property
    def _roles(self) -> frozenset[tuple[Role, str]]:
        in_force = self.grants.filter(until__isnull=True)
        return frozenset(
            (Role(role), unit_key)
            for role, unit_key in in_force.values_list("role", "unit_key")
        )


class RoleGrant(models.Model):
    """A role an account holds, in one unit or the whole instance, until revoked."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField("vai trò", max_length=40, choices=Role)
    unit_key = models.CharField("đơn vị", max_length=80, blank=True)
    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)  # exclusive

    class Meta:
        ordering = ["user__login", "role", "unit_key", "since", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="grant_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="grant_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit_key"],
                condition=Q(until__isnull=True),
                name="grant_in_force_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.login}: {self.get_role_display()}"
