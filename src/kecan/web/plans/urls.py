"""Addresses of rounds, dossiers, a post's plan and imports."""

from __future__ import annotations

from django.urls import path

from kecan.web.plans import views, views_register, views_rules

urlpatterns = [
    path("dot/", views.round_list, name="round_list"),
    path("dot/mo/", views.round_open, name="round_open"),
    path("dot/<int:round_id>/", views.round_overview, name="round_overview"),
    path("dot/<int:round_id>/buoc/", views.round_step, name="round_step"),
    path("dot/<int:round_id>/quy-dinh/", views_rules.round_rules, name="round_rules"),
    path("dot/<int:round_id>/ra-soat/", views.round_review, name="round_review"),
    path("dot/<int:round_id>/nguon/", views.round_sources, name="round_sources"),
    path("ho-so-cua-toi/", views_register.own_dossier, name="own_dossier"),
    path(
        "can-bo/<int:person_id>/", views_register.person_dossier, name="person_dossier"
    ),
    path("chuc-danh/<int:post_id>/", views_register.post_plan, name="post_plan"),
    path("nhap-ho-so/", views_register.batch_list, name="batch_list"),
    path("nhap-ho-so/mau/", views_register.workbook_template, name="workbook_template"),
    path("nhap-ho-so/nhan/", views_register.batch_accept, name="batch_accept"),
    path("nhap-ho-so/<int:number>/huy/", views_register.batch_undo, name="batch_undo"),
]
