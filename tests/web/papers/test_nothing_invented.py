"""Papers print what the database and the rule pack hold, and dots for the rest."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.documents.rendered import model_text
from tests.web.conferences import morning as m

import kecan.web.papers
from kecan.documents.conference_minutes import conference_minutes
from kecan.documents.paper import DOTS
from kecan.documents.result_report import result_report
from kecan.documents.roll import roll
from kecan.documents.source_list import source_list
from kecan.documents.submission import submission
from kecan.vocabulary import PartialDate
from kecan.web.organisation.models import OfficeHeld, Person, Post, Unit
from kecan.web.organisation.queries import offices_in_words
from kecan.web.papers.actions import enter_details
from kecan.web.papers.conference_papers import roll_content
from kecan.web.papers.letterheads import letterhead_of
from kecan.web.papers.minutes_paper import (
    ConferenceNotHeldError,
    conference_minutes_content,
)
from kecan.web.papers.report_paper import result_report_content
from kecan.web.papers.round_papers import source_list_content, submission_content
from kecan.web.plans.models import PlanDecision, PlanMovement, Proposal, ReviewItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.web.plans.models import PlanningRound

SOURCES = sorted(Path(kecan.web.papers.__file__).parent.glob("*.py"))
NUMBERED_PAPER = re.compile(r"\d+[-/][A-ZĐ]{2}")
A_NAME = re.compile(r"[A-ZĐ][a-zà-ỹ]+( [A-ZĐ][a-zà-ỹ]+){2,4}")


def _constants(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_of_papers_makes_an_hour_a_day_or_a_year_of_birth(path: Path) -> None:
    made = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"time", "date", "datetime", "PartialDate"}
    ]

    assert made == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_of_papers_names_a_person_or_a_numbered_paper(path: Path) -> None:
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    said = [text for text in _constants(path) if text not in docstrings]

    assert [text for text in said if NUMBERED_PAPER.search(text)] == []
    assert [text for text in said if A_NAME.fullmatch(text)] == []


@pytest.fixture
def planning_round(db: None) -> PlanningRound:  # noqa: ARG001
    return m.small_round()


def test_a_submission_nobody_filled_in_is_dotted(
    planning_round: PlanningRound,
) -> None:
    content = submission_content(planning_round)
    text = model_text(submission(content))

    assert content.shortcomings == ()
    assert content.signatory.name == ""
    assert "còn một số tồn tại, hạn chế" not in text
    assert text.startswith(DOTS)  # the superior body
    assert "An Lạc, ngày .... tháng .... năm ......" in text
    assert "trình cấp có thẩm quyền xem xét" in text


def test_what_the_officer_entered_is_printed(planning_round: PlanningRound) -> None:
    enter_details(
        round_id=planning_round.pk,
        words={
            "superior": "Đảng bộ tỉnh Hạ Lam",
            "signatory_post": "Phó Bí thư",
            "signatory_name": "Kiều Mộc Lan",
            "approving_body": "Ban Thường vụ Tỉnh uỷ",
            "shortcomings": "Thiếu kỹ sư\n\nThiếu cán bộ nữ",
        },
        by=m.OFFICER,
        at=m.NOW,
    )

    content = submission_content(planning_round)
    text = model_text(submission(content))

    assert content.shortcomings == ("Thiếu kỹ sư", "Thiếu cán bộ nữ")
    assert "ĐẢNG BỘ TỈNH HẠ LAM" in text
    assert "PHÓ BÍ THƯ" in text
    assert "Kiều Mộc Lan" in text
    assert "trình Ban Thường vụ Tỉnh uỷ xem xét" in text


@pytest.mark.parametrize(
    ("pack", "cited", "not_cited"),
    [
        ("50-qd-tw", "50-QĐ/TW, ngày 27/12/2021", "377-QĐ/TW"),
        ("377-qd-tw", "377-QĐ/TW, ngày 08/10/2025", "50-QĐ/TW"),
    ],
)
def test_the_papers_cite_the_rules_of_their_round(
    planning_round: PlanningRound, pack: str, cited: str, not_cited: str
) -> None:
    planning_round.rule_pack = pack
    if pack == "377-qd-tw":
        planning_round.as_of = date(2025, 12, 1)

    for text in (
        model_text(submission(submission_content(planning_round))),
        model_text(result_report(result_report_content(planning_round))),
    ):
        assert cited in text
        assert not_cited not in text


def test_an_overlay_is_cited_too(planning_round: PlanningRound) -> None:
    planning_round.overlays = ["nghi-son-2024"]

    bases = submission_content(planning_round).legal_bases

    assert bases[-1] == "Kế hoạch số 209-KH/TU, ngày 29/02/2024 của Thị uỷ Nghi Sơn"


def test_the_source_list_is_not_dated_and_not_signed_by_anybody_invented(
    planning_round: PlanningRound,
) -> None:
    content = source_list_content(planning_round)
    text = model_text(source_list(content))

    assert (content.maker.name, content.signatory.name) == ("", "")
    assert "ngày .... tháng .... năm ......" in text
    assert "xét tại ngày 10/05/2022 theo Quy định 50-QĐ/TW" in text


def test_a_roll_before_the_conference_leaves_hour_day_and_hall_open(
    planning_round: PlanningRound,
) -> None:
    text = model_text(roll(roll_content(m.first_conference(planning_round))))

    assert f"(…… giờ …… phút, ngày .... tháng .... năm ......, tại {DOTS})" in text


def test_there_are_no_minutes_of_a_conference_never_opened(
    planning_round: PlanningRound,
) -> None:
    with pytest.raises(ConferenceNotHeldError, match="chưa khai mạc"):
        conference_minutes_content(m.first_conference(planning_round))


def test_minutes_print_the_hour_of_opening_and_nobodys_office_unless_entered(
    planning_round: PlanningRound,
) -> None:
    conference = m.opened(m.first_conference(planning_round))
    conference.refresh_from_db()

    text = model_text(conference_minutes(conference_minutes_content(conference)))

    assert "hồi 8 giờ 00 phút, ngày 10 tháng 5 năm 2022" in text
    assert "kết thúc hồi …… giờ …… phút" in text
    assert "- Chủ trì: đồng chí Chủ trì." in text
    assert "Đồng chí Trưởng Ban trình bày Tờ trình số" in text


def _kept(planning_round: PlanningRound, person: Person, *, decision: str) -> None:
    post = Post.objects.get(key="BTV")
    ReviewItem.objects.create(
        round=planning_round,
        person=person,
        post=post,
        term=planning_round.current_party_term,
        proposal="keep",
        sentence="",
        decision="keep",
        decided_by="canbo",
    )
    PlanMovement.objects.create(
        kind="added",
        person=person,
        post=post,
        term=planning_round.current_party_term,
        decision=PlanDecision.objects.create(number=decision, dated="2019-12-27"),
    )


def test_a_birth_and_a_sex_nobody_knows_stay_unknown(
    planning_round: PlanningRound,
) -> None:
    person = Person.objects.get(full_name="Nguyễn Văn An")
    person.born = person.sex = ""
    person.save()
    _kept(planning_round, person, decision="12-QĐ/HU")

    (block,) = submission_content(planning_round).review_annex
    ((row,),) = [group.people for group in block.groups if group.people]

    assert (row.born, row.sex) == (None, None)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("12-QĐ/HU", "Quyết định số 12-QĐ/HU ngày 27/12/2019"),
        (
            "Quyết định số 12-QĐ/HU ngày 27/12/2019",
            "Quyết định số 12-QĐ/HU ngày 27/12/2019",
        ),
    ],
)
def test_the_decision_of_a_planned_person_is_written_once(
    planning_round: PlanningRound, number: str, printed: str
) -> None:
    person = Person.objects.get(full_name="Nguyễn Văn An")
    _kept(planning_round, person, decision=number)

    (block,) = submission_content(planning_round).review_annex
    ((row,),) = [group.people for group in block.groups if group.people]

    assert row.decision == printed
    assert row.born == PartialDate(1975, 1, 1)


def test_the_submission_stays_as_signed_when_a_ballot_drops_somebody(
    planning_round: PlanningRound,
) -> None:
    signed = submission_content(planning_round)
    listed = source_list_content(planning_round)
    Proposal.objects.filter(round=planning_round).update(state="dropped")

    assert submission_content(planning_round) == signed
    assert source_list_content(planning_round) == listed


def test_who_is_kept_by_the_review_counts_as_carried_over(
    planning_round: PlanningRound,
) -> None:
    _kept(planning_round, Person.objects.all()[0], decision="12-QĐ/HU")

    rows = submission_content(planning_round).proposals

    assert [(one.body, one.term, one.carried_over, one.added) for one in rows] == [
        ("BTV", "2020 - 2025", 1, 0),
        ("Chức danh cấp trưởng và tương đương", "2025 - 2030", 0, 2),
    ]


@pytest.mark.parametrize(
    ("name", "parent", "expected"),
    [
        (
            "Huyện uỷ Thạch Bình",
            "Tỉnh uỷ Hạ Lam",
            ("Đảng bộ tỉnh Hạ Lam", "Huyện uỷ", "Đảng bộ huyện", "Thạch Bình", "HU"),
        ),
        (
            "Huyện ủy Thạch Bình",
            None,
            ("", "Huyện uỷ", "Đảng bộ huyện", "Thạch Bình", "HU"),
        ),
        (
            "Đảng uỷ xã An Hoà",
            "Tỉnh uỷ Hạ Lam",
            ("Đảng bộ tỉnh Hạ Lam", "Đảng uỷ", "Đảng bộ xã", "An Hoà", "ĐU"),
        ),
        (
            "Thành uỷ Vân Khê",
            None,
            ("", "Thành uỷ", "Đảng bộ thành phố", "Vân Khê", "TU"),
        ),
        ("Ban cán sự X", None, ("", "Ban cán sự X", "đảng bộ", "", "……")),
    ],
)
def test_a_letterhead_comes_from_the_names_of_unit_and_superior(
    name: str, parent: str | None, expected: tuple[str, ...]
) -> None:
    above = None if parent is None else Unit(key="T", name=parent)

    head = letterhead_of(Unit(key="U", name=name, parent=above), superior="")

    assert (
        head.superior,
        head.short_name,
        head.party_body,
        head.place,
        head.symbol,
    ) == expected


def test_offices_are_those_of_the_day_the_highest_first_and_seats_once(
    planning_round: PlanningRound,
) -> None:
    person = Person.objects.get(full_name="Nguyễn Văn An")
    unit = planning_round.unit
    seat = m._post(unit, "BCH", "committee_member", rank=70, seats=41)
    desk = m._post(unit, "CV", "specialist", rank=5, seats=4)
    for post, title, since, until in (
        (seat, "Uỷ viên Ban Chấp hành", "2020", ""),
        (desk, "Chuyên viên", "2019", ""),
        (desk, "Phó phòng cũ", "2010", "2019"),
    ):
        OfficeHeld.objects.create(
            person=person,
            post=post,
            title=title,
            unit_name="Phòng Nội vụ",
            since=since,
            until=until,
        )

    assert offices_in_words(person, on=m.DAY) == (
        "Uỷ viên Ban Thường vụ; Chuyên viên Phòng Nội vụ"
    )
    assert offices_in_words(person, on=date(2015, 1, 1)) == "Phó phòng cũ Phòng Nội vụ"
