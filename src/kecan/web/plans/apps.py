"""Django's handle on the app."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "kecan.web.plans"

    def ready(self) -> None:
        """Tell the ledger what the states of a round are called."""
        from kecan.web.audit.detail_words import hand_in_words  # noqa: PLC0415
        from kecan.web.plans.models import RoundState  # noqa: PLC0415  models first

        for key in ("from", "to"):
            hand_in_words(key, {one.value: str(one.label) for one in RoundState})
