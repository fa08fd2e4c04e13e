"""No chain of keys, no time and no ledger entry joins a sheet to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import models

from kecan.web.conferences.models import (
    KeyedSheet,
    Keying,
    KeyingLogLine,
    RollSeat,
    SheetResolution,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FORBIDDEN = {"Person", "RollSeat", "User", "CountingMember"}
HOLD_A_CHOICE = (KeyedSheet, SheetResolution)


def _reached(model: type[models.Model]) -> Iterator[str]:
    """Walk every chain of forward foreign keys from a model."""
    seen, waiting = {model}, [model]
    while waiting:
        for field in waiting.pop()._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                target = field.related_model
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
                    yield target.__name__


@pytest.mark.parametrize("model", HOLD_A_CHOICE)
def test_no_chain_of_foreign_keys_leads_from_a_sheet_to_a_person(
    model: type[models.Model],
) -> None:
    assert FORBIDDEN.isdisjoint(_reached(model))


@pytest.mark.parametrize("model", [*HOLD_A_CHOICE, Keying, KeyingLogLine, RollSeat])
def test_no_time_is_kept_of_a_sheet_a_keying_or_a_seat(
    model: type[models.Model],
) -> None:
    times = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField | models.DateTimeField | models.TimeField)
    ]

    assert times == []


def test_nothing_points_at_a_sheet() -> None:
    pointing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model in HOLD_A_CHOICE
    ]

    assert pointing == []
