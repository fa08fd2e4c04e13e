"""Writing the register: a workbook comes in whole and goes out whole."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError

from kecan.web.audit.actions import record
from kecan.web.organisation import rows
from kecan.web.organisation.models import ImportBatch, Person
from kecan.web.organisation.queries import newest_batch, people_facts

if TYPE_CHECKING:
    from datetime import datetime

    from kecan.regulations.facts import PersonFacts, Register
    from kecan.web.audit.actions import Actor


class TwoRatingsAYearError(Exception):
    """A person has two annual ratings for one year."""

    def __init__(self, person: PersonFacts, year: int) -> None:
        super().__init__(
            f"{person.full_name} ({person.person_id}) có hai kết quả xếp loại năm "
            f"{year}; mỗi năm chỉ có một, đề nghị sửa trong bảng tính rồi nhập lại."
        )


class BatchNotNewestError(Exception):
    """Only the newest import that still stands can be undone."""

    def __init__(self, number: int, newest: ImportBatch | None) -> None:
        now = f"lần số {newest.number}" if newest else "không có lần nào"
        super().__init__(
            f"Không huỷ được lần nhập số {number}: chỉ huỷ được lần nhập mới nhất "
            f"còn hiệu lực, hiện là {now}."
        )


class ImportInUseError(Exception):
    """Something the import added is already used outside the register."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Không huỷ được lần nhập số {number}: người hoặc chức danh của lần nhập "
            "này đã được dùng trong một đợt quy hoạch; hãy nhập bảng tính đã sửa."
        )


def import_register(
    *, register: Register, file_name: str, file_sha256: str, by: Actor, at: datetime
) -> ImportBatch:
    """Write a workbook's register by key: all of it or nothing.

    Raises:
        TwoRatingsAYearError: If somebody has two ratings for one year.
    """
    _require_one_rating_a_year(register)
    with transaction.atomic():
        newest = ImportBatch.objects.select_for_update().first()
        before = rows.all_rows()
        added, changed = _write(register)
        batch = ImportBatch.objects.create(
            number=newest.number + 1 if newest else 1,
            file_name=file_name,
            file_sha256=file_sha256,
            imported_at=at,
            imported_by=by.login,
            people_added=added,
            people_changed=changed,
            before=before,
        )
        record(
            action="register.imported",
            by=by,
            at=at,
            subject=f"Lần nhập số {batch.number}",
            details={"file": file_name, "sha256": file_sha256},
        )
    return batch


def undo_import(*, batch_number: int, by: Actor, at: datetime) -> ImportBatch:
    """Put the register back exactly as it stood before the newest import.

    Raises:
        BatchNotNewestError: If it is not the newest import that still stands.
        ImportInUseError: If a planning round already refers to what would go.
    """
    try:
        with transaction.atomic():
            batch = newest_batch()
            if batch is None or batch.number != batch_number:
                raise BatchNotNewestError(batch_number, batch)
            rows.put_back(batch.before)
            batch.undone_at, batch.undone_by = at, by.login
            batch.save(update_fields=["undone_at", "undone_by"])
            record(
                action="register.import_undone",
                by=by,
                at=at,
                subject=f"Lần nhập số {batch.number}",
                details={"file": batch.file_name},
            )
    except ProtectedError as used:
        raise ImportInUseError(batch_number) from used
    return batch


@transaction.atomic
def record_dossier_read(*, person: Person, by: Actor, at: datetime) -> None:
    """Note in the ledger that somebody opened a dossier."""
    record(
        action="dossier.read",
        by=by,
        at=at,
        subject=f"Hồ sơ {person.full_name} ({person.key})",
    )


def _write(register: Register) -> tuple[int, int]:
    known = {one.person_id: one for one in people_facts(Person.objects.all())}
    added = [one for one in register.people if one.person_id not in known]
    changed = [
        one
        for one in register.people
        if one.person_id in known and known[one.person_id] != one
    ]
    units = rows.write_units(register.units)
    posts = rows.write_posts(register.posts, units=units)
    rows.write_people([*added, *changed], units=units, posts=posts)
    return len(added), len(changed)


def _require_one_rating_a_year(register: Register) -> None:
    for person in register.people:
        years = Counter(rating.year for rating in person.ratings)
        for year, times in years.items():
            if times > 1:
                raise TwoRatingsAYearError(person, year)
