"""What-if: branches of a round beside the round and each other, by the same engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings

from kecan.planning.branch_difference import difference_of
from kecan.planning.branch_tables import (
    gathered_move_table,
    move_table,
    side_by_side,
)
from kecan.planning.branch_trial import Trial, trial_of
from kecan.planning.branches import Branch, with_pack, with_plan
from kecan.planning.judging_time import verdicts_within
from kecan.planning.problem import Placement
from kecan.planning.slate import Conflict, Proposal, propose_slate
from kecan.planning.slate_difference import slate_move_table, slate_moves, slates_table
from kecan.planning.slate_round import Round
from kecan.planning.slate_source import Wishes, problem_from_register
from kecan.planning.slate_words import unproven_sentences
from kecan.regulations.entered import with_entered
from kecan.regulations.pack import shipped_pack_keys
from kecan.vocabulary import Level
from kecan.web.analysis.queries.boards import removed_in_review
from kecan.web.analysis.queries.registers import (
    pair_of,
    plan_now,
    register_before,
)
from kecan.web.plans.queries import entered_values, load_rules, pack_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.planning.branch_changes import Change
    from kecan.planning.branch_difference import Judged
    from kecan.planning.problem import Problem
    from kecan.planning.tables import Table
    from kecan.regulations.pack import RulePack
    from kecan.regulations.verdict import Verdict
    from kecan.web.plans.models import PlanningRound

ROUND = "đợt này"
"""How the round itself is called beside its branches."""


def round_trial(planning_round: PlanningRound, *, is_next: bool) -> Trial:
    """Return the round itself, with nothing changed."""
    first = Branch(
        name=ROUND,
        register=register_before(planning_round),
        pack=pack_of(planning_round),
        as_of=planning_round.as_of,
        terms=(pair_of(planning_round, is_next=is_next),),
    )
    return Trial(branch=first, wishes=Wishes())


def trial_from(
    planning_round: PlanningRound,
    changes: Sequence[Change],
    *,
    name: str,
    first: Trial,
) -> Trial:
    """Return the round with changes on top; ``first`` is the round as it is now."""
    return trial_of(
        first.branch,
        changes,
        name=name,
        level=Level(planning_round.unit.level),
        rules=partial(_rules, planning_round),
    )


def _rules(planning_round: PlanningRound, key: str, overlay: str) -> RulePack:
    return _pack(planning_round, key, [overlay] if overlay else [])


def _pack(planning_round: PlanningRound, key: str, overlays: Sequence[str]) -> RulePack:
    """Return a pack with the values entered for the round, as the round's own has them."""
    return with_entered(load_rules(key, overlays), entered_values(planning_round))


