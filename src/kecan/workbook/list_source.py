"""Opening somebody else's list: CSV in its usual encodings, or XLSX."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence
from kecan.workbook.container import LARGEST_FILE, Grid, RawWorkbook, load_workbook
from kecan.workbook.dates import EPOCH_1900
from kecan.workbook.findings import WorkbookUnreadableError
from kecan.workbook.text import has_legacy_letters

if TYPE_CHECKING:
    from pathlib import Path

    from kecan.workbook.cells import Cell

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",;\t|"
_LINES_TRIED = 30
_CSV_ENDINGS = (".csv", ".txt", ".tsv")


def load_list(path: Path) -> RawWorkbook:
    """Read a CSV or XLSX file as grids of cells; a CSV file is one grid.

    Raises:
        WorkbookUnreadableError: If the file is missing, empty, too large, in an
            encoding that cannot be told, or neither CSV nor XLSX.
    """
    if path.suffix.lower() not in _CSV_ENDINGS:
        return load_workbook(path)
    text = _decode(_content(path), path.name)
    rows = _rows(text, path.name)
    return RawWorkbook(grids=(Grid(title="CSV", rows=rows),), epoch=EPOCH_1900)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise WorkbookUnreadableError(
                Sentence(
                    f"Tệp {path.name} lớn hơn {LARGEST_FILE // 2**20} MB.",
                    f"{path.name} is larger than {LARGEST_FILE // 2**20} MB.",
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise WorkbookUnreadableError(
            Sentence(
                f"Không mở được tệp {path}: không có tệp này hoặc không có quyền đọc.",
                f"Cannot open {path}: it does not exist or may not be read.",
            )
        ) from error
    if not content.strip():
        raise WorkbookUnreadableError(
            Sentence(f"Tệp {path.name} rỗng.", f"{path.name} is empty.")
        )
    return content


def _decode(content: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if b"\0" in content[:200]:
        is_little = content[1:2] == b"\0"
        return _decoded(content, "utf-16-le" if is_little else "utf-16-be", name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_vietnamese(content, name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise WorkbookUnreadableError(_unknown_encoding(name)) from error


def _windows_vietnamese(content: bytes, name: str) -> str:
    """Decode Windows-1258, refused where TCVN3 or VNI bytes would pass for it."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise WorkbookUnreadableError(_unknown_encoding(name)) from error
    if any(map(unicodedata.combining, text)) or has_legacy_letters(text):
        raise WorkbookUnreadableError(_unknown_encoding(name))
    return text


def _unknown_encoding(name: str) -> Sentence:
    return Sentence(
        f"Tệp {name} không phải Unicode (có thể là TCVN3 hoặc VNI); hãy chuyển mã sang "
        "Unicode rồi lưu dạng CSV UTF-8.",
        f"{name} is not Unicode (perhaps TCVN3 or VNI); convert it and save as CSV "
        "UTF-8.",
    )


def _rows(text: str, name: str) -> list[list[Cell]]:
    lines = text.splitlines()[:_LINES_TRIED]
    best = max(_DELIMITERS, key=lambda one: _agreement(lines, one))
    try:
        parsed = csv.reader(io.StringIO(text, newline=""), delimiter=best)
        return [[*row] for row in parsed]
    except csv.Error as error:
        raise WorkbookUnreadableError(
            Sentence(
                f"Tệp {name} không đọc được theo dạng CSV ({error}).",
                f"{name} cannot be read as CSV ({error}).",
            )
        ) from error


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Rank a delimiter: lines cut into as many cells as most lines, then cells."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return 0, 0
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0, 0
    usual = max(set(cut), key=lambda width: (cut.count(width), width))
    return cut.count(usual), usual
