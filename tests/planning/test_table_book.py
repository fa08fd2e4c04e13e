"""Tables as a workbook: every title becomes a sheet name Excel takes, numbers stay numbers."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from kecan.planning.table_book import write_tables
from kecan.planning.tables import Table, column
from kecan.vocabulary import Language, Sentence


def table(title: str) -> Table:
    return Table(
        key="any",
        title=Sentence(title, title),
        columns=(column("name", "Tên", "Name"), column("people", "Số", "People")),
        rows=(("=1+1", 3),),
    )


def written(*titles: str) -> CalamineWorkbook:
    stream = BytesIO()
    basis = [Sentence("Xét tại ngày 10/05/2022.", "As of 10/05/2022.")]
    write_tables(stream, map(table, titles), basis=basis, language=Language.VI)
    return CalamineWorkbook.from_filelike(BytesIO(stream.getvalue()))


def test_a_title_loses_what_no_sheet_may_be_called() -> None:
    book = written("Phương án: đợt này → phương án thử", "9/10 lần [giả định]?*\\")

    assert book.sheet_names[1:] == [
        "Phương án đợt này → phương án t",
        "9 10 lần giả định",
    ]


def test_titles_alike_in_their_first_letters_stay_apart() -> None:
    long = "Người trong quy hoạch đổi kết quả xét"

    book = written(long, f"{long} lần nữa", long.upper())

    names = book.sheet_names[1:]
    assert len({one.casefold() for one in names}) == 3
    assert max(map(len, names)) <= 31


def test_text_that_looks_like_a_formula_stays_text() -> None:
    (_, row) = written("Bảng").get_sheet_by_index(1).to_python()

    assert row == ["=1+1", 3.0]


def test_a_row_with_wrapped_text_is_given_its_height_and_prints_on_one_page_wide() -> (
    None
):
    stream = BytesIO()
    wrapping = Table(
        key="any",
        title=Sentence("Bảng", "Table"),
        columns=(column("why", "Lý do", "Why"), column("people", "Số", "People")),
        rows=(("một lý do dài " * 10, 3), ("ngắn", 1)),
    )
    write_tables(stream, [wrapping], basis=[], language=Language.VI)

    sheet = ZipFile(stream).read("xl/worksheets/sheet2.xml").decode()

    heights = dict(re.findall(r'<row r="(\d+)"[^>]*? ht="(\d+)"', sheet))
    assert int(heights["2"]) >= 3 * int(heights.get("3", "15"))
    assert 'fitToHeight="0"' in sheet
    assert 'orientation="landscape"' in sheet
