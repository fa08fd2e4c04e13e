"""``kecan remaining``: whole months of service left at a reference month."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import month, print_json
from kecan.cli.retirement import (
    AsJson,
    AsOf,
    Born,
    Lang,
    RetiresAt,
    SexOption,
    find_retirement,
)
from kecan.vocabulary import Language, Month, Sentence


@app.command("remaining")
def remaining_command(
    born: Born,
    sex: SexOption,
    at: Annotated[str, typer.Option(help="Thời điểm tính: 2025-06 hoặc 06/2025.")],
    need: Annotated[
        int | None,
        typer.Option(min=0, help="Số tháng cần còn; quyết định mã kết thúc."),
    ] = None,
    retires_at: RetiresAt = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Số tháng công tác còn lại; với --need, mã kết thúc 0 là đủ, 1 là thiếu."""
    reference = month(at, option="--at", language=lang)
    found = find_retirement(
        born=born, sex=sex, retires_at=retires_at, as_of=as_of, lang=lang
    )
    left = reference.months_until(found.month)
    sentence = _sentence(left, reference, need)
    is_enough = need is None or left >= need
    if as_json:
        print_json(
            {
                "months": left,
                "at": str(reference),
                "retires": str(found.month),
                "need": need,
                "is_enough": None if need is None else is_enough,
                "sentence": sentence.in_language(lang),
            }
        )
    else:
        sys.stdout.write(
            f"{left}\n{sentence.in_language(lang)} {found.sentence.in_language(lang)}\n"
        )
    if not is_enough:
        raise typer.Exit(1)


def _sentence(left: int, at: Month, need: int | None) -> Sentence:
    have = _left(left, at)
    if need is None:
        return Sentence(f"{have.vi}.", f"{have.en}.")
    if left >= need:
        return Sentence(
            f"{have.vi}, đủ {need} tháng.",
            f"{have.en}: the {need} needed are there.",
        )
    return Sentence(
        f"{have.vi}, thiếu {need - left} tháng so với {need} tháng.",
        f"{have.en}, {need - left} short of {need}.",
    )


def _left(left: int, at: Month) -> Sentence:
    if left < 0:
        return Sentence(
            f"Đã quá tuổi nghỉ hưu {-left} tháng tính đến {at.vi}",
            f"Past retirement by {-left} months at {at.vi}",
        )
    return Sentence(
        f"Còn {left} tháng công tác tính đến {at.vi}",
        f"{left} months of service left at {at.vi}",
    )
