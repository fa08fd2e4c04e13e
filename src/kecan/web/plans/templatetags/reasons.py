"""How coded reasons are written for people to read."""

from __future__ import annotations

from django import template

from kecan.regulations.review import RemovalReason

register = template.Library()


@register.filter
def reason_title(value: str) -> str:
    return RemovalReason(value).label.vi
