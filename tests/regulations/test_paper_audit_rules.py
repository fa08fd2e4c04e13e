"""The numbers of the audit load with their source, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kecan.regulations.pack import RULES
from kecan.regulations.paper_audit import load_paper_audit_rules
from kecan.regulations.rule_files import RuleFileError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("was", "written"),
    [
        ('value = "5/100"', 'value = "năm phần trăm"'),
        ('value = "5/100"', 'value = "0/100"'),
        ('confidence = "assumed"', 'confidence = "perhaps"'),
        ('source = "kecan"', 'source = "nobody"'),
        ("[values.risk_limit]", "[values.risk]"),
    ],
)
def test_a_number_that_is_wrong_unknown_or_unsourced_does_not_load(
    tmp_path: Path, was: str, written: str
) -> None:
    text = (RULES / "paper_audit.toml").read_text("utf-8")
    path = tmp_path / "paper_audit.toml"
    path.write_text(text.replace(was, written, 1), "utf-8")

    with pytest.raises(RuleFileError, match=r"paper_audit\.toml, dòng \d+"):
        load_paper_audit_rules(path)
