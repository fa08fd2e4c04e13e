"""Meters, pictures and tables of the planning brain, as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe

from kecan.planning.svg import Gauge, gauge
from kecan.planning.tables import in_words
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Language

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from kecan.planning.meters import Meter
    from kecan.planning.tables import Column, Table
    from kecan.vocabulary import Level

register = template.Library()


@register.filter
def level_words(level: Level) -> str:
    return LEVELS[level].vi


@register.simple_tag
def meter_picture(meter: Meter) -> SafeString:
    """Draw what a list has, with the legal mark on the bar."""
    drawn = Gauge(have=meter.have, of=meter.of, need=meter.need, most=meter.most)
    return _drawn(gauge(drawn, title=f"{meter.title.vi}: {meter.sentence.vi}"))


@register.simple_tag
def count_picture(have: int, of: int, title: str) -> SafeString:
    """Draw how many of all there are, all of them being the mark."""
    return _drawn(gauge(Gauge(have=have, of=of, need=of), title=title))


@register.inclusion_tag("analysis/_table.html")
def analysis_table(table: Table, *, is_titled: bool = True) -> dict[str, object]:
    """Show a table of the planning brain in Vietnamese."""
    numbers = [_is_number(table, place) for place in range(len(table.columns))]
    return {
        "table": table,
        "is_titled": is_titled,
        "columns": [
            (one.heading.vi, number)
            for one, number in zip(table.columns, numbers, strict=True)
            if _is_shown(one)
        ],
        "rows": [
            [
                (in_words(cell, Language.VI), number)
                for cell, number, one in zip(row, numbers, table.columns, strict=True)
                if _is_shown(one)
            ]
            for row in table.rows
        ],
    }


def _is_shown(column: Column) -> bool:
    """Keep keys of people and posts for files; a page shows names."""
    return not column.key.endswith("_id")


def _is_number(table: Table, place: int) -> bool:
    cells = [row[place] for row in table.rows if row[place] is not None]
    return bool(cells) and all(isinstance(one, int) for one in cells)


def _drawn(picture: str) -> SafeString:
    return mark_safe(picture)  # noqa: S308  # drawn by kecan.planning.svg, which escapes
