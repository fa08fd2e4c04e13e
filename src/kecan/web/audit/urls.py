"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from kecan.web.audit import views

urlpatterns = [path("nhat-ky/", views.ledger_entries, name="ledger_entries")]
