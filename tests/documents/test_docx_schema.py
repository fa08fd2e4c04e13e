"""Word refuses a file whose properties stand in another order than the schema's."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from tests.documents import examples

from kecan.documents import render_docx
from kecan.documents.model import Secrecy
from kecan.documents.roll import roll
from kecan.documents.submission import submission

ORDERS = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl"),
        *("pBdr", "tabs", "spacing", "ind", "jc", "rPr", "sectPr"),
    ),
    "rPr": (
        *("rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "u"),
        *("bdr", "shd", "vertAlign", "lang"),
    ),
    "tblPr": (
        "tblStyle",
        "tblW",
        "jc",
        "tblInd",
        "tblBorders",
        "tblLayout",
        "tblCellMar",
    ),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign"),
}


@pytest.mark.parametrize("tag", ORDERS)
def test_properties_stand_in_the_order_of_the_schema(tag: str) -> None:
    content = examples.roll_content()
    marked = replace(content.frame, secrecy=Secrecy.SECRET, is_draft=True)
    papers = (
        roll(replace(content, frame=marked)),
        submission(examples.submission_content()),
    )

    for paper in papers:
        body = docx.Document(io.BytesIO(render_docx(paper))).element.body
        found = list(body.iter(qn(f"w:{tag}")))

        assert found
        for properties in found:
            names = [child.tag.partition("}")[2] for child in properties]
            assert names == sorted(names, key=ORDERS[tag].index)


def test_every_cell_ends_in_a_paragraph() -> None:
    body = docx.Document(
        io.BytesIO(render_docx(roll(examples.roll_content())))
    ).element.body

    last = {list(entry)[-1].tag for entry in body.iter(qn("w:tc"))}

    assert last == {qn("w:p")}


def test_rows_fill_the_grid_and_tables_the_width_of_the_text() -> None:
    body = docx.Document(
        io.BytesIO(render_docx(submission(examples.submission_content())))
    ).element.body

    for table in body.iter(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        for row in table.findall(qn("w:tr")):
            widths = [
                int(entry.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w")))
                for entry in row.findall(qn("w:tc"))
            ]
            assert sum(widths) == sum(grid)
