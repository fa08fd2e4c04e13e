"""Dated facts: the record of a past day holds nothing that came later."""

from __future__ import annotations

from tests.strategies import days


def test_x() -> None:
    assert days()
