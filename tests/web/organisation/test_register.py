"""The register comes in whole, says what the workbook said, and goes out whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.organisation.registers import AT, ROOT, district

from kecan.regulations.facts import (
    AnnualRating,
    OfficeHeld,
    PersonFacts,
    RatingGrade,
    Register,
    Unit,
    UnitKind,
)
from kecan.vocabulary import Level, PartialDate, PersonId, UnitId
from kecan.web.audit.actions import Program
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation import rows
from kecan.web.organisation.actions import (
    BatchNotNewestError,
    TwoRatingsAYearError,
    import_register,
    undo_import,
)
from kecan.web.organisation.models import Body, ImportBatch, Person
from kecan.web.organisation.models import Unit as UnitRow
from kecan.web.organisation.queries import (
    body_members_on,
    people_named,
    people_within,
    register_from_database,
    units_under,
)

if TYPE_CHECKING:
    from kecan.web.organisation.models import ImportBatch as Batch

pytestmark = pytest.mark.django_db


def bring_in(register: Register) -> Batch:
    return import_register(
        register=register,
        file_name="so.xlsx",
        file_sha256="b" * 64,
        by=Program(),
        at=AT,
    )


def by_id(register: Register) -> tuple[dict[str, object], ...]:
    return (
        {unit.unit_id: unit for unit in register.units},
        {post.post_id: post for post in register.posts},
        {person.person_id: person for person in register.people},
    )


def person(key: str, name: str = "Nguyễn Thị Ước", **facts: object) -> PersonFacts:
    return PersonFacts(person_id=PersonId(key), full_name=name, **facts)  # type: ignore[arg-type]


def test_what_was_imported_is_what_is_read_back() -> None:
    bring_in(district().register)

    assert by_id(register_from_database()) == by_id(district().register)


def test_the_register_is_read_in_few_queries_however_many_people() -> None:
    bring_in(district().register)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        register_from_database()

    assert len(asked) <= 16


def test_a_second_import_replaces_what_is_said_about_a_person() -> None:
    first = OfficeHeld(post_id=None, title="Chuyên viên", since=PartialDate(2010))
    later = OfficeHeld(post_id=None, title="Phó phòng", since=PartialDate(2015, 3))
    bring_in(Register(people=(person("1", offices=(first,)), person("2"))))

    batch = bring_in(Register(people=(person("1", offices=(later,)), person("3"))))

    assert (batch.people_added, batch.people_changed) == (1, 1)
    found = {one.person_id: one for one in register_from_database().people}
    assert found[PersonId("1")].offices == (later,)
    assert set(found) == {"1", "2", "3"}


def test_people_who_did_not_change_are_not_counted_as_changed() -> None:
    bring_in(district().register)

    batch = bring_in(district().register)

    assert (batch.people_added, batch.people_changed) == (0, 0)


def test_an_office_may_end_in_a_year_known_less_precisely_than_its_start() -> None:
    office = OfficeHeld(
        post_id=None,
        title="Bí thư",
        since=PartialDate(2015, 6),
        until=PartialDate(2015),
    )

    bring_in(Register(people=(person("1", offices=(office,)),)))

    assert register_from_database().people[0].offices == (office,)


def test_undoing_an_import_restores_every_row_with_its_number() -> None:
    bring_in(district().register)
    before = rows.all_rows()
    changed = tuple(
        replace(
            one,
            full_name=f"{one.full_name} Sửa",
            unit_id=UnitId("moi"),
            offices=(),
            ratings=(),
        )
        for one in district().register.people[:40]
    )
    merged = Unit(
        unit_id=UnitId("moi"),
        name="Đảng uỷ xã mới",
        kind=UnitKind.COMMITTEE,
        level=Level.COMMUNE,
        predecessors=(district().register.units[-1].unit_id,),
    )
    bring_in(
        Register(
            units=(*district().register.units, merged),
            posts=district().register.posts,
            people=(*changed, person("mới", unit_id=UnitId("moi"))),
        )
    )
    assert rows.all_rows() != before

    undo_import(batch_number=2, by=Program(), at=AT)

    assert rows.all_rows() == before


def test_undoing_the_first_import_leaves_nothing() -> None:
    bring_in(district().register)

    undo_import(batch_number=1, by=Program(), at=AT)

    assert register_from_database() == Register()


def test_only_the_newest_import_is_undone() -> None:
    bring_in(Register(people=(person("1"),)))
    bring_in(Register(people=(person("2"),)))

    with pytest.raises(BatchNotNewestError, match="lần số 2"):
        undo_import(batch_number=1, by=Program(), at=AT)


def test_after_an_undo_the_import_before_it_can_be_undone() -> None:
    bring_in(Register(people=(person("1"),)))
    bring_in(Register(people=(person("2"),)))
    undo_import(batch_number=2, by=Program(), at=AT)

    undo_import(batch_number=1, by=Program(), at=AT)

    assert not Person.objects.exists()
    with pytest.raises(BatchNotNewestError, match="không có lần nào"):
        undo_import(batch_number=1, by=Program(), at=AT)


def test_two_ratings_for_one_year_are_refused_before_anything_is_written() -> None:
    twice = (
        AnnualRating(year=2020, grade=RatingGrade.GOOD),
        AnnualRating(year=2020, grade=RatingGrade.EXCELLENT),
    )

    with pytest.raises(TwoRatingsAYearError, match=r"Nguyễn Thị Ước \(7\).*2020"):
        bring_in(Register(people=(person("7", ratings=twice),)))

    assert not ImportBatch.objects.exists()


def test_each_import_and_undo_is_one_ledger_entry() -> None:
    bring_in(Register(people=(person("1"),)))
    undo_import(batch_number=1, by=Program(), at=AT)

    assert list(
        LedgerEntry.objects.order_by("sequence").values_list("action", flat=True)
    ) == [
        "register.imported",
        "register.import_undone",
    ]


@pytest.mark.parametrize("words", ["uoc", "ƯỚC", "ước nguyen", "thi u"])
def test_people_are_found_without_accents(words: str) -> None:
    bring_in(Register(people=(person("1"), person("2", "Trần Văn Đông"))))

    found = people_named(words, among=people_within({""}))

    assert [one.key for one in found] == ["1"]


def test_the_members_of_the_executive_committee_hold_its_member_post() -> None:
    bring_in(district().register)
    body = Body.objects.get(key="UVBCH")

    members = body_members_on(body, date(2022, 5, 10))

    expected = {
        one.person_id
        for one in district().register.people
        for office in one.offices_on(date(2022, 5, 10))
        if office.post_id == "UVBCH"
    }
    assert {member.key for member in members} == expected
    assert expected


def test_a_unit_reaches_every_unit_below_it() -> None:
    bring_in(district().register)

    assert units_under({ROOT}) == set(UnitRow.objects.values_list("pk", flat=True))
    assert units_under({"khong-co"}) == set()


def test_people_of_other_units_are_not_within_a_unit() -> None:
    bring_in(district().register)

    assert not people_within({"HU-02"}).exists()
    assert people_within({ROOT}).count() == Person.objects.exclude(unit=None).count()
