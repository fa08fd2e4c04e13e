"""What parts two branches: who enters and who leaves, and which rule decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.lists import plan_lists
from kecan.regulations.eligibility import judge_terms
from kecan.regulations.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.planning.branches import Branch
    from kecan.planning.horizon import Question
    from kecan.regulations.verdict import Finding, Verdict

    Judged = Mapping[Question, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Somebody enters or leaves a list between two branches.

    ``findings`` are those that decide in the branch that keeps the person out;
    empty where only the plan itself differs.
    """

    question: Question
    enters: bool
    before: Outcome | None
    after: Outcome | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchDifference:
    """What parts two branches: lists of the plan, and who is eligible for what."""

    plan: tuple[Move, ...]
    eligible: tuple[Move, ...]


def difference_of(
    first: Branch,
    second: Branch,
    *,
    judged: tuple[Judged, Judged] | None = None,
) -> BranchDifference:
    """Return who enters and leaves from ``first`` to ``second``, and which rule decides.

    Args:
        first: A branch.
        second: Another.
        judged: The verdicts of both, where they are known already.

    Raises:
        TermEndedError: If a term was over before the day of a branch.
    """
    before, after = judged or (verdicts_of(first), verdicts_of(second))
    planned_before = _planned(first, before)
    planned_after = _planned(second, after)
    asked = dict.fromkeys([*before, *after])
    passing_before = {one for one in before if before[one].outcome is Outcome.PASS}
    passing_after = {one for one in after if after[one].outcome is Outcome.PASS}
    return BranchDifference(
        plan=tuple(
            _move(one, before=before, after=after, enters=one in planned_after)
            for one in asked
            if (one in planned_before) != (one in planned_after)
        ),
        eligible=tuple(
            _move(one, before=before, after=after, enters=one in passing_after)
            for one in asked
            if (one in passing_before) != (one in passing_after)
        ),
    )


def verdicts_of(branch: Branch) -> dict[Question, Verdict]:
    """Judge everybody of a branch for every planned post in each of its terms."""
    found = judge_terms(
        branch.register, pack=branch.pack, as_of=branch.as_of, terms=branch.terms
    )
    return {(one.person_id, one.post_id, one.term): one for one in found}


def _planned(branch: Branch, verdicts: Mapping[Question, Verdict]) -> set[Question]:
    """Return the entries of the plan that no rule takes out."""
    questions = {
        (person, one.post.post_id, one.term)
        for one in plan_lists(branch.register, terms=branch.terms, as_of=branch.as_of)
        for person in one.people
    }
    return {
        one
        for one in questions
        if one in verdicts and verdicts[one].outcome is not Outcome.FAIL
    }


def _move(
    question: Question,
    *,
    before: Mapping[Question, Verdict],
    after: Mapping[Question, Verdict],
    enters: bool,
) -> Move:
    old, new = before.get(question), after.get(question)
    decides = old if enters else new
    return Move(
        question=question,
        enters=enters,
        before=None if old is None else old.outcome,
        after=None if new is None else new.outcome,
        findings=() if decides is None else decides.deciding,
    )
