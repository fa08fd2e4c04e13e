"""Changes of a branch as they are stored with it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kecan.planning import branch_changes
from kecan.planning.branches import Supposed
from kecan.planning.problem import SoftRule
from kecan.regulations.facts import RatingGrade, TheoryLevel
from kecan.vocabulary import Month, PartialDate, Sex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kecan.planning.branch_changes import Change

_KINDS: Mapping[str, type] = {
    "rules": branch_changes.OtherRules,
    "draft": branch_changes.DraftOverlay,
    "day": branch_changes.OtherDay,
    "month": branch_changes.OtherMonth,
    "post_added": branch_changes.PostAdded,
    "post_dropped": branch_changes.PostDropped,
    "seats": branch_changes.OtherSeats,
    "person_added": branch_changes.PersonAdded,
    "record": branch_changes.RecordSupposed,
    "leaves": branch_changes.Leaves,
    "appointed": branch_changes.Appointed,
    "decided": branch_changes.Decided,
    "order": branch_changes.OtherOrder,
    "wanted": branch_changes.OtherWanted,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def change_to_json(change: Change) -> dict[str, Any]:
    """Return a change as JSON."""
    return {"kind": kind_of(change), **_written(change)}


def kind_of(change: Change) -> str:
    """Return how the kind of a change is stored."""
    return _NAMES[type(change)]


def change_from_json(stored: Mapping[str, Any]) -> Change:
    """Return a stored change."""
    kind = _KINDS[stored["kind"]]
    read: Change = kind(**_read(stored, kind))
    return read


def key_of(change: Change) -> str:
    """Return a short mark by which a page names a change of a branch."""
    text = json.dumps(change_to_json(change), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def _written(one: object) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(one):  # type: ignore[arg-type]
        value = getattr(one, field.name)
        if isinstance(value, Supposed):
            found[field.name] = _written(value)
        elif isinstance(value, date):
            found[field.name] = value.isoformat()
        elif isinstance(value, Month | PartialDate):
            found[field.name] = str(value)
        else:
            found[field.name] = value
    return found


def _read(stored: Mapping[str, Any], kind: type) -> dict[str, Any]:
    found = {}
    for field in fields(kind):
        value = stored.get(field.name)
        reader = _READERS.get(field.name)
        found[field.name] = value if reader is None or value is None else reader(value)
    return found


def _partial(text: str) -> PartialDate:
    return PartialDate(*(int(one) for one in text.split("-")))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "month": Month.parse,
    "order": lambda rules: tuple(SoftRule(one) for one in rules),
    "supposed": lambda stored: Supposed(**_read(stored, Supposed)),
    "born": _partial,
    "sex": Sex,
    "theory": TheoryLevel,
    "grade": RatingGrade,
}
