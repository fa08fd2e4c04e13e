"""The forms of accounts."""

from __future__ import annotations

import unicodedata

from django import forms


class SignInForm(forms.Form):
    login = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
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
