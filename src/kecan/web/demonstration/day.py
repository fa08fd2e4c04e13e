"""The whole morning of 10/05/2022, step by step, through the actions of the apps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kecan.regulations.eligibility import judge_register
from kecan.regulations.facts import PostKind
from kecan.regulations.verdict import Outcome
from kecan.sample import scenario
from kecan.sample.district import DAY
from kecan.vocabulary import Line, Term, TermPair, UnitId
from kecan.web.organisation.models import Person, Post
from kecan.web.papers.actions import enter_details
from kecan.web.plans.actions import approval, proposals, rounds
from kecan.web.plans.actions.rounds import RoundDraft
from kecan.web.plans.queries import (
    current_terms,
    next_terms,
    pack_of,
    register_with_plan,
    standing_plan,
    terms_for,
)
from kecan.web.plans.refusals import RoundRefusalError

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from random import Random

    from kecan.web.accounts.models import User
    from kecan.web.organisation.models import Term as TermRow
    from kecan.web.plans.models import PlanningRound

NOW = datetime.combine(DAY, time(8, 0), tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_NEWCOMERS_FOR_A_BODY = 14
_PROPOSED_FOR_A_POST = 2
_POSTS_PER_PERSON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the morning needs to know throughout.

    ``executor`` draws and reads scans; ``scanned`` are the conferences, by their
    order, whose ballots are scanned.
    """

    users: dict[str, User]
    rng: Random
    executor: Executor
    scanned: frozenset[int] = frozenset({1, 2, 3})


def open_the_round(day: Day) -> PlanningRound:
    """Open the round on four term labels, under the rules of its date."""
    return rounds.open_round(
        draft=RoundDraft(
            key="thach-binh-2022",
            title="Rà soát, bổ sung quy hoạch nhiệm kỳ hiện tại và xây dựng quy hoạch nhiệm kỳ kế tiếp",
            unit_id=UnitId("HU"),
            as_of=DAY,
            rule_pack="50-qd-tw",
            chain_template="seed-2022",
            current_terms=round_terms()[0],
            next_terms=round_terms()[1],
        ),
        by=day.users["canbo"],
        at=NOW,
    )


def round_terms() -> tuple[TermPair, TermPair]:
    """Return the terms of the morning: the current pair and the next."""
    return _terms(2020), _terms(2025)


def _terms(first_year: int) -> TermPair:
    years = 5
    return TermPair(
        party=Term(
            line=Line.PARTY, first_year=first_year, last_year=first_year + years
        ),
        government=Term(
            line=Line.GOVERNMENT,
            first_year=first_year + 1,
            last_year=first_year + 1 + years,
        ),
    )


def propose_people(planning_round: PlanningRound, day: Day) -> int:
    """Put eligible people forward for every planned post, current and next terms.

    Returns:
        The number of people put forward.
    """
    fit = eligible_people(planning_round)
    made = 0
    for post in Post.objects.filter(is_planned=True).order_by("-rank", "key"):
        for term in terms_for(planning_round, line=post.line):
            people = fit.get((post.key, term.first_year), [])
            made += _propose_for(planning_round, post, term, people, day)
    return made


def eligible_people(
    planning_round: PlanningRound,
) -> dict[tuple[str, int], list[Person]]:
    """Return who passes for each post and first year of a term, higher posts first."""
    pack, register = pack_of(planning_round), register_with_plan()
    people = {person.key: person for person in Person.objects.all()}
    order = {
        key: place
        for place, key in enumerate(
            sorted(people, key=lambda key: (-_rank(people[key]), people[key].sort_key))
        )
    }
    fit: dict[tuple[str, int], list[Person]] = {}
    for terms in (current_terms(planning_round), next_terms(planning_round)):
        for verdict in judge_register(
            register, pack=pack, as_of=planning_round.as_of, terms=terms
        ):
            if verdict.outcome is Outcome.PASS:
                place = (str(verdict.post_id), verdict.term.first_year)
                fit.setdefault(place, []).append(people[verdict.person_id])
    for found in fit.values():
        found.sort(key=lambda person: order[person.key])
    return fit


def _propose_for(
    planning_round: PlanningRound,
    post: Post,
    term: TermRow,
    people: list[Person],
    day: Day,
) -> int:
    is_body = post.kind in {PostKind.COMMITTEE_MEMBER, PostKind.STANDING_MEMBER}
    standing = 0 if is_body else len(standing_plan(term=term, post=post))
    room = (_NEWCOMERS_FOR_A_BODY if is_body else _PROPOSED_FOR_A_POST) - standing
    load = _posts_proposed(planning_round, term)
    free = [person for person in people if load[person.pk] < _POSTS_PER_PERSON]
    made = 0
    for person in free:
        if made >= room:
            break
        try:
            proposals.propose(
                round_id=planning_round.pk,
                person_id=person.pk,
                post_id=post.pk,
                term_id=term.pk,
                by=day.users["canbo"],
                at=NOW,
            )
        except RoundRefusalError:
            continue  # the caps count the standing plan too
        made += 1
    return made


def _posts_proposed(planning_round: PlanningRound, term: TermRow) -> Counter[int]:
    """Return how many posts each person is put forward for in terms beside this one."""
    years = (term.first_year - 1, term.first_year, term.first_year + 1)
    beside = planning_round.proposals.filter(term__first_year__in=years)
    return Counter(beside.values_list("person_id", flat=True))


def _rank(person: Person) -> int:
    held = person.offices.filter(until="", post__isnull=False).select_related("post")
    return max((office.post.rank or 0 for office in held if office.post), default=0)


def sign_the_submission(planning_round: PlanningRound, day: Day) -> None:
    """Enter what the papers say; sign the Tờ trình: from here the list is frozen."""
    enter_details(
        round_id=planning_round.pk,
        words={
            "superior": "Đảng bộ thành phố",
            "approving_body": "Ban Thường vụ Thành uỷ",
            "signatory_post": "Bí thư",
            "signatory_name": day.users["thuongtruc"].full_name,
            "organising_head": day.users["truongban"].full_name,
            "list_maker": day.users["canbo"].full_name,
            "shortcomings": "\n".join(scenario.SHORTCOMINGS),
        },
        by=day.users["canbo"],
        at=NOW,
    )
    proposals.sign_submission(
        round_id=planning_round.pk,
        number=scenario.SUBMISSION_NUMBER,
        dated=DAY,
        by=day.users["truongban"],
        at=NOW,
    )


def approve(planning_round: PlanningRound, day: Day) -> None:
    """Appraise, and approve by two different people."""
    approval.appraise(
        round_id=planning_round.pk,
        opinion="Hồ sơ đầy đủ, quy trình đúng quy định; đồng ý trình Ban Thường vụ Thành uỷ.",
        by=day.users["captren"],
        at=NOW,
    )
    approval.request_approval(
        round_id=planning_round.pk, by=day.users["captren"], at=NOW
    )
    approval.approve_round(
        round_id=planning_round.pk,
        number="2118-QĐ/TU",
        dated=DAY,
        issuer="Ban Thường vụ Thành uỷ",
        by=day.users["thuongtruc"],
        at=NOW,
    )
