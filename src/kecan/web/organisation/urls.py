"""Addresses of the register; a dossier and a post's page also need the plan."""

from __future__ import annotations

from django.urls import path

from kecan.web.organisation import views

urlpatterns = [
    path("can-bo/", views.person_list, name="person_list"),
    path("chuc-danh/", views.post_list, name="post_list"),
]
