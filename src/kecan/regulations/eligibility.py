"""Eligibility: one person, one target post, one term, by the rules and facts of a day.

Judging a register asks every question once: what concerns the person alone, what
a kind of post asks, and what only the pair of both can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kecan.regulations.criteria_age import judge_age, service_end
from kecan.regulations.criteria_discipline import judge_discipline
from kecan.regulations.criteria_posts import (
    judge_already_holds,
    judge_higher_post,
    standing,
)
from kecan.regulations.criteria_record import (
    judge_in_post,
    judge_political_standard,
    judge_ratings,
)
from kecan.regulations.criteria_standards import (
    judge_party_membership,
    judge_profession,
    judge_subject_group,
    judge_theory,
)
from kecan.regulations.requirements import requirements
from kecan.regulations.verdict import BY_GRAVITY, Verdict, gravity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date

    from kecan.regulations.criteria_age import AgeRules
    from kecan.regulations.criteria_posts import Standing
    from kecan.regulations.facts import (
        PersonFacts,
        Post,
        ProfessionLevel,
        Register,
        TheoryLevel,
    )
    from kecan.regulations.pack import RulePack
    from kecan.regulations.requirements import Standards
    from kecan.regulations.verdict import Finding
    from kecan.vocabulary import Level, Line, PostId, Term, TermPair

_PEOPLE_PER_CHUNK = 500


def judge(  # person, post, term, rules and day are the question
    person: PersonFacts,
    *,
    post: Post,
    term: Term,
    pack: RulePack,
    as_of: date,
    posts: Mapping[PostId, Post],
) -> Verdict:
    """Judge one person for one post in one term, by the rules and facts of a day.

    Facts that became known after ``as_of`` are dropped first, so a verdict of a
    past day comes out as it would have then.

    Args:
        person: The person's record.
        post: The target post.
        term: The term, on the line of ``post``.
        pack: The rules.
        as_of: The day whose facts and values count.
        posts: The posts of the register, to compare the offices held.

    Raises:
        ValueError: If ``term`` is not on the line of ``post``.
        TermEndedError: If the term was over before ``as_of``.
    """
    if term.line is not post.line:
        msg = f"term {term.label} is not on the line of post {post.post_id}"
        raise ValueError(msg)
    work = _work([(post, (term,))], pack=pack, as_of=as_of, posts=posts)
    return next(_judge_people((person,), work=work))


def judge_register(
    register: Register,
    *,
    pack: RulePack,
    as_of: date,
    terms: TermPair,
    executor: Executor | None = None,
) -> Iterator[Verdict]:
    """Judge every person for every planned post of a register, in its order.

    Each post is judged for the term of ``terms`` that is on its line.

    Raises:
        TermEndedError: If a term was over before ``as_of``.
    """
    return judge_terms(
        register, pack=pack, as_of=as_of, terms=(terms,), executor=executor
    )


def judge_terms(
    register: Register,
    *,
    pack: RulePack,
    as_of: date,
    terms: Sequence[TermPair],
    executor: Executor | None = None,
) -> Iterator[Verdict]:
    """Judge every person for every planned post in several terms, such as current and next.

    With an ``executor`` the people are judged in chunks beside each other; the
    order of the verdicts stays the same.

    Raises:
        TermEndedError: If a term was over before ``as_of``.
    """
    work = _work(
        [
            (post, tuple(pair.on(post.line) for pair in terms))
            for post in register.posts
            if post.is_planned
        ],
        pack=pack,
        as_of=as_of,
        posts={post.post_id: post for post in register.posts},
    )
    if executor is None:
        return _judge_people(register.people, work=work)
    return _in_chunks(register.people, work=work, executor=executor)


@dataclass(frozen=True, slots=True)
class _Demand:
    """What a post asks beside its place: posts with equal demands share findings."""

    standards: int
    required_profession: ProfessionLevel | None
    required_theory: TheoryLevel | None
    managed_by: Level | None
    requires_party_membership: bool
    subject_group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One post: the standards it is judged by, and each term it is judged for.

    A term comes with the places of its age rules and demand in ``_Work`` and of
    its standards in ``standards``.
    """

    post: Post
    standards: tuple[int, ...]
    terms: tuple[tuple[Term, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Findings that several verdicts share, and how grave they are together."""

    findings: tuple[Finding, ...]
    gravity: int

    @classmethod
    def of(cls, *findings: Finding) -> _Weighed:
        return cls(findings, gravity_of(findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """All questions of one judgement; equal rules and demands are kept once.

    ``demands`` holds a post that stands for all posts with the same demand, and
    the place of the standards it is judged by.
    """

    questions: tuple[_Question, ...]
    ages: tuple[AgeRules, ...]
    standards: tuple[Standards, ...]
    demands: tuple[tuple[Post, int], ...]
    pack_key: str
    as_of: date
    posts: Mapping[PostId, Post]


def _work(
    asked: Sequence[tuple[Post, tuple[Term, ...]]],
    *,
    pack: RulePack,
    as_of: date,
    posts: Mapping[PostId, Post],
) -> _Work:
    ages: dict[AgeRules, int] = {}
    standards: dict[Standards, int] = {}
    demands: dict[_Demand, tuple[int, Post]] = {}
    places: dict[tuple[Term, Level, Line], tuple[int, int]] = {}
    questions = []
    for post, terms in asked:
        of_post: dict[int, int] = {}
        of_terms = []
        for term in terms:
            place = (term, post.level, post.line)
            if place not in places:
                found = requirements(
                    pack, term=term, level=post.level, line=post.line, as_of=as_of
                )
                places[place] = (
                    ages.setdefault(found.age, len(ages)),
                    standards.setdefault(found.standards, len(standards)),
                )
            age, rules = places[place]
            demand, _ = demands.setdefault(_demand(post, rules), (len(demands), post))
            of_terms.append(
                (term, age, demand, of_post.setdefault(rules, len(of_post)))
            )
        questions.append(
            _Question(post=post, standards=tuple(of_post), terms=tuple(of_terms))
        )
    return _Work(
        questions=tuple(questions),
        ages=tuple(ages),
        standards=tuple(standards),
        demands=tuple(
            (post, demand.standards) for demand, (_, post) in demands.items()
        ),
        pack_key=pack.key,
        as_of=as_of,
        posts=posts,
    )


def _demand(post: Post, standards: int) -> _Demand:
    return _Demand(
        standards,
        post.required_profession,
        post.required_theory,
        post.managed_by,
        post.requires_party_membership,
        post.subject_group,
    )


def _judge_people(people: Iterable[PersonFacts], *, work: _Work) -> Iterator[Verdict]:
    for person in people:
        yield from _judge_person(person.known_on(work.as_of), work=work)


def _judge_person(person: PersonFacts, *, work: _Work) -> Iterator[Verdict]:
    end = service_end(person, as_of=work.as_of)
    ages = [_Weighed.of(judge_age(end, rules=rules)) for rules in work.ages]
    own = [_own_findings(person, rules, as_of=work.as_of) for rules in work.standards]
    rest = [
        _Weighed.of(
            *_post_findings(person, post, work.standards[standards]), *own[standards]
        )
        for post, standards in work.demands
    ]
    now = standing(person, as_of=work.as_of, posts=work.posts)
    for question in work.questions:
        post = question.post
        places = [
            _Weighed.of(*_place_findings(now, post, work.standards[standards]))
            for standards in question.standards
        ]
        for term, age_at, rest_at, place_at in question.terms:
            age, place, other = ages[age_at], places[place_at], rest[rest_at]
            yield Verdict(
                person_id=person.person_id,
                post_id=post.post_id,
                term=term,
                pack_key=work.pack_key,
                as_of=work.as_of,
                outcome=BY_GRAVITY[max(age.gravity, place.gravity, other.gravity)],
                findings=age.findings + place.findings + other.findings,
            )


def _place_findings(now: Standing, post: Post, rules: Standards) -> tuple[Finding, ...]:
    """Return what only the pair of person and post can tell."""
    return (
        judge_higher_post(now, post=post, rule=rules.higher_post),
        judge_already_holds(now, post=post, rule=rules.already_holds),
    )


def _own_findings(
    person: PersonFacts, rules: Standards, *, as_of: date
) -> tuple[Finding, ...]:
    """Return what concerns the person alone, whatever the post."""
    return (
        judge_in_post(person, as_of=as_of, rule=rules.in_post),
        judge_ratings(person, as_of=as_of, rules=rules.ratings),
        judge_discipline(person, as_of=as_of, rules=rules.discipline),
        judge_political_standard(person, rule=rules.political),
    )


def _post_findings(
    person: PersonFacts, post: Post, rules: Standards
) -> tuple[Finding, ...]:
    """Return what the post asks of the person beside its place."""
    return (
        judge_subject_group(person, post=post, rule=rules.subject_group),
        judge_party_membership(person, post=post, rule=rules.membership),
        judge_profession(person, post=post, rule=rules.profession),
        judge_theory(
            person, post=post, rule=rules.theory, from_level=rules.theory_managed_by
        ),
    )


def _in_chunks(
    people: Sequence[PersonFacts], *, work: _Work, executor: Executor
) -> Iterator[Verdict]:
    starts = range(0, len(people), _PEOPLE_PER_CHUNK)
    chunks = (people[start : start + _PEOPLE_PER_CHUNK] for start in starts)
    for verdicts in executor.map(partial(_judge_chunk, work=work), chunks):
        yield from verdicts


def _judge_chunk(people: Sequence[PersonFacts], *, work: _Work) -> tuple[Verdict, ...]:
    return tuple(_judge_people(people, work=work))
