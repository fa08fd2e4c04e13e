"""The words of the ledger's page."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

from kecan.web.audit.detail_words import Fact, facts_of
from kecan.web.audit.words import ACTIONS

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    """Return what an action is called; an action of an older release keeps its code."""
    return ACTIONS.get(action, action)


@register.filter
def entry_time(at: str) -> str:
    """Return when an entry was made in the clock of the office; a day stays a day."""
    found = datetime.fromisoformat(at)
    if found.tzinfo is None:
        return f"{found:%d/%m/%Y}"
    return f"{timezone.localtime(found):%d/%m/%Y %H:%M:%S}"


@register.filter
def entry_facts(details: str) -> list[Fact]:
    """Return what an entry tells besides its subject, in words."""
    return facts_of(details)


@register.filter
def is_cut(facts: list[Fact]) -> bool:
    """Tell whether something of an entry is only in its details as they were written."""
    return not all(one.is_whole for one in facts)
