"""What every paper shares: who issues it, its number and day, who signs, shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Recipients,
    Row,
    Secrecy,
    Section,
    Signature,
    SignatureBlock,
    Table,
    TextRole,
    body,
    cell,
    centred,
    plain,
)
from kecan.documents.style_sheet import load_style_sheet
from kecan.lettering.number_words import day_of_paper, percent, time_of_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from kecan.vocabulary import PartialDate, TermPair

DEFAULT_STYLE = "hd-36-2018"
DOTS = "………………"
"""Room to write by hand what no record holds."""
_DOTTED_DAY = "ngày .... tháng .... năm ......"
_DOTTED_TIME = "…… giờ …… phút"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The committee that issues a paper, in the forms its papers need.

    Example: superior "Đảng bộ thành phố Hà Nội", issuer "Huyện uỷ An Bình",
    short_name "Huyện uỷ", party_body "Đảng bộ huyện", place "An Bình", symbol "HU".
    """

    superior: str
    issuer: str
    short_name: str
    party_body: str
    place: str
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFrame:
    """Everything around the content: issuer, day, number, marks, recipients.

    ``number`` None leaves room for the clerk to write it, and so does ``has_day``
    False for the day of signing. ``style`` is the key of a style sheet in
    ``documents/styles``.
    """

    letterhead: Letterhead
    dated: date
    has_day: bool = True
    number: int | None = None
    recipients: tuple[str, ...] = ()
    secrecy: Secrecy | None = None
    is_draft: bool = False
    style: str = DEFAULT_STYLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs: ``authority`` "T/M BAN THƯỜNG VỤ" (or empty), title and name.

    A title or name left blank prints dots.
    """

    title: str
    name: str
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One composition figure: how many have it, of how many, how many are needed.

    ``need`` None means no number is required.
    """

    title: str
    have: int
    of: int
    need: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.have <= self.of:
            msg = f"{self.title}: {self.have} of {self.of} cannot be"
            raise ValueError(msg)

    @property
    def more(self) -> int:
        """How many are still missing."""
        return max(0, (self.need or 0) - self.have)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """A person on a list, told apart from namesakes by birth and office."""

    name: str
    born: PartialDate | None
    office: str

    @property
    def birth_year(self) -> str:
        """The year of birth, or nothing when unknown."""
        return str(self.born.year) if self.born else ""


def day_in_frame(frame: PaperFrame) -> str:
    """Return "ngày 10 tháng 5 năm 2022", dotted while the paper is not dated."""
    return day_or_dots(frame.dated if frame.has_day else None)


def day_or_dots(day: date | None) -> str:
    """Return "ngày 10 tháng 5 năm 2022", dotted when the day is not settled."""
    return _DOTTED_DAY if day is None else day_of_paper(day)


def hour_or_dots(at: time | None) -> str:
    """Return "8 giờ 30 phút", dotted when nobody recorded the hour."""
    return _DOTTED_TIME if at is None else time_of_day(at)


def comrade(name: str, office: str = "") -> str:
    """Return "đồng chí Nguyễn Văn An, Bí thư Huyện uỷ"; an unknown name is dotted."""
    return f"đồng chí {name or DOTS}{', ' if office else ''}{office}"


_PARAGRAPHS_BY_SIGNATURE = 2
_BLANK_LINE = "\N{NO-BREAK SPACE}"
SIGN_AND_NAME = "(Ký, ghi rõ họ tên)"


def paper_heading(
    frame: PaperFrame,
    *,
    kind: str = "",
    stamp_zone: str = "",
    has_place_date: bool = True,
) -> Heading:
    """Return the block at the head of page 1.

    Args:
        frame: Issuer, number, day and marks.
        kind: Symbol of the type, such as "TTr"; empty for a paper without number.
        stamp_zone: Caption of a place for the stamp; empty for none.
        has_place_date: Whether place and day stand under the motto.
    """
    style, letterhead = load_style_sheet(frame.style), frame.letterhead
    number = style.numbered(frame.number, kind=kind, symbol=letterhead.symbol)
    place_date = f"{letterhead.place or DOTS}, {day_in_frame(frame)}"
    return Heading(
        superior=letterhead.superior.upper() or DOTS,
        issuer=letterhead.issuer.upper(),
        number=number if kind else "",
        place_date=place_date if has_place_date else "",
        secrecy=frame.secrecy,
        is_draft=frame.is_draft,
        stamp_zone=stamp_zone,
    )


def paper_title(type_name: str, *abstract: str) -> tuple[Paragraph, ...]:
    """Return the name of the type and the lines of the abstract."""
    lines = (centred(line, TextRole.ABSTRACT) for line in abstract)
    return (centred(type_name, TextRole.TYPE_NAME), *lines)


