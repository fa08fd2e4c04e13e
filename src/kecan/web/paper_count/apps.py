"""The app of the scanned count."""

from __future__ import annotations

from django.apps import AppConfig


class PaperCountConfig(AppConfig):
    name = "kecan.web.paper_count"
    label = "paper_count"

    def ready(self) -> None:
        """Have what it binds here verified with the ledger; hand it the words of pages."""
        from kecan.web.audit.bound import hand_in_check  # noqa: PLC0415  models first
        from kecan.web.audit.detail_words import hand_in_words  # noqa: PLC0415
        from kecan.web.conferences.bound import (  # noqa: PLC0415
            hand_in_audit,
            hand_in_result_check,
        )
        from kecan.web.paper_count.actions.adjudicating import (  # noqa: PLC0415
            SET_ASIDE,
        )
        from kecan.web.paper_count.actions.bound_chance import (  # noqa: PLC0415
            verify_check_seeds,
            verify_dice,
        )
        from kecan.web.paper_count.actions.bound_readings import (  # noqa: PLC0415
            verify_audited_sheets,
        )
        from kecan.web.paper_count.actions.bound_results import (  # noqa: PLC0415
            result_stands,
            verify_results,
        )
        from kecan.web.paper_count.auditing import (  # noqa: PLC0415
            verdict_on_paper,
        )

        hand_in_result_check("results of counts", result_stands)
        hand_in_audit("sheets pulled", verdict_on_paper)
        hand_in_words("as", SET_ASIDE)
        hand_in_check("results of counts", verify_results)
        hand_in_check("audited sheets", verify_audited_sheets)
        hand_in_check("dice of audits", verify_dice)
        hand_in_check("seeds of checks", verify_check_seeds)
