"""Both renderings of every paper hold the same text, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from tests.documents import examples
from tests.documents.rendered import (
    docx_text,
    model_texts,
    pdf_pages,
    pdf_text,
    spaced,
    squeezed,
)

from kecan.documents import render_docx, render_pdf
from kecan.documents.conference_minutes import conference_minutes
from kecan.documents.count_minutes import count_minutes
from kecan.documents.model import (
    Align,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Secrecy,
    Section,
    body,
)
from kecan.documents.result_report import result_report
from kecan.documents.roll import roll
from kecan.documents.source_list import source_list
from kecan.documents.style_sheet import StyleSheetError, load_style_sheet
from kecan.documents.submission import submission
from kecan.lettering.number_words import decimal
from kecan.vocabulary import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.shared import Length

CONTENTS: dict[str, object] = {
    "submission": examples.submission_content(),
    "source list": examples.source_list_content(),
    "roll": examples.roll_content(),
    "count minutes": examples.count_minutes_content(),
    "conference minutes": examples.conference_minutes_content(),
    "result report": examples.result_report_content(),
}
PAPERS: dict[str, Document] = {
    "submission": submission(examples.submission_content()),
    "source list": source_list(examples.source_list_content()),
    "roll": roll(examples.roll_content()),
    "count minutes": count_minutes(examples.count_minutes_content()),
    "conference minutes": conference_minutes(examples.conference_minutes_content()),
    "result report": result_report(examples.result_report_content()),
}

each_paper = pytest.mark.parametrize("name", PAPERS)


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {name: render_pdf(paper) for name, paper in PAPERS.items()}


@pytest.fixture(scope="module")
def docxs() -> dict[str, bytes]:
    return {name: render_docx(paper) for name, paper in PAPERS.items()}


def figures(content: object) -> Iterator[str]:
    """Yield every figure of a content as a paper prints it."""
    if is_dataclass(content) and not isinstance(content, PartialDate):
        for field in fields(content):
            if field.name not in NOT_PRINTED:
                yield from figures(getattr(content, field.name))
    elif isinstance(content, tuple):
        for part in content:
            yield from figures(part)
    else:
        yield from printed(content)


NOT_PRINTED = {
    "style",  # a key
    "write_in_lines",  # drawn, not counted
    "source",  # printed with its own date
    "share",  # of a threshold: printed in percent, tested with the minutes
}


def printed(value: object) -> tuple[str, ...]:
    match value:
        case int() if not isinstance(value, bool):
            return (str(value),)
        case Fraction():
            return (decimal(value),)
        case date():
            return (str(value.day), str(value.year))
        case time():
            return (f"{value.hour} giờ {value.minute:02d}",)
        case PartialDate():
            return (str(value.year),)
        case _:
            return ()


def holds(text: str, figure: str) -> bool:
    return re.search(rf"(?<!\d)0*{re.escape(figure)}(?!\d)", text) is not None


@each_paper
def test_every_text_of_the_model_stands_in_the_pdf(
    name: str, pdfs: dict[str, bytes]
) -> None:
    text = squeezed(pdf_text(pdfs[name]))

    missing = [part for part in model_texts(PAPERS[name]) if squeezed(part) not in text]

    assert missing == []


@each_paper
def test_every_text_of_the_model_stands_in_the_docx(
    name: str, docxs: dict[str, bytes]
) -> None:
    text = squeezed(docx_text(docxs[name]))

    missing = [part for part in model_texts(PAPERS[name]) if squeezed(part) not in text]

    assert missing == []


@each_paper
def test_every_number_of_the_content_stands_in_both_renderings(
    name: str, pdfs: dict[str, bytes], docxs: dict[str, bytes]
) -> None:
    wanted = set(figures(CONTENTS[name]))
    pdf, word = spaced(pdf_text(pdfs[name])), spaced(docx_text(docxs[name]))

    missing = {
        figure for figure in wanted if not (holds(pdf, figure) and holds(word, figure))
    }

    assert len(wanted) >= 3
    assert missing == set()


@each_paper
def test_the_same_paper_gives_the_same_bytes(
    name: str, pdfs: dict[str, bytes], docxs: dict[str, bytes]
) -> None:
    assert render_pdf(PAPERS[name]) == pdfs[name]
    assert render_docx(PAPERS[name]) == docxs[name]


def test_the_only_date_in_the_files_is_the_papers_own(
    pdfs: dict[str, bytes], docxs: dict[str, bytes]
) -> None:
    properties = docx.Document(io.BytesIO(docxs["submission"])).core_properties
    with zipfile.ZipFile(io.BytesIO(docxs["submission"])) as packed:
        stamps = {entry.date_time for entry in packed.infolist()}

    dates = set(re.findall(rb"D:(\d{8})", pdfs["submission"]))

    assert dates == {b"20220510"}
    assert properties.created is not None
    assert properties.created.date() == date(2022, 5, 10)
    assert properties.modified == properties.created
    assert stamps == {(1980, 1, 1, 0, 0, 0)}


def test_the_pdf_holds_only_the_shipped_face(pdfs: dict[str, bytes]) -> None:
    names = set(re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([A-Za-z-]+)", pdfs["roll"]))

    assert names
    assert all(name.startswith(b"LiberationSerif") for name in names)


@each_paper
def test_every_run_of_the_docx_is_times_new_roman_for_every_script(
    name: str, docxs: dict[str, bytes]
) -> None:
    body = docx.Document(io.BytesIO(docxs[name])).element.body

    faces = {
        tuple(fonts.get(qn(f"w:{script}")) for script in ("ascii", "eastAsia", "cs"))
        for fonts in body.iter(qn("w:rFonts"))
    }
    runs = list(body.iter(qn("w:r")))

    assert faces == {("Times New Roman",) * 3}
    assert all(run.find(qn("w:rPr")) is not None for run in runs)


def test_the_docx_pages_have_the_margins_of_the_style_sheet(
    docxs: dict[str, bytes],
) -> None:
    upright, turned, _ = docx.Document(io.BytesIO(docxs["submission"])).sections

    assert millimetres(upright.left_margin, upright.right_margin) == (30, 15)
    assert millimetres(upright.top_margin, upright.bottom_margin) == (20, 20)
    assert millimetres(turned.page_width, turned.page_height) == (297, 210)


def millimetres(*lengths: Length | None) -> tuple[int, ...]:
    return tuple(round(length.mm) for length in lengths if length is not None)


def test_no_term_is_torn_between_its_years(pdfs: dict[str, bytes]) -> None:
    torn = re.compile(r"\d{4}\s*[-\x02\ufffe][ \xa0]*[\r\n]+\s*\d{4}")

    found = {name: torn.findall(pdf_text(pdf)) for name, pdf in pdfs.items()}

    assert not any(found.values()), found


def test_page_numbers_begin_on_page_two(pdfs: dict[str, bytes]) -> None:
    pages = pdf_pages(pdfs["submission"])

    heads = [page.split("\r\n")[0] for page in pages]

    assert len(pages) == 8
    assert heads[0] == "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"
    assert heads[1:] == ["2", "3", "4", "5", "6", "7", "8"]


def test_the_docx_numbers_pages_but_the_first(docxs: dict[str, bytes]) -> None:
    first = docx.Document(io.BytesIO(docxs["submission"])).sections[0]

    field = first.header.paragraphs[0]._p.find(qn("w:fldSimple"))  # noqa: SLF001

    assert first.different_first_page_header_footer
    assert field.get(qn("w:instr")).strip() == "PAGE"
    assert not first.first_page_header.paragraphs[0].text


def test_a_list_of_a_hundred_repeats_its_header_on_every_page() -> None:
    document = roll(examples.roll_content(heads=100))

    pages = [squeezed(page) for page in pdf_pages(render_pdf(document))]
    table = docx.Document(io.BytesIO(render_docx(document))).tables[1]

    with_people = [page for page in pages if "VũMinhGhế" in page]
    assert len(with_people) >= 4
    assert all("STTHọvàtên" in page for page in with_people)
    repeated = [
        any(True for _ in row._tr.iter(qn("w:tblHeader")))  # noqa: SLF001
        for row in table.rows
    ]
    assert repeated[0]
    assert not any(repeated[1:])


def test_a_row_is_never_torn_between_two_pages() -> None:
    content = examples.roll_content(heads=30)
    heads = content.categories[-1]
    long = tuple(
        replace(person, name=f"{examples.LONG_NAME} {n}")
        for n, person in enumerate(heads.people, start=1)
    )
    document = roll(replace(content, categories=(replace(heads, people=long),)))

    pages = [squeezed(page) for page in pdf_pages(render_pdf(document))]

    name = squeezed(examples.LONG_NAME)
    assert len(pages) > 2
    for n in range(1, 31):
        assert sum(f"{name}{n}Trưởngphòng" in page for page in pages) == 1


def test_a_group_caption_stays_with_its_first_row() -> None:
    for heads in range(17, 23):
        content = examples.roll_content(heads=heads)
        last = replace(content.categories[0], title="Thành phần cuối cùng")
        document = roll(replace(content, categories=(*content.categories, last)))

        pages = pdf_pages(render_pdf(document))

        (page,) = (spaced(page) for page in pages if "Thành phần cuối cùng" in page)
        assert "Trần Quang Khải" in page.split("Thành phần cuối cùng")[1]


def test_a_signature_never_stands_without_text() -> None:
    for people in range(6, 18):
        document = source_list(examples.source_list_content(people=people))

        last = spaced(pdf_pages(render_pdf(document))[-1])

        assert "Danh sách gồm" in last


def test_a_long_name_wraps_inside_its_column(pdfs: dict[str, bytes]) -> None:
    text = pdf_text(pdfs["roll"])

    assert examples.LONG_NAME not in text
    assert squeezed(examples.LONG_NAME) in squeezed(text)


def test_text_from_the_data_is_never_markup() -> None:
    nasty = '#panic("x") *đậm* $x^2$ <w:p/> & "ngoặc" \\ [a] // @b {{c}}'
    content = examples.roll_content(heads=1)
    document = roll(replace(content, hall=nasty))

    assert squeezed(nasty) in squeezed(pdf_text(render_pdf(document)))
    assert squeezed(nasty) in squeezed(docx_text(render_docx(document)))


def test_an_unknown_style_is_refused_by_both_renderers() -> None:
    document = replace(PAPERS["roll"], style="hd-00-1900")

    with pytest.raises(StyleSheetError, match="hd-00-1900"):
        render_pdf(document)
    with pytest.raises(StyleSheetError, match="hd-36-2018"):
        render_docx(document)


@pytest.mark.parametrize("key", ["hd-36-2018", "hd-05-2026"])
def test_a_paper_renders_in_every_style(key: str) -> None:
    content = examples.submission_content()
    document = submission(replace(content, frame=replace(content.frame, style=key)))

    text = spaced(docx_text(render_docx(document)))

    address = {"hd-36-2018": "Kính gửi", "hd-05-2026": "Kính trình"}[key]
    assert f"{address}: Hội nghị cán bộ chủ chốt" in text
    assert spaced(pdf_text(render_pdf(document))).count(address) == 1


def test_draft_and_secrecy_marks_are_drawn() -> None:
    content = examples.roll_content()
    frame = replace(content.frame, is_draft=True, secrecy=Secrecy.TOP_SECRET)
    document = roll(replace(content, frame=frame))

    for text in (pdf_text(render_pdf(document)), docx_text(render_docx(document))):
        assert "DỰ THẢO" in text
        assert "TỐI MẬT" in text


def test_a_paper_without_recipients_is_signed_on_the_right_only() -> None:
    content = examples.result_report_content()
    document = result_report(
        replace(content, frame=replace(content.frame, recipients=()))
    )

    for text in (pdf_text(render_pdf(document)), docx_text(render_docx(document))):
        assert "Nơi nhận" not in text
        assert "T/M BAN THƯỜNG VỤ" in text


def test_a_page_break_begins_a_new_page() -> None:
    document = Document(
        title="Thử",
        author="Huyện uỷ",
        dated=date(2022, 5, 10),
        style="hd-36-2018",
        sections=(Section(blocks=(body("một"), PageBreak(), body("hai"))),),
    )

    pages = pdf_pages(render_pdf(document))

    assert ["một" in page for page in pages] == [True, False]
    assert (
        'w:type="page"' in docx.Document(io.BytesIO(render_docx(document))).element.xml
    )


def test_the_rule_is_as_long_as_the_motto() -> None:
    """The length in the style sheet is that of the motto in 15 point bold."""
    style = load_style_sheet("hd-36-2018")
    heading = Heading(superior="A", issuer="B")
    document = Document(
        title="Thử",
        author="Huyện uỷ",
        dated=date(2022, 5, 10),
        style=style.key,
        sections=(Section(blocks=(heading, Paragraph(runs=(), align=Align.LEFT))),),
    )

    width_mm = motto_width_mm(render_pdf(document))

    assert abs(width_mm - style.rooms.motto_rule_mm) <= 1


def motto_width_mm(pdf: bytes) -> float:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    words = page.get_textpage()
    start = words.get_text_range().index("ĐẢNG CỘNG SẢN")
    boxes = [words.get_charbox(start + n) for n in range(len("ĐẢNG CỘNG SẢN VIỆT NAM"))]
    width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    words.close()
    page.close()
    document.close()
    return float(width) / 72 * 25.4
