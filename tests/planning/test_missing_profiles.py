"""Missing profiles: gaps one person can fill are joined, and the nearest are named."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from tests.planning.strategies_slate import problems

from kecan.planning.missing_profiles import MissingProfile, joined, missing_profiles
from kecan.planning.problem import (
    Placement,
    Problem,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
)
from kecan.planning.slate import Proposal, propose_slate
from kecan.planning.slate_words import near_sentence, profile_sentence
from kecan.regulations.verdict import Outcome, Wording
from kecan.vocabulary import Level, PersonId, PostId, Sentence

BODY, OFFICE = PostId("BCH"), PostId("TP")
A_TENTH = Fraction(1, 10)


def person(key: str, *traits: str) -> SlatePerson:
    return SlatePerson(
        person_id=PersonId(key), full_name=f"Người {key}", traits=frozenset(traits)
    )


def post(key: PostId, *fields: str, wanted: int = 2) -> SlatePost:
    return SlatePost(
        post_id=key,
        title="Trưởng phòng" if key == OFFICE else "Uỷ viên",
        level=Level.DISTRICT,
        wanted=wanted,
        fields=fields,
    )


def demand(
    rule: SoftRule, trait: str, noun: str, *posts: PostId, ages: tuple[int, int]
) -> ShareDemand:
    return ShareDemand(
        rule=rule,
        trait=trait,
        posts=posts,
        name=Sentence("BCH", "the committee"),
        noun=Sentence(noun, noun),
        at_least=2,
        ages=ages,
    )


def women(*posts: PostId) -> ShareDemand:
    return demand(SoftRule.WOMEN, "woman", "nữ", *posts, ages=(0, 200))


def young(*posts: PostId) -> ShareDemand:
    return demand(
        SoftRule.YOUNG, "under:40", "người dưới 40 tuổi", *posts, ages=(0, 40)
    )


def older(*posts: PostId) -> ShareDemand:
    return demand(
        SoftRule.AGE_BANDS, "age:45-", "người từ 45 tuổi", *posts, ages=(45, 200)
    )


def proposed(
    people: list[SlatePerson],
    prospects: dict[Placement, Prospect],
    *demands: ShareDemand,
    posts: tuple[SlatePost, ...],
) -> Proposal:
    found = propose_slate(
        Problem(
            people={one.person_id: one for one in people},
            posts={one.post_id: one for one in posts},
            prospects=prospects,
            most_posts={Level.DISTRICT: 3},
            demands=demands,
        )
    )
    assert isinstance(found, Proposal)
    return found


def passes(
    key: str, post_id: PostId, *, fits: bool | None = None
) -> dict[Placement, Prospect]:
    return {
        Placement(PersonId(key), post_id): Prospect(outcome=Outcome.PASS, fits=fits)
    }


def only(found: Proposal) -> MissingProfile:
    (one,) = missing_profiles(found)
    return one


def test_without_time_the_profiles_come_without_people_and_say_so() -> None:
    found = proposed(
        [person("A"), person("B")],
        passes("A", BODY, fits=False) | passes("B", BODY, fits=False),
        women(BODY),
        posts=(post(BODY),),
    )

    (cut,) = missing_profiles(found, seconds=0)
    whole = only(found)

    assert (cut.missing, cut.rules) == (whole.missing, whole.rules)
    assert (cut.is_searched, cut.nearest) == (False, ())
    assert whole.is_searched


def test_traits_of_one_person_are_joined_into_one_profile() -> None:
    found = proposed(
        [person("A"), person("B")],
        passes("A", BODY, fits=False) | passes("B", BODY, fits=False),
        women(BODY),
        young(BODY),
        posts=(post(BODY, "kinh tế"),),
    )

    profile = only(found)

    assert profile_sentence(profile) == Sentence(
        "Còn thiếu 2 nữ dưới 40 tuổi có chuyên môn kinh tế, cho Uỷ viên.",
        "2 women dưới 40 tuổi trained in kinh tế missing for Uỷ viên.",
    )
    assert profile.rules == (SoftRule.PROFESSION, SoftRule.WOMEN, SoftRule.YOUNG)


def test_ages_that_exclude_each_other_are_not_joined() -> None:
    found = proposed(
        [person("A"), person("B")],
        passes("A", BODY) | passes("B", BODY),
        young(BODY),
        older(BODY),
        posts=(post(BODY),),
    )

    said = [profile_sentence(one).vi for one in missing_profiles(found)]

    assert said == [
        "Còn thiếu 2 người dưới 40 tuổi, cho BCH.",
        "Còn thiếu 2 người từ 45 tuổi, cho BCH.",
    ]


def test_a_gap_of_a_post_is_joined_with_the_list_that_holds_the_post() -> None:
    found = proposed(
        [person("A"), person("B")],
        passes("A", BODY) | passes("B", BODY),
        women(BODY, OFFICE),
        posts=(post(BODY), post(OFFICE, wanted=1)),
    )

    said = [profile_sentence(one).vi for one in missing_profiles(found)]

    assert said == [
        "Còn thiếu 1 nữ, cho Trưởng phòng.",
        "Còn thiếu 1 nữ, cho BCH.",
    ]


def test_the_nearest_are_named_with_what_each_lacks() -> None:
    too_old = Sentence("Hết tuổi.", "Too old.")
    failing = Prospect(
        outcome=Outcome.FAIL,
        against=(Wording.of(too_old),),
        fits=True,
    )
    found = proposed(
        [person("A"), person("B"), person("C")],
        passes("A", OFFICE, fits=False)
        | {Placement(PersonId("B"), OFFICE): failing}
        | {
            Placement(PersonId("C"), OFFICE): Prospect(
                outcome=Outcome.FAIL, is_higher=False, fits=True
            )
        },
        posts=(post(OFFICE, "kinh tế", wanted=1),),
    )

    profile = only(found)
    said = [
        near_sentence(one, problem=found.problem, profile=profile).vi
        for one in profile.nearest
    ]

    assert said == ["Người B (B): Hết tuổi"]


def test_people_beyond_those_shown_are_counted() -> None:
    names = [f"N{number}" for number in range(8)]
    prospects: dict[Placement, Prospect] = {}
    for one in names:
        prospects |= passes(one, OFFICE)
    found = proposed(
        [person(one) for one in names],
        prospects,
        women(OFFICE),
        posts=(post(OFFICE, wanted=0),),
    )

    profile = only(found)

    assert (len(profile.nearest), profile.others) == (5, 3)


@settings(max_examples=60)
@given(problem=problems())
def test_every_gap_is_covered_as_often_as_it_is_missing(problem: Problem) -> None:
    found = propose_slate(problem, questions=0)
    if not isinstance(found, Proposal):
        return

    profiles = joined(found.shortfalls, posts=tuple(problem.posts))

    for short in found.shortfalls:
        filled = sum(
            one.missing
            for one in profiles
            if (short.demand is not None and short.demand in one.demands)
            or (
                short.post is not None
                and one.post == short.post
                and short.rule in one.post_rules
            )
        )
        assert filled == short.missing
