"""Addresses of the analyses of a round."""

from __future__ import annotations

from django.urls import path

from kecan.web.analysis import views

app_name = "analysis"
urlpatterns = [
    path("dot/<int:round_id>/phuong-an/", views.slate_board, name="slate_board"),
    path("dot/<int:round_id>/phuong-an/nhan/", views.slate_adopt, name="slate_adopt"),
]
