"""Broken, hostile and huge files are refused with one clear sentence."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.workbook.books import PERSON, part_of, replace_part, write_book

from kecan.workbook import WorkbookUnreadableError, read_workbook, write_template
from kecan.workbook.container import (
    LARGEST_FILE,
    LARGEST_INFLATED,
    column_letter,
    load_workbook,
)

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE_PART = "xl/worksheets/sheet3.xml"


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookUnreadableError) as refused:
        read_workbook(path)
    assert refused.value.sentence.en
    return refused.value.sentence.vi


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "rỗng"),
        (b"STT;Ho ten\n1;An\n", "không phải là sổ Excel dạng .xlsx"),
        (b"PK\x03\x04 not really a zip", "bị hỏng"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000), "Excel đời cũ (.xls)"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "đặt mật khẩu",
        ),
    ],
)
def test_what_is_not_a_workbook_is_refused(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "tệp.xlsx"
    path.write_bytes(content)

    sentence = refusal(path)

    assert why in sentence
    assert "tệp.xlsx" in sentence


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "Không mở được tệp" in refusal(tmp_path / "none.xlsx")
    assert "Không mở được tệp" in refusal(tmp_path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zip.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert "bị hỏng" in refusal(path)


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    write_template(tmp_path / "book.xlsx")
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes((tmp_path / "book.xlsx").read_bytes()[:-2000])

    assert "bị hỏng" in refusal(cut)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml"]
)
def test_a_part_full_of_rubbish_is_refused(tmp_path: Path, part: str) -> None:
    write_template(tmp_path / "book.xlsx")

    changed = replace_part(tmp_path / "book.xlsx", part, b"\xff\xfe<<<rubbish")

    assert refusal(changed)


def test_a_file_larger_than_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)

    assert "tối đa là 64 MB" in refusal(path)


def _blank_rows(count: int) -> bytes:
    rows = io.StringIO()
    for row in range(3, count + 3):
        rows.write(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>')
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows.getvalue().encode() + b"</sheetData></worksheet>"
    )


def test_200_mb_of_blanks_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [PERSON]})
    blanks = b" " * (LARGEST_INFLATED + 1)
    start = time.perf_counter()
    changed = replace_part(book, PEOPLE_PART, blanks)
    packed = time.perf_counter() - start

    start = time.perf_counter()
    sentence = refusal(changed)

    assert "bung ra 192 MB" in sentence
    assert time.perf_counter() - start < packed


def test_many_formatted_blank_rows_are_passed_over(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [PERSON]})
    good = part_of(book, PEOPLE_PART)
    blanks = _blank_rows(200_000).decode()
    rows = blanks[blanks.index('<row r="4"') : blanks.index("</sheetData>")]

    changed = replace_part(
        book, PEOPLE_PART, good.replace("</sheetData>", rows + "</sheetData>").encode()
    )

    result = read_workbook(changed)
    assert result.findings == ()
    assert result.row_counts["Cán bộ"] == 1


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c s='1' r='XFD1048576' t='n'><v>1</v></c></row>",
        '<row r="1048576">' + "<c><v>1</v></c>" * 200 + "</row>",
    ],
)
def test_a_stray_cell_in_the_far_corner_is_refused_not_unrolled(
    tmp_path: Path, cell: str
) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [PERSON]})
    good = part_of(book, PEOPLE_PART)

    changed = replace_part(
        book, PEOPLE_PART, good.replace("</sheetData>", cell + "</sheetData>").encode()
    )

    assert "1048576; hãy xoá các ô lạc" in refusal(changed)


def test_formatted_blank_cells_in_the_far_corner_do_no_harm(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [PERSON]})
    good = part_of(book, PEOPLE_PART)
    corner = '<row r="1048576"><c r="XFC1048576" s="1"/><c r="XFD1048576" s="1"/></row>'

    changed = replace_part(
        book,
        PEOPLE_PART,
        good.replace("</sheetData>", corner + "</sheetData>").encode(),
    )

    assert read_workbook(changed).findings == ()


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [PERSON]})
    with zipfile.ZipFile(book) as archive:
        size = archive.getinfo(PEOPLE_PART).file_size
    content = bytearray(book.read_bytes())
    at = content.rfind(PEOPLE_PART.encode()) - 22
    assert content[at : at + 4] == size.to_bytes(4, "little")
    content[at : at + 4] = (100).to_bytes(4, "little")
    book.write_bytes(bytes(content))

    assert "bị hỏng" in refusal(book)


def test_error_values_of_formulas_are_findings_not_blanks(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [{**PERSON, "ethnicity": 7}]})
    good = part_of(book, PEOPLE_PART)
    start = good.index('<c r="G3"')
    end = good.index("</c>", start)
    bad = (
        good[:start]
        + '<c r="G3" t="e"><f>VLOOKUP(A1,B:B,1)</f><v>#N/A</v>'
        + good[end:]
    )

    result = read_workbook(replace_part(book, PEOPLE_PART, bad.encode()))

    finding = result.errors[0]
    assert (finding.cell, finding.what_is) == ("G3", "#N/A")


def test_an_error_value_beyond_the_filled_cells_is_not_lost(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", {"people": [PERSON]})
    good = part_of(book, PEOPLE_PART)
    row = "<row r='9'><c r='B9' t='e'><v>#REF!</v></c></row></sheetData>"

    changed = replace_part(
        book, PEOPLE_PART, good.replace("</sheetData>", row).encode()
    )

    grid = load_workbook(changed).grids[2]
    assert grid.rows[8][1] == "#REF!"


def test_columns_have_letters() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
        "XFD",
    ]
