"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from kecan.web.accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("doi-mat-khau/", views.password_change, name="password_change"),
    path("tai-khoan/", views.account_list, name="account_list"),
]
