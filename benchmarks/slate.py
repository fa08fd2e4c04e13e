"""The slate: seconds to a proven answer, HiGHS beside OR-Tools CP-SAT on the same question.

Run: ``python benchmarks/slate.py``. Measured: model and every lexicographic pass to a
proven value, without the questions about ties. CP-SAT gets the same rules in the same
order with the same whole numbers, one worker as HiGHS, and as long a limit.
"""

from __future__ import annotations

import platform
from collections import defaultdict
from fractions import Fraction
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from kecan.planning.check import verify_plan
from kecan.planning.problem import (
    Placement,
    Problem,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
)
from kecan.planning.slate_source import Round, problem_from_register
from kecan.planning.soft_rules import counts_for, rating_place, rules_of
from kecan.planning.solve import Model
from kecan.regulations.eligibility import judge_register
from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import Outcome
from kecan.sample.district import DAY, build_district
from kecan.vocabulary import Level, Line, PersonId, PostId, Sentence, Term, TermPair

if TYPE_CHECKING:
    from typing import Any

LIMIT = 60.0
SETTLED, FITTING, CURRENT = 0.9, 0.2, 0.03
NEXT = TermPair(
    party=Term(line=Line.PARTY, first_year=2025, last_year=2030),
    government=Term(line=Line.GOVERNMENT, first_year=2026, last_year=2031),
)


def district() -> Problem:
    """Return the question of the demonstration district."""
    register = build_district(seed=2022).register
    pack = load_pack("50-qd-tw")
    verdicts = judge_register(register, pack=pack, as_of=DAY, terms=NEXT)
    asked = Round(pack=pack, as_of=DAY, terms=NEXT)
    return problem_from_register(register, verdicts=verdicts, asked=asked)


def invented(*, people: int, posts: int, eligible: int) -> Problem:
    """Return a seeded question: so many people eligible for each post."""
    rng = Random(7)
    ids = [PersonId(f"P{number}") for number in range(people)]
    places = [
        Placement(one, PostId(f"T{post}"))
        for post in range(posts)
        for one in rng.sample(ids, eligible)
    ]
    every = tuple(PostId(f"T{post}") for post in range(posts))
    words = Sentence("", "")
    return Problem(
        people={
            one: SlatePerson(
                person_id=one,
                full_name=one,
                traits=frozenset(
                    trait
                    for trait, share in (("woman", 27), ("young", 18))
                    if rng.randrange(100) < share
                ),
                rating=rng.choice([0, 1, 1, 2]),
            )
            for one in ids
        },
        posts={
            post: SlatePost(
                post_id=post,
                title=post,
                level=Level.PROVINCE,
                most=3,
                fields=("x",) if at % 3 else (),
            )
            for at, post in enumerate(every)
        },
        prospects={
            one: Prospect(
                outcome=Outcome.PASS
                if rng.random() < SETTLED
                else Outcome.NEEDS_DECISION,
                fits=rng.random() < FITTING,
            )
            for one in places
        },
        current=frozenset(one for one in places if rng.random() < CURRENT),
        most_posts={Level.PROVINCE: 3},
        demands=tuple(
            ShareDemand(
                rule=rule,
                trait=trait,
                posts=every,
                name=words,
                noun=words,
                share=share,
            )
            for rule, trait, share in (
                (SoftRule.WOMEN, "woman", Fraction(25, 100)),
                (SoftRule.YOUNG, "young", Fraction(15, 100)),
            )
        ),
    )


def by_highs(problem: Problem) -> tuple[tuple[int, ...], bool, float]:
    """Solve with Kecan; return the values, whether all are proven, and seconds."""
    began = perf_counter()
    found = Model(problem, limit_seconds=LIMIT).solve()
    values = tuple(one.missing for one in found.levels)
    verify_plan(problem, sorted(found.places), claimed=values)
    return values, found.is_proven, perf_counter() - began


