"""The manual of the form, made from the layouts: the guide sheet and the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.workbook.layouts import SHEETS
from kecan.workbook.schema import EXAMPLE_MARK, Reading

if TYPE_CHECKING:
    from kecan.workbook.schema import Column, SheetLayout

_READ_AS = {
    Reading.TEXT: "chữ",
    Reading.TEXTS: "nhiều mục, cách nhau bằng dấu ;",
    Reading.KEY: "mã",
    Reading.PARTY_CARD: "8 hoặc 12 chữ số, dạng chữ",
    Reading.CITIZEN_ID: "12 chữ số, dạng chữ",
    Reading.CHOICE: "chọn trong danh sách",
    Reading.YES_NO: "Có hoặc Không",
    Reading.WHOLE: "số nguyên",
    Reading.DATE: "dd/mm/yyyy, mm/yyyy hoặc yyyy",
    Reading.DAY: "dd/mm/yyyy",
    Reading.TERM: "2020-2025",
}


def guide_lines() -> list[str]:
    """Return the lines of the guide sheet, in Vietnamese."""
    return [
        "SỔ TRAO ĐỔI DỮ LIỆU QUY HOẠCH CÁN BỘ",
        "",
        (
            "1. Mỗi tờ có dòng 1 là tiêu đề, dòng 2 là mã cột; không xoá, không sửa dòng 2. "
            "Có thể đổi thứ tự cột."
        ),
        (
            f"2. Dòng có ô đầu bắt đầu bằng “{EXAMPLE_MARK}” là dòng mẫu, không được đọc; "
            "có thể xoá."
        ),
        (
            "3. Cán bộ được nhận biết bằng mã cán bộ, số thẻ đảng viên hoặc số CCCD; không "
            "bao giờ bằng họ tên. Các tờ sau ghi một trong ba số đó."
        ),
        "4. Ngày ghi dd/mm/yyyy; chỉ biết tháng thì mm/yyyy; chỉ biết năm thì yyyy.",
        "5. Mã, số thẻ, số CCCD gõ dạng chữ (ô đã định dạng sẵn) để không mất số 0.",
        "6. Chữ Việt gõ bằng Unicode; chữ TCVN3 (ABC), VNI không được nhận.",
        "7. Cột tiêu đề màu đỏ là bắt buộc. Cột có danh sách thì chọn trong danh sách.",
        "8. Kiểm tra: kecan workbook check TỆP.xlsx --marked ban-danh-dau.xlsx",
        "",
        "CÁC TỜ",
        *(f"{layout.title}: mỗi dòng là {layout.row_is}." for layout in SHEETS),
    ]


def column_tables() -> str:
    """Return the tables of all columns and lists in Markdown, for docs/workbook.md."""
    parts = [_table(layout) for layout in SHEETS]
    return "\n\n".join(parts) + "\n"


def _table(layout: SheetLayout) -> str:
    lines = [
        f"### {layout.title}",
        "",
        f"Mỗi dòng là {layout.row_is}.",
        "",
        "| Tiêu đề (dòng 1) | Mã cột (dòng 2) | Bắt buộc | Cách ghi | Ghi chú |",
        "|---|---|---|---|---|",
        *(_table_row(column) for column in layout.columns),
    ]
    return "\n".join(lines)


def _table_row(column: Column) -> str:
    how = _READ_AS[column.reading]
    if column.choices is not None:
        how = "; ".join(
            f"{option.label} (`{option.value.value}`)"
            for option in column.choices.options
        )
    titles = {layout.key: layout.title for layout in SHEETS}
    notes = [column.note] if column.note else []
    if column.refers_to is not None:
        notes.append(f"Phải có ở tờ {titles[column.refers_to]}.")
    required = "có" if column.is_required else ""
    return (
        f"| {column.heading} | `{column.code}` | {required} | {how} "
        f"| {' '.join(notes)} |"
    )
