"""Addresses of the web application; each app lists its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_APPS = (
    "accounts",
    "audit",
    "glossary",
    "organisation",
    "plans",
    "conferences",
    "paper_count",
    "papers",
    "training",
    "analysis",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"kecan.web.{app}.urls"))
    for app in _APPS
    if find_spec(f"kecan.web.{app}.urls")
]
handler403 = "kecan.web.accounts.views.forbidden"
handler400 = "kecan.web.uploads.not_received"
