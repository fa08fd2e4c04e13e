"""Báo cáo kết quả: the whole chain of conferences and the final lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Orientation,
    Row,
    RowKind,
    Section,
    Table,
    TextRole,
    body,
    cell,
    centred,
    heading,
)
from kecan.documents.numerals import roman
from kecan.documents.paper import (
    addressed_to,
    attached_to,
    finished_paper,
    header_row,
    listed,
    paper_heading,
    paper_title,
    share_table,
    signed,
    terms_in_words,
)
from kecan.lettering.number_words import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kecan.documents.model import Document
    from kecan.documents.paper import Nominee, PaperFrame, Share, Signatory
    from kecan.vocabulary import TermPair


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSummary:
    """One conference of the chain; the ballot figures are None without a ballot.

    ``mark`` is the threshold in words ("trên 50% số người được triệu tập").
    """

    title: str
    held_on: date
    summoned: int
    present: int
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    mark: str = ""
    nominated: int | None = None
    passed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Agreeing votes and the base they are a share of."""

    agree: int
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPerson:
    """Somebody on the final list; ``votes`` has one entry a step, None = no ballot."""

    nominee: Nominee
    votes: tuple[Votes | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPost:
    """The final list of one post or body in one term."""

    post: str
    term: str
    people: tuple[FinalPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReportContent:
    """The report; ``steps`` are in the order held, votes columns follow them.

    ``shares_of`` names the list whose composition ``shares`` is.
    """

    frame: PaperFrame
    signatory: Signatory
    addressees: tuple[str, ...]
    current: TermPair
    following: TermPair
    legal_bases: tuple[str, ...]
    steps: tuple[StepSummary, ...]
    final: tuple[FinalPost, ...]
    shares: tuple[Share, ...]
    removed: int
    remarks: tuple[str, ...]
    requests: tuple[str, ...]
    shares_of: str = ""


_KIND = "BC"


def result_report(content: ResultReportContent) -> Document:
    """Return the report, with the final lists as a landscape annex."""
    subject = (
        "kết quả rà soát, bổ sung quy hoạch cán bộ lãnh đạo, quản lý nhiệm kỳ "
        f"{terms_in_words(content.current)} và xây dựng quy hoạch nhiệm kỳ "
        f"{terms_in_words(content.following)}"
    )
    frame = content.frame
    text = Section(
        blocks=(
            paper_heading(frame, kind=_KIND),
            *paper_title("BÁO CÁO", subject),
            *addressed_to(frame, content.addressees),
            *(body(f"Căn cứ {base.rstrip('.;')};") for base in content.legal_bases),
            body(
                f"Ban Thường vụ {frame.letterhead.short_name} báo cáo kết quả thực hiện "
                "như sau:"
            ),
            *_chain(content.steps),
            *_outcome(content),
            *_composition(content),
            *_requests(content),
            signed(frame, content.signatory),
        )
    )
    lists = Section(blocks=_final_lists(content), orientation=Orientation.LANDSCAPE)
    return finished_paper(frame, f"Báo cáo {subject}", text, lists)


def _chain(steps: Sequence[StepSummary]) -> Iterator[Block]:
    yield heading("I. TRÌNH TỰ THỰC HIỆN")
    if not steps:
        yield body("Chưa tổ chức hội nghị nào.")
        return
    yield body(
        f"Quy trình được thực hiện qua {len(steps)} hội nghị, đúng thành phần, bằng hình "
        "thức bỏ phiếu kín ở các bước có bỏ phiếu:",
        keeps_with_next=True,
    )
    yield _step_table(steps)
    for number, step in enumerate(steps, start=1):
        if step.mark:
            yield body(f"- Mức đạt tại bước {number}: {step.mark}.")


def _step_table(steps: Sequence[StepSummary]) -> Table:
    return Table(
        columns=(
            Column(width=16, align=Align.CENTRE),
            Column(width=43),
            *(Column(width=16, align=Align.CENTRE) for _ in range(8)),
        ),
        header=(
            Row(
                cells=(
                    cell("Bước", rows=2),
                    cell("Hội nghị", rows=2),
                    cell("Số người", columns=2),
                    cell("Số phiếu", columns=4),
                    cell("Nhân sự", columns=2),
                )
            ),
            Row(
                cells=tuple(
                    cell(text)
                    for text in (
                        "Triệu tập",
                        "Có mặt",
                        "Phát ra",
                        "Thu về",
                        "Hợp lệ",
                        "Không hợp lệ",
                        "Giới thiệu",
                        "Đạt",
                    )
                )
            ),
        ),
        rows=tuple(_step_row(place, step) for place, step in enumerate(steps, start=1)),
        role=TextRole.SMALL_TABLE,
    )


def _step_row(place: int, step: StepSummary) -> Row:
    figures = (
        step.summoned,
        step.present,
        step.issued,
        step.returned,
        step.valid,
        step.invalid,
        step.nominated,
        step.passed,
    )
    return Row(
        cells=(
            cell(str(place)),
            cell(step.title, f"({step.held_on:%d/%m/%Y})"),
            *(cell("-" if figure is None else str(figure)) for figure in figures),
        )
    )


def _outcome(content: ResultReportContent) -> Iterator[Block]:
    entries = sum(len(post.people) for post in content.final)
    yield heading("II. KẾT QUẢ")
    yield body(
        f"Danh sách đề nghị quy hoạch sau các bước gồm {entries} lượt người ở "
        f"{len(content.final)} danh sách theo chức danh và nhiệm kỳ; đưa ra khỏi quy hoạch "
        f"{content.removed} lượt người. Số phiếu ở từng bước ghi tại Phụ lục kèm theo."
    )
    filled = [post for post in content.final if post.people]
    if filled:
        yield _sizes_table(filled)


def _sizes_table(filled: Sequence[FinalPost]) -> Table:
    rows = (
        (str(place), post.post, post.term, str(len(post.people)))
        for place, post in enumerate(filled, start=1)
    )
    return Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=96),
            Column(width=36, align=Align.CENTRE),
            Column(width=24, align=Align.CENTRE),
        ),
        header=header_row("STT", "Chức danh", "Nhiệm kỳ", "Số người"),
        rows=tuple(Row(cells=tuple(cell(text) for text in row)) for row in rows),
        role=TextRole.SMALL_TABLE,
    )


