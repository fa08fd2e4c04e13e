"""The judge of plans names what is wrong with each plan broken by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kecan.planning.check import (
    BrokenPlanError,
    FaultKind,
    faults,
    verify_plan,
)
from kecan.planning.problem import (
    Placement,
    Problem,
    ProblemError,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
    ordered,
)
from kecan.planning.soft_rules import measure
from kecan.regulations.verdict import Outcome, Wording
from kecan.vocabulary import Level, PersonId, PostId, Sentence

NAMES = {"A": "Lê An", "B": "Mai Bình", "C": "Tô Cúc", "D": "Vũ Dũng", "E": "Hồ Em"}
TITLES = {"BT": "Bí thư", "CT": "Chủ tịch", "PCT": "Phó Chủ tịch", "TP": "Trưởng phòng"}
SAFE = ("A:BT", "B:BT", "B:CT", "C:UV", "D:UV")


def _place(text: str) -> Placement:
    person, _, post = text.partition(":")
    return Placement(PersonId(person), PostId(post))


def _places(*texts: str) -> list[Placement]:
    return [_place(one) for one in texts]


def _failing(vi: str, *, is_higher: bool = True) -> Prospect:
    return Prospect(
        outcome=Outcome.FAIL,
        against=(Wording.of(Sentence(vi, vi)),),
        is_higher=is_higher,
    )


def _problem() -> Problem:
    posts = {
        PostId(key): SlatePost(
            post_id=PostId(key),
            title=title,
            level=Level.DISTRICT,
            most=3,
            most_source="điểm a",
        )
        for key, title in TITLES.items()
    }
    posts[PostId("UV")] = SlatePost(
        post_id=PostId("UV"),
        title="Uỷ viên",
        level=Level.DISTRICT,
        seats=2,
        is_body=True,
        least=2,
        most=4,
        least_source="hệ số 1",
        most_source="hệ số 2",
    )
    people = {
        PersonId(key): SlatePerson(person_id=PersonId(key), full_name=name)
        for key, name in NAMES.items()
    }
    prospects = {
        Placement(person, post): Prospect(outcome=Outcome.PASS)
        for person in people
        for post in posts
    }
    prospects[_place("E:BT")] = _failing("Hết tuổi.")
    prospects[_place("E:CT")] = _failing("Đang bị kỷ luật.")
    prospects[_place("D:TP")] = _failing("Không cao hơn.", is_higher=False)
    del prospects[_place("E:TP")]
    return Problem(
        people=people,
        posts=posts,
        prospects=prospects,
        most_posts={Level.DISTRICT: 3},
        most_posts_source="điểm b",
        keep=frozenset(_places("A:BT")),
        never=frozenset(_places("D:CT")),
    )


BROKEN = [
    (("X:BT",), FaultKind.UNKNOWN_PERSON, "Không có cán bộ mã 'X' trong dữ liệu."),
    (("A:XX",), FaultKind.UNKNOWN_POST, "Không có chức danh quy hoạch mã 'XX'."),
    (("A:BT",), FaultKind.TWICE, "Lê An (A) – Bí thư: ghi 2 lần, chỉ được một lần."),
    (("B:CT",), FaultKind.TWICE, "Mai Bình (B) – Chủ tịch: ghi 2 lần"),
    (("E:TP",), FaultKind.NOT_JUDGED, "Hồ Em (E) – Trưởng phòng: chưa được xét"),
    (("E:BT",), FaultKind.NOT_ELIGIBLE, "không đủ điều kiện. Hết tuổi."),
    (("E:CT",), FaultKind.NOT_ELIGIBLE, "không đủ điều kiện. Đang bị kỷ luật."),
    (("D:TP",), FaultKind.NOT_HIGHER, "chỉ quy hoạch chức danh cao hơn"),
    (("D:CT",), FaultKind.RULED_OUT, "đã quyết định không đưa vào."),
    (("-A:BT",), FaultKind.NOT_KEPT, "Lê An (A) – Bí thư: đã quyết định giữ"),
    (
        ("C:BT", "D:BT"),
        FaultKind.TOO_MANY_PEOPLE,
        "Bí thư: 4 người, tối đa 3 (điểm a).",
    ),
    (
        ("A:PCT", "B:PCT", "C:PCT", "D:PCT"),
        FaultKind.TOO_MANY_PEOPLE,
        "Phó Chủ tịch: 4 người, tối đa 3 (điểm a).",
    ),
    (
        ("A:CT", "C:CT", "E:CT"),
        FaultKind.TOO_MANY_PEOPLE,
        "Chủ tịch: 4 người, tối đa 3 (điểm a).",
    ),
    (("A:UV", "B:UV", "E:UV"), FaultKind.TOO_MANY_PEOPLE, "Uỷ viên: 5 người, tối đa 4"),
    (
        ("-C:UV",),
        FaultKind.TOO_FEW_PEOPLE,
        "Uỷ viên: 1 người, cần ít nhất 2 (hệ số 1).",
    ),
    (("-C:UV", "-D:UV"), FaultKind.TOO_FEW_PEOPLE, "Uỷ viên: 0 người, cần ít nhất 2"),
    (
        ("B:PCT", "B:TP"),
        FaultKind.TOO_MANY_POSTS,
        "Mai Bình (B): 4 chức danh cấp huyện, tối đa 3 (điểm b).",
    ),
    (
        ("A:CT", "A:PCT", "A:TP", "A:UV"),
        FaultKind.TOO_MANY_POSTS,
        "Lê An (A): 5 chức danh cấp huyện, tối đa 3 (điểm b).",
    ),
    (("C:BT", "C:CT", "C:PCT"), FaultKind.TOO_MANY_POSTS, "Tô Cúc (C): 4 chức danh"),
    (("E:BT", "X:BT"), FaultKind.UNKNOWN_PERSON, "Không có cán bộ mã 'X'"),
    (("-A:BT", "E:BT"), FaultKind.NOT_KEPT, "Lê An (A) – Bí thư: đã quyết định giữ"),
]


def _broken(changes: tuple[str, ...]) -> list[Placement]:
    places = _places(*SAFE)
    for one in changes:
        if one.startswith("-"):
            places.remove(_place(one[1:]))
        else:
            places.append(_place(one))
    return places


def test_the_plan_that_is_broken_below_is_itself_faultless() -> None:
    assert faults(_problem(), _places(*SAFE)) == ()


@pytest.mark.parametrize(
    ("changes", "kind", "sentence"),
    BROKEN,
    ids=str,
)
def test_a_broken_plan_is_refused_with_the_right_sentence(
    changes: tuple[str, ...], kind: FaultKind, sentence: str
) -> None:
    found = faults(_problem(), _broken(changes))

    said = [one.sentence.vi for one in found if one.kind is kind]
    assert any(sentence in one for one in said), said
    assert all(one.sentence.en for one in found)


def test_a_plan_without_the_people_the_operator_requires_is_refused() -> None:
    problem = replace(_problem(), wanted_is_hard=True)

    found = [one.sentence.vi for one in faults(problem, _places(*SAFE))]

    assert found == [
        "Chủ tịch: 1 người, cần ít nhất 2.",
        "Phó Chủ tịch: 0 người, cần ít nhất 2.",
        "Trưởng phòng: 0 người, cần ít nhất 2.",
    ]


def test_a_plan_that_claims_to_lack_less_is_refused() -> None:
    problem, places = _problem(), _places(*SAFE)
    claimed = list(measure(problem, places))
    claimed[0] -= 1

    with pytest.raises(
        BrokenPlanError, match="Quy tắc 'people': báo thiếu 4, tính lại"
    ):
        verify_plan(problem, places, claimed=claimed)


def _women(of: int, have: int) -> int:
    demand = ShareDemand(
        rule=SoftRule.WOMEN,
        trait="woman",
        posts=(PostId("UV"),),
        name=Sentence("", ""),
        noun=Sentence("nữ", "women"),
        share=Fraction(25, 100),
    )
    return demand.short(have=have, of=of)


def test_exactly_a_quarter_is_enough_and_one_fewer_is_not() -> None:
    assert _women(8, 2) == 0
    assert _women(8, 1) == 1
    assert _women(9, 2) == 1
    assert _women(0, 0) == 0


def _post_with(seats: int) -> None:
    SlatePost(post_id=PostId("T"), title="Phó", level=Level.DISTRICT, seats=seats)


def test_no_seat_is_refused() -> None:
    with pytest.raises(ProblemError, match="Phó: số vị trí là 0; phải từ 1 trở lên"):
        _post_with(0)


def test_a_share_over_one_hundred_percent_is_refused() -> None:
    with pytest.raises(
        ProblemError, match=r"Tỷ lệ nữ là 120\u00a0%; phải từ 0\u00a0% đến 100\u00a0%"
    ):
        ShareDemand(
            rule=SoftRule.WOMEN,
            trait="woman",
            posts=(),
            name=Sentence("", ""),
            noun=Sentence("nữ", "women"),
            share=Fraction(6, 5),
        )


def test_a_question_without_posts_is_refused() -> None:
    with pytest.raises(ProblemError, match="Không có chức danh nào cần quy hoạch"):
        Problem(people={}, posts={}, prospects={})


def test_a_question_without_anybody_eligible_is_refused() -> None:
    base = _problem()
    prospects = dict.fromkeys(base.prospects, _failing("Hết tuổi."))

    with pytest.raises(ProblemError, match="Không có ai đủ điều kiện"):
        replace(base, prospects=prospects)


def test_keeping_and_ruling_out_one_placement_is_refused() -> None:
    with pytest.raises(
        ProblemError, match="Quyết định mâu thuẫn: vừa giữ vừa loại Lê An"
    ):
        replace(_problem(), never=frozenset(_places("A:BT")))


def test_a_decision_about_somebody_unknown_is_refused() -> None:
    with pytest.raises(ProblemError, match="Không có cán bộ mã 'X'"):
        replace(_problem(), keep=frozenset(_places("X:BT")))


def test_an_order_that_names_a_rule_twice_is_refused() -> None:
    with pytest.raises(ProblemError, match="ghi 'women' hai lần"):
        ordered((SoftRule.WOMEN, SoftRule.WOMEN))


def test_rules_not_named_follow_in_the_default_order() -> None:
    assert ordered((SoftRule.CHANGES,))[:3] == (
        SoftRule.CHANGES,
        SoftRule.PEOPLE,
        SoftRule.SETTLED,
    )
