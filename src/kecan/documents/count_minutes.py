"""Biên bản kiểm phiếu: the counting committee's minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.count_words import (
    INVALID_WORDS,
    RESULT_WORDS,
    mark_sentence,
)
from kecan.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    RowKind,
    Run,
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
    from kecan.documents.paper import Nominee, PaperFrame, Signatory
    from kecan.tally import InvalidReason, LineResult
    from kecan.vocabulary import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A member of the counting committee; ``role`` "Tổ trưởng", "Thành viên"."""

    name: str
    office: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """The votes of one nominee over the valid ballots."""

    nominee: Nominee
    agree: int
    disagree: int
    neither: int
    result: LineResult


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIn:
    """A name written by hand and how many valid ballots carry it."""

    name: str
    votes: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedContest:
    """The count of one contest; ``base`` is the number the mark is a share of.

    ``cap`` is the most people that may pass, None for no limit.
    """

    title: str
    term: str
    threshold: Threshold
    base: int
    lines: tuple[CountedLine, ...]
    write_ins: tuple[WriteIn, ...] = ()
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMinutesContent:
    """The counting minutes of one conference; an hour nobody recorded prints dots.

    ``keying`` says how the sheets were read, ``ledger_head`` is blank until signed,
    ``audited`` says what an audit on paper concluded; blank where there was none.

    Raises:
        ValueError: If the numbers contradict each other.
    """

    frame: PaperFrame
    conference: str
    held_on: date
    started_at: time | None
    ended_at: time | None
    hall: str
    team: tuple[Teller, ...]
    summoned: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int
    invalid_reasons: tuple[tuple[InvalidReason, int], ...]
    contests: tuple[CountedContest, ...]
    ledger_head: str
    keying: str
    audited: str
    head_of_team: Signatory
    chair: Signatory

    def __post_init__(self) -> None:
        _require_agreeing(self)


def _require_agreeing(content: CountMinutesContent) -> None:
    reasons = sum(ballots for _, ballots in content.invalid_reasons)
    lines = [line for contest in content.contests for line in contest.lines]
    sums = {line.agree + line.disagree + line.neither for line in lines}
    checks = (
        (0 <= content.present <= content.summoned, "có mặt nhiều hơn triệu tập"),
        (0 <= content.returned <= content.issued, "thu về nhiều hơn phát ra"),
        (
            content.valid + content.invalid == content.returned,
            "hợp lệ cộng không hợp lệ khác thu về",
        ),
        (reasons == content.invalid, "lý do không hợp lệ không cộng đủ"),
        (sums <= {content.valid}, "có dòng không cộng đủ số phiếu hợp lệ"),
    )
    for holds, fault in checks:
        if not holds:
            msg = f"Biên bản kiểm phiếu có số liệu mâu thuẫn: {fault}."
            raise ValueError(msg)


_KIND = "BB"


def count_minutes(content: CountMinutesContent) -> Document:
    """Return the counting minutes."""
    wording = load_style_sheet(content.frame.style).wording
    subject = (
        "kiểm phiếu giới thiệu nguồn cán bộ quy hoạch các chức danh "
        "lãnh\N{NO-BREAK SPACE}đạo, quản\N{NO-BREAK SPACE}lý"
    )
    blocks: list[Block] = [
        paper_heading(
            content.frame,
            kind=_KIND,
            has_place_date=wording.minutes_carry_place_date,
        ),
        *paper_title("BIÊN BẢN", subject, f"tại {content.conference}"),
        *_opening(content),
        *_ballots(content),
        heading("III. KẾT QUẢ KIỂM PHIẾU"),
    ]
    blocks += _results(content)
    blocks += _closing(content)
    return finished_paper(
        content.frame, f"Biên bản {subject}", Section(blocks=tuple(blocks))
    )


def _opening(content: CountMinutesContent) -> Iterator[Block]:
    yield body(
        f"Hồi {hour_or_dots(content.started_at)}, {day_of_paper(content.held_on)}, tại "
        f"{content.hall or DOTS}, Tổ kiểm phiếu của {content.conference} tiến hành kiểm phiếu."
    )
    yield heading("I. THÀNH PHẦN TỔ KIỂM PHIẾU")
    for number, teller in enumerate(content.team, start=1):
        who = comrade(teller.name, teller.office)
        yield body(f"{number}. {who[0].upper()}{who[1:]} - {teller.role}.")


