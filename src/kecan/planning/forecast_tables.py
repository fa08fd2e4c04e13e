"""A forecast as tables: retirements, drop-outs, what stands behind the posts, shares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.planning.months import (
    benches,
    drop_outs,
    eligible_counts,
    meters_in,
    vacancies,
)
from kecan.planning.tables import Table, column
from kecan.regulations.wording import CRITERIA, OUTCOMES
from kecan.vocabulary import Month, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.planning.forecast import Forecast
    from kecan.planning.horizon import Horizon
    from kecan.planning.lists import PlanList
    from kecan.planning.months import Bench
    from kecan.planning.simulation import Chance, Range
    from kecan.planning.svg_lines import Line
    from kecan.planning.tables import Cell

_JANUARY = 1
_MONTHS = range(1, 13)
_YEARS = 10


def marked_months(horizon: Horizon) -> tuple[Month, ...]:
    """Return the months a table shows: the first, each January, each reference month."""
    marks = {horizon.first, horizon.last}
    marks |= {month for month in horizon.months if month.month == _JANUARY}
    marks |= {
        value.month
        for value in horizon.pack.all_parameters()
        if isinstance(value.value, Month)
        and any(
            value.scope.term == pair.on(line).label
            for pair in horizon.terms
            for line in (pair.party.line, pair.government.line)
        )
    }
    return tuple(sorted(one for one in marks if horizon.first <= one <= horizon.last))


def line_table(
    months: Sequence[Month], lines: Sequence[Line], *, shown: Sequence[Month]
) -> Table:
    """Return the figures behind lines over months, a row for each month ``shown``."""
    places = {month: place for place, month in enumerate(months)}
    return Table(
        key="lines",
        title=Sentence("Số liệu của biểu đồ", "Figures of the chart"),
        columns=(
            column("month", "Tháng", "Month"),
            *(
                column(f"line_{number}", _capital(line.label), _capital(line.label))
                for number, line in enumerate(lines, start=1)
            ),
        ),
        rows=tuple(
            (month.vi, *(line.values[places[month]] for line in lines))
            for month in shown
        ),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def retirement_table(horizon: Horizon) -> Table:
    """Return who retires in which month, and the offices that fall vacant."""
    return Table(
        key="retirements",
        title=Sentence("Lịch nghỉ hưu", "Retirements"),
        columns=(
            column("month", "Tháng", "Month"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Họ và tên", "Name"),
            column("born", "Sinh", "Born"),
            column("offices", "Chức vụ sẽ trống", "Offices left", is_long=True),
        ),
        rows=tuple(
            (
                one.month.vi,
                one.person.person_id,
                one.person.full_name,
                None if one.person.born is None else one.person.born.vi,
                "; ".join(office.title for office in one.offices),
            )
            for one in vacancies(horizon)
        ),
    )


def calendar_table(horizon: Horizon) -> Table:
    """Return how many people retire in each month of ten years, a row a year."""
    counts = calendar(horizon)
    years = sorted({month.year for month in counts})
    return Table(
        key="calendar",
        title=Sentence("Lịch chức danh trống", "Vacancy calendar"),
        columns=(
            column("year", "Năm", "Year"),
            *(
                column(f"month_{number}", f"{number}", f"{number}")
                for number in _MONTHS
            ),
        ),
        rows=tuple(
            (
                f"{year}",
                *(counts.get(Month(year, number)) or None for number in _MONTHS),
            )
            for year in years
        ),
    )


def calendar(horizon: Horizon) -> dict[Month, int]:
    """Return how many people retire in each month of ten years from today."""
    last = horizon.first.plus(_YEARS * len(_MONTHS) - 1)
    ten_years = replace(horizon, last=last)
    counts = dict.fromkeys(ten_years.months, 0)
    for one in vacancies(ten_years):
        counts[one.month] += 1
    return counts


def range_table(ranges: Sequence[Range], *, chance: Chance) -> Table:
    """Return the ranges of a simulation, with the rate they assume."""
    rate = f"{float(chance.yearly_rate):.3f}".rstrip("0").rstrip(".")
    return Table(
        key="simulation",
        title=Sentence(
            f"Mô phỏng: mỗi năm {rate.replace('.', ',')} số người thôi việc (giả định), "
            f"{chance.runs} lần; 9/10 lần nằm trong khoảng",
            f"Simulation: {rate} of the people leave each year (assumed), "
            f"{chance.runs} runs; 9 in 10 lie in the range",
        ),
        columns=(
            column("month", "Tháng", "Month"),
            column("exact", "Chức danh hết người (chỉ theo ngày)", "Exact, dated only"),
            column("low", "Thấp", "Low"),
            column("high", "Cao", "High"),
        ),
        rows=tuple((one.month.vi, one.exact, one.low, one.high) for one in ranges),
    )


def drop_out_table(found: Forecast, *, lists: Sequence[PlanList]) -> Table:
    """Return which planned people are judged otherwise from which month, and why."""
    people = {one.person_id: one for one in found.horizon.register.people}
    return Table(
        key="drop_outs",
        title=Sentence(
            "Người trong quy hoạch đổi kết quả xét", "Planned people judged otherwise"
        ),
        columns=(
            column("month", "Từ tháng", "From"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Họ và tên", "Name"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("before", "Trước đó", "Before"),
            column("after", "Từ đó", "After"),
            column("criteria", "Do tiêu chí", "Because of"),
        ),
        rows=tuple(
            (
                one.month.vi,
                one.person_id,
                people[one.person_id].full_name,
                one.post.title,
                one.term.vi,
                OUTCOMES[one.before],
                OUTCOMES[one.after],
                _joined([CRITERIA[criterion] for criterion in one.criteria]),
            )
            for one in drop_outs(found, lists=lists)
        ),
    )


def bench_table(
    found: Forecast, *, lists: Sequence[PlanList], months: Sequence[Month]
) -> Table:
    """Return the posts that are empty or have nobody behind them in given months."""
    eligible = eligible_counts(found)
    return Table(
        key="benches",
        title=Sentence(
            "Chức danh trống hoặc không còn người kế cận",
            "Posts empty or with nobody behind them",
        ),
        columns=(
            column("month", "Tháng", "Month"),
            column("post_id", "Mã", "Id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("seats", "Vị trí", "Seats"),
            column("holders", "Còn giữ", "Still held"),
            column("planned", "Còn quy hoạch", "Still planned"),
            column("eligible", "Đủ điều kiện", "Eligible"),
        ),
        rows=tuple(
            _bench_row(month, one)
            for month in months
            for one in benches(found, lists=lists, month=month, eligible=eligible)
            if one.empty_seats or not one.planned
        ),
    )


def composition_table(
    found: Forecast, *, lists: Sequence[PlanList], months: Sequence[Month]
) -> Table:
    """Return coefficient and shares of the bodies as they will stand."""
    return Table(
        key="composition",
        title=Sentence("Hệ số, cơ cấu theo tháng", "Coefficient and shares by month"),
        columns=(
            column("month", "Tháng", "Month"),
            column("post", "Danh sách", "List"),
            column("term", "Nhiệm kỳ", "Term"),
            column("measure", "Chỉ tiêu", "Measure"),
            column("have", "Có", "Have"),
            column("of", "Trên", "Of"),
            column("need", "Cần", "Need"),
            column("more", "Còn thiếu", "More needed"),
        ),
        rows=tuple(_composition_rows(found, lists, months)),
    )


def _composition_rows(
    found: Forecast, lists: Sequence[PlanList], months: Sequence[Month]
) -> Iterator[tuple[Cell, ...]]:
    for month in months:
        for planned in lists:
            if not planned.is_of_body or month.year > planned.term.last_year:
                continue
            for meter in meters_in(found, planned=planned, month=month):
                yield (
                    month.vi,
                    planned.post.title,
                    planned.term.vi,
                    meter.title,
                    meter.have,
                    meter.of,
                    meter.need,
                    meter.more,
                )


def _bench_row(month: Month, one: Bench) -> tuple[Cell, ...]:
    return (
        month.vi,
        one.post.post_id,
        one.post.title,
        one.term.vi,
        one.post.seats,
        one.holders,
        len(one.planned),
        one.eligible,
    )


def _joined(sentences: Sequence[Sentence]) -> Sentence:
    return Sentence(
        ", ".join(one.vi for one in sentences), ", ".join(one.en for one in sentences)
    )
