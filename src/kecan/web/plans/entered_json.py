"""Values entered for a round, as they are stored with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from kecan.regulations.entered import EnteredValue
from kecan.regulations.parameters import Scope
from kecan.vocabulary import Level, Line, Sex


def entered_to_json(entered: EnteredValue) -> dict[str, Any]:
    """Return an entered value as JSON."""
    scope = entered.scope
    return {
        "key": entered.key,
        "scope": scope_code(scope),
        "value": entered.value,
        "document": entered.document,
        "dated": entered.dated.isoformat(),
    }


def entered_from_json(stored: dict[str, Any]) -> EnteredValue:
    """Return a stored value."""
    return EnteredValue(
        key=stored["key"],
        scope=scope_from_code(stored["scope"]),
        value=stored["value"],
        document=stored["document"],
        dated=date.fromisoformat(stored["dated"]),
    )


def scope_code(scope: Scope) -> str:
    """Return a scope as one text: level, line, term and sex between bars."""
    named = (scope.level, scope.line, scope.term, scope.sex)
    return "|".join("" if place is None else str(place) for place in named)


def scope_from_code(code: str) -> Scope:
    """Return the scope of such a text.

    Raises:
        ValueError: If the text is none.
    """
    level, line, term, sex = code.split("|")
    return Scope(
        level=Level(level) if level else None,
        line=Line(line) if line else None,
        term=term or None,
        sex=Sex(sex) if sex else None,
    )
