"""The ledger: whatever is changed in it, verification says so and where."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection, models, transaction

from kecan.web.audit.actions import Program, record
from kecan.web.audit.commands import print_verification
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import (
    GENESIS_HASH,
    LedgerBrokenError,
    ledger_head,
    newest_entries,
    verify_ledger,
)

pytestmark = pytest.mark.django_db

INSTANT = datetime(2022, 5, 10, 1, 30, tzinfo=UTC)
TABLE = "audit_ledgerentry"
TEXT_FIELDS = (
    "at",
    "actor",
    "actor_name",
    "action",
    "subject",
    "details",
    "previous_hash",
    "hash",
)


@pytest.fixture
def three_entries() -> list[LedgerEntry]:
    secretary = Program(login="bithu", full_name="Nguyễn Thị Ước")
    return [
        record(
            action="conference.opened",
            by=secretary,
            at=INSTANT,
            subject="Hội nghị cán bộ chủ chốt",
            details={"summoned": 90, "place": "Hội trường"},
        ),
        record(
            action="count.closed",
            by=secretary,
            at=date(2022, 5, 10),
            subject="Hội nghị cán bộ chủ chốt",
            details={"valid": 88},
        ),
        record(
            action="round.approved",
            by=secretary,
            at=INSTANT,
            subject="Đợt 2022",
            details={"number": "12-QĐ/HU"},
        ),
    ]


def _run(sql: str, *values: str | int | bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _flipped_texts(text: str) -> list[str]:
    """Return every text that differs in the lowest bit of one byte and is UTF-8."""
    raw = text.encode("utf-8")
    changed = []
    for position, byte in enumerate(raw):
        other = raw[:position] + bytes([byte ^ 1]) + raw[position + 1 :]
        changed.append(other.decode("utf-8", errors="replace"))
    return changed


@transaction.atomic
def _record_and_fail() -> None:
    record(action="a", by=Program(), at=INSTANT, subject="s")
    raise RuntimeError


def test_an_untouched_ledger_verifies_and_gives_its_head(
    three_entries: list[LedgerEntry],
) -> None:
    head = verify_ledger()

    assert head == ledger_head()
    assert head.sequence == 3
    assert head.hash == three_entries[2].hash


def test_an_empty_ledger_verifies() -> None:
    assert verify_ledger().hash == GENESIS_HASH


def test_the_first_hash_is_the_one_computed_by_hand() -> None:
    entry = record(
        action="a",
        by=Program(login="l", full_name="n"),
        at=date(2022, 5, 10),
        subject="s",
    )

    # printf '[1,"2022-05-10","l","n","a","s","{}","000…000"]' | sha256sum
    assert entry.hash == (
        "bbc0bf55d23046fe79198a3b003a04a9608f7dd39d6aedb361dfcf3730e0b85d"
    )


@pytest.mark.parametrize("sequence", [1, 2, 3])
@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_flipping_any_byte_of_any_field_is_found(
    three_entries: list[LedgerEntry], sequence: int, field: str
) -> None:
    original = getattr(three_entries[sequence - 1], field)
    sql = f"UPDATE {TABLE} SET {field} = %s WHERE sequence = %s"  # noqa: S608
    changes = _flipped_texts(original)

    assert changes
    for changed in changes:
        _run(sql, changed, sequence)
        with pytest.raises(LedgerBrokenError) as broken:
            verify_ledger()
        assert broken.value.sequence == sequence
        _run(sql, original, sequence)
    assert verify_ledger().sequence == 3


def test_every_stored_field_but_the_row_number_is_flipped_above() -> None:
    stored = {field.name for field in LedgerEntry._meta.get_fields()}

    assert stored == {"id", "sequence", *TEXT_FIELDS}


@pytest.mark.parametrize(("sequence", "first_broken"), [(1, 1), (2, 2), (3, 3)])
@pytest.mark.usefixtures("three_entries")
def test_changing_the_number_of_an_entry_is_found(
    sequence: int, first_broken: int
) -> None:
    _run(f"UPDATE {TABLE} SET sequence = 9 WHERE sequence = %s", sequence)  # noqa: S608

    with pytest.raises(LedgerBrokenError) as broken:
        verify_ledger()

    assert broken.value.sequence == first_broken


@pytest.mark.parametrize("sequence", [1, 2, 3])
@pytest.mark.usefixtures("three_entries")
def test_removing_an_entry_is_found(sequence: int) -> None:
    _run(f"DELETE FROM {TABLE} WHERE sequence = %s", sequence)  # noqa: S608

    with pytest.raises(LedgerBrokenError) as broken:
        verify_ledger()

    assert broken.value.sequence == sequence


@pytest.mark.usefixtures("three_entries")
def test_removing_everything_is_found() -> None:
    _run(f"DELETE FROM {TABLE}")  # noqa: S608

    with pytest.raises(LedgerBrokenError) as broken:
        verify_ledger()

    assert broken.value.sequence == 1


@pytest.mark.usefixtures("three_entries")
def test_two_entries_that_change_places_are_found() -> None:
    for old, new in ((2, 8), (3, 2), (8, 3)):
        _run(f"UPDATE {TABLE} SET sequence = %s WHERE sequence = %s", new, old)  # noqa: S608

    with pytest.raises(LedgerBrokenError) as broken:
        verify_ledger()

    assert broken.value.sequence == 2


@pytest.mark.usefixtures("three_entries")
def test_a_removed_head_is_found() -> None:
    _run("DELETE FROM audit_ledgerhead")

    with pytest.raises(LedgerBrokenError) as broken:
        verify_ledger()

    assert broken.value.sequence == 1


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL itself refuses bytes not UTF-8"
)
@pytest.mark.usefixtures("three_entries")
def test_bytes_that_are_no_text_are_found() -> None:
    _run(
        f"UPDATE {TABLE} SET subject = CAST(%s AS TEXT) WHERE sequence = 1",  # noqa: S608
        b"\xff\xfe",
    )

    with pytest.raises(LedgerBrokenError) as broken:
        verify_ledger()

    assert broken.value.sequence == 1


@pytest.mark.usefixtures("three_entries")
def test_the_newest_entry_comes_first() -> None:
    assert [entry.sequence for entry in newest_entries()] == [3, 2, 1]


def test_an_entry_given_a_day_holds_no_time(three_entries: list[LedgerEntry]) -> None:
    assert three_entries[1].at == "2022-05-10"


def test_an_instant_without_a_time_zone_is_a_broken_call() -> None:
    with pytest.raises(ValueError, match="time zone"):
        record(
            action="a",
            by=Program(),
            at=datetime(2022, 5, 10, 8, 0),  # noqa: DTZ001
            subject="s",
        )


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_a_broken_call() -> None:
    with pytest.raises(ValueError, match=r"transaction\.atomic"):
        record(action="a", by=Program(), at=INSTANT, subject="s")


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_no_entry() -> None:
    with pytest.raises(RuntimeError):
        _record_and_fail()

    assert ledger_head().sequence == 0
    assert not LedgerEntry.objects.exists()


@pytest.mark.usefixtures("three_entries")
def test_verification_prints_the_head_and_exits_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = print_verification(as_json=False)

    assert status == 0
    assert "3 mục" in capsys.readouterr().out


@pytest.mark.usefixtures("three_entries")
def test_verification_of_a_broken_ledger_exits_1_and_names_the_entry(
    capsys: pytest.CaptureFixture[str],
) -> None:
    LedgerEntry.objects.filter(sequence=2).update(subject="khác")

    status = print_verification(as_json=True)

    assert status == 1
    assert '"first_broken_sequence": 2' in capsys.readouterr().out


def test_the_ledger_names_people_by_text_and_never_by_a_foreign_key() -> None:
    relations = [
        field
        for field in LedgerEntry._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]

    assert relations == []
