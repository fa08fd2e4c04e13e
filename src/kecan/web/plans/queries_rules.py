"""The values of a round's rules as its page shows them, group by group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.entered import is_typed_by_hand, key_definition
from kecan.regulations.value_words import (
    choice_in_words,
    scope_in_words,
    value_in_words,
)
from kecan.regulations.wording import CONFIDENCES
from kecan.vocabulary import Confidence
from kecan.web.plans.entered_json import scope_code
from kecan.web.plans.queries import pack_of

if TYPE_CHECKING:
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.web.plans.models import PlanningRound

_GROUPS = {
    "planning": "Số lượng, hệ số",
    "composition": "Cơ cấu",
    "age": "Tuổi",
    "rating": "Xếp loại hằng năm",
    "discipline": "Kỷ luật",
    "review": "Rà soát",
}
_STANDARDS = "Tiêu chuẩn, điều kiện"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One value in force: what it says, where it stands, whether it can be entered."""

    key: str
    scope: str
    description: str
    for_whom: str
    value: str
    is_missing: bool
    source: str
    url: str
    confidence: str
    confidence_title: str
    note: str
    is_open: bool
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """The values of one matter."""

    title: str
    rows: tuple[RuleRow, ...]
    missing: int


def rule_groups(planning_round: PlanningRound) -> list[RuleGroup]:
    """Return every value in force on the round's day, the last layer's own."""
    pack = pack_of(planning_round)
    terms = {
        f"{term.first_year}-{term.last_year}"
        for term in (
            planning_round.current_party_term,
            planning_round.current_government_term,
            planning_round.next_party_term,
            planning_round.next_government_term,
        )
    }
    groups: dict[str, list[RuleRow]] = {title: [] for title in _GROUPS.values()}
    for one in _in_force(pack, planning_round):
        if one.scope.term is None or one.scope.term in terms:
            title = _GROUPS.get(one.key.split(".")[0], _STANDARDS)
            groups.setdefault(title, []).append(_row(one))
    return [
        RuleGroup(
            title=title,
            rows=tuple(rows),
            missing=sum(row.is_missing for row in rows),
        )
        for title, rows in groups.items()
        if rows
    ]


def _in_force(pack: RulePack, planning_round: PlanningRound) -> list[Parameter]:
    found: dict[tuple[str, object], Parameter] = {}
    day = max(planning_round.as_of, pack.in_force_from)
    for one in pack.all_parameters():
        if one.holds_on(day):
            found[one.key, one.scope] = one
    return list(found.values())


def _row(one: Parameter) -> RuleRow:
    definition = key_definition(one.key)
    return RuleRow(
        key=one.key,
        scope=scope_code(one.scope),
        description=one.description.vi,
        for_whom=scope_in_words(one.scope).vi,
        value=value_in_words(one).vi,
        is_missing=one.is_required_from_operator,
        source=str(one.source),
        url=one.source.url,
        confidence=one.confidence.value,
        confidence_title=CONFIDENCES[one.confidence].vi,
        note=one.note.vi if one.note is not None else "",
        is_open=is_typed_by_hand(definition)
        and (
            one.is_required_from_operator or one.confidence is not Confidence.VERIFIED
        ),
        choices=tuple((code, choice_in_words(code).vi) for code in definition.choices),
    )
