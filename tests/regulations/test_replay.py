"""Replay: a verdict of a past day depends on the facts of that day and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies import days, people, posts_of, term_pairs

from kecan.regulations.eligibility import judge
from kecan.regulations.pack import load_pack, pack_in_force
from kecan.regulations.verdict import Outcome, Verdict
from kecan.vocabulary import PersonId, Term

if TYPE_CHECKING:
    from kecan.regulations.facts import PersonFacts, Post
    from kecan.vocabulary import TermPair

IDS = ("A", "B", "C")
PACKS = st.sampled_from(["50-qd-tw", "377-qd-tw"])
JUDGED_DAYS = days(date(2021, 12, 27), date(2026, 12, 31))


def _judge(
    person: PersonFacts,
    *,
    posts: tuple[Post, ...],
    terms: TermPair,
    rules: str,
    day: date,
) -> Verdict:
    target = posts[0]
    term: Term = terms.on(target.line)
    assume(day.year <= term.last_year)
    return judge(
        person,
        post=target,
        term=term,
        pack=load_pack(rules),
        as_of=day,
        posts={one.post_id: one for one in posts},
    )


def _in_any_order(data: st.DataObject, person: PersonFacts) -> PersonFacts:
    shuffled: dict[str, Any] = {
        one.name: tuple(data.draw(st.permutations(getattr(person, one.name))))
        for one in fields(person)
        if isinstance(getattr(person, one.name), tuple)
    }
    return replace(person, **shuffled)


@given(
    person=people(post_ids=IDS),
    posts=posts_of(IDS),
    terms=term_pairs(),
    rules=PACKS,
    day=JUDGED_DAYS,
)
def test_a_verdict_of_a_past_day_equals_the_verdict_with_the_facts_of_that_day(
    person: PersonFacts,
    posts: tuple[Post, ...],
    terms: TermPair,
    rules: str,
    day: date,
) -> None:
    now = _judge(person, posts=posts, terms=terms, rules=rules, day=day)
    then = _judge(person.known_on(day), posts=posts, terms=terms, rules=rules, day=day)

    assert now == then


@given(
    data=st.data(),
    person=people(post_ids=IDS),
    posts=posts_of(IDS),
    terms=term_pairs(),
    rules=PACKS,
    day=JUDGED_DAYS,
)
def test_the_order_of_facts_does_not_matter(
    data: st.DataObject,
    person: PersonFacts,
    posts: tuple[Post, ...],
    terms: TermPair,
    rules: str,
    day: date,
) -> None:
    shuffled = _in_any_order(data, person)

    one = _judge(person, posts=posts, terms=terms, rules=rules, day=day)
    other = _judge(shuffled, posts=posts, terms=terms, rules=rules, day=day)

    assert one.outcome is other.outcome
    assert [finding.sentence for finding in one.findings] == [
        finding.sentence for finding in other.findings
    ]
    assert [finding.evidence for finding in one.findings] == [
        finding.evidence for finding in other.findings
    ]


@given(
    person=people(post_ids=IDS),
    posts=posts_of(IDS),
    terms=term_pairs(),
    rules=PACKS,
    day=JUDGED_DAYS,
)
def test_renaming_a_person_changes_no_answer(
    person: PersonFacts,
    posts: tuple[Post, ...],
    terms: TermPair,
    rules: str,
    day: date,
) -> None:
    renamed = replace(person, person_id=PersonId("Z9"), full_name="Đỗ Đình Đạt")

    one = _judge(person, posts=posts, terms=terms, rules=rules, day=day)
    other = _judge(renamed, posts=posts, terms=terms, rules=rules, day=day)

    assert other.person_id == PersonId("Z9")
    assert other.findings == one.findings


@given(
    person=people(post_ids=IDS),
    posts=posts_of(IDS),
    terms=term_pairs(),
    rules=PACKS,
    day=JUDGED_DAYS,
)
def test_every_finding_has_a_clause_and_a_sentence_in_both_languages(
    person: PersonFacts,
    posts: tuple[Post, ...],
    terms: TermPair,
    rules: str,
    day: date,
) -> None:
    verdict = _judge(person, posts=posts, terms=terms, rules=rules, day=day)

    for finding in verdict.findings:
        assert finding.citation.document
        assert finding.citation.dated <= date(2026, 12, 31)
        for sentence in (finding.sentence, *finding.evidence):
            assert sentence.vi.endswith(".")
            assert sentence.en.endswith(".")
            assert "None" not in sentence.vi + sentence.en


@given(
    person=people(post_ids=IDS),
    posts=posts_of(IDS),
    terms=term_pairs(),
    rules=PACKS,
    day=JUDGED_DAYS,
)
def test_a_refusal_always_names_the_finding_that_refuses(
    person: PersonFacts,
    posts: tuple[Post, ...],
    terms: TermPair,
    rules: str,
    day: date,
) -> None:
    verdict = _judge(person, posts=posts, terms=terms, rules=rules, day=day)

    assert bool(verdict.deciding) == (verdict.outcome is not Outcome.PASS)
    assert all(finding.decides for finding in verdict.deciding)


@given(day=days(date(2021, 12, 27), date(2026, 12, 31)))
def test_on_every_day_exactly_one_pack_is_in_force(day: date) -> None:
    chosen = pack_in_force(day).key

    assert chosen == ("50-qd-tw" if day < date(2025, 10, 8) else "377-qd-tw")
