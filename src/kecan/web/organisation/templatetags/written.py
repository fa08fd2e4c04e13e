"""How stored dates and codes are written for people to read."""

from __future__ import annotations

from django import template

from kecan.regulations import facts, wording
from kecan.web.organisation.queries import partial_date

register = template.Library()

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
