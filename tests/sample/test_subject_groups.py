"""Leading posts of the demonstration are planned from heads and secretaries."""

from __future__ import annotations

from kecan.regulations.facts import PostKind
from kecan.sample.district import DAY, build_district
from kecan.sample.posts import KEY_OFFICIALS


def test_a_leading_post_asks_for_the_group_of_heads_and_secretaries() -> None:
    district = build_district(seed=2022)
    ranks = {post.post_id: post.rank or 0 for post in district.register.posts}

    asking = {
        post.kind for post in district.register.posts if post.subject_group is not None
    }
    in_group = [
        one for one in district.register.people if KEY_OFFICIALS in one.subject_groups
    ]

    assert PostKind.SECRETARY in asking
    assert PostKind.COMMITTEE_MEMBER not in asking
    assert 0 < len(in_group) < len(district.register.people)
    assert all(
        max(ranks[office.post_id] for office in one.offices_on(DAY) if office.post_id)
        >= 50
        for one in in_group
    )
