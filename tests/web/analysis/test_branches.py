"""Stored branches of a round: who may keep them, what they change, and that it is not the round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.organisation.registers import (
    AT,
    decide_everything,
    open_a_round,
    whole_district,
)

from kecan.planning import branch_changes
from kecan.planning.branches import Supposed
from kecan.planning.problem import SoftRule, ordered
from kecan.regulations.facts import RatingGrade, TheoryLevel
from kecan.regulations.pack import shipped_overlay
from kecan.vocabulary import Month, PartialDate, PersonId, PostId, Sex
from kecan.web.analysis import actions
from kecan.web.analysis.changes_json import change_from_json, change_to_json
from kecan.web.analysis.models import StoredBranch
from kecan.web.analysis.queries.boards import BoardWishes, asked_of
from kecan.web.analysis.queries.stored_branches import changes_of, round_state
from kecan.web.audit.actions import Program
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.models import Person
from kecan.web.plans.actions import propose
from kecan.web.plans.queries import terms_for

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from kecan.planning.branch_changes import Change
    from kecan.web.plans.models import PlanningRound

pytestmark = pytest.mark.django_db

PACK_IN_PLACE_OF_AN_OVERLAY = b"""[pack]
key = "x"
kind = "planning"
title = { vi = "T", en = "T" }
in_force_from = 2026-01-01
"""
EVERY_CHANGE: list[Change] = [
    branch_changes.OtherRules(pack="377-qd-tw", overlay="nghi-son-2024"),
    branch_changes.DraftOverlay(name="du-thao.toml", text="[pack]\n"),
    branch_changes.OtherDay(day=AT.date()),
    branch_changes.OtherMonth(month=Month(2025, 9)),
    branch_changes.PostAdded(
        post_id=PostId("GD-1"), title="Phòng mới", like=PostId("BT"), seats=2
    ),
    branch_changes.PostDropped(post_id=PostId("BT")),
    branch_changes.OtherSeats(post_id=PostId("UVBCH"), seats=50),
    branch_changes.PersonAdded(
        person_id=PersonId("GD-2"), full_name="Người mới", like=PersonId("CB001")
    ),
    branch_changes.RecordSupposed(
        person_id=PersonId("CB001"),
        supposed=Supposed(
            born=PartialDate(1990, 5),
            sex=Sex.FEMALE,
            theory=TheoryLevel.ADVANCED,
            field="kinh tế",
            grade=RatingGrade.EXCELLENT,
        ),
    ),
    branch_changes.Leaves(person_id=PersonId("CB001")),
    branch_changes.Appointed(person_id=PersonId("CB001"), post_id=PostId("BT")),
    branch_changes.Decided(
        person_id=PersonId("CB001"), post_id=PostId("BT"), is_kept=True
    ),
    branch_changes.OtherOrder(order=ordered((SoftRule.WOMEN,))),
    branch_changes.OtherWanted(wanted=3, is_hard=True),
]


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


@pytest.fixture
def branch(opened: PlanningRound) -> StoredBranch:
    return make(opened, "Phương án A")


def make(opened: PlanningRound, name: str, *changes: Change) -> StoredBranch:
    return actions.make_branch(
        round_id=opened.pk,
        name=name,
        changes=changes,
        copied_from="",
        by=Program(),
        at=AT,
    )


def address(name: str, of: PlanningRound | StoredBranch) -> str:
    if isinstance(of, StoredBranch):
        return reverse(f"analysis:{name}", args=[of.round_id, of.pk])
    return reverse(f"analysis:{name}", args=[of.pk])


def change(client: Client, branch: StoredBranch, kind: str, **sent: object) -> Answer:
    given = {"loai-thay-doi": kind, **sent}
    answer: Answer = client.post(address("branch_change", branch), given)
    return answer


def words(answer: Answer) -> str:
    return answer.content.decode()


def entries(action: str) -> list[dict[str, object]]:
    found = LedgerEntry.objects.filter(action=action)
    return [json.loads(one.details) for one in found]


@pytest.mark.parametrize("change", EVERY_CHANGE, ids=lambda one: type(one).__name__)
def test_a_change_reads_back_as_it_was_stored(change: Change) -> None:
    stored = json.loads(json.dumps(change_to_json(change)))

    assert change_from_json(stored) == change


def test_every_kind_of_change_is_tried_here() -> None:
    assert {type(one) for one in EVERY_CHANGE} == set(branch_changes.Change.__args__)


def test_the_secretary_reads_branches_and_nobody_else_of_the_cast(
    branch: StoredBranch,
    client: Client,
    secretary_client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    for page in (address("branches", branch.round), address("branch", branch)):
        assert secretary_client.get(page).status_code == 200
        assert client.get(page).status_code == 302
        for who in (reader_client, stranger_client, counter_client):
            assert who.get(page).status_code == 403


def test_only_who_manages_the_round_makes_changes_and_deletes_branches(
    branch: StoredBranch,
    client: Client,
    secretary_client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    sent = {"ten": "Tên khác", "loai-thay-doi": "day", "day": "01/06/2022"}
    pages = [
        address("branch_make", branch.round),
        *(
            address(f"branch_{what}", branch)
            for what in ("change", "drop", "rename", "look_over", "delete")
        ),
    ]

    for page in pages:
        assert client.post(page, sent).status_code == 302
        for who in (secretary_client, reader_client, stranger_client, counter_client):
            assert who.post(page, sent).status_code == 403
    stored = StoredBranch.objects.get()
    assert (stored.name, stored.changes) == ("Phương án A", [])


def test_who_only_reads_sees_no_button(
    branch: StoredBranch, secretary_client: Client
) -> None:
    page = words(secretary_client.get(address("branch", branch)))

    assert "Thêm thay đổi" not in page
    assert "Xoá phương án này" not in page


def test_a_branch_of_another_round_is_not_found(
    branch: StoredBranch, officer_client: Client
) -> None:
    elsewhere = reverse("analysis:branch", args=[branch.round_id, branch.pk + 1])

    assert officer_client.get(elsewhere).status_code == 404


def test_a_branch_begins_as_the_round_or_as_a_copy_and_the_ledger_says_so(
    opened: PlanningRound, officer_client: Client
) -> None:
    source = make(opened, "Gốc", branch_changes.Leaves(person_id=PersonId("CB001")))

    sent = officer_client.post(
        address("branch_make", opened), {"ten": "  Bản   sao ", "tu": source.pk}
    )

    made = StoredBranch.objects.get(name="Bản sao")
    assert sent["Location"] == address("branch", made)
    assert changes_of(made) == changes_of(source)
    assert entries("branch.made")[-1] == {
        "branch": "Bản sao",
        "copied_from": "Gốc",
        "changes": 1,
    }


def test_what_is_tried_at_once_is_kept_with_its_decisions_and_order(
    opened: PlanningRound, officer_client: Client
) -> None:
    asked = asked_of(opened, BoardWishes())
    place = asked.problem.allowed[0]

    officer_client.post(
        address("branch_make", opened),
        {
            "ten": "Từ trang thử",
            "rules": "377-qd-tw",
            "giu": asked.rows.key(place),
            "thu-tu": "women",
            "can": "3",
        },
    )

    assert changes_of(StoredBranch.objects.get()) == (
        branch_changes.OtherRules(pack="377-qd-tw"),
        branch_changes.Decided(
            person_id=place.person_id, post_id=place.post_id, is_kept=True
        ),
        branch_changes.OtherOrder(order=ordered((SoftRule.WOMEN,))),
        branch_changes.OtherWanted(wanted=3, is_hard=False),
    )


@pytest.mark.parametrize("name", ["", "   ", "Phương án A", " Phương  án A"])
def test_a_branch_needs_a_name_of_its_own(
    name: str, branch: StoredBranch, officer_client: Client
) -> None:
    sent = officer_client.post(address("branch_make", branch.round), {"ten": name})

    assert sent.status_code == 409
    assert StoredBranch.objects.count() == 1


def test_renaming_refuses_a_taken_name_and_keeps_its_own(
    branch: StoredBranch, officer_client: Client
) -> None:
    make(branch.round, "Phương án B")

    taken = officer_client.post(
        address("branch_rename", branch), {"ten": "Phương án B"}
    )
    same = officer_client.post(address("branch_rename", branch), {"ten": "Phương án A"})
    fresh = officer_client.post(address("branch_rename", branch), {"ten": "Theo 377"})

    assert [one.status_code for one in (taken, same, fresh)] == [409, 302, 302]
    assert "đã có phương án thử tên “Phương án B”" in words(taken)
    branch.refresh_from_db()
    assert branch.name == "Theo 377"


def test_each_kind_of_change_is_made_on_the_page_and_said_in_words(
    branch: StoredBranch, officer_client: Client
) -> None:
    person = Person.objects.order_by("sort_key")[0]
    draft = shipped_overlay("nghi-son-2024").read_bytes()
    sent: dict[str, dict[str, object]] = {
        "rules": {"pack": "377-qd-tw"},
        "draft": {"file": SimpleUploadedFile("du-thao.toml", draft)},
        "month": {"month": "09/2025"},
        "day": {"day": "01/06/2022"},
        "seats": {"post": "UVBCH", "seats": 50},
        "post_added": {"name": "Phòng mới", "like_post": "BT", "seats": 1},
        "post_dropped": {"post": "BT"},
        "leaves": {"person": person.key},
        "appointed": {"person": person.key, "post": "UVBCH"},
        "record": {"person": person.key, "born": "05/1990", "sex": "female"},
        "person_added": {"name": "Người mới", "like_person": person.key},
        "decided": {"person": person.key, "post": "UVBCH", "decision": "never"},
        "order": {"rule": "women"},
        "wanted": {"wanted": 3},
    }

    for kind, given in sent.items():
        assert change(officer_client, branch, kind, **given).status_code == 302, kind

    page = words(officer_client.get(address("branch", branch)))
    for said in (
        "Quy định 377-QĐ/TW",
        "dự thảo quy định du-thao.toml",
        "tháng tính tuổi 09/2025",
        "xét tại ngày 01/06/2022",
        "50 vị trí",
        "thêm chức danh Phòng mới, 1 vị trí, như",
        "không quy hoạch",
        f"{person.full_name} thôi công tác",
        f"{person.full_name} giữ chức vụ",
        f"{person.full_name}: sinh 05/1990, nữ",
        f"thêm Người mới, hồ sơ như {person.full_name}",
        f"không đưa vào {person.full_name}",
        "thứ tự ưu tiên: cán bộ nữ",
        "mỗi chức danh 3 người",
    ):
        assert said in page, said
    assert len(entries("branch.changed")) == len(sent)
    assert "text" not in json.dumps(entries("branch.changed"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[pack", "du-thao.toml, dòng 1: không phải TOML hợp lệ"),
        (b"\xff\xfe[pack]", "du-thao.toml, dòng 1: tệp không phải chữ UTF-8"),
        (b'[pack]\nkey = "x"\n', "du-thao.toml, dòng 1:"),
        (
            PACK_IN_PLACE_OF_AN_OVERLAY,
            "không dùng làm tệp quy định riêng được",
        ),
        (b"#" * (256 * 1024 + 1), "lớn hơn mức 256 KB"),
    ],
)
def test_a_draft_that_is_none_is_refused_with_file_and_line(
    content: bytes, said: str, branch: StoredBranch, officer_client: Client
) -> None:
    sent = change(
        officer_client,
        branch,
        "draft",
        file=SimpleUploadedFile("du-thao.toml", content),
    )

    assert sent.status_code == 409
    assert said in words(sent)
    branch.refresh_from_db()
    assert branch.changes == []


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("month", {"month": "13/2025"}, "không phải tháng"),
        ("record", {"person": "CB001"}, "hãy chọn ít nhất một mục"),
        ("seats", {"post": "UVBCH", "seats": "0"}, "field-error"),
        ("leaves", {"person": "KHONG-CO"}, "field-error"),
    ],
)
def test_a_change_with_a_fault_is_said_beside_its_field(
    kind: str,
    given: dict[str, str],
    said: str,
    branch: StoredBranch,
    officer_client: Client,
) -> None:
    person = Person.objects.order_by("sort_key")[0].key
    sent = {
        name: person if value == "CB001" else value for name, value in given.items()
    }

    answer = change(officer_client, branch, kind, **sent)

    assert answer.status_code == 409
    assert said in words(answer)
    assert "<details open>" in words(answer)


def test_a_change_is_taken_out_once(
    branch: StoredBranch, officer_client: Client
) -> None:
    change(officer_client, branch, "day", day="01/06/2022")
    page = words(officer_client.get(address("branch", branch)))
    key = page.split('name="bo" value="')[1].split('"')[0]

    first = officer_client.post(address("branch_drop", branch), {"bo": key})
    again = officer_client.post(address("branch_drop", branch), {"bo": key})

    assert (first.status_code, again.status_code) == (302, 409)
    assert "không còn thay đổi này" in words(again)
    branch.refresh_from_db()
    assert branch.changes == []


def test_deleting_asks_first_and_is_written_down(
    branch: StoredBranch, officer_client: Client
) -> None:
    asked = officer_client.get(address("branch_delete", branch))
    still = StoredBranch.objects.count()
    officer_client.post(address("branch_delete", branch))

    assert "Xoá phương án thử “Phương án A”?" in words(asked)
    assert (still, StoredBranch.objects.count()) == (1, 0)
    assert entries("branch.deleted") == [{"branch": "Phương án A", "changes": 0}]


def test_a_branch_changes_nothing_of_the_round(
    opened: PlanningRound, officer_client: Client
) -> None:
    before = round_state(opened)
    made = make(opened, "Mọi thay đổi", *EVERY_CHANGE)
    change(officer_client, made, "seats", post="UVBCH", seats=50)

    officer_client.get(address("branches", opened), {"chon": ["0", f"{made.pk}"]})

    assert round_state(opened) == before


def test_a_branch_says_which_parts_of_its_round_changed_until_it_is_looked_over(
    branch: StoredBranch, officer_client: Client
) -> None:
    opened = branch.round
    decide_everything(opened)
    asked = asked_of(opened, BoardWishes())
    place = asked.problem.allowed[0]
    post = asked.rows.posts[place.post_id]
    propose(
        round_id=opened.pk,
        person_id=asked.rows.people[place.person_id].pk,
        post_id=post.pk,
        term_id=terms_for(opened, line=post.line)[1].pk,
        by=Program(),
        at=AT,
    )

    page = words(officer_client.get(address("branch", branch)))
    officer_client.post(address("branch_look_over", branch))
    after = words(officer_client.get(address("branch", branch)))

    assert "xem lần cuối: quy hoạch và danh sách đề xuất, kết quả rà soát." in page
    assert "Đợt đã thay đổi" not in after
    assert entries("branch.looked_over") == [{"branch": "Phương án A"}]


def test_a_change_about_somebody_gone_is_named_and_can_be_dropped(
    opened: PlanningRound, officer_client: Client
) -> None:
    made = make(opened, "Cũ", branch_changes.Leaves(person_id=PersonId("DA-XOA")))

    page = words(officer_client.get(address("branch", made)))

    assert "Không còn mã “DA-XOA” trong sổ của đợt" in page
    key = page.split('name="bo" value="')[1].split('"')[0]
    assert (
        officer_client.post(address("branch_drop", made), {"bo": key}).status_code
        == 302
    )


def test_branches_under_each_pack_and_a_draft_stand_beside_the_round(
    secretary_client: Client,
) -> None:
    opened = open_a_round(whole_district())  # under 377 the small one has no slate
    draft = shipped_overlay("nghi-son-2024").read_text("utf-8")
    fewer = draft.replace("value = 3\n", "value = 1\n", 1)
    first = make(opened, "Theo 377", branch_changes.OtherRules(pack="377-qd-tw"))
    second = make(
        opened, "Theo dự thảo", branch_changes.DraftOverlay(name="d.toml", text=fewer)
    )

    answer = secretary_client.get(
        address("branches", opened), {"chon": ["0", f"{first.pk}", f"{second.pk}"]}
    )

    page = words(answer)
    head = page.split("Phương án, cạnh nhau")[1].split("</thead>")[0]
    assert all(name in head for name in ("đợt này", "Theo 377", "Theo dự thảo"))
    people = page.split("Lượt quy hoạch</td>")[1].split("</tr>")[0]
    counts = [int(one) for one in people.replace("<", ">").split(">") if one.isdigit()]
    assert counts[2] < counts[0]
    assert "Theo 377 → Theo dự thảo</a>" in page
    assert "Phương án: đợt này → Theo 377" in page


def test_two_branches_are_compared_with_who_enters_who_leaves_and_why(
    opened: PlanningRound, secretary_client: Client
) -> None:
    asked = asked_of(opened, BoardWishes())
    person = asked.problem.allowed[0].person_id
    first = make(opened, "A", branch_changes.Leaves(person_id=person))
    second = make(opened, "B")

    page = words(
        secretary_client.get(
            address("branches", opened),
            {
                "chon": [f"{first.pk}", f"{second.pk}"],
                "cap": f"{first.pk}-{second.pk}",
            },
        )
    )

    assert "Điều kiện: A → B" in page
    assert asked.problem.people[person].full_name in page.split("Điều kiện: A → B")[1]
    assert "Đã thôi thuộc diện quản lý từ 10/05/2022 (giả định)" in page


def test_another_order_of_rules_gives_each_branch_its_own_slate(
    opened: PlanningRound, secretary_client: Client
) -> None:
    order = branch_changes.OtherOrder(order=ordered((SoftRule.RATINGS,)))
    made = make(opened, "Xếp loại trước", order)

    page = words(secretary_client.get(address("branches", opened), {"chon": made.pk}))

    row = page.split("Xếp loại của người đưa vào mới")[1].split("</tr>")[0]
    best_in_place, best_first = (
        int(one) for one in row.replace("<", ">").split(">") if one.isdigit()
    )
    assert best_first < best_in_place


def test_a_branch_whose_question_cannot_be_asked_is_named_and_the_others_compared(
    opened: PlanningRound, secretary_client: Client
) -> None:
    late = branch_changes.OtherDay(day=AT.date().replace(year=2040))
    made, other = make(opened, "Quá muộn", late), make(opened, "Khác")

    page = words(
        secretary_client.get(
            address("branches", opened),
            {"chon": ["0", f"{made.pk}", f"{other.pk}"]},
        )
    )

    assert 'role="alert">Quá muộn: ' in page
    assert "đợt này → Khác" in page


def test_too_many_at_once_are_refused_in_words(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = words(
        secretary_client.get(
            address("branches", opened), {"chon": [f"{number}" for number in range(6)]}
        )
    )

    assert "Đã chọn 6 phương án; mỗi lần so sánh nhiều nhất 5." in page
