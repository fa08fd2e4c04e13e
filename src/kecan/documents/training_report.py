"""Báo cáo năm về đào tạo, bồi dưỡng, luân chuyển theo quy hoạch: by unit, then by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Column,
    Row,
    Section,
    Table,
    TextRole,
    body,
    cell,
    heading,
)
from kecan.documents.paper import (
    finished_paper,
    header_row,
    paper_heading,
    paper_title,
    signed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProgress:
    """How far the items of one unit have come in the year."""

    unit: str
    planned: int
    attending: int
    completed: int
    cancelled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseTaken:
    """One item of one person; ``outcome`` is its state, certificate or reason."""

    name: str
    unit: str
    course: str
    place: str
    cost_centre: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationMade:
    """One rotation that began in the year."""

    name: str
    office: str
    period: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReportContent:
    """The report of one year."""

    frame: PaperFrame
    signatory: Signatory
    year: int
    units: tuple[UnitProgress, ...]
    courses: tuple[CourseTaken, ...]
    rotations: tuple[RotationMade, ...]


_KIND = "BC"


def training_report(content: TrainingReportContent) -> Document:
    """Return the report of a year."""
    subject = (
        "kết quả đào tạo, bồi dưỡng, luân chuyển cán bộ theo quy hoạch "
        f"năm {content.year}"
    )
    frame = content.frame
    text = Section(
        blocks=(
            paper_heading(frame, kind=_KIND),
            *paper_title("BÁO CÁO", subject),
            *_summary(content),
            *_courses(content),
            *_rotations(content),
            signed(frame, content.signatory),
        )
    )
    return finished_paper(frame, f"Báo cáo {subject}", text)


def _summary(content: TrainingReportContent) -> Iterator[Block]:
    units = content.units
    asked = sum(one.planned + one.attending + one.completed for one in units)
    completed = sum(one.completed for one in units)
    yield heading("I. TIẾN ĐỘ THEO ĐƠN VỊ")
    if not units:
        yield body("Trong năm không có mục đào tạo, bồi dưỡng nào trong kế hoạch.")
        return
    yield body(
        f"Kế hoạch năm có {asked} mục, đã hoàn thành {completed} trên {asked} mục; huỷ "
        f"{sum(one.cancelled for one in units)} mục.",
        keeps_with_next=True,
    )
    yield Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=68),
            *(Column(width=22, align=Align.CENTRE) for _ in range(4)),
        ),
        header=header_row(
            "STT", "Đơn vị", "Chưa học", "Đang học", "Hoàn thành", "Đã huỷ"
        ),
        rows=tuple(
            _row(
                place,
                one.unit,
                *map(str, (one.planned, one.attending, one.completed, one.cancelled)),
            )
            for place, one in enumerate(units, start=1)
        ),
        role=TextRole.SMALL_TABLE,
    )


def _courses(content: TrainingReportContent) -> Iterator[Block]:
    yield heading("II. ĐÀO TẠO, BỒI DƯỠNG")
    if not content.courses:
        yield body("Không có.")
        return
    yield Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=34),
            Column(width=32),
            Column(width=52),
            Column(width=38),
        ),
        header=header_row(
            "STT", "Họ và tên", "Đơn vị", "Lớp, nơi học, kinh phí", "Kết quả"
        ),
        rows=tuple(
            _row(
                place,
                one.name,
                one.unit,
                "; ".join(
                    part for part in (one.course, one.place, one.cost_centre) if part
                ),
                one.outcome,
            )
            for place, one in enumerate(content.courses, start=1)
        ),
        role=TextRole.SMALL_TABLE,
    )


def _rotations(content: TrainingReportContent) -> Iterator[Block]:
    yield heading("III. LUÂN CHUYỂN")
    if not content.rotations:
        yield body("Trong năm không có trường hợp luân chuyển nào.")
        return
    yield Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=40),
            Column(width=50),
            Column(width=34, align=Align.CENTRE),
            Column(width=32),
        ),
        header=header_row("STT", "Họ và tên", "Nơi đến", "Thời gian", "Kết quả"),
        rows=tuple(
            _row(place, one.name, one.office, one.period, one.outcome)
            for place, one in enumerate(content.rotations, start=1)
        ),
        role=TextRole.SMALL_TABLE,
    )


def _row(place: int, *texts: str) -> Row:
    return Row(cells=(cell(str(place)), *(cell(text) for text in texts)))
