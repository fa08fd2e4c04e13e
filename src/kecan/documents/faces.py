"""Text with its face settled: what a role and a run together look like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import Run, TextRole, plain

if TYPE_CHECKING:
    from kecan.documents.model import Heading, Line, Recipients, Signature
    from kecan.documents.style_sheet import StyleSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A stretch of text as it is drawn; ``size`` in points."""

    text: str
    size: int
    bold: bool
    italic: bool
    underline: bool


FacedLine = tuple[Face, ...]


def faces(
    line: Line, *, role: TextRole, style: StyleSheet, is_bold: bool | None = None
) -> FacedLine:
    """Return the runs of a line with the face of their role.

    Args:
        line: The runs; what a run sets itself wins.
        role: Gives size, weight and slant.
        style: The style sheet in use.
        is_bold: Replaces the weight of the role where a run sets none.
    """
    looks = style.texts[role]
    weight = looks.is_bold if is_bold is None else is_bold
    return tuple(
        Face(
            text=run.text,
            size=looks.size_pt,
            bold=weight if run.is_bold is None else run.is_bold,
            italic=looks.is_italic if run.is_italic is None else run.is_italic,
            underline=looks.is_underlined or run.is_underlined,
        )
        for run in line
    )


def faced(text: str, *, role: TextRole, style: StyleSheet) -> FacedLine:
    """Return a plain text in the face of a role; nothing for an empty text."""
    return faces(plain(text), role=role, style=style) if text else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FacedHeading:
    """The lines of a heading block, ready to draw; empty ones are left out."""

    left: tuple[FacedLine, ...]
    motto: FacedLine
    number: FacedLine
    place_date: FacedLine
    secrecy: FacedLine
    draft: FacedLine
    stamp: FacedLine


def faced_heading(block: Heading, *, style: StyleSheet) -> FacedHeading:
    """Return a heading block with its faces settled."""
    left = (
        (block.superior, TextRole.SUPERIOR),
        (block.issuer, TextRole.ISSUER),
        (style.wording.star, TextRole.NUMBER),
    )
    secrecy = block.secrecy.value if block.secrecy else ""
    return FacedHeading(
        left=tuple(faced(text, role=role, style=style) for text, role in left if text),
        motto=faced(style.wording.motto, role=TextRole.MOTTO, style=style),
        number=faced(block.number, role=TextRole.NUMBER, style=style),
        place_date=faced(block.place_date, role=TextRole.PLACE_DATE, style=style),
        secrecy=faced(secrecy, role=TextRole.SECRECY, style=style),
        draft=faced(
            style.wording.draft if block.is_draft else "",
            role=TextRole.DRAFT,
            style=style,
        ),
        stamp=faced(block.stamp_zone, role=TextRole.NOTE, style=style),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FacedSignature:
    """A signature: the lines of office and the hint, room to sign, the name."""

    office: tuple[FacedLine, ...]
    name: FacedLine


def faced_signature(side: Signature, *, style: StyleSheet) -> FacedSignature:
    """Return a signature with its faces settled."""
    office = [faced(line, role=TextRole.SIGNATURE, style=style) for line in side.office]
    if side.hint:
        office.append(faced(side.hint, role=TextRole.NOTE, style=style))
    return FacedSignature(
        office=tuple(office),
        name=faced(side.name, role=TextRole.SIGNATURE, style=style),
    )


def faced_recipients(side: Recipients, *, style: StyleSheet) -> tuple[FacedLine, ...]:
    """Return Nơi nhận and its lines: a dash before each, a full stop at the end."""
    title = (
        Run("Nơi nhận", is_underlined=True),
        Run(":"),
    )
    last = len(side.lines) - 1
    return (
        faces(title, role=TextRole.RECIPIENTS_TITLE, style=style),
        *(
            faced(
                f"- {line}{'.' if place == last else ','}",
                role=TextRole.RECIPIENTS,
                style=style,
            )
            for place, line in enumerate(side.lines)
        ),
    )
