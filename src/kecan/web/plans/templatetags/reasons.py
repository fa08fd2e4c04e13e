"""How reasons, outcomes and confidences are written for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kecan.regulations.review import RemovalReason
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import CONFIDENCES, OUTCOMES
from kecan.vocabulary import Confidence
from kecan.web.organisation.templatetags.written import vi_date
from kecan.web.plans.judgements import BADGES

if TYPE_CHECKING:
    from kecan.web.plans.models import PlanDecision

register = template.Library()


@register.filter
def reason_title(value: str) -> str:
    return RemovalReason(value).label.vi


@register.filter
def outcome_words(value: str) -> str:
    return OUTCOMES[Outcome(value)].vi


@register.filter
def outcome_badge(value: str) -> str:
    return BADGES[Outcome(value)]


@register.filter
def confidence_words(value: str) -> str:
    return CONFIDENCES[Confidence(value)].vi


@register.filter
def decision_words(decision: PlanDecision) -> str:
    """Return a decision as officials name it; one that was kept with its day keeps it."""
    number = decision.number
    if number[:1].isdigit():
        number = f"Quyết định số {number}"
    dated = vi_date(decision.dated)
    return number if not dated or dated in number else f"{number} ngày {dated}"
