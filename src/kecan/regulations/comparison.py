"""Where two rule packs disagree about the same person, post, term and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecan.regulations.verdict import Finding, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two verdicts on one question, and the findings on which they part."""

    first: Verdict
    second: Verdict
    findings: tuple[tuple[Finding, Finding], ...]

    @property
    def changes_outcome(self) -> bool:
        """Whether the verdict itself comes out otherwise, not only a finding."""
        return self.first.outcome is not self.second.outcome


def difference(first: Verdict, second: Verdict) -> Difference | None:
    """Return where two verdicts on one question part; None where they agree.

    Findings part when their outcome differs or one may be completed later and
    the other not. The same answer under another clause is no difference.

    Raises:
        ValueError: If the verdicts are not on the same person, post, term and day.
    """
    if _question(first) != _question(second):
        msg = "the verdicts answer different questions"
        raise ValueError(msg)
    apart = tuple(
        (one, other)
        for one in first.findings
        for other in second.findings
        if one.criterion is other.criterion
        and (one.outcome, one.timing) != (other.outcome, other.timing)
    )
    if not apart:
        return None
    return Difference(first=first, second=second, findings=apart)


def _question(verdict: Verdict) -> tuple[object, ...]:
    return (verdict.person_id, verdict.post_id, verdict.term, verdict.as_of)
