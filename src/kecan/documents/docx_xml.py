"""The few WordprocessingML elements the DOCX renderer writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from kecan.documents.model import Align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

    from kecan.documents.faces import FacedLine

FONT = "Times New Roman"
_LANGUAGE = "vi-VN"
_SINGLE_LINE = 240
_TWIPS_A_POINT = 20
_EMU_A_TWIP = 635
_JUSTIFICATION = {
    Align.LEFT: "left",
    Align.CENTRE: "center",
    Align.RIGHT: "right",
    Align.JUSTIFY: "both",
}


def element(
    tag: str, *children: BaseOxmlElement, **attributes: str | int
) -> BaseOxmlElement:
    """Return ``<w:tag w:name="value">`` with its children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(Mm(millimetres) / _EMU_A_TWIP)


def fonts() -> BaseOxmlElement:
    """Return the font for every script; without eastAsia Word swaps the face."""
    return element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)


def run_elements(line: FacedLine) -> list[BaseOxmlElement]:
    """Return the runs of a line."""
    return [
        run_element(
            face.text,
            properties=[
                element("b", val=int(face.bold)),
                element("i", val=int(face.italic)),
                element("sz", val=face.size * 2),
                element("szCs", val=face.size * 2),
                *([element("u", val="single")] if face.underline else []),
            ],
        )
        for face in line
    ]


def run_element(text: str, *, properties: Sequence[BaseOxmlElement]) -> BaseOxmlElement:
    """Return a run of text in the paper's font."""
    body = element("t")
    body.text = text
    body.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    language = element("lang", val=_LANGUAGE)
    return element("r", element("rPr", fonts(), *properties, language), body)


def paragraph_element(
    line: FacedLine,
    *,
    align: Align,
    spacing: BaseOxmlElement,
    indent: BaseOxmlElement | None = None,
    keeps_with_next: bool = False,
) -> BaseOxmlElement:
    """Return a paragraph; the order of its properties is the schema's."""
    properties = element("pPr")
    if keeps_with_next:
        properties.append(element("keepNext"))
    properties.append(element("widowControl"))
    properties.append(spacing)
    if indent is not None:
        properties.append(indent)
    properties.append(element("jc", val=_JUSTIFICATION[align]))
    return element("p", properties, *run_elements(line))


def spacing(
    *, before_pt: float = 0, after_pt: float = 0, line_percent: int = 100
) -> BaseOxmlElement:
    """Return the room before, after and between lines."""
    return element(
        "spacing",
        before=round(before_pt * _TWIPS_A_POINT),
        after=round(after_pt * _TWIPS_A_POINT),
        line=_SINGLE_LINE * line_percent // 100,
        lineRule="auto",
    )


def borders(
    tag: str, *, kind: str, sides: Sequence[str], size: int = 4
) -> BaseOxmlElement:
    """Return equal borders; ``size`` in eighths of a point."""
    return element(
        tag,
        *(element(side, val=kind, sz=size, space=0, color="auto") for side in sides),
    )


TABLE_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
CELL_SIDES = ("top", "left", "bottom", "right")
