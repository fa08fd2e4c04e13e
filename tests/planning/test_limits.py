"""Caps are hard; the coefficient warns and may have to be entered first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.regulations.model_person import TARGET

from kecan.planning.limits import coefficient, people_per_post, posts_per_person
from kecan.planning.meters import Rules
from kecan.regulations.pack import load_pack, shipped_overlay
from kecan.vocabulary import Level, PersonId, PostId

RULES = Rules(pack=load_pack("50-qd-tw"), on=date(2022, 5, 10), level=Level.DISTRICT)
NGHI_SON = Rules(
    pack=load_pack("50-qd-tw", overlays=[shipped_overlay("nghi-son-2024")]),
    on=date(2024, 6, 1),
    level=Level.DISTRICT,
)


def _ids(count: int) -> list[PersonId]:
    return [PersonId(f"P{number}") for number in range(count)]


def test_three_people_for_a_post_are_allowed() -> None:
    meter = people_per_post(_ids(3), post=TARGET, rules=RULES)

    assert meter.is_hard
    assert meter.is_met is True
    assert meter.over == 0
    assert meter.sentence.vi == (
        "Uỷ viên Ban Chấp hành Đảng bộ huyện: 3 người, tối đa 3."
    )


def test_a_fourth_person_for_a_post_is_one_too_many() -> None:
    meter = people_per_post(_ids(4), post=TARGET, rules=RULES)

    assert meter.is_met is False
    assert meter.over == 1
    assert meter.sentence.vi.endswith("4 người, tối đa 3; phải bớt 1 người.")


def test_a_person_named_twice_for_a_post_counts_once() -> None:
    assert people_per_post([*_ids(3), *_ids(3)], post=TARGET, rules=RULES).have == 3


def test_a_person_may_be_planned_for_three_posts_of_a_level() -> None:
    posts = [replace(TARGET, post_id=PostId(f"K{n}")) for n in range(3)]
    elsewhere = replace(TARGET, post_id=PostId("X"), level=Level.COMMUNE)

    meter = posts_per_person([*posts, elsewhere], rules=RULES)

    assert (meter.have, meter.over) == (3, 0)
    assert meter.sentence.vi == "3 chức danh cấp huyện, tối đa 3."


def test_a_fourth_post_of_a_level_is_one_too_many() -> None:
    posts = [replace(TARGET, post_id=PostId(f"K{n}")) for n in range(4)]

    meter = posts_per_person(posts, rules=RULES)

    assert meter.is_hard
    assert meter.over == 1
    assert meter.sentence.vi.endswith("phải bớt 1 chức danh.")


def test_without_limits_the_coefficient_is_shown_and_the_limits_are_asked_for() -> None:
    meter = coefficient(_ids(66), seats=45, rules=RULES)

    assert (meter.have, meter.of, meter.need, meter.most) == (66, 45, None, None)
    assert meter.is_met is None
    assert meter.sentence.vi == (
        "Hệ số 1,46 (66 người / 45 vị trí); chưa có quy định về hệ số quy hoạch tối "
        "thiểu của cấp uỷ, ban thường vụ, cần nhập; chưa có quy định về hệ số quy "
        "hoạch tối đa của cấp uỷ, ban thường vụ, cần nhập."
    )


def test_one_and_a_half_times_an_odd_number_of_seats_is_cut_down() -> None:
    meter = coefficient(_ids(22), seats=15, rules=NGHI_SON)

    assert (meter.need, meter.most, meter.over) == (15, 22, 0)
    assert meter.is_met is True
    assert meter.sentence.vi == "Hệ số 1,46 (22 người / 15 vị trí)."


def test_one_person_over_the_greatest_coefficient_is_shown() -> None:
    meter = coefficient(_ids(23), seats=15, rules=NGHI_SON)

    assert meter.over == 1
    assert not meter.is_hard
    assert meter.sentence.vi == (
        "Hệ số 1,53 (23 người / 15 vị trí); thừa 1 người so với tối đa 22."
    )


def test_fewer_people_than_seats_are_shown_as_missing() -> None:
    meter = coefficient(_ids(13), seats=15, rules=NGHI_SON)

    assert meter.more == 2
    assert meter.parameter is not None
    assert meter.parameter.key == "planning.body_coefficient_min"
    assert meter.sentence.vi == (
        "Hệ số 0,86 (13 người / 15 vị trí); thiếu 2 người so với tối thiểu 15."
    )


def test_a_body_without_seats_has_no_coefficient() -> None:
    with pytest.raises(ValueError, match="0 seats"):
        coefficient(_ids(1), seats=0, rules=RULES)