def by_cp_sat(problem: Problem) -> tuple[tuple[int, ...], bool, float]:
    """Solve the same question with CP-SAT, pass by pass."""
    began = perf_counter()
    model = cp_model.CpModel()
    taken = {one: model.new_bool_var("") for one in problem.allowed}
    terms = _cp_rules(problem, model, taken)
    values: list[int] = []
    proven = True
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    for rule in problem.order:
        solver.parameters.max_time_in_seconds = max(0.1, LIMIT - perf_counter() + began)
        model.minimize(terms[rule])
        status = solver.solve(model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return tuple(values), False, perf_counter() - began
        proven &= status == cp_model.OPTIMAL
        values.append(round(solver.objective_value))
        model.add(terms[rule] <= values[-1])
        model.clear_hints()
        for one in taken.values():
            model.add_hint(one, solver.value(one))
    return tuple(values), proven, perf_counter() - began


def _cp_rules(
    problem: Problem, model: cp_model.CpModel, taken: dict[Placement, Any]
) -> dict[SoftRule, Any]:
    short: dict[SoftRule, list[Any]] = defaultdict(list)
    per_post, per_person = defaultdict(list), defaultdict(list)
    for one, variable in taken.items():
        per_post[one.post_id].append(one)
        per_person[one.person_id, problem.posts[one.post_id].level].append(variable)
    for (_, level), mine in per_person.items():
        model.add(sum(mine) <= problem.most_posts[level])
    for post in problem.posts.values():
        mine = per_post[post.post_id]
        if post.most is not None:
            model.add(sum(taken[one] for one in mine) <= post.most)
        model.add(sum(taken[one] for one in mine) >= problem.least(post))
        for rule in rules_of(post):
            missing = model.new_int_var(0, post.wanted, "")
            counting = [
                taken[one] for one in mine if counts_for(rule, problem.prospects[one])
            ]
            model.add(sum(counting) + missing >= post.wanted)
            short[rule].append(missing)
    for demand in problem.demands:
        short[demand.rule].append(_cp_demand(problem, model, taken, demand))
    added = [one for one in taken if one not in problem.current]
    kept = [one for one in taken if one in problem.current]
    found = {rule: sum(short[rule]) for rule in SoftRule}
    found[SoftRule.CHANGES] = sum(taken[one] for one in added) + sum(
        1 - taken[one] for one in kept
    )
    found[SoftRule.RATINGS] = sum(
        rating_place(problem.people[one.person_id]) * taken[one] for one in added
    )
    return found


def _cp_demand(
    problem: Problem,
    model: cp_model.CpModel,
    taken: dict[Placement, Any],
    demand: ShareDemand,
) -> Any:  # noqa: ANN401  a variable of the other solver
    mine = defaultdict(list)
    posts = set(demand.posts)
    for one, variable in taken.items():
        if one.post_id in posts:
            mine[one.person_id].append(variable)
    planned = {}
    for person, variables in mine.items():
        planned[person] = model.new_bool_var("")
        model.add_max_equality(planned[person], variables)
    having = sum(
        variable
        for one, variable in planned.items()
        if demand.trait in problem.people[one].traits
    )
    missing = model.new_int_var(0, len(planned), "")
    if demand.share is None:
        model.add(having + missing >= (demand.at_least or 0))
    else:
        model.add(
            demand.share.denominator * (having + missing)
            >= demand.share.numerator * sum(planned.values())
        )
    return missing


def main() -> None:
    """Print one table."""
    print(f"{platform.machine()}, Python {platform.python_version()}, one thread each")
    print(
        f"{'question':34}{'HiGHS s':>9}{'proven':>8}{'CP-SAT s':>10}{'proven':>8}  same"
    )
    questions = {
        "district 120 x 45 (< 1 s)": district(),
        "2,000 x 300 x 60 (< 5 s)": invented(people=2000, posts=300, eligible=60),
    }
    for name, problem in questions.items():
        ours, proven, seconds = by_highs(problem)
        theirs, also, longer = by_cp_sat(problem)
        same = "yes" if ours == theirs else f"no {ours} {theirs}"
        print(f"{name:34}{seconds:9.2f}{proven!s:>8}{longer:10.2f}{also!s:>8}  {same}")


if __name__ == "__main__":
    main()
