"""What-if: a branch of a round beside the round itself, chains of vacancies, dependence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from kecan.planning.branch_tables import (
    dependence_table,
    gathered_move_table,
    move_table,
    side_by_side,
)
from kecan.planning.branches import (
    Branch,
    difference_of,
    with_appointment,
    with_departure,
    with_pack,
    with_seats,
    with_value,
)
from kecan.planning.problem import Placement
from kecan.planning.slate import Conflict, Proposal, propose_slate
from kecan.planning.slate_difference import slate_move_table, slate_moves
from kecan.planning.slate_source import Round, Wishes, problem_from_register
from kecan.planning.slate_words import unproven_sentences
from kecan.planning.svg import Bar
from kecan.planning.vacancy_chain import chain_of, robustness
from kecan.regulations.eligibility import judge_register
from kecan.regulations.entered import with_entered
from kecan.regulations.facts import Departure, DepartureKind
from kecan.regulations.pack import (
    OperatorValueMissingError,
    UnknownParameterError,
    shipped_pack_keys,
)
from kecan.vocabulary import (
    Confidence,
    Level,
    Line,
    PartialDate,
    PersonId,
    Sentence,
)
from kecan.web.analysis.queries.boards import (
    placements_of,
    removed_in_review,
    rows_of,
)
from kecan.web.analysis.queries.registers import (
    pair_of,
    people_rows,
    post_rows,
    register_before,
    register_now,
)
from kecan.web.plans.queries import entered_values, load_rules, pack_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.planning.problem import Problem
    from kecan.planning.tables import Table
    from kecan.planning.vacancy_chain import Vacated
    from kecan.regulations.pack import RulePack
    from kecan.vocabulary import Month
    from kecan.web.plans.models import PlanningRound


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWishes:
    """What a branch changes; None and nothing leave the round as it is."""

    is_next: bool = True
    rule_pack: str = ""
    overlay: str = ""
    as_of: date | None = None
    reference_month: Month | None = None
    seats_of: int = 0
    seats: int = 0
    leaves: int = 0
    appointed: int = 0
    appointed_to: int = 0
    keep: frozenset[tuple[int, int]] = frozenset()
    never: frozenset[tuple[int, int]] = frozenset()

    @property
    def changes_something(self) -> bool:
        """Whether the branch differs from the round at all."""
        return replace(self, is_next=True) != TrialWishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage:
    """A branch beside the round: slates, plan, eligibility, and what was changed."""

    changed: tuple[str, ...]
    conflict: Conflict | None
    slate: Table | None
    plan: Table
    eligible: Table
    counts: tuple[int, int]
    unproven: tuple[str, ...]


def side_table(planning_round: PlanningRound, *, is_next: bool, overlay: str) -> Table:
    """Return how many people pass by the round's rules, each shipped pack, and overlays.

    Args:
        planning_round: The round.
        is_next: Whether the next terms are looked at.
        overlay: A shipped overlay to lay on each pack; the round's own when blank.
    """
    first = _branch(planning_round, is_next=is_next)
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


def _pack(planning_round: PlanningRound, key: str, overlays: Sequence[str]) -> RulePack:
    """Return a pack with the values entered for the round, as the round's own has them."""
    return with_entered(load_rules(key, overlays), entered_values(planning_round))


def trial_page(planning_round: PlanningRound, wishes: TrialWishes) -> TrialPage:
    """Set a branch beside the round.

    Raises:
        ProblemError: If the question of a slate cannot be asked in the branch.
        OperatorValueMissingError: If the rules of the branch lack a value.
        UnknownParameterError: If they do not know one.
        TermEndedError: If a term was over before the day of the branch.
    """
    first = _branch(planning_round, is_next=wishes.is_next)
    second, changed = _changed(planning_round, first, wishes)
    each = settings.SLATE_SECONDS / 2
    ours = propose_slate(
        _problem(planning_round, first, TrialWishes()), limit_seconds=each, questions=0
    )
    near = frozenset(ours.places) if isinstance(ours, Proposal) else frozenset()
    theirs = propose_slate(
        _problem(planning_round, second, wishes),
        limit_seconds=each,
        questions=0,
        near=near,
    )
    slate = None
    if isinstance(ours, Proposal) and isinstance(theirs, Proposal):
        slate = slate_move_table(
            slate_moves(ours, theirs), first=first.name, second=second.name
        )
    standing = difference_of(
        _on_plan(planning_round, first), _on_plan(planning_round, second)
    )
    return TrialPage(
        changed=tuple(changed),
        conflict=theirs if isinstance(theirs, Conflict) else None,
        slate=slate,
        plan=move_table(standing, first=first, second=second, only_plan=True),
        eligible=gathered_move_table(standing, first=first, second=second),
        counts=(_count(ours), _count(theirs)),
        unproven=(*_unproven(ours, first.name), *_unproven(theirs, second.name)),
    )


def _unproven(found: Proposal | Conflict, name: str) -> tuple[str, ...]:
    """Return in words what the time did not suffice to prove of a slate."""
    if isinstance(found, Conflict):
        return ()
    return tuple(f"{name}: {one.vi}" for one in unproven_sentences(found))


def _count(found: Proposal | Conflict) -> int:
    return len(found.places) if isinstance(found, Proposal) else 0


def _branch(planning_round: PlanningRound, *, is_next: bool) -> Branch:
    return Branch(
        name="đợt này",
        register=register_before(planning_round),
        pack=pack_of(planning_round),
        as_of=planning_round.as_of,
        terms=(pair_of(planning_round, is_next=is_next),),
    )


