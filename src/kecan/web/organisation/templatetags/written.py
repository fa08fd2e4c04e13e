"""How stored dates and codes are written for people to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from kecan.regulations import facts, wording
from kecan.web.organisation.queries import partial_date

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()
_TERM = re.compile(r"\d{4} - \d{4}")

TRAININGS = {
    facts.TrainingKind.PROFESSION: "Chuyên môn",
    facts.TrainingKind.THEORY: "Lý luận chính trị",
    facts.TrainingKind.STATE_MANAGEMENT: "Quản lý nhà nước",
    facts.TrainingKind.DEFENCE: "Quốc phòng, an ninh",
    facts.TrainingKind.LANGUAGE: "Ngoại ngữ",
    facts.TrainingKind.INFORMATICS: "Tin học",
    facts.TrainingKind.OTHER: "Khác",
}


@register.filter
def terms_whole(words: object) -> SafeString:
    """Keep the years of a term ("2026 - 2031") on one line; for text, not attributes."""
    kept = _TERM.sub(
        lambda term: f'<span class="nowrap">{term[0]}</span>',
        conditional_escape(str(words)),
    )
    return mark_safe(kept)  # noqa: S308  escaped above, years added


@register.filter
def vi_date(text: str) -> str:
    """Write a stored date as an official does: ``03/1975``."""
    when = partial_date(text)
    return when.vi if when else ""


@register.filter
def vi_grade(value: str) -> str:
    return wording.GRADES[facts.RatingGrade(value)].vi


@register.filter
def vi_form(value: str) -> str:
    return wording.FORMS[facts.DisciplineForm(value)].vi


@register.filter
def vi_departure(value: str) -> str:
    return wording.DEPARTURES[facts.DepartureKind(value)].vi


@register.filter
def vi_training(value: str) -> str:
    return TRAININGS[facts.TrainingKind(value)]


@register.filter
def vi_profession(value: str) -> str:
    return wording.PROFESSIONS[facts.ProfessionLevel(value)].vi if value else ""


@register.filter
def vi_theory(value: str) -> str:
    return wording.THEORIES[facts.TheoryLevel(value)].vi if value else ""
