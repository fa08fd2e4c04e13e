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
    Table,
    TextRole,
    body,
    cell,
    heading,
)
from kecan.documents.paper import (
    DOTS,
    comrade,
    finished_paper,
    header_row,
    hour_or_dots,
    listed,
    paper_heading,
    paper_title,
    side_by_side,
    signature_of,
)
from kecan.documents.style_sheet import load_style_sheet
from kecan.lettering.number_words import (
    day_of_paper,
    figures_and_words,
    percent,
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
    """The minutes; ``results`` None until the count is closed, () without a ballot.

    The results are always written down; ``is_announced`` says whether the
    conference heard them. An hour nobody recorded prints dots.
    """

    frame: PaperFrame
    conference: str
    held_on: date
    opened_at: time | None
    closed_at: time | None
    hall: str
    chair: Signatory
    chair_office: str
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
    is_announced: bool
    is_removal: bool = False


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
            f"Thời gian: hồi {hour_or_dots(content.opened_at)}, "
            f"{day_of_paper(content.held_on)}."
        ),
        body(f"Địa điểm: {content.hall or DOTS}."),
        *_attendance(content),
        *_agenda(content),
        *_course(content),
        *_vote(content),
        body(
            f"Hội nghị kết thúc hồi {hour_or_dots(content.closed_at)} cùng ngày. Biên bản "
            "đã được thông qua tại hội nghị."
        ),
        side_by_side(signature_of(content.secretary), signature_of(content.chair)),
    )
    return finished_paper(
        content.frame, f"Biên bản {content.conference}", Section(blocks=blocks)
    )


def _attendance(content: ConferenceMinutesContent) -> Iterator[Block]:
    summoned = sum(category.summoned for category in content.attended)
    present = sum(category.present for category in content.attended)
    yield heading("I. THÀNH PHẦN")
    yield body(f"- Chủ trì: {comrade(content.chair.name, content.chair_office)}.")
    yield body(f"- Ghi biên bản: {comrade(content.secretary.name)}.")
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
    return f"{_named(person.name, person.office)}{reason}"


def _named(name: str, office: str) -> str:
    who = comrade(name, office)
    return who[0].upper() + who[1:]


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
    for number, item in enumerate(content.agenda or (DOTS,), start=1):
        yield body(f"{number}. {item.rstrip('.;')}.")


def _course(content: ConferenceMinutesContent) -> Iterator[Block]:
    presenter = content.presenter
    yield heading("III. DIỄN BIẾN HỘI NGHỊ")
    yield heading("1. Thông qua Tờ trình")
    yield body(
        f"{_named(presenter.name, presenter.office)} trình bày "
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
        f"{_named(speaker.name, speaker.office)} {verb}{end}",
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
            f"Tổ kiểm phiếu của hội nghị gồm {len(content.team)} đồng chí: {team}."
        )
    yield body(
        "Hội nghị tiến hành bỏ phiếu kín: phát ra "
        f"{figures_and_words(content.issued, of='phiếu')}; thu về "
        f"{_counted(content.returned)} phiếu; hợp lệ {_counted(content.valid)} phiếu; "
        f"không hợp lệ {_counted(content.invalid)} phiếu."
    )
    if content.results is None:
        yield body("Kết quả được ghi trong Biên bản kiểm phiếu.")
        return
    heard = (
        "Tổ kiểm phiếu đã công bố kết quả tại hội nghị"
        if content.is_announced
        else "Kết quả không công bố tại hội nghị"
    )
    reached = (
        "Những trường hợp đạt mức đồng ý đưa ra khỏi quy hoạch gồm:"
        if content.is_removal
        else "Những đồng chí đạt mức quy định gồm:"
    )
    yield body(
        f"{heard}; số phiếu của từng người ghi trong Biên bản kiểm phiếu. {reached}",
        keeps_with_next=True,
    )
    yield _results_table(content.results)


def _counted(number: int | None) -> str:
    return DOTS if number is None else str(number)


_RESULT_COLUMNS = (
    Column(width=12, align=Align.CENTRE),
    Column(width=92),
    Column(width=32, align=Align.CENTRE),
    Column(width=32, align=Align.CENTRE),
)


def _results_table(results: tuple[VotedContest, ...]) -> Table:
    return Table(
        columns=_RESULT_COLUMNS,
        header=header_row("STT", "Họ và tên", "Số phiếu đồng ý", "Tỷ lệ"),
        rows=tuple(
            row
            for number, contest in enumerate(results, start=1)
            for row in _contest_rows(number, contest)
        ),
        role=TextRole.SMALL_TABLE,
    )


def _contest_rows(number: int, contest: VotedContest) -> Iterator[Row]:
    reached = f"{len(contest.passed)} người" if contest.passed else "không có người đạt"
    caption = f"{number}. {contest.title}, nhiệm kỳ {contest.term}: {reached}"
    whole = cell(caption, columns=len(_RESULT_COLUMNS), align=Align.LEFT)
    yield Row(cells=(whole,), kind=RowKind.GROUP if contest.passed else RowKind.TOTAL)
    for place, (name, votes, base) in enumerate(contest.passed, start=1):
        texts = (str(place), name, f"{votes}/{base}", percent(votes, base))
        yield Row(cells=tuple(cell(text) for text in texts))
