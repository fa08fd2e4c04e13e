"""The layout as a JSON file for machines that are not Kecan, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kecan.paper_ballot.geometry import Millimetres, Rectangle
from kecan.paper_ballot.layout import (
    BallotLayout,
    BoxLayout,
    CodeLayout,
    Column,
    LineKind,
    PageLayout,
    RowLayout,
    TickPair,
    WriteInZone,
)

if TYPE_CHECKING:
    from kecan.paper_ballot.form import BallotForm

FORMAT = "kecan-ballot-layout"
VERSION = 1

Json = dict[str, Any]


class LayoutFileError(ValueError):
    """A file that is not a layout this version writes."""


def write_layout(layout: BallotLayout, *, form: BallotForm) -> str:
    """Return the layout as JSON; ``form`` gives the names beside the boxes."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "unit": "mm",
        "event": layout.event,
        "style": layout.style,
        "width": layout.width,
        "height": layout.height,
        "pages": [_page(page, form) for page in layout.pages],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_layout(text: str) -> BallotLayout:
    """Return the layout a file holds.

    Raises:
        LayoutFileError: If the text is not such a file.
    """
    try:
        content = json.loads(text)
        if (content["format"], content["version"]) != (FORMAT, VERSION):
            msg = f"not a {FORMAT} file of version {VERSION}"
            raise LayoutFileError(msg)
        return BallotLayout(
            event=content["event"],
            style=content["style"],
            width=Millimetres(content["width"]),
            height=Millimetres(content["height"]),
            pages=tuple(_read_page(page) for page in content["pages"]),
        )
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        msg = f"not a {FORMAT} file: {error!r}"
        raise LayoutFileError(msg) from error


def _page(page: PageLayout, form: BallotForm) -> Json:
    return {
        "page": page.number,
        "corners": [_place(corner) for corner in page.corners],
        "orientation_bar": _place(page.orientation_bar),
        "codes": [{"text": code.text, **_place(code.rectangle)} for code in page.codes],
        "ticks": [
            {
                "row_y": tick.row_y,
                "left": _place(tick.left),
                "right": _place(tick.right),
            }
            for tick in page.ticks
        ],
        "stamp_zone": page.stamp_zone and _place(page.stamp_zone),
        "punch_zone": _place(page.punch_zone),
        "scale_line": _place(page.scale_line),
        "rows": [_line(row) | {"kind": row.kind.value} for row in page.rows],
        "write_in_zones": [_line(zone) for zone in page.write_in_zones],
        "boxes": [
            {
                "page": page.number,
                **_line(box),
                "kind": box.kind.value,
                "nominee": _name(box, form),
                "column": box.column.value,
            }
            for box in page.boxes
        ],
    }


def _line(part: RowLayout | WriteInZone | BoxLayout) -> Json:
    return {"contest": part.contest, "line": part.line, **_place(part.rectangle)}


def _name(box: BoxLayout, form: BallotForm) -> str | None:
    if box.kind is LineKind.WRITE_IN:
        return None
    return form.contests[box.contest - 1].nominees[box.line - 1].name


def _place(rectangle: Rectangle) -> Json:
    return {
        "x": rectangle.x,
        "y": rectangle.y,
        "w": rectangle.width,
        "h": rectangle.height,
    }


def _read_page(page: Json) -> PageLayout:
    top_left, top_right, bottom_right, bottom_left = map(_read_place, page["corners"])
    top_code, bottom_code = (
        CodeLayout(text=code["text"], rectangle=_read_place(code))
        for code in page["codes"]
    )
    return PageLayout(
        number=page["page"],
        corners=(top_left, top_right, bottom_right, bottom_left),
        orientation_bar=_read_place(page["orientation_bar"]),
        codes=(top_code, bottom_code),
        ticks=tuple(
            TickPair(
                row_y=tick["row_y"],
                left=_read_place(tick["left"]),
                right=_read_place(tick["right"]),
            )
            for tick in page["ticks"]
        ),
        stamp_zone=page["stamp_zone"] and _read_place(page["stamp_zone"]),
        punch_zone=_read_place(page["punch_zone"]),
        scale_line=_read_place(page["scale_line"]),
        rows=tuple(
            RowLayout(
                contest=row["contest"],
                line=row["line"],
                kind=LineKind(row["kind"]),
                rectangle=_read_place(row),
            )
            for row in page["rows"]
        ),
        write_in_zones=tuple(
            WriteInZone(
                contest=zone["contest"], line=zone["line"], rectangle=_read_place(zone)
            )
            for zone in page["write_in_zones"]
        ),
        boxes=tuple(_read_box(box) for box in page["boxes"]),
    )


def _read_box(box: Json) -> BoxLayout:
    return BoxLayout(
        contest=box["contest"],
        line=box["line"],
        kind=LineKind(box["kind"]),
        column=Column(box["column"]),
        rectangle=_read_place(box),
    )


def _read_place(place: Json) -> Rectangle:
    return Rectangle(
        Millimetres(place["x"]),
        Millimetres(place["y"]),
        Millimetres(place["w"]),
        Millimetres(place["h"]),
    )
