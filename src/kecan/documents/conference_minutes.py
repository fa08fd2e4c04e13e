"""Biên bản hội nghị: who came, what was said and how the vote was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Column,
    Row,
    RowKind,
    Section,
    SignatureBlock,
    Table,
    body,
    cell,
    heading,
)
from kecan.documents.paper import (
    finished_paper,
    header_row,
    listed,
    paper_heading,
    paper_title,
    signature_of,
)
from kecan.documents.style_sheet import load_style_sheet
from kecan.lettering.number_words import (
    day_of_paper,
    figures_and_words,
    percent,
    time_of_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Attendance of one category."""

    title: str
    summoned: int
    present: int

    def __post_init__(self) -> None:
        if not 0 <= self.present <= self.summoned:
            msg = f"{self.title}: có mặt {self.present} trên triệu tập {self.summoned}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absentee:
    """Somebody summoned who did not come."""

    name: str
    office: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who spoke and the points made, one paragraph each."""

    name: str
    office: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedContest:
    """A contest with those who reached the mark: (name, votes, base)."""

    title: str
    term: str
    passed: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceMinutesContent:
    """The minutes; ``results`` None prints "không công bố tại hội nghị"."""

    frame: PaperFrame
    conference: str
    held_on: date
    opened_at: time
    closed_at: time
    hall: str
    chair: Signatory
    secretary: Signatory
    attended: tuple[Attended, ...]
    absentees: tuple[Absentee, ...]
    agenda: tuple[str, ...]
    presenter: Speaker
    submission_title: str
    discussion: tuple[Speaker, ...]
    directions: tuple[Speaker, ...]
    team: tuple[str, ...]
    issued: int | None
    returned: int | None
    valid: int | None
    invalid: int | None
    results: tuple[VotedContest, ...] | None


_KIND = "BB"


def conference_minutes(content: ConferenceMinutesContent) -> Document:
    """Return the conference minutes."""
    wording = load_style_sheet(content.frame.style).wording
    blocks = (
        paper_heading(
            content.frame,
            kind=_KIND,
            has_place_date=wording.minutes_carry_place_date,
        ),
        *paper_title("BIÊN BẢN", content.conference),
        body(
            f"Thời gian: hồi {time_of_day(content.opened_at)}, "
            f"{day_of_paper(content.held_on)}."
        ),
        body(f"Địa điểm: {content.hall}."),
        *_attendance(content),
        *_agenda(content),
        *_course(content),
        *_vote(content),
        body(
            f"Hội nghị kết thúc hồi {time_of_day(content.closed_at)} cùng ngày. Biên bản "
            "đã được thông qua tại hội nghị."
        ),
        SignatureBlock(
            left=signature_of(content.secretary), right=signature_of(content.chair)
        ),
    )
    return finished_paper(
        content.frame, f"Biên bản {content.conference}", Section(blocks=blocks)
    )


def _attendance(content: ConferenceMinutesContent) -> Iterator[Block]:
    summoned = sum(category.summoned for category in content.attended)
    present = sum(category.present for category in content.attended)
    yield heading("I. THÀNH PHẦN")
    yield body(f"- Chủ trì: đồng chí {content.chair.name}.")
    yield body(f"- Ghi biên bản: đồng chí {content.secretary.name}.")
    yield body(
        f"- Triệu tập {figures_and_words(summoned, of='đồng chí')}; có mặt "
        f"{figures_and_words(present, of='đồng chí')}, đạt "
        f"{percent(present, summoned)} ({present}/{summoned}); vắng mặt "
        f"{summoned - present} đồng chí. Cụ thể:",
        keeps_with_next=True,
    )
    yield _attendance_table(content.attended, summoned=summoned, present=present)
    if content.absentees:
        yield body("Đại biểu vắng mặt:", keeps_with_next=True)
        yield from listed([_absentee(person) for person in content.absentees])


def _absentee(person: Absentee) -> str:
    reason = f" ({person.reason})" if person.reason else ""
    return f"Đồng chí {person.name}, {person.office}{reason}"


def _attendance_table(
    attended: tuple[Attended, ...], *, summoned: int, present: int
) -> Table:
    rows = [
        _numbers_row(str(place), entry.title, entry.summoned, entry.present)
        for place, entry in enumerate(attended, start=1)
    ]
    total = _numbers_row("", "Cộng", summoned, present)
    return Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=90),
            Column(width=22, align=Align.CENTRE),
            Column(width=22, align=Align.CENTRE),
            Column(width=22, align=Align.CENTRE),
        ),
        header=header_row("STT", "Thành phần", "Triệu tập", "Có mặt", "Vắng mặt"),
        rows=(*rows, Row(cells=total.cells, kind=RowKind.TOTAL)),
    )


def _numbers_row(place: str, title: str, summoned: int, present: int) -> Row:
    texts = (place, title, str(summoned), str(present), str(summoned - present))
    return Row(cells=tuple(cell(text) for text in texts))


def _agenda(content: ConferenceMinutesContent) -> Iterator[Block]:
    yield heading("II. CHƯƠNG TRÌNH")
    for number, item in enumerate(content.agenda, start=1):
        yield body(f"{number}. {item.rstrip('.;')}.")


def _course(content: ConferenceMinutesContent) -> Iterator[Block]:
    presenter = content.presenter
    yield heading("III. DIỄN BIẾN HỘI NGHỊ")
    yield heading("1. Thông qua Tờ trình")
    yield body(
        f"Đồng chí {presenter.name}, {presenter.office} trình bày "
        f"{content.submission_title}."
    )
    yield from listed(presenter.points)
    number = 2
    if content.discussion:
        yield heading(f"{number}. Ý kiến thảo luận")
        for speaker in content.discussion:
            yield from _speech(speaker, verb="phát biểu")
        number += 1
    if content.directions:
        yield heading(f"{number}. Ý kiến chỉ đạo")
        for speaker in content.directions:
            yield from _speech(speaker, verb="phát biểu chỉ đạo")


def _speech(speaker: Speaker, *, verb: str) -> Iterator[Block]:
    end = ":" if speaker.points else "."
    yield body(
        f"Đồng chí {speaker.name}, {speaker.office} {verb}{end}",
        keeps_with_next=bool(speaker.points),
    )
    yield from listed(speaker.points)


def _vote(content: ConferenceMinutesContent) -> Iterator[Block]:
    yield heading("IV. BỎ PHIẾU VÀ KẾT QUẢ")
    if content.issued is None:
        yield body("Hội nghị thảo luận, thống nhất nội dung; không bỏ phiếu.")
        return
    if content.team:
        team = "; ".join(content.team)
        yield body(
            f"Hội nghị biểu quyết thống nhất Tổ kiểm phiếu gồm {len(content.team)} đồng "
            f"chí: {team}."
        )
    yield body(
        "Hội nghị tiến hành bỏ phiếu kín: phát ra "
        f"{figures_and_words(content.issued, of='phiếu')}; thu về {content.returned} "
        f"phiếu; hợp lệ {content.valid} phiếu; không hợp lệ {content.invalid} phiếu."
    )
    if content.results is None:
        yield body(
            "Kết quả kiểm phiếu được ghi trong Biên bản kiểm phiếu và không công bố tại "
            "hội nghị."
        )
        return
    yield body("Tổ kiểm phiếu công bố kết quả; những đồng chí đạt mức quy định gồm:")
    for number, contest in enumerate(content.results, start=1):
        yield heading(f"{number}. {contest.title}, nhiệm kỳ {contest.term}")
        if contest.passed:
            yield from listed(
                [
                    f"Đồng chí {name}: {votes} phiếu ({percent(votes, base)}, "
                    f"{votes}/{base})"
                    for name, votes, base in contest.passed
                ]
            )
        else:
            yield body("Không có người đạt mức quy định.")
