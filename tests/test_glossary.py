"""One term, one word: the glossary resolves and its rejected words stay out."""

from __future__ import annotations

import ast
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TERMS: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "docs" / "glossary.toml").read_text("utf-8")
)["term"]
SOURCES = sorted(
    path
    for path in (ROOT / "src" / "kecan").rglob("*.py")
    if "migrations" not in path.parts
)


def _defined_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        if isinstance(node, ast.arg):
            names.add(node.arg)
    return names


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["vi"])
def test_every_identifier_of_the_glossary_exists(term: dict[str, Any]) -> None:
    module, _, name = term["identifier"].rpartition(".")

    assert hasattr(import_module(module), name)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["vi"])
def test_every_term_has_a_meaning_of_one_sentence_and_a_source(
    term: dict[str, Any],
) -> None:
    assert term["meaning"].endswith(".")
    assert term["explained"].endswith(".")
    assert term["source"]


def test_no_name_contains_a_word_the_glossary_rejects() -> None:
    rejected = {word for term in TERMS for word in term["not"]}

    used = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for name in _defined_names(path)
        for word in rejected
        if word in name.lower()
    }

    assert used == set()


def test_the_ledger_has_one_name_in_vietnamese() -> None:
    written = [
        *(ROOT / "src" / "kecan").rglob("*.py"),
        *(ROOT / "src" / "kecan").rglob("*.html"),
        *(ROOT / "docs").rglob("*.*ml"),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("*.md"),
    ]

    found = [
        path.name for path in written if "sổ cái" in path.read_text("utf-8").lower()
    ]

    assert found == []
