"""``kecan forecast``: who retires and drops out, month by month, and what is left."""

from __future__ import annotations

from fractions import Fraction
from random import Random  # seeded by an option
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import month, refuse
from kecan.cli.options import (
    JUDGED,
    AsJson,
    AsOf,
    Lang,
    Opened,
    Output,
    Overlays,
    Rules,
    Source,
    TermLabels,
    judging,
    open_workbook,
    read_terms,
)
from kecan.cli.progress import progress_bar
from kecan.cli.table_output import Report, show
from kecan.planning.forecast import Forecast, forecast
from kecan.planning.forecast_tables import (
    bench_table,
    calendar_table,
    composition_table,
    drop_out_table,
    marked_months,
    range_table,
    retirement_table,
)
from kecan.planning.horizon import Horizon, end_of_terms
from kecan.planning.lists import plan_lists
from kecan.planning.simulation import Chance, posts_left_with_nobody
from kecan.planning.tables import Table
from kecan.vocabulary import Language, Month, Sentence, TermPair

_RUNS = 500
_ASSUMED = Sentence(
    "Dự báo chỉ dựa vào việc đã có ngày: tuổi nghỉ hưu, thời điểm tính tuổi, thời hạn "
    "kỷ luật, hiệu lực quy định; giả định các năm tới xếp loại như năm gần nhất.",
    "Only what is dated counts: retirement, reference months, the end of disciplines, "
    "the rules in force; years to come are taken to be rated like the latest one.",
)

Until = Annotated[
    str | None,
    typer.Option(help="Tháng cuối; mặc định hết nhiệm kỳ sau cùng."),
]
At = Annotated[
    list[str] | None,
    typer.Option("--month", help="Chỉ xem các tháng này; ghi nhiều lần được."),
]


LeavingRate = Annotated[
    float | None,
    typer.Option(help="Tỷ lệ người thôi việc mỗi năm do đơn vị giả định, ví dụ 0.03."),
]
Runs = Annotated[int, typer.Option(min=1, help="Số lần mô phỏng.")]
Seed = Annotated[int, typer.Option(help="Số gieo của mô phỏng.")]


@app.command("forecast")
def forecast_command(
    workbook: Source,
    term: TermLabels,
    rules: Rules = None,
    as_of: AsOf = None,
    output: Output = None,
    overlay: Overlays = None,
    until: Until = None,
    at: At = None,
    leaving_rate: LeavingRate = None,
    runs: Runs = _RUNS,
    seed: Seed = 1,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Dự báo theo tháng: ai nghỉ hưu, ai hết điều kiện, chức danh nào thiếu người."""
    terms = tuple(read_terms(label, language=lang) for label in term)
    opened = open_workbook(
        workbook,
        rules=rules,
        as_of=as_of,
        overlay=overlay,
        output=output,
        language=lang,
    )
    horizon = _horizon(opened, terms, until=until, language=lang)
    months = _months(horizon, at=at, language=lang)
    chance = _chance(leaving_rate, runs=runs, language=lang)
    with progress_bar(JUDGED.in_language(lang)) as move:
        found = judging(lang, lambda: forecast(horizon, tell=move))
    tables = _tables(found, months)
    if chance is not None:
        tables = (*tables, _ranges(found, months, chance=chance, seed=seed))
    report = Report(
        command="forecast",
        packs=(opened.pack,),
        as_of=opened.on,
        tables=tables,
        remarks=(_ASSUMED,),
        language=lang,
    )
    show(report, output=output, as_json=as_json)


def _tables(found: Forecast, months: tuple[Month, ...]) -> tuple[Table, ...]:
    horizon = found.horizon
    lists = plan_lists(horizon.register, terms=horizon.terms, as_of=horizon.today)
    return (
        retirement_table(horizon),
        calendar_table(horizon),
        drop_out_table(found, lists=lists),
        bench_table(found, lists=lists, months=months),
        composition_table(found, lists=lists, months=months),
    )


def _horizon(
    opened: Opened,
    terms: tuple[TermPair, ...],
    *,
    until: str | None,
    language: Language,
) -> Horizon:
    if until is None:
        last = end_of_terms(terms, on=opened.on)
    else:
        last = month(until, option="--until", language=language)
    first = Month.of(opened.on)
    if last < first:
        refuse(
            Sentence(
                f"--until: {last.vi} trước tháng bắt đầu dự báo {first.vi}.",
                f"--until: {last} lies before the first month, {first}.",
            ),
            language,
        )
    return Horizon(
        register=opened.register,
        pack=opened.pack,
        today=opened.on,
        terms=terms,
        last=last,
    )


def _months(
    horizon: Horizon, *, at: list[str] | None, language: Language
) -> tuple[Month, ...]:
    if not at:
        return marked_months(horizon)
    months = [month(one, option="--month", language=language) for one in at]
    for one in months:
        if not horizon.first <= one <= horizon.last:
            refuse(
                Sentence(
                    f"--month: {one.vi} ngoài khoảng dự báo "
                    f"{horizon.first.vi} - {horizon.last.vi}.",
                    f"--month: {one} is outside {horizon.first} - {horizon.last}.",
                ),
                language,
            )
    return tuple(sorted(set(months)))


def _chance(rate: float | None, *, runs: int, language: Language) -> Chance | None:
    if rate is None:
        return None
    try:
        return Chance(yearly_rate=Fraction(str(rate)), runs=runs)
    except ValueError:
        refuse(
            Sentence(
                f"--leaving-rate: {rate} phải từ 0 đến dưới 1, ví dụ 0.03.",
                f"--leaving-rate: {rate} has to be from 0 to below 1, such as 0.03.",
            ),
            language,
        )


def _ranges(
    found: Forecast, months: tuple[Month, ...], *, chance: Chance, seed: int
) -> Table:
    horizon = found.horizon
    lists = plan_lists(horizon.register, terms=horizon.terms, as_of=horizon.today)
    ranges = posts_left_with_nobody(
        found,
        lists=lists,
        months=months,
        chance=chance,
        rng=Random(seed),  # noqa: S311  # a simulation, no secret
    )
    return range_table(ranges, chance=chance)
