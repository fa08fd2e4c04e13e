"""The forms of accounts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.password_validation import validate_password

if TYPE_CHECKING:
    from kecan.web.accounts.models import User


class SignInForm(forms.Form):
    login = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_login(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["login"])


def _password(label: str, kind: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class PasswordForm(forms.Form):
    """The present password, and the new one twice."""

    present = _password("Mật khẩu hiện tại", "current-password")
    new = _password("Mật khẩu mới", "new-password")
    again = _password("Mật khẩu mới, lần nữa", "new-password")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            message = "Mật khẩu hiện tại không đúng."
            raise forms.ValidationError(message)
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            message = "Hai lần nhập mật khẩu mới không giống nhau."
            raise forms.ValidationError(message)
        return again
