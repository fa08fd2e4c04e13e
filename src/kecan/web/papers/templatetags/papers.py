"""``{% round_papers round %}`` and ``{% conference_papers conference %}``: the links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from kecan.web.papers.access import conference_papers_for, round_papers_for
from kecan.web.papers.ballot_paper import has_sheet_ids
from kecan.web.papers.catalogue import BallotPaper
from kecan.web.permissions import Permission, may

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.web.conferences.models import Conference
    from kecan.web.plans.models import PlanningRound

register = template.Library()


@register.inclusion_tag("papers/links.html", takes_context=True)
def round_papers(
    context: Mapping[str, Any],
    planning_round: PlanningRound,
    *,
    heading: str = "Văn bản",
    level: int = 2,
) -> dict[str, object]:
    """List the papers of a round the account may have, each in both formats."""
    user = context["request"].user
    return {
        "heading": heading,
        "level": level,
        "papers": round_papers_for(user, planning_round),
        "address": "papers:round_paper",
        "number": planning_round.pk,
        "enters": may(user, Permission.MANAGE_ROUND, unit_key=planning_round.unit.key),
    }


@register.inclusion_tag("papers/links.html", takes_context=True)
def conference_papers(
    context: Mapping[str, Any],
    conference: Conference,
    *,
    heading: str = "Văn bản",
    level: int = 2,
) -> dict[str, object]:
    """List the papers of a conference the account may have, each in both formats."""
    papers = conference_papers_for(context["request"].user, conference)
    return {
        "heading": heading,
        "level": level,
        "papers": papers,
        "prints": any(isinstance(one, BallotPaper) for one in papers),
        "has_sheet_ids": has_sheet_ids(conference),
        "address": "papers:conference_paper",
        "number": conference.pk,
        "enters": False,
    }