def side_table(
    planning_round: PlanningRound, *, is_next: bool, overlay: str = ""
) -> Table:
    """Return how many people pass by the round's rules, each shipped pack, and overlays.

    Args:
        planning_round: The round.
        is_next: Whether the next terms are looked at.
        overlay: A shipped overlay to lay on each pack; the round's own when blank.
    """
    first = round_trial(planning_round, is_next=is_next).branch
    overlays = [overlay] if overlay else planning_round.overlays
    branches = [first]
    for key in shipped_pack_keys():
        plain = _pack(planning_round, key, [])
        is_own = key == planning_round.rule_pack
        if not is_own or planning_round.overlays:
            branches.append(replace(with_pack(first, plain), name=plain.title.vi))
        if overlays and not (is_own and overlays == planning_round.overlays):
            over = with_pack(first, _pack(planning_round, key, overlays))
            name = f"{plain.title.vi}, thêm {', '.join(overlays)}"
            branches.append(replace(over, name=name))
    return side_by_side(branches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A branch with its slate, or with the rules that cannot hold in it."""

    trial: Trial
    found: Proposal | Conflict
    judged: Judged

    @property
    def name(self) -> str:
        """What the branch is called."""
        return self.trial.branch.name

    @property
    def count(self) -> int:
        """How many people the slate plans, each post counted."""
        return len(self.found.places) if isinstance(self.found, Proposal) else 0

    @property
    def conflict(self) -> Conflict | None:
        """The rules that cannot hold together; None with a slate."""
        return self.found if isinstance(self.found, Conflict) else None

    @property
    def unproven(self) -> tuple[str, ...]:
        """What the time did not suffice to prove, in words."""
        if isinstance(self.found, Conflict):
            return ()
        return tuple(f"{self.name}: {one.vi}" for one in unproven_sentences(self.found))


def solved(
    planning_round: PlanningRound,
    trial: Trial,
    *,
    of: int,
    near: Solved | None = None,
) -> Solved:
    """Return a branch with its slate, found in its share of the time of a page.

    Args:
        planning_round: The round.
        trial: The branch.
        of: How many branches share the time.
        near: A branch whose slate is kept to among equally good ones.

    Raises:
        ProblemError: If the question of a slate cannot be asked, or not in the time.
        OperatorValueMissingError: If the rules of the branch lack a value.
        UnknownParameterError: If they do not know one.
        TermEndedError: If a term was over before the day of the branch.
    """
    known = near.found.places if near and isinstance(near.found, Proposal) else ()
    (terms,) = trial.branch.terms
    verdicts = verdicts_within(
        trial.branch.register,
        pack=trial.branch.pack,
        as_of=trial.branch.as_of,
        terms=terms,
        seconds=settings.JUDGING_SECONDS / of,
    )
    found = propose_slate(
        _problem(planning_round, trial, verdicts),
        limit_seconds=settings.SLATE_SECONDS / of,
        questions=0,
        near=frozenset(known),
    )
    return Solved(
        trial=trial,
        found=found,
        judged={(one.person_id, one.post_id, one.term): one for one in verdicts},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What parts two branches: their slates, the standing plan, who is eligible."""

    first: Solved
    second: Solved
    slate: Table | None
    plan: Table
    eligible: Table

    @property
    def sides(self) -> tuple[Solved, Solved]:
        """Both branches."""
        return self.first, self.second

    @property
    def unproven(self) -> tuple[str, ...]:
        """What the time did not suffice to prove of either slate."""
        return (*self.first.unproven, *self.second.unproven)


def difference(
    planning_round: PlanningRound, first: Solved, second: Solved
) -> Difference:
    """Set one branch beside another.

    Raises:
        TermEndedError: If a term was over before the day of a branch.
        OperatorValueMissingError: If the rules of a branch lack a value.
        UnknownParameterError: If they do not know one.
    """
    slate = None
    if isinstance(first.found, Proposal) and isinstance(second.found, Proposal):
        moves = slate_moves(first.found, second.found)
        slate = slate_move_table(moves, first=first.name, second=second.name)
    one, other = first.trial.branch, second.trial.branch
    standing = difference_of(
        on_plan(planning_round, one),
        on_plan(planning_round, other),
        judged=(first.judged, second.judged),
    )
    return Difference(
        first=first,
        second=second,
        slate=slate,
        plan=move_table(standing, first=one, second=other, only_plan=True),
        eligible=gathered_move_table(standing, first=one, second=other),
    )


def trial_page(
    planning_round: PlanningRound, tried: Trial, *, first: Trial
) -> Difference:
    """Set a branch beside the round, which is ``first``.

    Raises:
        ProblemError: If the question of a slate cannot be asked in the branch.
        OperatorValueMissingError: If the rules of the branch lack a value.
        UnknownParameterError: If they do not know one.
        TermEndedError: If a term was over before the day of the branch.
    """
    ours = solved(planning_round, first, of=2)
    theirs = solved(planning_round, tried, of=2, near=ours)
    return difference(planning_round, ours, theirs)


def beside(found: Sequence[Solved]) -> tuple[Table, Table]:
    """Return slates side by side, and how many people are eligible for each post."""
    return (
        slates_table([(one.name, one.found) for one in found]),
        side_by_side(
            [one.trial.branch for one in found], judged=[one.judged for one in found]
        ),
    )


def on_plan(planning_round: PlanningRound, branch: Branch) -> Branch:
    """Return the branch with the plan as it stands now, drafts too."""
    planned = {one.post_id for one in branch.register.posts if one.is_planned}
    people = {one.person_id for one in branch.register.people}
    return with_plan(
        branch,
        [
            one
            for one in plan_now(planning_round)
            if one.post_id in planned and one.person_id in people
        ],
    )


def _problem(
    planning_round: PlanningRound, trial: Trial, verdicts: Sequence[Verdict]
) -> Problem:
    branch, wishes = trial.branch, trial.wishes
    (terms,) = branch.terms
    removed = removed_in_review(planning_round) & {
        Placement(one.person_id, one.post_id) for one in verdicts
    }
    return problem_from_register(
        branch.register,
        verdicts=verdicts,
        asked=Round(pack=branch.pack, as_of=branch.as_of, terms=terms, is_trial=True),
        wishes=replace(wishes, never=wishes.never | (removed - wishes.keep)),
    )
