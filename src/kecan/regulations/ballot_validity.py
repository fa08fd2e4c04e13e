"""Which marks make a whole ballot invalid, read from the chains file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecan.regulations.rule_fields import read_choice, read_flag, require_fields
from kecan.regulations.rule_files import line_of, placed
from kecan.regulations.rule_values import read_citation
from kecan.tally import BallotRules
from kecan.vocabulary import Citation, Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kecan.regulations.rule_values import Source

_NAMES = ("over_choice", "blank", "both_boxes")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityRule:
    """Whether one fault spoils the whole ballot, who says so and how sure we are."""

    is_invalid: bool
    source: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotValidity:
    """The faults a rule pack judges: too many choices, no mark at all, both boxes."""

    over_choice: ValidityRule
    blank: ValidityRule
    both_boxes: ValidityRule

    @property
    def rules(self) -> BallotRules:
        """What counting needs of it."""
        return BallotRules(
            over_choice_is_invalid=self.over_choice.is_invalid,
            blank_is_invalid=self.blank.is_invalid,
            both_boxes_is_invalid=self.both_boxes.is_invalid,
        )


def read_validity(
    path: Path,
    table: Mapping[str, Any],
    lines: Sequence[str],
    sources: Mapping[str, Source],
) -> BallotValidity:
    """Read the table ``validity`` of a chains file.

    Raises:
        RuleFileError: If a rule is missing, unknown or not true or false, or its
            source is unknown.
    """
    with placed(path, line_of(lines, r"\[validity\.")):
        require_fields(table, mandatory=_NAMES)
    found = {}
    for name in _NAMES:
        entry = table[name]
        with placed(path, line_of(lines, rf"\[validity\.{re.escape(name)}\]")):
            require_fields(
                entry,
                mandatory=("is_invalid", "source", "confidence"),
                optional=("place",),
            )
            found[name] = ValidityRule(
                is_invalid=read_flag(entry, "is_invalid"),
                source=read_citation(entry, sources),
                confidence=read_choice(entry, "confidence", Confidence),
            )
    return BallotValidity(**found)
