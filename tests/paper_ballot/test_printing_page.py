"""What docs/paper-ballot.md promises holds: its example prints, the sheet is as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from typer.testing import CliRunner

import kecan.cli.ballot  # noqa: F401  registers the command
from kecan.cli.app import app

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOCS = Path(__file__).parents[2] / "docs"
DOTS_PER_MM = 300 / 25.4
RUNNER = CliRunner()


@pytest.fixture
def example(tmp_path: Path) -> Path:
    page = (DOCS / "paper-ballot.md").read_text("utf-8")
    found = "\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL))
    form = tmp_path / "form.toml"
    form.write_text(found, "utf-8")
    return form


def printed(form: Path) -> tuple[bytes, dict[str, Any]]:
    pdf, layout = form.with_suffix(".pdf"), form.with_suffix(".json")
    done = RUNNER.invoke(
        app, ["ballot", "print", str(form), "-o", str(pdf), "--layout", str(layout)]
    )
    assert done.exit_code == 0, done.output
    return pdf.read_bytes(), json.loads(layout.read_text("utf-8"))


def picture(pdf: bytes, page: int = 0) -> NDArray[np.uint8]:
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[page].render(scale=300 / 72, grayscale=True)
    return np.array(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width]


def test_the_example_prints_and_every_box_border_lies_where_the_layout_says(
    example: Path,
) -> None:
    pdf, layout = printed(example)
    drawn = picture(pdf)

    def is_ink(x: float, y: float) -> bool:
        return bool(drawn[round(y * DOTS_PER_MM), round(x * DOTS_PER_MM)] < 128)

    boxes = layout["pages"][0]["boxes"]
    assert len(boxes) == 6
    for box in boxes:
        left, top, side = box["x"], box["y"], box["w"]
        middle = top + side / 2
        assert is_ink(left + 0.15, middle)
        assert is_ink(left + side - 0.15, middle)
        assert not is_ink(left - 0.3, middle)
        assert not is_ink(left + side + 0.3, middle)
        assert not is_ink(left + side / 2, middle)
    for corner in layout["pages"][0]["corners"]:
        assert is_ink(corner["x"] + 0.2, corner["y"] + 0.2)
        assert is_ink(corner["x"] + 5.8, corner["y"] + 5.8)


def test_both_codes_read_back_as_the_layout_says(example: Path) -> None:
    pdf, layout = printed(example)
    drawn = picture(pdf)

    for code in layout["pages"][0]["codes"]:
        left, top = (round((code[k] - 2) * DOTS_PER_MM) for k in ("x", "y"))
        side = round((code["w"] + 4) * DOTS_PER_MM)
        crop = np.ascontiguousarray(drawn[top : top + side, left : left + side])
        assert [one.text for one in zxingcpp.read_barcodes(crop)] == [code["text"]]


def test_the_layout_file_has_every_part_its_schema_asks_for(example: Path) -> None:
    _, layout = printed(example)
    schema = json.loads(
        (DOCS / "schemas" / "ballot-layout.schema.json").read_text("utf-8")
    )

    of_page = schema["properties"]["pages"]["items"]
    of_box = of_page["properties"]["boxes"]["items"]
    assert set(layout) == set(schema["required"])
    assert re.fullmatch(schema["properties"]["event"]["pattern"], layout["event"])
    for page in layout["pages"]:
        assert set(page) == set(of_page["required"])
        for box in page["boxes"]:
            assert set(of_box["required"]) <= set(box)
            assert box["kind"] in of_box["properties"]["kind"]["enum"]
            assert box["column"] in of_box["properties"]["column"]["enum"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("max_choices = 2", "max_choices = 0", "contest 1, max_choices: phải từ 1"),
        ("max_choices = 2", "max_choice = 2", "contest 1: có khoá lạ “max_choice”"),
        ('issuer = "', 'tên = "', "không phải TOML"),
        ("birth_year = 1978", "birth_year = 1778", "nominee 1, birth_year: phải từ"),
        ('name = "Đặng Đức Ưng"', 'name = " "', "nominee 1, name: không được để trống"),
        ('name = "Đặng Đức Ưng"', "name = 5", "nominee 1, name: phải là chữ"),
        ('"nominate"', '"remove"', "contest 1, max_choices: không dùng khi"),
        ('"nominate"', '"vote"', "ballot, question: phải là một trong"),
    ],
)
def test_a_faulty_form_is_refused_with_its_place_and_prints_nothing(
    example: Path, before: str, after: str, said: str
) -> None:
    example.write_text(example.read_text("utf-8").replace(before, after, 1), "utf-8")
    pdf = example.with_suffix(".pdf")

    done = RUNNER.invoke(app, ["ballot", "print", str(example), "-o", str(pdf)])

    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert not pdf.exists()


def test_copies_share_their_pages_and_all_say_the_same(example: Path) -> None:
    pdf = example.with_suffix(".pdf")
    RUNNER.invoke(
        app, ["ballot", "print", str(example), "-o", str(pdf), "--copies", "3"]
    )

    content = pdf.read_bytes()
    assert len(pypdfium2.PdfDocument(content)) == 3
    assert np.array_equal(picture(content, 0), picture(content, 2))
