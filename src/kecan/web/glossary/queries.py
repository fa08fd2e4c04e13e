"""Terms of docs/glossary.toml, by their words and found without accents."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kecan
from kecan.lettering.names import dictionary_key, fold_for_search

_FILE = Path(kecan.__file__).parents[2] / "docs" / "glossary.toml"

_NUMBERED = re.compile(r"\d+-[A-ZĐ]+/|^Mẫu ")


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTerm:
    """A term as a user reads it."""

    words: str
    explained: str
    source: str

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return "-".join(fold_for_search(self.words).replace("/", " ").split())


@cache
def glossary_terms() -> tuple[GlossaryTerm, ...]:
    """Return every term in Vietnamese order; none where the file was not installed."""
    if not _FILE.is_file():
        return ()
    listed = tomllib.loads(_FILE.read_text("utf-8"))["term"]
    found = [
        GlossaryTerm(
            words=one["vi"], explained=one["explained"], source=_paper(one["source"])
        )
        for one in listed
    ]
    return tuple(sorted(found, key=lambda one: dictionary_key(one.words)))


def _paper(source: str) -> str:
    """Return a source that is a paper with a number; notes of ours say nothing here."""
    return source if _NUMBERED.search(source) else ""


def terms_matching(asked: str) -> list[GlossaryTerm]:
    """Return the terms whose words or explanation hold what is asked for."""
    folded = fold_for_search(asked)
    return [
        one
        for one in glossary_terms()
        if folded in fold_for_search(f"{one.words} {one.explained}")
    ]


def term_named(words: str) -> GlossaryTerm | None:
    """Return the term of exactly these words."""
    return next((one for one in glossary_terms() if one.words == words), None)
