"""``{% term "mức đạt" "Mức đạt" %}``: words with their explanation, and a way to it."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html

from kecan.web.glossary.queries import term_named

register = template.Library()


@register.simple_tag
def term(words: str, shown: str = "") -> str:
    """Return the words with their explanation; the bare words where there is none."""
    found = term_named(words)
    if found is None:
        return shown or words
    return format_html(
        '<a class="term" href="{}#{}" title="{}">{}</a>',
        reverse("term_list"),
        found.anchor,
        found.explained,
        shown or words,
    )
