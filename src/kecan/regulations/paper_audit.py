"""The numbers an audit of paper ballots goes by, read from data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.pack import RULES
from kecan.regulations.rule_fields import read_choice, read_ratio, require_fields, wrong
from kecan.regulations.rule_files import (
    line_of,
    placed,
    read_sources,
    toml_table,
    utf8_text,
)
from kecan.regulations.rule_values import read_citation
from kecan.vocabulary import Citation, Confidence

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

_NAMES = ("risk_limit", "error_inflation", "full_reread_from", "confident_checks")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditValue:
    """One number with its source and how sure we are of it."""

    value: Fraction
    source: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAuditRules:
    """Risk limit, error inflation (gamma), the share that means reading all, and checks.

    ``confident_checks`` is the share of boxes a machine was sure of that people look
    at too.
    """

    risk_limit: AuditValue
    error_inflation: AuditValue
    full_reread_from: AuditValue
    confident_checks: AuditValue


def load_paper_audit_rules(path: Path = RULES / "paper_audit.toml") -> PaperAuditRules:
    """Read the numbers of an audit.

    Raises:
        RuleFileError: If the file is not TOML, a number is missing, unknown or not a
            share, or its source is unknown.
        OSError: If the file cannot be read.
    """
    text = utf8_text(path)
    table, lines = toml_table(path, text), text.split("\n")
    with placed(path, 1):
        require_fields(table, mandatory=("sources", "values"))
        require_fields(table["values"], mandatory=_NAMES)
    sources = read_sources(path, table["sources"], lines)
    found = {}
    for name in _NAMES:
        entry = table["values"][name]
        with placed(path, line_of(lines, rf"\[values\.{re.escape(name)}\]")):
            require_fields(
                entry, mandatory=("value", "source", "confidence"), optional=("place",)
            )
            ratio = read_ratio(entry["value"])
            if ratio is None or ratio <= 0:
                raise wrong(
                    entry["value"], "value", 'phân số, như "5/100"', 'a share: "5/100"'
                )
            found[name] = AuditValue(
                value=ratio,
                source=read_citation(entry, sources),
                confidence=read_choice(entry, "confidence", Confidence),
            )
    return PaperAuditRules(**found)
