"""Rules of the house that no linter knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for path in (ROOT / "src" / "kecan").rglob("*.py")
    if "migrations" not in path.parts
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_at_most_500_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("lock", ["runtime.lock", "dev.lock"])
def test_a_lock_file_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text("utf-8")

    assert "--hash=sha256:" in text
    assert re.search(r"https?://|file://", text) is None


def test_no_share_is_written_outside_the_rule_files() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(r"Fraction\(\s*[1-9]\d*\s*,\s*\d+\s*\)", line)
    ]

    assert found == []


def test_no_page_style_or_script_names_another_host() -> None:
    shipped = [
        path
        for ending in ("*.html", "*.css", "*.js")
        for path in (ROOT / "src" / "kecan" / "web").rglob(ending)
    ]

    found = [
        str(path.relative_to(ROOT))
        for path in shipped
        if re.search(
            r"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", path.read_text("utf-8")
        )
    ]

    assert shipped
    assert found == []
