"""Opening a workbook file safely: what it is and how big it is, before it is parsed."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from kecan.vocabulary import Sentence
from kecan.workbook.dates import EPOCH_1900, EPOCH_1904, Epoch
from kecan.workbook.findings import WorkbookUnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from kecan.workbook.cells import Cell

LARGEST_FILE = 64 * 2**20
"""Bytes of the file itself."""
LARGEST_INFLATED = 192 * 2**20
"""Bytes of all the text inside, unpacked."""
MOST_CELLS = 8_000_000
"""Cells of the rectangle one sheet spans; it is held in memory whole."""

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_CHUNK = 2**20
_OVERLAP = 2**14
_FILLED = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"'][^<>]*(?<!/)>"
    rb"\s*<(?!/)"
)
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:\s(?![^<>]*\br=)[^<>]*)?>")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r=[\"']([0-9]{1,7})[\"']")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\st=[\"']e[\"'])(?:[^<>]*?\s)?r=[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']"
    rb"[^<>]*>(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"<(?:\w+:)?v>([^<]*)<"
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_USES_1904 = re.compile(r"<(?:\w+:)?workbookPr\s[^<>]*date1904=[\"'](?:1|true)[\"']")
_ALPHABET = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of one sheet from A1 on; ``merged`` are ranges counted from 0.

    A merged range is ``((first row, first column), (last row, last column))``.
    """

    title: str
    rows: list[list[Cell]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWorkbook:
    """Every sheet of a workbook file as stored, in order."""

    grids: tuple[Grid, ...]
    epoch: Epoch


def load_workbook(path: Path) -> RawWorkbook:
    """Read every sheet of the file as stored.

    Raises:
        WorkbookUnreadableError: If the file is missing, not an XLSX workbook, locked
            by a password, damaged, or too large when unpacked.
    """
    content = _content(path)
    _require_xlsx(content, path.name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = _inspect(archive, path.name)
        with CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
            grids = tuple(_grid(workbook, at, inside) for at in _sheets(workbook))
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        KeyError,
        UnicodeDecodeError,
        CalamineError,
    ) as error:
        raise WorkbookUnreadableError(_damaged(path.name)) from error
    return RawWorkbook(grids=grids, epoch=inside.epoch)


def column_letter(index: int) -> str:
    """Return the letter of the column ``index`` counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, left = divmod(index - 1, _ALPHABET)
        letters = chr(ord("A") + left) + letters
    return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inside:
    epoch: Epoch
    errors: dict[str, list[tuple[int, int, str]]]


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise WorkbookUnreadableError(
                Sentence(
                    f"Tệp {path.name} lớn {size // 2**20} MB, tối đa là "
                    f"{LARGEST_FILE // 2**20} MB.",
                    f"{path.name} is {size // 2**20} MB; the most is "
                    f"{LARGEST_FILE // 2**20} MB.",
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise WorkbookUnreadableError(
            Sentence(
                f"Không mở được tệp {path}: không có tệp này hoặc không có quyền đọc.",
                f"Cannot open {path}: it does not exist or may not be read.",
            )
        ) from error


def _require_xlsx(content: bytes, name: str) -> None:
    if not content:
        raise WorkbookUnreadableError(
            Sentence(f"Tệp {name} rỗng (0 byte).", f"{name} is empty (0 bytes).")
        )
    if content.startswith(_OLD_OFFICE):
        raise WorkbookUnreadableError(_old_or_locked(content, name))
    if not content.startswith(_ZIP):
        raise WorkbookUnreadableError(
            Sentence(
                f"Tệp {name} không phải là sổ Excel dạng .xlsx.",
                f"{name} is not an Excel workbook of the .xlsx kind.",
            )
        )


def _old_or_locked(content: bytes, name: str) -> Sentence:
    if _ENCRYPTED in content:
        return Sentence(
            f"Tệp {name} đặt mật khẩu; hãy bỏ mật khẩu rồi lưu lại.",
            f"{name} is locked by a password; remove it and save again.",
        )
    return Sentence(
        f"Tệp {name} là Excel đời cũ (.xls); hãy lưu lại dưới dạng .xlsx.",
        f"{name} is an old Excel file (.xls); save it as .xlsx.",
    )


def _damaged(name: str) -> Sentence:
    return Sentence(
        f"Tệp {name} bị hỏng hoặc không phải là sổ Excel dạng .xlsx.",
        f"{name} is damaged or not an Excel workbook of the .xlsx kind.",
    )


def _inspect(archive: zipfile.ZipFile, name: str) -> _Inside:
    texts = [
        entry
        for entry in archive.infolist()
        if entry.filename.endswith((".xml", ".rels", ".bin"))
    ]
    inflated = sum(entry.file_size for entry in texts)
    if inflated > LARGEST_INFLATED:
        raise WorkbookUnreadableError(
            Sentence(
                f"Tệp {name} bung ra {inflated // 2**20} MB, tối đa là "
                f"{LARGEST_INFLATED // 2**20} MB; hãy xoá các dòng, cột trống đã kẻ "
                "khung rồi lưu lại.",
                f"{name} unpacks to {inflated // 2**20} MB; the most is "
                f"{LARGEST_INFLATED // 2**20} MB: delete formatted blank rows and "
                "columns, then save again.",
            )
        )
    book = archive.read("xl/workbook.xml").decode("utf-8")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    errors = {
        title: _scan(archive, part, title=title, name=name)
        for title, part in _parts(book, relations)
        if part in archive.NameToInfo
    }
    epoch = EPOCH_1904 if _USES_1904.search(book) else EPOCH_1900
    return _Inside(epoch=epoch, errors=errors)


def _parts(book: str, relations: str) -> list[tuple[str, str]]:
    targets = {}
    for relation in _RELATION.findall(relations):
        found = _attributes(relation)
        targets[found.get("Id", "")] = found.get("Target", "")
    parts = []
    for sheet in _SHEET.findall(book):
        found = _attributes(sheet)
        ids = [value for key, value in found.items() if key.endswith(":id")]
        target = targets.get(ids[0], "") if ids else ""
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        parts.append((found.get("name", ""), part))
    return parts


def _attributes(tag: str) -> dict[str, str]:
    return {
        key: html.unescape(double or single)
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _scan(
    archive: zipfile.ZipFile, part: str, *, title: str, name: str
) -> list[tuple[int, int, str]]:
    """Walk a sheet without building it: refuse a huge one, list its error values."""
    extent = _Extent()
    errors: list[tuple[int, int, str]] = []
    with archive.open(part) as stream:
        kept = b""
        while chunk := stream.read(_CHUNK):
            extent.widen(kept + chunk)
            extent.count_unplaced(chunk)
            errors += _error_cells(kept + chunk)
            kept = chunk[-_OVERLAP:]
    if extent.cells > MOST_CELLS:
        place = f"{column_letter(extent.width - 1)}{extent.last}"
        raise WorkbookUnreadableError(
            Sentence(
                f"Tệp {name}, tờ {title}: dữ liệu trải tới ô {place}; hãy xoá các ô lạc "
                "ở xa rồi lưu lại.",
                f"{name}, sheet {title}: the content spreads to cell {place}; delete "
                "the stray cells far off and save again.",
            )
        )
    return errors


@dataclass(slots=True)
class _Extent:
    """The rectangle the filled cells of a sheet span, widened block by block."""

    columns: set[bytes] = field(default_factory=set)
    first: int = 0
    last: int = 0
    unplaced: int = 0
    running: int = 0

    @property
    def width(self) -> int:
        """Columns from A to the last filled one."""
        placed = max(map(_column_number, self.columns), default=0)
        return max(placed, self.unplaced)

    @property
    def cells(self) -> int:
        """Cells of the rectangle."""
        return self.width * (self.last - self.first + 1)

    def widen(self, block: bytes) -> None:
        """Take in the cells that say where they are."""
        filled = _FILLED.findall(block)
        self.columns.update({column for column, _ in filled})
        rows = {int(row) for row in {row for _, row in filled}}
        self._take(rows)

    def count_unplaced(self, block: bytes) -> None:
        """Take in cells without a place: they follow one another in their row."""
        if not self.unplaced and not _UNPLACED.search(block):
            return
        self._take({int(row) for row in _ROW.findall(block)})
        for at, part in enumerate(block.split(b"</row>")):
            cells = part.count(b"<c ") + part.count(b"<c>")
            self.running = cells if at else self.running + cells
            self.unplaced = max(self.unplaced, self.running)

    def _take(self, rows: set[int]) -> None:
        if rows:
            self.first = min(self.first or min(rows), *rows)
            self.last = max(self.last, *rows)


def _error_cells(block: bytes) -> list[tuple[int, int, str]]:
    if b't="e"' not in block and b"t='e'" not in block:
        return []
    return [
        (int(row) - 1, _column_number(column) - 1, value.decode("utf-8", "replace"))
        for column, row, value in _ERROR_CELL.findall(block)
    ]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _ALPHABET + letter - ord("A") + 1
    return number


def _sheets(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _grid(workbook: CalamineWorkbook, title: str, inside: _Inside) -> Grid:
    sheet = workbook.get_sheet_by_name(title)
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for row, column, value in inside.errors.get(title, ()):
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    return Grid(title=title, rows=rows, merged=tuple(sheet.merged_cell_ranges or ()))
