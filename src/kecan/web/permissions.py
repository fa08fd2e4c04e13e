"""Who may do what: one table of roles and permissions for every screen and export.

A role is granted for one unit or for the whole instance. Nobody has a permission
that no role gives; there is no superuser.
"""

from __future__ import annotations

from enum import StrEnum, unique
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

WHOLE_INSTANCE = ""
_NOT_DONE = "Phiên làm việc đã hết: việc đồng chí vừa gửi chưa được ghi. Đăng nhập rồi làm lại việc ấy."
_P = ParamSpec("_P")


class Role(TextChoices):
    """The people design.md §2 names."""

    ORGANISING_OFFICER = "organising_officer", "Cán bộ Ban Tổ chức"
    ORGANISING_HEAD = "organising_head", "Trưởng Ban Tổ chức"
    STANDING_COMMITTEE = "standing_committee", "Thường trực, Ban Thường vụ"
    DELEGATE = "delegate", "Đại biểu"
    COUNTING_COMMITTEE = "counting_committee", "Tổ kiểm phiếu"
    HIGHER_LEVEL = "higher_level", "Cấp trên"
    OFFICIAL = "official", "Cán bộ"
    AUDITOR = "auditor", "Kiểm tra"
    EDITOR = "editor", "Biên tập"
    SYSTEM_ADMINISTRATOR = "system_administrator", "Quản trị hệ thống"


@unique
class Permission(StrEnum):
    """What can be allowed."""

    VIEW_REGISTER = "view_register"
    VIEW_DOSSIER = "view_dossier"
    EDIT_REGISTER = "edit_register"
    IMPORT_REGISTER = "import_register"
    VIEW_ROUND = "view_round"
    MANAGE_ROUND = "manage_round"
    SIGN_SUBMISSION = "sign_submission"
    RUN_CONFERENCE = "run_conference"
    CHECK_IN = "check_in"
    ISSUE_BALLOTS = "issue_ballots"
    KEY_BALLOTS = "key_ballots"
    RESOLVE_COUNT = "resolve_count"
    DESTROY_IMAGES = "destroy_images"
    VIEW_RESULT = "view_result"
    VIEW_PAPERS = "view_papers"
    APPROVE_ROUND = "approve_round"
    VIEW_LEDGER = "view_ledger"
    OWN_DOSSIER = "own_dossier"
    EDIT_NEWS = "edit_news"
    ADMIN_ACCOUNTS = "admin_accounts"


_READS_EVERYTHING = frozenset(
    {
        Permission.VIEW_REGISTER,
        Permission.VIEW_DOSSIER,
        Permission.VIEW_ROUND,
        Permission.VIEW_RESULT,
        Permission.VIEW_PAPERS,
    }
)
_PREPARES = _READS_EVERYTHING | {
    Permission.EDIT_REGISTER,
    Permission.IMPORT_REGISTER,
    Permission.MANAGE_ROUND,
    Permission.CHECK_IN,
}
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ORGANISING_OFFICER: _PREPARES,
    Role.ORGANISING_HEAD: _PREPARES
    | {
        Permission.SIGN_SUBMISSION,
        Permission.RUN_CONFERENCE,
        Permission.DESTROY_IMAGES,
    },
    Role.STANDING_COMMITTEE: _READS_EVERYTHING
    | {Permission.APPROVE_ROUND, Permission.DESTROY_IMAGES},
    Role.DELEGATE: frozenset({Permission.VIEW_PAPERS}),
    Role.COUNTING_COMMITTEE: frozenset(
        {
            Permission.ISSUE_BALLOTS,
            Permission.KEY_BALLOTS,
            Permission.RESOLVE_COUNT,
        }
    ),
    Role.HIGHER_LEVEL: _READS_EVERYTHING | {Permission.APPROVE_ROUND},
    Role.OFFICIAL: frozenset({Permission.OWN_DOSSIER}),
    Role.AUDITOR: frozenset({Permission.VIEW_LEDGER}),
    Role.EDITOR: frozenset({Permission.EDIT_NEWS}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Permission.ADMIN_ACCOUNTS}),
}


class RoleHolder(Protocol):
    """A signed-in account: the roles it holds, by unit key."""

    def roles(self) -> frozenset[tuple[Role, str]]:
        """Return each role in force with its unit key, blank for the instance."""


def may(
    user: RoleHolder | AnonymousUser,
    permission: Permission,
    *,
    unit_key: str | None = None,
) -> bool:
    """Tell whether the account has a permission.

    Args:
        user: The account of the request; an anonymous one has no permission.
        permission: What is asked for.
        unit_key: The unit it is asked for. Without one, any unit will do: use that
            for menus, never to protect something that belongs to a unit.
    """
    keys = permitted_units(user, permission)
    if unit_key is None:
        return bool(keys)
    return WHOLE_INSTANCE in keys or unit_key in keys


def permitted_units(
    user: RoleHolder | AnonymousUser, permission: Permission
) -> frozenset[str]:
    """Return the keys of the units the account has a permission in.

    ``WHOLE_INSTANCE`` among them means every unit. Scope queries filter by this.
    """
    roles = getattr(user, "roles", None)
    if roles is None:
        return frozenset()
    return frozenset(
        unit_key for role, unit_key in roles() if permission in ROLE_PERMISSIONS[role]
    )


def require_permission(
    user: RoleHolder | AnonymousUser, permission: Permission, *, unit_key: str
) -> None:
    """Stop the request unless the account has the permission in the unit.

    Raises:
        PermissionDenied: Shown as the page 403.
    """
    if not may(user, permission, unit_key=unit_key):
        raise PermissionDenied


def require(
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[HttpRequest, _P], HttpResponse]],
    Callable[Concatenate[HttpRequest, _P], HttpResponse],
]:
    """Protect a view: sign in first, then hold at least one of the permissions.

    No browser keeps its answer: whoever sits down next sees nothing of it.

    The decorator does not know which unit the page is about: a view of something
    that belongs to a unit also calls :func:`require_permission`.
    """

    def protect(
        view: Callable[Concatenate[HttpRequest, _P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, _P], HttpResponse]:
        @wraps(view)
        def protected(
            request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs
        ) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not any(may(request.user, permission) for permission in permissions):
                raise PermissionDenied
            answer = view(request, *args, **kwargs)
            answer.setdefault("Cache-Control", "no-store")
            return answer

        protected.permissions = frozenset(permissions)  # type: ignore[attr-defined]
        return protected

    return protect


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask to sign in and lead back; what was sent after the session ended is not done."""
    back = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        messages.warning(request, _NOT_DONE)
        back = request.headers.get("Referer", "")
    return redirect(f"{reverse('sign_in')}?{urlencode({'next': back})}")


def template_permissions(request: HttpRequest) -> dict[str, object]:
    """Give templates ``can``: ``{% if can.MANAGE_ROUND %}``."""
    user = getattr(request, "user", None)
    return {
        "can": {
            permission.name: user is not None and may(user, permission)
            for permission in Permission
        }
    }