def _composition(content: ResultReportContent) -> Iterator[Block]:
    yield heading("III. CƠ CẤU VÀ ĐÁNH GIÁ")
    if content.shares:
        of = f" {content.shares_of}" if content.shares_of else ""
        yield body(f"Cơ cấu danh sách{of} so với yêu cầu:", keeps_with_next=True)
        yield share_table(content.shares)
    yield from listed(content.remarks)


def _requests(content: ResultReportContent) -> Iterator[Block]:
    yield heading("IV. ĐỀ NGHỊ")
    yield from listed(content.requests)


def _final_lists(content: ResultReportContent) -> tuple[Block, ...]:
    head: tuple[Block, ...] = (
        centred("Phụ lục", TextRole.ABSTRACT),
        centred(
            "DANH SÁCH ĐỀ NGHỊ QUY HOẠCH VÀ SỐ PHIẾU Ở TỪNG BƯỚC", TextRole.ABSTRACT
        ),
        attached_to(content.frame, type_name="Báo cáo", kind=_KIND),
    )
    rows = tuple(
        row
        for place, post in enumerate(content.final, start=1)
        for row in _post_rows(place, post, steps=len(content.steps))
    )
    if not rows:
        return (*head, body("Không có nhân sự nào trong danh sách."))
    return (*head, _final_table(rows, steps=content.steps))


def _final_table(rows: tuple[Row, ...], *, steps: Sequence[StepSummary]) -> Table:
    votes = [f"Bước {place}: {step.title}" for place, step in enumerate(steps, start=1)]
    return Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=45),
            Column(width=22, align=Align.CENTRE),
            Column(width=60),
            *(Column(width=28, align=Align.CENTRE) for _ in steps),
            Column(width=30),
        ),
        header=header_row(
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Chức vụ, đơn vị công tác",
            *votes,
            "Ghi chú",
        ),
        rows=rows,
        role=TextRole.SMALL_TABLE,
    )


def _post_rows(place: int, post: FinalPost, *, steps: int) -> Iterator[Row]:
    caption = (
        f"{roman(place)}. {post.post}, nhiệm kỳ {post.term} ({len(post.people)} người)"
    )
    width = len(("stt", "name", "born", "office", "note")) + steps
    yield Row(
        cells=(cell(caption, columns=width, align=Align.LEFT),), kind=RowKind.GROUP
    )
    for number, person in enumerate(post.people, start=1):
        yield Row(
            cells=(
                cell(str(number)),
                cell(person.nominee.name),
                cell(person.nominee.born.vi if person.nominee.born else ""),
                cell(person.nominee.office),
                *(_votes_cell(votes) for votes in person.votes),
                cell(person.note),
            )
        )


def _votes_cell(votes: Votes | None) -> Cell:
    if votes is None:
        return cell("-")
    share = f"({percent(votes.agree, votes.base)})"
    return cell(f"{votes.agree}/{votes.base}", share)
