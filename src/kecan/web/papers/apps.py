"""Django's handle on the app."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "kecan.web.papers"
