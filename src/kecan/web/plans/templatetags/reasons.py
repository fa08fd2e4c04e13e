"""How reasons, outcomes and confidences are written for people to read."""

from __future__ import annotations

from django import template

from kecan.regulations.review import RemovalReason
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import CONFIDENCES, OUTCOMES
from kecan.vocabulary import Confidence
from kecan.web.plans.judgements import BADGES

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
