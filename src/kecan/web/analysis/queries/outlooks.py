"""Gaps and the forecast of a round: what the posts ask for, and what is left by a month."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random  # noqa: TID251  # a seeded simulation, no secret
from typing import TYPE_CHECKING

from kecan.planning.forecast import forecast
from kecan.planning.forecast_tables import (
    bench_table,
    calendar,
    calendar_table,
    drop_out_table,
    line_table,
    marked_months,
    range_table,
    retirement_table,
)
from kecan.planning.gap_tables import field_table, post_table, profile_table
from kecan.planning.gaps import gaps
from kecan.planning.horizon import Horizon, end_of_terms
from kecan.planning.lists import plan_lists
from kecan.planning.months import (
    benches,
    drop_outs,
    eligible_counts,
    meters_in,
    vacancies,
)
from kecan.planning.simulation import Chance, posts_left_with_nobody
from kecan.planning.svg import Bar
from kecan.planning.svg_lines import Line
from kecan.regulations.verdict import Outcome
from kecan.web.analysis.queries.registers import pair_of, register_now
from kecan.web.plans.queries import pack_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from kecan.planning.forecast import Forecast
    from kecan.planning.gaps import Gaps
    from kecan.planning.lists import PlanList
    from kecan.planning.meters import Meter
    from kecan.planning.months import Bench
    from kecan.planning.simulation import Range
    from kecan.planning.tables import Table
    from kecan.vocabulary import Month
    from kecan.web.plans.models import PlanningRound

RUNS, SEED = 500, 1


def horizon_of(planning_round: PlanningRound) -> Horizon:
    """Return the round's committee under its rules, to the end of the next term."""
    terms = tuple(pair_of(planning_round, is_next=one) for one in (False, True))
    return Horizon(
        register=register_now(planning_round),
        pack=pack_of(planning_round),
        today=planning_round.as_of,
        terms=terms,
        last=end_of_terms(terms, on=planning_round.as_of),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPage:
    """What the posts ask for and lack: a picture for each pair of terms, and tables."""

    charts: tuple[tuple[str, tuple[Bar, ...]], ...]
    fields: Table
    posts: Table
    profiles: Table | None


def gap_page(planning_round: PlanningRound, *, is_detailed: bool) -> GapPage:
    """Set supply against demand of the round's posts, now and at each term."""
    found = gaps(forecast(horizon_of(planning_round)))
    return GapPage(
        charts=tuple(_field_charts(found).items()),
        fields=field_table(found),
        posts=post_table(found),
        profiles=profile_table(found) if is_detailed else None,
    )


def _field_charts(found: Gaps) -> Mapping[str, tuple[Bar, ...]]:
    charts: dict[str, list[tuple[int, Bar]]] = {}
    for one in found.fields:
        bars = charts.setdefault(one.terms.party.vi, [])
        drawn = Bar(label=one.field, value=one.eligible, mark=one.needed)
        bars.append((-one.short, drawn))
    return {
        term: tuple(one for _, one in sorted(bars, key=lambda pair: pair[0]))
        for term, bars in charts.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthList:
    """The list of a body as it will stand in a month."""

    title: str
    term: str
    meters: tuple[Meter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPage:
    """A forecast with one month looked at closely."""

    months: tuple[Month, ...]
    marked: tuple[Month, ...]
    month: Month
    number: int
    before: Month | None
    after: Month | None
    entries: tuple[Line, ...]
    posts: tuple[Line, ...]
    bodies: tuple[MonthList, ...]
    retired: int
    dropped: int
    empty: int
    alone: int
    calendar: Mapping[Month, int]
    calendar_table: Table
    benches: Table
    line_table: Table
    every_month: Table
    drop_outs: Table
    retirements: Table
    ranges: Table | None


def forecast_page(
    planning_round: PlanningRound, *, number: int, rate: Fraction | None
) -> ForecastPage:
    """Forecast the round's plan and look at one month of it.

    Args:
        planning_round: The round.
        number: The month looked at, counted from the first; the last if beyond.
        rate: Share of people assumed to leave each year; None for dated events only.
    """
    horizon = horizon_of(planning_round)
    found = forecast(horizon)
    lists = plan_lists(horizon.register, terms=horizon.terms, as_of=horizon.today)
    months = horizon.months
    number = min(max(0, number), len(months) - 1)
    month = months[number]
    by_month = _benches_by_month(found, lists, months)
    entries = _entry_lines(by_month, months)
    posts = _post_lines(by_month, months, until=_last_year(horizon))
    marked = marked_months(horizon)
    leaving = drop_outs(found, lists=lists)
    return ForecastPage(
        months=months,
        marked=marked,
        month=month,
        number=number,
        before=months[number - 1] if number else None,
        after=months[number + 1] if number + 1 < len(months) else None,
        entries=entries,
        posts=posts,
        bodies=tuple(
            MonthList(
                title=one.post.title,
                term=one.term.vi,
                meters=meters_in(found, planned=one, month=month),
            )
            for one in lists
            if one.is_of_body and month.year <= one.term.last_year
        ),
        retired=sum(one.month <= month for one in vacancies(horizon)),
        dropped=sum(
            one.month <= month and one.after is Outcome.FAIL for one in leaving
        ),
        empty=sum(one.empty_seats for one in _once(by_month[month])),
        alone=sum(not one.planned for one in by_month[month]),
        calendar=calendar(horizon),
        calendar_table=calendar_table(horizon),
        benches=bench_table(found, lists=lists, months=(month,)),
        line_table=line_table(months, (*entries, *posts), shown=marked),
        every_month=line_table(months, (*entries, *posts), shown=months),
        drop_outs=drop_out_table(found, lists=lists),
        retirements=retirement_table(horizon),
        ranges=None
        if rate is None
        else _ranges(found, lists=lists, months=marked, rate=rate),
    )


def _benches_by_month(
    found: Forecast, lists: Sequence[PlanList], months: Sequence[Month]
) -> dict[Month, tuple[Bench, ...]]:
    eligible = eligible_counts(found)
    return {
        month: benches(found, lists=lists, month=month, eligible=eligible)
        for month in months
    }


def _entry_lines(
    by_month: Mapping[Month, Sequence[Bench]], months: Sequence[Month]
) -> tuple[Line, ...]:
    """Return entries of the plan that still stand, for each pair of first years."""
    terms = dict.fromkeys(one.term for month in months for one in by_month[month])
    return tuple(
        Line(
            label=f"lượt, nhiệm kỳ {term.vi}",
            values=tuple(
                sum(len(one.planned) for one in by_month[month] if one.term == term)
                if month.year <= term.last_year
                else None
                for month in months
            ),
        )
        for term in terms
    )


def _last_year(horizon: Horizon) -> int:
    """Return the last year in which the latest terms of both lines still run."""
    years = [
        (pair.party.last_year, pair.government.last_year) for pair in horizon.terms
    ]
    return min(max(party for party, _ in years), max(other for _, other in years))


def _post_lines(
    by_month: Mapping[Month, Sequence[Bench]], months: Sequence[Month], *, until: int
) -> tuple[Line, ...]:
    """Return posts with nobody and seats left, as long as every post has a term."""
    return (
        Line(
            label="chức danh không còn ai kế cận",
            values=tuple(
                sum(not one.planned for one in by_month[month])
                if month.year <= until
                else None
                for month in months
            ),
        ),
        Line(
            label="vị trí trống do nghỉ hưu",
            values=tuple(
                sum(one.empty_seats for one in _once(by_month[month]))
                if month.year <= until
                else None
                for month in months
            ),
        ),
    )


def _once(found: Sequence[Bench]) -> tuple[Bench, ...]:
    """Return one bench a post: seats do not depend on the term looked at."""
    return tuple({one.post.post_id: one for one in found}.values())


def _ranges(
    found: Forecast,
    *,
    lists: Sequence[PlanList],
    months: tuple[Month, ...],
    rate: Fraction,
) -> Table:
    chance = Chance(yearly_rate=rate, runs=RUNS)
    ranges: tuple[Range, ...] = posts_left_with_nobody(
        found,
        lists=lists,
        months=months,
        chance=chance,
        rng=Random(SEED),  # noqa: S311  # a simulation, no secret
    )
    return range_table(ranges, chance=chance)
