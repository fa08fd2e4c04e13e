"""``kecan ballot audit``: which sheets to pull after the count, and what they prove."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from kecan.cli.ballot import ballot_app
from kecan.cli.ballot_final import why_not_final, why_not_whole
from kecan.cli.ballot_places import ScannedAt, SheetPlace
from kecan.cli.inputs import print_json, refuse
from kecan.lettering.file_faults import file_fault
from kecan.paper_ballot.audit_report import (
    AuditedContest,
    AuditReport,
    AuditTerms,
    Conclusion,
    SheetNotDrawnError,
    audit,
)
from kecan.paper_ballot.audit_sample import DiceNotReadableError, Seed
from kecan.paper_ballot.audit_words import assertion_words, conclusion_words, percent
from kecan.paper_ballot.form_file import FormFileError, read_form
from kecan.regulations.chains import UnknownChainError, load_chain
from kecan.regulations.paper_audit import load_paper_audit_rules
from kecan.tally import InvalidReason, LineState, Sheet
from kecan.vocabulary import Base, Language, Sentence

_PERCENT = 100


@ballot_app.command("audit")
def audit_command(  # noqa: PLR0915  options first, then one line a step
    count_file: Annotated[Path, typer.Argument(metavar="COUNT", help="count.json.")],
    form_file: Annotated[Path, typer.Option("--form", help="Mẫu phiếu .toml.")],
    dice: Annotated[str, typer.Option(help="20 chữ số gieo công khai.")],
    step: Annotated[str, typer.Option(help="Bước của quy trình, ví dụ key_officials.")],
    base: Annotated[
        int, typer.Option(min=1, help="Số người hoặc phiếu làm căn cứ tính mức.")
    ],
    chain: Annotated[str, typer.Option(help="Mẫu quy trình.")] = "seed-2022",
    risk: Annotated[
        float | None, typer.Option(min=0.01, max=50, help="Giới hạn rủi ro, %.")
    ] = None,
    sheets: Annotated[
        Path | None, typer.Option(help="CSV các tờ đã đọc lại từ giấy.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")] = Language.VI,
) -> None:
    """Bốc thăm tờ phiếu để đối chiếu với kết quả; mã 1 nếu chưa khẳng định được."""
    try:
        form = read_form(form_file)
        steps = {one.key: one for one in load_chain(chain).steps}
        threshold = steps[step].threshold if step in steps else None
        seed = Seed.parse(dice)
    except (FormFileError, UnknownChainError) as error:
        refuse(error.sentence, lang)
    except DiceNotReadableError:
        refuse(Sentence("--dice: cần đúng 20 chữ số.", "--dice: 20 digits."), lang)
    if threshold is None:
        known = ", ".join(key for key, one in steps.items() if one.threshold)
        refuse(
            Sentence(f"--step: cần một trong {known}.", f"--step: one of {known}."),
            lang,
        )
    shape = [len(contest.nominees) for contest in form.contests]
    try:
        count = json.loads(count_file.read_text("utf-8"))
        _refuse_count(count_file, why_not_final(count, event=form.event), lang)
        record, places = _record(count, shape), _places(count)
        _refuse_count(count_file, why_not_whole(count, record), lang)
        found = {} if sheets is None else _found(sheets, shape)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        refuse(_unreadable(count_file, sheets, error), lang)
    valid = sum(one.invalid_reason is None for one in record)
    fixed = {Base.VALID: valid, Base.RETURNED: len(record)}
    contests = [
        AuditedContest(
            title=contest.title,
            nominees=tuple(one.name for one in contest.nominees),
            threshold=threshold,
            base=fixed.get(threshold.base, base),
        )
        for contest in form.contests
    ]
    rules = load_paper_audit_rules()
    limit = rules.risk_limit.value
    terms = AuditTerms(
        limit=limit if risk is None else Fraction(str(risk)) / _PERCENT,
        inflation=rules.error_inflation.value,
        reread_from=rules.full_reread_from.value,
    )
    try:
        report = audit(record, contests, seed=seed, terms=terms, found=found)
    except SheetNotDrawnError as error:
        refuse(
            Sentence(
                f"--sheets: tờ {error.position} không đúng thứ tự bốc thăm; "
                f"còn thiếu tờ {error.expected}.",
                f"--sheets: sheet {error.position} is out of the draw; "
                f"sheet {error.expected} is missing.",
            ),
            lang,
        )
    _print(report, terms, contests, places=places, as_json=as_json, lang=lang)
    if report.conclusion is not Conclusion.CONFIRMED:
        raise typer.Exit(1)


def _print(
    report: AuditReport,
    terms: AuditTerms,
    contests: list[AuditedContest],
    *,
    places: list[SheetPlace],
    as_json: bool,
    lang: Language,
) -> None:
    words = conclusion_words(report, terms)
    if as_json:
        print_json(
            {
                "conclusion": report.conclusion.value,
                "sentence": words.in_language(lang),
                "risk": str(report.risk),
                "pull": list(report.pull),
                "places": [
                    {"sheet": one} | asdict(places[one - 1]) for one in report.pull
                ],
                "differing": list(report.differing),
                "assertions": [
                    {
                        "contest": one.assertion.contest + 1,
                        "says": assertion_words(one.assertion, contests).in_language(
                            lang
                        ),
                        "margin_sheets": one.least_wrong_sheets,
                        "risk": percent(one.risk).in_language(lang),
                    }
                    for one in report.measured
                ],
            }
        )
    else:
        sys.stdout.write(words.in_language(lang) + "\n")
        for one in report.pull:
            place = places[one - 1].words.in_language(lang)
            sys.stdout.write(f"{one:>6}  {place}\n")


def _places(count: dict[str, Any]) -> list[SheetPlace]:
    """Return where each ballot of the count lies in its scans, in the same order."""
    pages = {one["sha256"]: one for one in count["sheets"]}
    found = []
    for ballot in count["ballots"]:
        scanned = sorted(
            (str(pages[one]["file"]), int(pages[one]["file_page"]))
            for one in ballot["sheets"]
        )
        found.append(
            SheetPlace(
                pages=tuple(ScannedAt(file=file, page=page) for file, page in scanned)
            )
        )
    return found


def _record(count: dict[str, Any], shape: list[int]) -> list[Sheet]:
    """Return the ballots of a final count, numbered as they stand in the file."""
    pages = {one["sha256"]: one for one in count["sheets"]}
    record = []
    for number, ballot in enumerate(count["ballots"], start=1):
        marked = {
            (box["contest"], box["line"], box["column"])
            for digest in ballot["sheets"]
            for box in pages[digest]["boxes"]
            if box["state"] == "1"
        }
        record.append(
            _sheet(
                number,
                [
                    {
                        line
                        for line in range(1, lines + 1)
                        if (contest, line, "agree") in marked
                        and (contest, line, "disagree") not in marked
                    }
                    for contest, lines in enumerate(shape, start=1)
                ],
                shape,
                is_valid=ballot["standing"] == "counted",
            )
        )
    return record


def _found(path: Path, shape: list[int]) -> dict[int, Sheet | None]:
    """Read ``position,valid,1 3 5,...``: lines agreed to; valid is 1, 0 or ?."""
    found: dict[int, Sheet | None] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            number, valid, *contests = row
            if valid not in {"1", "0", "?"} or len(contests) != len(shape):
                msg = f"row of sheet {number}"
                raise ValueError(msg)
            agreed = [{int(line) for line in cell.split()} for cell in contests]
            found[int(number)] = (
                None
                if valid == "?"
                else _sheet(int(number), agreed, shape, is_valid=valid == "1")
            )
    return found


def _sheet(
    number: int, agreed: list[set[int]], shape: list[int], *, is_valid: bool
) -> Sheet:
    return Sheet(
        number=number,
        states=tuple(
            tuple(
                LineState.AGREE if line in lines else LineState.NONE
                for line in range(1, size + 1)
            )
            for lines, size in zip(agreed, shape, strict=True)
        ),
        invalid_reason=None if is_valid else InvalidReason.TORN,
    )


def _refuse_count(file: Path, why: Sentence | None, language: Language) -> None:
    if why is not None:
        refuse(Sentence(f"{file.name}: {why.vi}", f"{file.name}: {why.en}"), language)


def _unreadable(count: Path, sheets: Path | None, error: Exception) -> Sentence:
    names = count.name if sheets is None else f"{count.name}, {sheets.name}"
    if isinstance(error, OSError):
        return Sentence(
            f"Không mở được {names}: {file_fault(error).vi}.",
            f"Cannot open {names}: {file_fault(error).en}.",
        )
    return Sentence(
        f"Không đọc được {names}: không đúng dạng ({error}).",
        f"{names} cannot be read: not of the form expected ({error}).",
    )
