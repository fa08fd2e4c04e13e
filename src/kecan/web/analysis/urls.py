"""Addresses of the analyses of a round."""

from __future__ import annotations

from django.urls import path

from kecan.web.analysis import (
    views,
    views_ahead,
    views_branches,
    views_files,
    views_tables,
)

app_name = "analysis"
_BRANCHES = "dot/<int:round_id>/phuong-an-thu/"
_BRANCH = f"{_BRANCHES}<int:branch_id>/"
urlpatterns = [
    path("dot/<int:round_id>/phuong-an/", views.slate_board, name="slate_board"),
    path("dot/<int:round_id>/phuong-an/nhan/", views.slate_adopt, name="slate_adopt"),
    path("dot/<int:round_id>/co-cau/", views_tables.structure_show, name="structure"),
    path("dot/<int:round_id>/thieu-hut/", views_tables.gap_show, name="gaps"),
    path("dot/<int:round_id>/can-xem-xet/", views_tables.queue_show, name="queue"),
    path("dot/<int:round_id>/du-bao/", views_ahead.forecast_show, name="forecast"),
    path("dot/<int:round_id>/so-sanh/", views_ahead.trial_show, name="trial"),
    path(
        "dot/<int:round_id>/tai-bang/<slug:page>/",
        views_files.tables_download,
        name="tables",
    ),
    path("dot/<int:round_id>/chuoi/", views_ahead.chain_show, name="chain"),
    path(_BRANCHES, views_branches.branch_list, name="branches"),
    path(f"{_BRANCHES}luu/", views_branches.branch_make, name="branch_make"),
    path(_BRANCH, views_branches.branch_show, name="branch"),
    path(f"{_BRANCH}doi/", views_branches.branch_change, name="branch_change"),
    path(f"{_BRANCH}bo/", views_branches.branch_drop, name="branch_drop"),
    path(f"{_BRANCH}ten/", views_branches.branch_rename, name="branch_rename"),
    path(f"{_BRANCH}da-xem/", views_branches.branch_look_over, name="branch_look_over"),
    path(f"{_BRANCH}xoa/", views_branches.branch_delete, name="branch_delete"),
]
