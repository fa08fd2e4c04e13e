"""What is said of a command given wrongly: one sentence, and where to read on."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import typer

# typer carries its own click, and names what it refuses nowhere else.
from typer._click import exceptions as faults

from kecan.vocabulary import Language, Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHOICES = re.compile(r"is not one of (.+?)\.?$")
_REFUSED = 2


def run(app: typer.Typer, *, words: Sequence[str]) -> NoReturn:
    """Run a command and end with its status.

    Args:
        app: What every command has joined.
        words: What was given after the name of the program.
    """
    language = _language(words)
    try:
        status = app(args=list(words), standalone_mode=False)
    except faults.NoArgsIsHelpError:  # the help is printed already
        sys.exit(_REFUSED)
    except faults.UsageError as fault:
        _refuse(_usage_sentence(fault), language)
    except typer.Abort:
        _refuse(
            Sentence(
                "Đã dừng: không nhận được gì từ bàn phím; chưa thay đổi gì.",
                "Stopped: nothing came from the keyboard; nothing was changed.",
            ),
            language,
        )
    sys.exit(status if isinstance(status, int) else 0)


def _language(words: Sequence[str]) -> Language:
    """Return the language asked for, which a refused command has not read yet."""
    given = " ".join(words)
    return Language.EN if re.search(r"--lang[ =]en\b", given) else Language.VI


def _refuse(sentence: Sentence, language: Language) -> NoReturn:
    sys.stderr.write(f"{sentence.in_language(language)}\n")
    sys.exit(_REFUSED)


def _usage_sentence(fault: faults.UsageError) -> Sentence:
    said = _said(fault)
    if fault.ctx is None:
        return said
    more = f"{fault.ctx.command_path} --help"
    return Sentence(f"{said.vi} Xem thêm: {more}", f"{said.en} See: {more}")


def _said(fault: faults.UsageError) -> Sentence:
    english = fault.format_message().replace("Value error, ", "")
    if isinstance(fault, faults.NoSuchOption):
        near = ", ".join(sorted(fault.possibilities or ()))
        perhaps = f"; gần giống: {near}" if near else ""
        return Sentence(f"Không có tuỳ chọn {fault.option_name}{perhaps}.", english)
    if isinstance(fault, faults.MissingParameter):
        return Sentence(f"Thiếu {_name(fault)}.", english)
    if isinstance(fault, faults.BadParameter):
        return Sentence(f"{_name(fault)}: {_expected(fault)}.", english)
    if isinstance(fault, faults.BadOptionUsage):
        return Sentence(f"{fault.option_name}: {_value_fault(english)}.", english)
    return Sentence(_other(english), english)


def _name(fault: faults.BadParameter) -> str:
    """Return how the option or argument is written on the command line."""
    hint = fault.param.get_error_hint() if fault.param else fault.param_hint or ""
    return str(hint).replace("'", "")


def _expected(fault: faults.BadParameter) -> str:
    """Return what was given and what was expected, as far as the fault says."""
    errors: list[dict[str, Any]] = getattr(fault.__cause__, "errors", list)()
    if not errors:
        return f"giá trị không đúng ({fault.message.rstrip('.')})"
    error = errors[0]
    limits = error.get("ctx", {})
    given = f"'{error.get('input')}' không dùng được; cần"
    if "ge" in limits:
        return f"{given} số từ {limits['ge']} trở lên"
    if "le" in limits:
        return f"{given} số không quá {limits['le']}"
    if str(error.get("type", "")).startswith("int"):
        return f"{given} một số nguyên"
    choices = _CHOICES.search(str(limits.get("error", "")))
    if choices:
        return f"{given} một trong {choices[1]}"
    return f"giá trị không đúng ({fault.message.rstrip('.')})"


def _value_fault(english: str) -> str:
    takes_none = "does not take a value" in english
    return "không nhận giá trị" if takes_none else "cần một giá trị đi kèm"


def _other(english: str) -> str:
    if found := re.match(
        r"No such command ('.*?')\.(?: Did you mean (.+)\?)?", english
    ):
        perhaps = f"; có phải {found[2]}?" if found[2] else "."
        return f"Không có lệnh {found[1]}{perhaps}"
    if found := re.match(r"Got unexpected extra argument\(s\) \((.*)\)", english):
        return f"Thừa: {found[1]}."
    if english.startswith("Missing command"):
        return "Thiếu tên lệnh."
    return english
