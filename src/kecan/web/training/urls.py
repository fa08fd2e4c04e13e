"""Addresses of a round's training and rotation."""

from __future__ import annotations

from django.urls import path

from kecan.web.training import views

app_name = "training"
urlpatterns = [
    path("dot/<int:round_id>/dao-tao/", views.training_overview, name="overview"),
    path(
        "dot/<int:round_id>/dao-tao/ke-hoach/", views.training_plan, name="plan_course"
    ),
    path(
        "dot/<int:round_id>/dao-tao/muc/<int:item_id>/",
        views.training_step,
        name="item_step",
    ),
    path(
        "dot/<int:round_id>/luan-chuyen/", views.rotation_propose, name="rotation_new"
    ),
    path(
        "dot/<int:round_id>/luan-chuyen/<int:rotation_id>/",
        views.rotation_step,
        name="rotation_step",
    ),
    path(
        "dot/<int:round_id>/dao-tao/bao-cao/<int:year>/",
        views.training_report,
        name="report",
    ),
]
