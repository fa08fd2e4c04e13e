"""The tour leads to pages that exist, in both languages to the same ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

DOCS = Path(__file__).parents[1] / "docs"
ADDRESS = re.compile(r"`(/[a-z0-9/-]+/)`")


def _addresses(name: str) -> list[str]:
    return ADDRESS.findall((DOCS / name).read_text("utf-8"))


@pytest.mark.parametrize("address", _addresses("tour.md"))
def test_every_address_of_the_tour_is_a_page(address: str) -> None:
    assert resolve(address).func is not None


def test_both_tours_go_the_same_way() -> None:
    assert _addresses("tour.md") == _addresses("tour.vi.md")


def test_readme_and_tour_promise_the_same_time_for_the_first_run() -> None:
    root = DOCS.parent
    english = [(root / "README.md").read_text("utf-8"), _text("tour.md")]
    vietnamese = [(root / "README.vi.md").read_text("utf-8"), _text("tour.vi.md")]

    promised = {
        *(re.findall(r"first run takes ([a-z ]+) minutes", " ".join(english))),
        *(re.findall(r"Lần đầu mất chừng ([\w ]+) phút", " ".join(vietnamese))),
    }

    assert promised == {"three to six", "ba đến sáu"}


def _text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")