def _ballots(content: CountMinutesContent) -> Iterator[Block]:
    absent = content.summoned - content.present
    yield heading("II. SỐ NGƯỜI VÀ SỐ PHIẾU")
    for title, number, noun in (
        ("Số người được triệu tập", content.summoned, "người"),
        ("Số người có mặt", content.present, "người"),
        ("Số người vắng mặt", absent, "người"),
        ("Số phiếu phát ra", content.issued, "phiếu"),
        ("Số phiếu thu về", content.returned, "phiếu"),
        ("Số phiếu hợp lệ", content.valid, "phiếu"),
        ("Số phiếu không hợp lệ", content.invalid, "phiếu"),
    ):
        yield body(f"- {title}: {figures_and_words(number, of=noun)}.")
    for reason, ballots in content.invalid_reasons:
        if ballots:
            yield body(f"+ {INVALID_WORDS[reason]}: {ballots} phiếu.")
    if content.keying:
        yield body(f"- Cách nhập và đối chiếu phiếu: {content.keying.rstrip('.')}.")
    if content.audited:
        yield body(f"- Đối chiếu kết quả với phiếu giấy: {content.audited}")


_COLUMNS = (
    Column(width=13, align=Align.CENTRE),
    Column(width=34),
    Column(width=39),
    Column(width=15, align=Align.CENTRE),
    Column(width=17, align=Align.CENTRE),
    Column(width=18, align=Align.CENTRE),
    Column(width=21, align=Align.CENTRE),
    Column(width=18, align=Align.CENTRE),
)


def _results(content: CountMinutesContent) -> Iterator[Block]:
    """Yield one table of all contests; a mark they share is said once above it."""
    contests = content.contests
    marks = [mark_sentence(one.threshold, base=one.base) for one in contests]
    is_shared = len(set(marks)) == 1
    if is_shared:
        yield body(marks[0], keeps_with_next=True)
    yield Table(
        columns=_COLUMNS,
        header=header_row(
            "STT",
            "Họ và tên, năm sinh",
            "Chức vụ, đơn vị công tác",
            "Đồng\u00a0ý",
            "Không đồng\u00a0ý",
            "Không chọn, chọn cả hai",
            "Tỷ lệ đồng\u00a0ý",
            "Kết quả",
        ),
        rows=tuple(
            row
            for number, contest in enumerate(contests, start=1)
            for row in _contest_rows(
                number,
                contest,
                mark="" if is_shared else marks[number - 1],
                valid=content.valid,
            )
        ),
        role=TextRole.SMALL_TABLE,
    )


def _contest_rows(
    number: int, contest: CountedContest, *, mark: str, valid: int
) -> Iterator[Row]:
    cap = f" (lấy không quá {contest.cap} người)" if contest.cap is not None else ""
    title = f"{number}. {contest.title}, nhiệm kỳ {contest.term}{cap}"
    yield Row(cells=(_across(title),), kind=RowKind.GROUP)
    if mark:
        yield Row(cells=(_across(mark),))
    for place, line in enumerate(contest.lines, start=1):
        yield _line(place, line, base=contest.base)
    if contest.write_ins:
        written = (_written_in(one, valid=valid) for one in contest.write_ins)
        yield Row(cells=(_across("Giới thiệu thêm ngoài danh sách:", *written),))


def _across(*lines: str) -> Cell:
    return cell(*lines, columns=len(_COLUMNS), align=Align.LEFT)


def _written_in(written: WriteIn, *, valid: int) -> str:
    remark = f" ({written.note})" if written.note else ""
    return (
        f"- {written.name}{remark}: {written.votes} phiếu "
        f"({percent(written.votes, valid)} số phiếu hợp lệ, {written.votes}/{valid})."
    )


def _line(place: int, line: CountedLine, *, base: int) -> Row:
    person = line.nominee
    name = (person.name, f"({person.birth_year})") if person.born else (person.name,)
    return Row(
        cells=(
            cell(str(place)),
            cell(*name),
            cell(person.office),
            cell(str(line.agree)),
            cell(str(line.disagree)),
            cell(str(line.neither)),
            cell(percent(line.agree, base), f"({line.agree}/{base})"),
            cell(RESULT_WORDS[line.result]),
        )
    )


def _closing(content: CountMinutesContent) -> Iterator[Block]:
    yield body(
        f"Việc kiểm phiếu kết thúc hồi {hour_or_dots(content.ended_at)} cùng ngày. "
        "Phiếu và biên bản được niêm phong, lưu cùng hồ sơ quy hoạch."
    )
    yield body("Mã đầu sổ nhật ký tại thời điểm lập biên bản:", keeps_with_next=True)
    yield Paragraph(
        runs=(Run(content.ledger_head or DOTS, is_italic=False),),
        role=TextRole.NOTE,
        align=Align.CENTRE,
    )
    yield side_by_side(signature_of(content.head_of_team), signature_of(content.chair))
