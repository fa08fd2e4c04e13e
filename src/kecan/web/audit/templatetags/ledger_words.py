"""The words of the ledger's page."""

from __future__ import annotations

from django import template

from kecan.web.audit.words import ACTIONS

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    """Return what an action is called; an action of an older release keeps its code."""
    return ACTIONS.get(action, action)
