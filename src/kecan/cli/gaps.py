"""``kecan gaps``: which trained people the posts ask for and the register lacks."""

from __future__ import annotations

from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.options import (
    JUDGED,
    AsJson,
    AsOf,
    Lang,
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
from kecan.planning.forecast import forecast
from kecan.planning.gap_tables import field_table, post_table, profile_table
from kecan.planning.gaps import gaps
from kecan.planning.horizon import Horizon, end_of_terms
from kecan.vocabulary import Language

Profiles = Annotated[
    bool,
    typer.Option(
        "--profiles",
        help="Thêm bảng chi tiết ngành × vị trí × lý luận × độ tuổi.",
    ),
]


@app.command("gaps")
def gaps_command(
    workbook: Source,
    term: TermLabels,
    rules: Rules = None,
    as_of: AsOf = None,
    output: Output = None,
    overlay: Overlays = None,
    profiles: Profiles = False,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Thiếu hụt nguồn: chức danh cần ngành nào, có ai, nay và đầu mỗi nhiệm kỳ."""
    terms = tuple(read_terms(label, language=lang) for label in term)
    opened = open_workbook(
        workbook,
        rules=rules,
        as_of=as_of,
        overlay=overlay,
        output=output,
        language=lang,
    )
    horizon = Horizon(
        register=opened.register,
        pack=opened.pack,
        today=opened.on,
        terms=terms,
        last=end_of_terms(terms, on=opened.on),
    )
    with progress_bar(JUDGED.in_language(lang)) as move:
        found = judging(lang, lambda: gaps(forecast(horizon, tell=move)))
    tables = [field_table(found), post_table(found)]
    if profiles:
        tables.append(profile_table(found))
    report = Report(
        command="gaps",
        packs=(opened.pack,),
        as_of=opened.on,
        tables=tuple(tables),
        language=lang,
    )
    show(report, output=output, as_json=as_json)
