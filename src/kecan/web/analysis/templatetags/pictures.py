"""Meters, pictures and tables of the planning brain, as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe

from kecan.planning.slate_words import conflict_sentence
from kecan.planning.svg import (
    Gauge,
    age_pyramid,
    bar_chart,
    calendar_chart,
    gauge,
)
from kecan.planning.svg_lines import line_chart
from kecan.planning.tables import in_words
from kecan.regulations.wording import LEVELS, OUTCOMES
from kecan.vocabulary import Language
from kecan.web.analysis.access import TITLES
from kecan.web.plans.judgements import BADGES
from kecan.web.plans.queries import pack_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from django.utils.safestring import SafeString

    from kecan.planning.meters import Meter
    from kecan.planning.slate import Conflict
    from kecan.planning.svg import AgeRow, Bar
    from kecan.planning.svg_lines import Line
    from kecan.planning.tables import Column, Table
    from kecan.regulations.verdict import Outcome
    from kecan.vocabulary import Level, Month
    from kecan.web.plans.models import PlanningRound

register = template.Library()


@register.inclusion_tag("analysis/_links.html", takes_context=True)
def analysis_tabs(
    context: Mapping[str, Any], planning_round: PlanningRound, here: str
) -> dict[str, object]:
    """Show the tabs of a round's analyses; ``here`` is the page shown."""
    tabs = [(f"analysis:{name}", title) for name, title in TITLES.items()]
    return {
        "round": planning_round,
        "tabs": tabs,
        "here": f"analysis:{here}",
        "page": here,
        "query": context["request"].GET.urlencode(),
        "not_in_force": _not_in_force(planning_round),
    }


def _not_in_force(planning_round: PlanningRound) -> str:
    """Return that the rules of a round do not hold on its day; blank where they do."""
    pack, day = pack_of(planning_round), planning_round.as_of
    if pack.is_in_force(day):
        return ""
    return (
        f"{pack.title.vi} không có hiệu lực ngày {day:%d/%m/%Y}, là thời điểm xét của "
        "đợt; số liệu ở trang này chỉ để đối chiếu và không lập phương án theo bộ này."
    )


@register.filter
def month_words(month: Month) -> str:
    return month.vi


@register.filter
def conflict_words(conflict: Conflict) -> str:
    return conflict_sentence(conflict).vi


@register.filter
def outcome_title(outcome: Outcome) -> str:
    return OUTCOMES[outcome].vi


@register.filter
def outcome_class(outcome: Outcome) -> str:
    return BADGES[outcome]


@register.simple_tag
def bar_picture(bars: Sequence[Bar], title: str) -> SafeString:
    """Draw bars with the mark each has to reach."""
    return _drawn(bar_chart(bars, title=title))


@register.simple_tag
def age_picture(rows: Sequence[AgeRow], title: str) -> SafeString:
    """Draw men and women by age, with the borders of the age bands."""
    return _drawn(age_pyramid(rows, title=title, sexes=("Nam", "Nữ")))


@register.simple_tag
def calendar_picture(counts: Mapping[Month, int], title: str) -> SafeString:
    """Draw a cell for each month, darker where more leave."""
    return _drawn(calendar_chart(counts, title=title))


@register.simple_tag
def line_picture(
    months: Sequence[Month], lines: Sequence[Line], title: str, chosen: Month
) -> SafeString:
    """Draw counts over months, with a line at the month looked at."""
    return _drawn(line_chart(months, lines, title=title, chosen=chosen))


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
    looks = [_look(table, place) for place in range(len(table.columns))]
    return {
        "table": table,
        "is_titled": is_titled,
        "is_folded": is_titled and len(table.rows) > _FOLDED,
        "columns": [
            (one.heading.vi, look)
            for one, look in zip(table.columns, looks, strict=True)
            if _is_shown(one)
        ],
        "rows": [
            [
                (in_words(cell, Language.VI), look)
                for cell, look, one in zip(row, looks, table.columns, strict=True)
                if _is_shown(one)
            ]
            for row in table.rows
        ],
    }


_NAMES = frozenset({"post", "person", "full_name", "posts"})
_WHOLE = frozenset({"term", "month", "due"})
_OUTCOMES = frozenset({"before", "after", "outcome", "clause"})
_FOLDED = 60


def _look(table: Table, place: int) -> str:
    """Return the style of a column: a number, a long text, a name, or nothing."""
    cells = [row[place] for row in table.rows if row[place] is not None]
    if cells and all(isinstance(one, int) for one in cells):
        return "number"
    one = table.columns[place]
    if one.is_long:
        return "long"
    if one.key in _NAMES:
        return "name"
    if one.key in _OUTCOMES:
        return "outcome"
    return "nowrap" if one.key in _WHOLE else ""


def _is_shown(column: Column) -> bool:
    """Keep keys of people and posts for files; a page shows names."""
    return not column.key.endswith("_id")


def _drawn(picture: str) -> SafeString:
    return mark_safe(picture)  # noqa: S308  # drawn by kecan.planning.svg, which escapes
