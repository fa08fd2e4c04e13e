"""A register written to a workbook and read again is the same register."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from tests.workbook.strategies_registers import registers

from kecan.regulations.facts import (
    OfficeHeld,
    PersonFacts,
    Post,
    PostKind,
    Register,
    Unit,
    UnitKind,
)
from kecan.sample.district import build_district
from kecan.vocabulary import Level, Line, PartialDate, PersonId, PostId, UnitId
from kecan.workbook import Identity, read_workbook, write_workbook


@settings(max_examples=25)
@given(registers())
@example(Register())
def test_writing_then_reading_gives_the_same_register(register: Register) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_workbook(register, path)

        result = read_workbook(path)

    assert result.errors == ()
    assert result.register == register


def test_the_sample_district_comes_back_whole(tmp_path: Path) -> None:
    register = build_district(seed=1).register
    write_workbook(register, tmp_path / "district.xlsx")

    result = read_workbook(tmp_path / "district.xlsx")

    assert result.errors == ()
    assert result.register == register


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    register = build_district(seed=2).register

    write_workbook(register, tmp_path / "one.xlsx")
    write_workbook(register, tmp_path / "two.xlsx")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_party_cards_and_citizen_numbers_travel_beside_the_key(tmp_path: Path) -> None:
    person = PersonFacts(person_id=PersonId("CB1"), full_name="Nguyễn Thị Hoà")
    numbers = Identity(
        person_id=PersonId("CB1"), party_card="01234567", citizen_id="038075001234"
    )

    write_workbook(
        Register(people=(person,)), tmp_path / "book.xlsx", identities=[numbers]
    )

    result = read_workbook(tmp_path / "book.xlsx")
    assert result.identities == (numbers,)
    assert result.register == Register(people=(person,))


def test_an_office_without_a_title_comes_back_with_the_title_of_its_post(
    tmp_path: Path,
) -> None:
    unit = Unit(
        unit_id=UnitId("DV1"),
        name="Huyện uỷ",
        kind=UnitKind.COMMITTEE,
        level=Level.DISTRICT,
    )
    post = Post(
        post_id=PostId("CD1"),
        title="Bí thư",
        unit_id=unit.unit_id,
        kind=PostKind.SECRETARY,
        level=Level.DISTRICT,
        line=Line.PARTY,
        seats=1,
    )
    office = OfficeHeld(post_id=post.post_id, title="", since=PartialDate(2020))
    person = PersonFacts(
        person_id=PersonId("CB1"), full_name="Lê Văn An", offices=(office,)
    )
    write_workbook(
        Register(units=(unit,), posts=(post,), people=(person,)), tmp_path / "book.xlsx"
    )

    result = read_workbook(tmp_path / "book.xlsx")

    assert result.register is not None
    assert result.register.people[0].offices[0].title == "Bí thư"