def _on_plan(planning_round: PlanningRound, branch: Branch) -> Branch:
    """Return the branch with the plan as it stands now, drafts too."""
    plan = register_now(planning_round).plan
    return replace(branch, register=replace(branch.register, plan=plan))


def _changed(
    planning_round: PlanningRound, first: Branch, wishes: TrialWishes
) -> tuple[Branch, list[str]]:
    """Return the branch with every change, and each change in words."""
    people, posts = people_rows(planning_round), post_rows(planning_round)
    person = {row.pk: key for key, row in people.items()}
    post = {row.pk: key for key, row in posts.items()}
    found, said = replace(first, name="phương án thử"), list[str]()
    if wishes.rule_pack:
        overlays = [wishes.overlay] if wishes.overlay else []
        found = with_pack(found, _pack(planning_round, wishes.rule_pack, overlays))
        more = f", quy định riêng {wishes.overlay}" if wishes.overlay else ""
        said.append(f"{found.pack.title.vi}{more}")
    if wishes.as_of is not None:
        found = replace(found, as_of=wishes.as_of)
        said.append(f"xét tại ngày {wishes.as_of:%d/%m/%Y}")
    if wishes.reference_month is not None:
        found = _with_month(planning_round, found, wishes.reference_month)
        said.append(f"tháng tính tuổi {wishes.reference_month.vi}")
    if wishes.seats_of in post and wishes.seats:
        key = post[wishes.seats_of]
        found = with_seats(found, post_id=key, seats=wishes.seats)
        said.append(f"{posts[key].title}: {wishes.seats} vị trí")
    if wishes.leaves in person:
        found, words = _leaving(found, person[wishes.leaves], planning_round)
        said.append(f"{people[person[wishes.leaves]].full_name} {words}")
    if wishes.appointed in person and wishes.appointed_to in post:
        ids = (person[wishes.appointed], post[wishes.appointed_to])
        found = with_appointment(found, person_id=ids[0], post_id=ids[1])
        said.append(f"{people[ids[0]].full_name} giữ chức vụ {posts[ids[1]].title}")
    said += [
        f"{verb} {people[person[a]].full_name}, {posts[post[b]].title}"
        for places, verb in ((wishes.keep, "giữ"), (wishes.never, "không đưa vào"))
        for a, b in sorted(places)
        if a in person and b in post
    ]
    return found, said


def _leaving(
    branch: Branch, person_id: PersonId, planning_round: PlanningRound
) -> tuple[Branch, str]:
    gone = Departure(
        left=PartialDate.of(planning_round.as_of),
        kind=DepartureKind.OTHER,
        source="giả định",
    )
    found = with_departure(branch, person_id=person_id, departure=gone)
    return found, "thôi công tác"


def _with_month(planning_round: PlanningRound, branch: Branch, month: Month) -> Branch:
    """Return the branch with the reference month of the committee's level moved."""
    for line in Line:
        term = branch.terms[0].on(line)
        try:
            value = branch.pack.parameter(
                "age.reference_month",
                on=branch.as_of,
                level=Level(planning_round.unit.level),
                line=line,
                term=term.label,
            )
        except OperatorValueMissingError as missing:
            value = missing.parameter
        except UnknownParameterError:
            continue
        branch = with_value(
            branch,
            replace(
                value,
                value=month,
                confidence=Confidence.ASSUMED,
                is_required_from_operator=False,
                note=Sentence("Giả định trên trang so sánh.", "Assumed on trial."),
            ),
        )
    return branch


def _problem(
    planning_round: PlanningRound, branch: Branch, wishes: TrialWishes
) -> Problem:
    (terms,) = branch.terms
    rows = rows_of(planning_round, register=branch.register, terms=terms)
    verdicts = list(
        judge_register(
            branch.register, pack=branch.pack, as_of=branch.as_of, terms=terms
        )
    )
    keep = placements_of(wishes.keep, rows)
    removed = removed_in_review(planning_round) & {
        Placement(one.person_id, one.post_id) for one in verdicts
    }
    return problem_from_register(
        branch.register,
        verdicts=verdicts,
        asked=Round(pack=branch.pack, as_of=branch.as_of, terms=terms, is_trial=True),
        wishes=Wishes(
            keep=keep, never=placements_of(wishes.never, rows) | (removed - keep)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPage:
    """What falls vacant when somebody goes, and which lists hang on one person."""

    chain: tuple[Vacated, ...]
    dependence: Table
    alone: tuple[Bar, ...]


def chain_page(
    planning_round: PlanningRound, *, person: str, is_next: bool
) -> ChainPage:
    """Follow the vacancies after one person, and remove each planned person in turn.

    Args:
        planning_round: The round.
        person: The key of whoever goes; nobody when blank.
        is_next: Whether the next terms are looked at.
    """
    branch = _on_plan(planning_round, _branch(planning_round, is_next=is_next))
    found = robustness(branch)
    names = {one.person_id: one.full_name for one in branch.register.people}
    return ChainPage(
        chain=chain_of(branch, person_id=PersonId(person)) if person else (),
        dependence=dependence_table(found, branch=branch),
        alone=tuple(
            Bar(label=names[one.person_id], value=len(one.lists))
            for one in sorted(found, key=lambda one: -len(one.lists))
        ),
    )