def addressed_to(frame: PaperFrame, addressees: Sequence[str]) -> tuple[Block, ...]:
    """Return "Kính gửi: …", one line an addressee when there are several."""
    style = load_style_sheet(frame.style)
    word = style.wording.address
    if len(addressees) == 1:
        return (centred(f"{word}: {addressees[0]}", TextRole.BODY),)
    lines = [(f"{word}:", style.rooms.address_mm)]
    lines += [(f"- {name}", style.rooms.address_item_mm) for name in addressees]
    return tuple(
        Paragraph(runs=plain(text), align=Align.LEFT, left_mm=left)
        for text, left in lines
        if addressees
    )


def attached_to(frame: PaperFrame, *, type_name: str, kind: str) -> Paragraph:
    """Return "(kèm theo Tờ trình số 15-TTr/HU, ngày … của …)" for an annex."""
    style, letterhead = load_style_sheet(frame.style), frame.letterhead
    number = style.numbered(frame.number, kind=kind, symbol=letterhead.symbol)
    return centred(
        f"(kèm theo {type_name} {number[0].lower()}{number[1:]}, "
        f"{day_in_frame(frame)} của Ban Thường vụ {letterhead.short_name})",
        TextRole.NOTE,
    )


def signature_of(signatory: Signatory, *, hint: str = "") -> Signature:
    """Return one side of the signature block."""
    lines = (signatory.authority.upper(), signatory.title.upper() or DOTS)
    return Signature(
        office=tuple(line for line in lines if line),
        name=signatory.name or DOTS,
        hint=hint,
    )


def side_by_side(left: Signature, right: Signature) -> SignatureBlock:
    """Return two signatures whose last lines, hints and names stand level."""
    height = max(len(left.office), len(right.office))
    return SignatureBlock(left=_lowered(left, height), right=_lowered(right, height))


def _lowered(side: Signature, height: int) -> Signature:
    blank = (_BLANK_LINE,) * (height - len(side.office))
    return replace(side, office=(*blank, *side.office))


def signed(frame: PaperFrame, signatory: Signatory) -> SignatureBlock:
    """Return the end of a paper: recipients on the left, who signs on the right."""
    recipients = Recipients(lines=frame.recipients) if frame.recipients else None
    return SignatureBlock(left=recipients, right=signature_of(signatory))


def finished_paper(frame: PaperFrame, title: str, *sections: Section) -> Document:
    """Return the document; a signature never stands on a page without text."""
    return Document(
        title=title,
        author=frame.letterhead.issuer,
        dated=frame.dated,
        style=frame.style,
        sections=tuple(
            replace(section, blocks=_kept_with_signature(section.blocks))
            for section in sections
        ),
    )


def _kept_with_signature(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    kept = list(blocks)
    for place, block in enumerate(kept):
        if isinstance(block, Paragraph) and any(
            isinstance(after, SignatureBlock)
            for after in kept[place + 1 : place + 1 + _PARAGRAPHS_BY_SIGNATURE]
        ):
            kept[place] = replace(block, keeps_with_next=True)
    return tuple(kept)


def terms_in_words(pair: TermPair) -> str:
    """Return "2020 - 2025, 2021 - 2026"."""
    return f"{pair.party.vi}, {pair.government.vi}"


def listed(items: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return one dashed paragraph an item: semicolons between, a full stop last."""
    last = len(items) - 1
    return tuple(
        body(f"- {item.rstrip('.;')}{'.' if place == last else ';'}")
        for place, item in enumerate(items)
    )


def header_row(*headings: str) -> tuple[Row, ...]:
    """Return a header of one row."""
    return (Row(cells=tuple(cell(heading) for heading in headings)),)


def note(text: str) -> Paragraph:
    """Return a small slanted remark."""
    return Paragraph(runs=plain(text), role=TextRole.NOTE)


def share_table(shares: Sequence[Share]) -> Table:
    """Return the composition: have, of how many, share, need, how many more."""
    return Table(
        columns=(
            Column(width=12, align=Align.CENTRE),
            Column(width=60),
            Column(width=18, align=Align.CENTRE),
            Column(width=20, align=Align.CENTRE),
            Column(width=20, align=Align.CENTRE),
            Column(width=18, align=Align.CENTRE),
            Column(width=20, align=Align.CENTRE),
        ),
        header=header_row(
            "STT", "Cơ cấu", "Hiện có", "Tổng số", "Tỷ lệ", "Yêu cầu", "Còn thiếu"
        ),
        rows=tuple(
            _share_row(place, share) for place, share in enumerate(shares, start=1)
        ),
    )


def _share_row(place: int, share: Share) -> Row:
    title = (share.title, f"({share.note})") if share.note else (share.title,)
    return Row(
        cells=(
            cell(str(place)),
            cell(*title),
            cell(str(share.have)),
            cell(str(share.of)),
            cell(percent(share.have, share.of)),
            cell("-" if share.need is None else str(share.need)),
            cell("-" if share.need is None else str(share.more)),
        )
    )
