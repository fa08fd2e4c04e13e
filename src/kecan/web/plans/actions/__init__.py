"""The verbs of a planning round; each writes whole, with one ledger entry."""

from __future__ import annotations

from kecan.web.plans.actions.approval import (
    appraise,
    approve_round,
    begin_conferences,
    conclude_conferences,
    request_approval,
    withdraw_approval_request,
)
from kecan.web.plans.actions.proposals import (
    propose,
    sign_submission,
    withdraw_proposal,
)
from kecan.web.plans.actions.register import import_workbook, undo_workbook
from kecan.web.plans.actions.review import (
    confirm_review_item,
    finish_review,
    run_review,
)
from kecan.web.plans.actions.rounds import (
    RoundDraft,
    open_round,
    reopen_round,
    request_reopening,
    withdraw_reopening_request,
)
from kecan.web.plans.actions.rules import enter_rule_value

__all__ = [
    "RoundDraft",
    "appraise",
    "approve_round",
    "begin_conferences",
    "conclude_conferences",
    "confirm_review_item",
    "enter_rule_value",
    "finish_review",
    "import_workbook",
    "open_round",
    "propose",
    "reopen_round",
    "request_approval",
    "request_reopening",
    "run_review",
    "sign_submission",
    "undo_workbook",
    "withdraw_approval_request",
    "withdraw_proposal",
    "withdraw_reopening_request",
]
