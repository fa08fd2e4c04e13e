"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
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


def _texts(path: Path) -> set[str]:
    """Return what a module or page may say: no docstrings, figures of f-strings as 0."""
    if path.suffix == ".html":
        return {re.sub(r"\{\{.*?\}\}", "0", path.read_text("utf-8"))}
    tree = ast.parse(path.read_text("utf-8"))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # docstrings
    found = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
    }
    joined = (node.values for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return found | {
        "".join(
            str(one.value) if isinstance(one, ast.Constant) else "0" for one in all_
        )
        for all_ in joined
    }


def test_a_figure_and_its_per_cent_sign_stand_on_one_line() -> None:
    pages = (ROOT / "src" / "kecan" / "web").rglob("*.html")
    frozen = "wording.py"  # on the ballot: every copy of a style is the same bytes

    found = [
        f"{path.relative_to(ROOT)}: {text[:80]}"
        for path in (*SOURCES, *pages)
        for text in _texts(path)
        if path.name != frozen and re.search(r"\d %(?![\w}])", text)
    ]

    assert found == []
