"""Signing in and out, the first page, and the pages that say no."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import (
    authenticate,
    login,
    logout,
    update_session_auth_hash,
)
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.web.accounts.actions import (
    change_password,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)
from kecan.web.accounts.forms import PasswordForm, SignInForm
from kecan.web.accounts.models import User
from kecan.web.accounts.queries import accounts, grants_in_force
from kecan.web.navigation import links
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NO_SUCH_PAIR = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại rồi thử lại."


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        user = authenticate(
            request,
            username=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
        )
        if isinstance(user, User):
            with transaction.atomic():
                login(request, user)
                record_sign_in(user=user, at=now)
            return HttpResponseRedirect(_next_address(request))
        record_failed_sign_in(login=form.cleaned_data["login"], at=now)
        form.add_error(None, NO_SUCH_PAIR)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {"form": form, "next": _asked_address(request)}
    return render(request, "accounts/sign_in.html", page, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        record_sign_out(user=request.user, at=timezone.now())
    logout(request)
    return redirect("sign_in")


@require_safe
@require(*Permission)
def home(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  # ``require`` signed them in
    page = {
        "destinations": links(request),
        "grants": grants_in_force(request.user),
    }
    return render(request, "accounts/home.html", page)


@sensitive_post_parameters("present", "new", "again")
@never_cache
@require_http_methods(["GET", "POST"])
@require(*Permission)
def password_change(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  # ``require`` signed them in
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        changed = change_password(
            user_id=request.user.pk,
            password=form.cleaned_data["new"],
            by=request.user,
            at=timezone.now(),
        )
        update_session_auth_hash(request, changed)
        messages.success(request, "Đã đổi mật khẩu.")
        return redirect("home")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {"form": form}
    return render(request, "accounts/password_change.html", page, status=status)


@require_safe
@require(Permission.ADMIN_ACCOUNTS)
def account_list(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account_list.html", {"accounts": accounts()})


def sign_in_locked(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, str] | None = None,
) -> HttpResponse:
    """Answer for django-axes once an account was tried too often."""
    return render(
        request, "accounts/sign_in_locked.html", status=HTTPStatus.TOO_MANY_REQUESTS
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = {"reason": str(exception)}
    return render(request, "403.html", said, status=HTTPStatus.FORBIDDEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "accounts/csrf_failed.html", status=HTTPStatus.FORBIDDEN)


def _asked_address(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _next_address(request: HttpRequest) -> str:
    asked = _asked_address(request)
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else reverse("home")
