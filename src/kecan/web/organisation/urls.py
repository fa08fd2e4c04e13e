"""Addresses of the register; a dossier and a post's page also need the plan."""

from __future__ import annotations

from django.urls import path

from kecan.web.organisation import views, views_accounts

urlpatterns = [
    path("can-bo/", views.person_list, name="person_list"),
    path("chuc-danh/", views.post_list, name="post_list"),
    path("tai-khoan/moi/", views_accounts.account_new, name="account_new"),
    path(
        "tai-khoan/<int:account_id>/",
        views_accounts.account_roles,
        name="account_roles",
    ),
    path(
        "tai-khoan/<int:account_id>/sua/",
        views_accounts.account_change,
        name="account_change",
    ),
    path(
        "tai-khoan/<int:account_id>/vai-tro/<int:grant_id>/thu-hoi/",
        views_accounts.role_revoke,
        name="role_revoke",
    ),
]
