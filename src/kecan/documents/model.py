"""The frozen document every paper is built as, and both renderers draw.

It says what stands on the page and in which role; sizes, margins and marks come
from the style sheet it names (:mod:`kecan.documents.style_sheet`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_YEARS = re.compile(r"(?<=\d{4}) - (?=\d{4})")


class TextRole(StrEnum):
    """What a piece of text is on the page; the style sheet gives it its looks."""

    MOTTO = "motto"  # ĐẢNG CỘNG SẢN VIỆT NAM
    SUPERIOR = "superior"  # tên tổ chức cấp trên
    ISSUER = "issuer"  # tên tổ chức ban hành
    NUMBER = "number"  # số và ký hiệu
    PLACE_DATE = "place_date"  # địa điểm, ngày tháng năm
    TYPE_NAME = "type_name"  # tên loại văn bản
    ABSTRACT = "abstract"  # trích yếu
    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    TABLE_NUMBERS = "table_numbers"  # dòng đánh số cột
    SMALL_TABLE = "small_table"
    ANNEX_TABLE = "annex_table"
    NOTE = "note"
    SIGNATURE = "signature"  # thể thức đề ký, chức vụ, họ tên
    RECIPIENTS_TITLE = "recipients_title"
    RECIPIENTS = "recipients"
    SECRECY = "secrecy"
    DRAFT = "draft"
    PAGE_NUMBER = "page_number"


class Align(StrEnum):
    """How lines stand between their edges."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class Orientation(StrEnum):
    """Which way the sheet is turned."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Secrecy(StrEnum):
    """Degree of state secrecy, as its stamp reads."""

    SECRET = "MẬT"  # noqa: S105 - a stamp, not a password
    TOP_SECRET = "TỐI MẬT"  # noqa: S105 - a stamp, not a password
    UTMOST_SECRET = "TUYỆT MẬT"  # noqa: S105 - a stamp, not a password


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face. None leaves bold or italic as the role has it.

    Line ends and tabs become blanks and the text is kept in NFC.

    Raises:
        ValueError: If the text holds a control character no paper can print.
    """

    text: str
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_underlined: bool = False

    def __post_init__(self) -> None:
        text = unicodedata.normalize("NFC", self.text)
        text = text.translate({ord(mark): " " for mark in "\n\r\t\v\f"})
        for mark in text:
            if unicodedata.category(mark) in {"Cc", "Cs"}:
                msg = f"Văn bản có ký tự điều khiển U+{ord(mark):04X}: {text!r}."
                raise ValueError(msg)
        object.__setattr__(self, "text", text)


Line = tuple[Run, ...]
"""One line of text that may change face."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; with ``is_indented`` its first line is moved in.

    ``left_mm`` moves the whole paragraph in from the left margin.
    """

    runs: Line
    role: TextRole = TextRole.BODY
    align: Align = Align.JUSTIFY
    is_indented: bool = False
    left_mm: int = 0
    keeps_with_next: bool = False

    @property
    def text(self) -> str:
        """The text without its faces."""
        return "".join(run.text for run in self.runs)


class RowKind(StrEnum):
    """What a table row is."""

    PLAIN = "plain"
    GROUP = "group"  # caption of the rows under it, kept with the next
    TOTAL = "total"  # sums of the rows above it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell of one or more lines, spanning at least itself."""

    lines: tuple[Line, ...]
    align: Align | None = None
    columns: int = 1
    rows: int = 1

    def __post_init__(self) -> None:
        if self.columns < 1 or self.rows < 1:
            msg = f"a cell cannot span {self.columns} columns and {self.rows} rows"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row; places covered by a spanning cell above are left out.

    ``least_height_mm`` leaves room to write by hand.
    """

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN
    least_height_mm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its share of the table's width and where its text stands.

    Widths are relative: a table always fills the width of the text.
    """

    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table. Header rows are repeated on every page.

    Raises:
        ValueError: If a row does not fill the columns exactly.
    """

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    has_column_numbers: bool = False
    role: TextRole = TextRole.TABLE

    def __post_init__(self) -> None:
        require_full_rows(self.header, width=len(self.columns))
        require_full_rows(self.rows, width=len(self.columns))


def require_full_rows(rows: tuple[Row, ...], *, width: int) -> None:
    """Refuse rows whose cells, with those spanning from above, miss a column.

    Raises:
        ValueError: Naming the row.
    """
    open_until = [0] * width
    for index, row in enumerate(rows):
        free = [place for place in range(width) if open_until[place] <= index]
        if sum(cell.columns for cell in row.cells) != len(free):
            msg = f"table row {index + 1} does not fill {width} columns"
            raise ValueError(msg)
        for cell in row.cells:
            for place in free[: cell.columns]:
                open_until[place] = index + cell.rows
            free = free[cell.columns :]
    if any(end > len(rows) for end in open_until):
        msg = "a cell spans rows the table does not have"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One side of a signature block: lines of office, room, a hint and the name."""

    office: tuple[str, ...]
    name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Nơi nhận, one recipient a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """The end of a paper; either side may be empty."""

    left: Signature | Recipients | None
    right: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The block at the head of page 1: issuer on the left, motto on the right.

    ``stamp_zone`` is the caption of an outlined place for the issuer's stamp.
    """

    superior: str
    issuer: str
    number: str = ""
    place_date: str = ""
    secrecy: Secrecy | None = None
    is_draft: bool = False
    stamp_zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Paragraph | Table | SignatureBlock | Heading | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Pages of one orientation; each section begins on a new page."""

    blocks: tuple[Block, ...]
    orientation: Orientation = Orientation.PORTRAIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole paper.

    ``style`` is the key of the style sheet; ``dated`` is the paper's own day and
    the only date that goes into the files.
    """

    title: str
    author: str
    dated: date
    style: str
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        if not self.sections:
            msg = "a document needs a section"
            raise ValueError(msg)


def plain(text: str) -> Line:
    """Return ``text`` as a line in the face of its role."""
    return (Run(text),)


def bold(text: str) -> Line:
    """Return ``text`` as a bold line."""
    return (Run(text, is_bold=True),)


def cell(
    *lines: str,
    align: Align | None = None,
    columns: int = 1,
    rows: int = 1,
    is_bold: bool | None = None,
) -> Cell:
    """Return a cell of plain lines."""
    return Cell(
        lines=tuple((Run(line, is_bold=is_bold),) for line in lines),
        align=align,
        columns=columns,
        rows=rows,
    )


def body(*runs: Run | str, keeps_with_next: bool = False) -> Paragraph:
    """Return a justified, indented body paragraph."""
    return Paragraph(
        runs=tuple(Run(run) if isinstance(run, str) else run for run in runs),
        is_indented=True,
        keeps_with_next=keeps_with_next,
    )


def heading(text: str) -> Paragraph:
    """Return a numbered heading that stays with what follows."""
    return Paragraph(
        runs=plain(text),
        role=TextRole.HEADING,
        is_indented=True,
        keeps_with_next=True,
    )


def centred(text: str, role: TextRole, *, keeps_with_next: bool = True) -> Paragraph:
    """Return a centred line, such as a title; no term is broken between its years."""
    return Paragraph(
        runs=plain(_YEARS.sub("\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}", text)),
        role=role,
        align=Align.CENTRE,
        keeps_with_next=keeps_with_next,
    )
