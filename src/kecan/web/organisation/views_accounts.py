"""What the system administrator does with accounts: make one, give and take roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kecan.web.accounts import actions
from kecan.web.accounts.models import User
from kecan.web.organisation.models import Unit
from kecan.web.permissions import WHOLE_INSTANCE, Permission, Role, require
from kecan.web.responses import refused, refused_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _first_password(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
    )


class AccountForm(forms.Form):
    """A new account; it may do nothing until a role is given."""

    login = forms.CharField(label="Tên đăng nhập", max_length=150)
    full_name = forms.CharField(label="Họ và tên", max_length=150)
    person_key = forms.CharField(
        label="Mã hồ sơ cán bộ (nếu là hồ sơ của chính người này)",
        max_length=80,
        required=False,
    )
    password = _first_password("Mật khẩu ban đầu")


class PasswordResetForm(forms.Form):
    """A new first password for somebody who lost theirs."""

    password = _first_password("Mật khẩu mới")


class RoleForm(forms.Form):
    """A role in one unit, or in the whole instance."""

    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    unit_key = forms.ChoiceField(label="Đơn vị", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = Unit.objects.order_by("name").values_list("key", "name")
        self.fields["unit_key"].choices = [  # type: ignore[attr-defined]
            (WHOLE_INSTANCE, "Mọi đơn vị"),
            *units,
        ]


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@require(Permission.ADMIN_ACCOUNTS)
def account_new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_user(
                **form.cleaned_data, by=_actor(request), at=timezone.now()
            )
        except actions.LoginTakenError as refusal:
            form.add_error("login", str(refusal))
        else:
            return redirect("account_roles", made.pk)
    status = 422 if form.errors else 200
    page = {"form": form}
    return render(request, "organisation/account_new.html", page, status=status)


@require_http_methods(["GET", "POST"])
@require(Permission.ADMIN_ACCOUNTS)
def account_roles(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show the roles of an account; a POST gives one more."""
    account = get_object_or_404(User, pk=account_id)
    form = RoleForm(request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            return refused_form(request, form)
        try:
            actions.grant_role(
                user_id=account.pk,
                role=Role(form.cleaned_data["role"]),
                unit_key=form.cleaned_data["unit_key"],
                since=timezone.localdate(),
                by=_actor(request),
                at=timezone.now(),
            )
        except actions.RoleAlreadyGrantedError as refusal:
            return refused(request, refusal)
        return redirect("account_roles", account.pk)
    grants = account.grants.filter(until__isnull=True)
    page = {"account": account, "grants": grants, "form": form}
    page["reset"] = PasswordResetForm()
    return render(request, "organisation/account_roles.html", page)


@require_POST
@require(Permission.ADMIN_ACCOUNTS)
def role_revoke(request: HttpRequest, account_id: int, grant_id: int) -> HttpResponse:
    account = get_object_or_404(User, pk=account_id)
    grant = get_object_or_404(account.grants.filter(until__isnull=True), pk=grant_id)
    is_own_office = grant.role == Role.SYSTEM_ADMINISTRATOR and account == request.user
    if is_own_office:
        return refused(
            request,
            "Không tự thu hồi vai trò quản trị của mình; hãy để người quản trị khác làm.",
        )
    actions.revoke_role(
        user_id=account.pk,
        role=Role(grant.role),
        unit_key=grant.unit_key,
        until=timezone.localdate(),
        by=_actor(request),
        at=timezone.now(),
    )
    return redirect("account_roles", account.pk)


@sensitive_post_parameters("password")
@require_POST
@require(Permission.ADMIN_ACCOUNTS)
def account_change(request: HttpRequest, account_id: int) -> HttpResponse:
    """Lock or reopen an account, or give it a new first password."""
    account = get_object_or_404(User, pk=account_id)
    if account == request.user:
        return refused(
            request,
            "Không tự khoá hay đặt lại tài khoản của mình ở trang này; đổi mật khẩu ở "
            "trang Đổi mật khẩu.",
        )
    step, by, at = request.POST.get("viec"), _actor(request), timezone.now()
    if step in {"khoa", "mo"}:
        actions.set_account_open(user_id=account.pk, is_open=step == "mo", by=by, at=at)
    else:
        form = PasswordResetForm(request.POST)
        if not form.is_valid():
            return refused_form(request, form)
        actions.change_password(
            user_id=account.pk, password=form.cleaned_data["password"], by=by, at=at
        )
    return redirect("account_roles", account.pk)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # ``require`` signed them in
    return request.user
