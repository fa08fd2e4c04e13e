"""Tables on the terminal, in an XLSX file (one sheet each) and as JSON."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table as ScreenTable

from kecan.cli.inputs import print_json, write_json, write_output
from kecan.planning.table_book import write_tables
from kecan.planning.tables import Table, in_words
from kecan.regulations.pack import RulePack
from kecan.vocabulary import Language, Sentence

_MOST_ROWS_ON_SCREEN = 200
_WIDTH_IN_A_PIPE = 180
_LONG_ON_SCREEN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a command found: the rules and the day it rests on, remarks, tables."""

    command: str
    packs: tuple[RulePack, ...]
    as_of: date
    tables: tuple[Table, ...]
    remarks: tuple[Sentence, ...] = ()
    language: Language = Language.VI

    def say(self, sentence: Sentence) -> str:
        """Return ``sentence`` in the language of the report."""
        return sentence.in_language(self.language)


def show(report: Report, *, output: Path | None, as_json: bool) -> None:
    """Write the file asked for, then print tables or JSON."""
    if output is not None:
        _write_file(report, output)
    if as_json:
        print_json(document(report))
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_IN_A_PIPE)
    for pack in report.packs:
        console.print(report.say(pack.title), highlight=False)
    for remark in report.remarks:
        console.print(report.say(remark), highlight=False)
    for table in report.tables:
        _print_table(table, report=report, console=console)
    if output is not None:
        console.print(report.say(Sentence(f"Đã ghi {output}.", f"Wrote {output}.")))


def document(report: Report) -> dict[str, object]:
    """Return the report for machines: a list of rows for each table, by its key."""
    return {
        "command": report.command,
        "as_of": report.as_of.isoformat(),
        "rules": [
            {"key": pack.key, "title": report.say(pack.title)} for pack in report.packs
        ],
        "remarks": [report.say(one) for one in report.remarks],
        "tables": {
            table.key: [
                {
                    column.key: None
                    if cell is None
                    else in_words(cell, report.language)
                    for column, cell in zip(table.columns, row, strict=True)
                }
                for row in table.rows
            ]
            for table in report.tables
        },
    }


def _print_table(table: Table, *, report: Report, console: Console) -> None:
    shown = ScreenTable(title=report.say(table.title))
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        numbers = [one for one in cells if one is not None]
        is_number = bool(numbers) and all(isinstance(one, int) for one in numbers)
        shown.add_column(
            report.say(column.heading),
            overflow="fold",
            justify="right" if is_number else "left",
            min_width=_LONG_ON_SCREEN if column.is_long else None,
        )
    for row in table.rows[:_MOST_ROWS_ON_SCREEN]:
        shown.add_row(*(str(in_words(cell, report.language)) for cell in row))
    console.print(shown)
    if not table.rows:
        console.print(report.say(Sentence("Không có.", "None.")))
    hidden = len(table.rows) - _MOST_ROWS_ON_SCREEN
    if hidden > 0:
        console.print(report.say(_too_long(hidden)))


def _too_long(hidden: int) -> Sentence:
    return Sentence(
        f"Còn {hidden} dòng; dùng -o để ghi đủ ra tệp.",
        f"{hidden} more rows; use -o to write them all.",
    )


def _write_file(report: Report, path: Path) -> None:
    def fill(unfinished: Path) -> None:
        if path.suffix.lower() == ".xlsx":
            basis = (*(pack.title for pack in report.packs), *report.remarks)
            with unfinished.open("wb") as stream:
                write_tables(
                    stream, report.tables, basis=basis, language=report.language
                )
        else:
            write_json(unfinished, document(report))

    write_output(path, fill, language=report.language)
