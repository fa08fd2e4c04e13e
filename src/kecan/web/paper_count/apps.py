"""The app of the scanned count."""

from __future__ import annotations

from django.apps import AppConfig


class PaperCountConfig(AppConfig):
    name = "kecan.web.paper_count"
    label = "paper_count"
