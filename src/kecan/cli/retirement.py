"""``kecan retirement``: the month of retirement, with the rule that gives it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import day, partial_date, print_json, refuse
from kecan.regulations.pack import UnknownPackError
from kecan.regulations.retirement import Retirement, retirement
from kecan.vocabulary import Language, Sentence, Sex

_MONTHS_A_YEAR = 12

Born = Annotated[str, typer.Option(help="Ngày sinh: 1972-02, 02/1972, 15/02/1972.")]
SexOption = Annotated[Sex, typer.Option("--sex", help="Giới tính.")]
RetiresAt = Annotated[
    int | None,
    typer.Option(min=40, max=80, help="Tuổi nghỉ hưu riêng, tính bằng năm."),
]
AsOf = Annotated[
    str | None, typer.Option(help="Ngày áp dụng pháp luật; mặc định hôm nay.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON.")]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")]


def find_retirement(
    *, born: str, sex: Sex, retires_at: int | None, as_of: str | None, lang: Language
) -> Retirement:
    """Read the options and compute the retirement, or refuse with one sentence."""
    birth = partial_date(born, option="--born", language=lang)
    today = day(as_of, option="--as-of", language=lang)
    if birth.earliest > today:
        refuse(
            Sentence(
                f"--born: ngày sinh {birth.vi} sau ngày {today:%d/%m/%Y}.",
                f"--born: the birth date {birth.vi} is after {today:%d/%m/%Y}.",
            ),
            lang,
        )
    override = None if retires_at is None else retires_at * _MONTHS_A_YEAR
    try:
        return retirement(born=birth, sex=sex, as_of=today, retires_at=override)
    except UnknownPackError as error:
        refuse(
            Sentence(
                f"--as-of: {error.sentence.vi}.", f"--as-of: {error.sentence.en}."
            ),
            lang,
        )


@app.command("retirement")
def retirement_command(
    born: Born,
    sex: SexOption,
    retires_at: RetiresAt = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Tháng nghỉ hưu, kèm căn cứ."""
    found = find_retirement(
        born=born, sex=sex, retires_at=retires_at, as_of=as_of, lang=lang
    )
    if as_json:
        print_json(
            {
                "month": str(found.month),
                "age_months": found.age_months,
                "source": None
                if found.parameter is None
                else str(found.parameter.source),
                "sentence": found.sentence.in_language(lang),
            }
        )
        return
    sys.stdout.write(f"{found.month}\n{found.sentence.in_language(lang)}\n")
