"""Branches as lists of changes: what each does, in which order, and what is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.planning.test_plan_analyses import BOSS, PACK, WOMAN, _branch, _entry
from tests.regulations.model_person import PERSON

from kecan.planning.branch_changes import (
    Appointed,
    Decided,
    DraftOverlay,
    Leaves,
    OtherDay,
    OtherMonth,
    OtherOrder,
    OtherRules,
    OtherSeats,
    OtherWanted,
    PersonAdded,
    PostAdded,
    PostDropped,
    RecordSupposed,
    with_change,
)
from kecan.planning.branch_difference import difference_of
from kecan.planning.branch_tables import gathered_move_table, side_by_side
from kecan.planning.branch_trial import Trial, trial_of
from kecan.planning.branches import Supposed
from kecan.planning.problem import Placement, SoftRule, ordered
from kecan.regulations.facts import RatingGrade, TheoryLevel
from kecan.regulations.pack import load_pack, shipped_overlay
from kecan.vocabulary import Level, Month, PartialDate, PersonId, PostId, Sex

if TYPE_CHECKING:
    from kecan.planning.branch_changes import Change
    from kecan.regulations.pack import RulePack

NEW = PersonId("GD-1")
NOBODY = PersonId("KHONG-CO")


def tried(*changes: Change) -> Trial:
    def rules(key: str, overlay: str) -> RulePack:
        return load_pack(key, overlays=[shipped_overlay(overlay)] if overlay else [])

    return trial_of(
        _branch(_entry(PERSON, BOSS)),
        changes,
        name="thử",
        level=Level.DISTRICT,
        rules=rules,
    )


def words(found: Trial) -> list[str]:
    return [one.vi for _, one in found.said]


def test_nothing_changed_is_the_round_under_another_name() -> None:
    first = _branch(_entry(PERSON, BOSS))

    found = tried()

    assert found.branch == replace(first, name="thử")
    assert found.said == found.lost == ()


def test_people_are_added_like_somebody_and_supposed_to_be_otherwise() -> None:
    supposed = Supposed(
        born=PartialDate(1990, 5),
        sex=Sex.FEMALE,
        theory=TheoryLevel.ADVANCED,
        field="kinh tế",
        grade=RatingGrade.EXCELLENT,
    )

    found = tried(
        RecordSupposed(person_id=NEW, supposed=supposed),
        PersonAdded(person_id=NEW, full_name="Người mới", like=PERSON.person_id),
    )

    added = found.branch.register.people[-1]
    assert (added.full_name, added.sex, added.offices) == (
        "Người mới",
        Sex.FEMALE,
        PERSON.offices,
    )
    assert added.born == PartialDate(1990, 5)
    assert added.trainings[-1].field == "kinh tế"
    assert added.trainings[-2].theory is TheoryLevel.ADVANCED
    assert added.ratings[-1].grade is RatingGrade.EXCELLENT
    assert words(found)[1] == (
        "Người mới: sinh 05/1990, nữ, lý luận chính trị cao cấp, "
        "thêm bằng đại học kinh tế, năm trước hoàn thành xuất sắc nhiệm vụ"
    )


def test_a_supposed_rating_takes_the_place_of_that_year_on_record() -> None:
    found = tried(
        RecordSupposed(
            person_id=PERSON.person_id, supposed=Supposed(grade=RatingGrade.COMPLETED)
        )
    )

    person = found.branch.register.people[0]
    years = [one.year for one in person.ratings]
    assert len(years) == len(set(years))
    assert max(person.ratings, key=lambda one: one.year).grade is RatingGrade.COMPLETED


def test_posts_are_added_dropped_and_resized() -> None:
    found = tried(
        PostAdded(
            post_id=PostId("GD-2"), title="Phòng mới", like=BOSS.post_id, seats=2
        ),
        PostDropped(post_id=BOSS.post_id),
        OtherSeats(post_id=PostId("GD-2"), seats=3),
    )

    posts = {one.post_id: one for one in found.branch.register.posts}
    assert not posts[BOSS.post_id].is_planned
    assert found.branch.register.plan == ()
    assert (posts[PostId("GD-2")].seats, posts[PostId("GD-2")].rank) == (3, BOSS.rank)
    assert posts[PostId("GD-2")].is_planned


def test_a_dropped_post_is_blank_beside_a_branch_that_plans_for_it() -> None:
    table = side_by_side(
        [tried().branch, tried(PostDropped(post_id=BOSS.post_id)).branch]
    )

    row = next(one for one in table.rows if one[0] == BOSS.post_id)
    assert row[3] is not None
    assert row[4] is None


def test_who_is_only_in_the_first_branch_has_a_name_in_the_difference() -> None:
    first = tried(
        PersonAdded(person_id=NEW, full_name="Người mới", like=WOMAN.person_id)
    )
    second = tried()

    found = difference_of(first.branch, second.branch)

    table = gathered_move_table(found, first=first.branch, second=second.branch)
    assert {row[1] for row in table.rows} == {"Người mới"}


def test_rules_come_before_the_month_however_they_were_written() -> None:
    month = OtherMonth(month=Month(2025, 9))

    found = tried(month, OtherRules(pack="377-qd-tw", overlay="nghi-son-2024"))

    value = found.branch.pack.parameter(
        "age.reference_month",
        on=found.branch.as_of,
        level=Level.DISTRICT,
        line=found.branch.terms[0].party.line,
        term=found.branch.terms[0].party.label,
    )
    assert found.branch.pack.key == "377-qd-tw"
    assert value.value == Month(2025, 9)


def test_a_draft_lies_over_the_rules_and_its_values_win() -> None:
    draft = shipped_overlay("nghi-son-2024").read_text("utf-8")
    changed = draft.replace("value = 3\n", "value = 7\n", 1)

    found = tried(DraftOverlay(name="du-thao.toml", text=changed))

    most = found.branch.pack.parameter(
        "planning.max_people_per_post", on=found.branch.as_of
    )
    assert (most.whole, PACK.key) == (7, found.branch.pack.key)
    assert words(found) == ["dự thảo quy định du-thao.toml, tính như đã có hiệu lực"]


def test_a_draft_that_does_not_load_any_more_is_lost_and_says_why() -> None:
    found = tried(DraftOverlay(name="du-thao.toml", text="[pack]\nkey = 1\n"))

    assert found.said == ()
    ((_, said),) = found.lost
    assert said.vi.startswith("du-thao.toml, dòng 1:")


def test_who_leaves_or_is_appointed_does_so_on_the_day_of_the_branch() -> None:
    day = date(2023, 1, 1)

    found = tried(
        Leaves(person_id=WOMAN.person_id),
        Appointed(person_id=PERSON.person_id, post_id=BOSS.post_id),
        OtherDay(day=day),
    )

    people = {one.person_id: one for one in found.branch.register.people}
    assert people[WOMAN.person_id].departures[-1].left == PartialDate.of(day)
    assert people[PERSON.person_id].offices[-1].since == PartialDate.of(day)


def test_decisions_order_and_people_wanted_are_asked_of_the_slate() -> None:
    order = ordered((SoftRule.WOMEN,))

    found = tried(
        Decided(person_id=PERSON.person_id, post_id=BOSS.post_id, is_kept=True),
        Decided(person_id=WOMAN.person_id, post_id=BOSS.post_id, is_kept=False),
        OtherOrder(order=order),
        OtherWanted(wanted=3, is_hard=True),
    )

    wishes = found.wishes
    assert wishes.keep == {Placement(PERSON.person_id, BOSS.post_id)}
    assert wishes.never == {Placement(WOMAN.person_id, BOSS.post_id)}
    assert (wishes.order, wishes.wanted, wishes.wanted_is_hard) == (order, 3, True)


@pytest.mark.parametrize(
    "change",
    [
        Leaves(person_id=NOBODY),
        Appointed(person_id=PERSON.person_id, post_id=PostId("KHONG-CO")),
        PersonAdded(
            person_id=PERSON.person_id, full_name="Trùng mã", like=WOMAN.person_id
        ),
        PersonAdded(person_id=NEW, full_name="Như ai", like=NOBODY),
        PostAdded(post_id=BOSS.post_id, title="Trùng", like=BOSS.post_id, seats=1),
        OtherSeats(post_id=PostId("KHONG-CO"), seats=2),
        RecordSupposed(person_id=NOBODY, supposed=Supposed(field="luật")),
        Decided(person_id=NOBODY, post_id=BOSS.post_id, is_kept=True),
        OtherRules(pack="khong-co"),
    ],
)
def test_a_change_about_what_is_not_there_any_more_is_left_out_and_named(
    change: Change,
) -> None:
    found = tried(change)

    assert found.branch.register == _branch(_entry(PERSON, BOSS)).register
    assert found.said == ()
    assert [one for one, _ in found.lost] == [change]


def test_a_decision_about_a_dropped_post_is_lost() -> None:
    kept = Decided(person_id=PERSON.person_id, post_id=BOSS.post_id, is_kept=True)

    found = tried(kept, PostDropped(post_id=BOSS.post_id))

    assert [one for one, _ in found.lost] == [kept]
    assert found.wishes.keep == frozenset()


def test_a_newer_change_takes_the_place_of_an_older_about_the_same_thing() -> None:
    older = OtherSeats(post_id=BOSS.post_id, seats=2)
    other = OtherSeats(post_id=PostId("TP"), seats=2)
    newer = OtherSeats(post_id=BOSS.post_id, seats=5)

    assert with_change((older, other), newer) == (other, newer)


def test_somebody_is_appointed_to_one_post_only() -> None:
    older = Appointed(person_id=PERSON.person_id, post_id=BOSS.post_id)
    newer = replace(older, post_id=PostId("TP"))

    assert with_change((older,), newer) == (newer,)


def test_keeping_somebody_takes_the_place_of_ruling_them_out() -> None:
    never = Decided(person_id=PERSON.person_id, post_id=BOSS.post_id, is_kept=False)
    keep = replace(never, is_kept=True)

    assert with_change((never,), keep) == (keep,)


def test_the_usual_order_is_no_change() -> None:
    other = OtherOrder(order=ordered((SoftRule.WOMEN,)))

    assert with_change((other,), OtherOrder(order=tuple(SoftRule))) == ()
