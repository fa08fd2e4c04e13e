"""The app of the scanned count."""

from __future__ import annotations

from django.apps import AppConfig


class PaperCountConfig(AppConfig):
    name = "kecan.web.paper_count"
    label = "paper_count"

    def ready(self) -> None:
        """Have the readings of audits verified with the ledger that binds them."""
        from kecan.web.audit.bound import hand_in_check  # noqa: PLC0415  models first
        from kecan.web.paper_count.actions.bound_readings import (  # noqa: PLC0415
            verify_audited_sheets,
        )

        hand_in_check("audited sheets", verify_audited_sheets)
