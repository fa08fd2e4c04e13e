"""One row of a list to rows of the exchange workbook, with every cell not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import blake2s
from typing import TYPE_CHECKING

from kecan.regulations.facts import TrainingKind
from kecan.vocabulary import PartialDate, Sentence
from kecan.workbook.cells import Cell, Problem, read_cell, shown
from kecan.workbook.choices import (
    PROFESSION_LEVELS,
    RATING_GRADES,
    SEXES,
    THEORY_LEVELS,
    TRAINING_KINDS,
)
from kecan.workbook.container import column_letter
from kecan.workbook.dates import EXPECTED, Epoch, read_date
from kecan.workbook.findings import CellFinding
from kecan.workbook.layouts import PEOPLE
from kecan.workbook.list_headings import ListField
from kecan.workbook.list_shared_rows import (
    is_second_name,
    one_person_a_row,
    people_in,
    second_person,
)
from kecan.workbook.text import clean, fold

if TYPE_CHECKING:
    from kecan.workbook.choices import ChoiceList
    from kecan.workbook.list_headings import Meaning
    from kecan.workbook.list_rows import PersonRow
    from kecan.workbook.list_tables import ListColumn, Table
    from kecan.workbook.register_rows import Row

_CROSSES = frozenset(("x", "1", "co", "v", "true", "✓", "✔", ""))
_NOTHING = frozenset(("", "-", "–", "—", ".", "...", "/"))
_HONORIFIC = re.compile(
    r"^(?:(đ/c|đồng chí|đ\.c)|(ông)|(bà))[.:\s]\s*(?=\S+\s)", re.IGNORECASE
)
_SEX_IN_BRACKETS = re.compile(r"\(\s*(nam|nữ|nu)\s*\)", re.IGNORECASE)
_APART = re.compile(r"[;\n]+|\s*\+\s*")
_YEAR_AND_GRADE = re.compile(r"(?:năm\s*)?(\d{4})\s*[:\-–]?\s*(.+)", re.IGNORECASE)
_MOST_LEVEL_WORDS = 3
_FILLER = re.compile(r"^[\s:,\-–(]*(?:ngành|chuyên ngành)?\s*|[\s),]*$", re.IGNORECASE)
_CODE_BYTES = 5

_PLAIN = (ListField.ETHNICITY, ListField.HOME_PLACE, ListField.ACADEMIC_TITLE)
_NUMBERS = (ListField.PERSON_ID, ListField.PARTY_CARD, ListField.CITIZEN_ID)
_DATES = (ListField.BORN, ListField.PARTY_JOINED, ListField.PARTY_OFFICIAL)
_OTHER_TRAINING = {
    ListField.STATE_MANAGEMENT: TrainingKind.STATE_MANAGEMENT,
    ListField.LANGUAGE: TrainingKind.LANGUAGE,
    ListField.INFORMATICS: TrainingKind.INFORMATICS,
    ListField.DEFENCE: TrainingKind.DEFENCE,
}


@dataclass(slots=True)
class Draft:
    """What one row says so far; ``row`` counts from 0. Offices and posts are titles."""

    row: int
    name: str
    person: Row = field(default_factory=dict)
    trainings: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    planned_posts: list[str] = field(default_factory=list)
    unit: str = ""
    office_since: str = ""
    term: str = ""
    decision: str = ""
    is_code_generated: bool = False
    unread: list[CellFinding] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The number other sheets name the person by."""
        numbers = (self.person.get(code, "") for code in _NUMBERS)
        return next((number for number in numbers if number), "")


def read_person(table: Table, person: PersonRow, *, epoch: Epoch) -> Draft:
    """Read every column of a row that has a meaning.

    A cell that is not understood goes into its column as it is, so that the check of
    the workbook shows it, and is reported with its place in the list.
    """
    draft = Draft(row=person.row, name=person.name)
    _read_name(draft)
    for column in table.columns:
        cells = table.grid.rows[person.row]
        raw = cells[column.place] if column.place < len(cells) else ""
        if clean(shown(raw)) in _NOTHING:
            continue
        if column.meaning is None:
            _report_second_name(draft, table, column, raw)
            continue
        source = _Source(table, column, column.meaning, raw, epoch)
        _READERS.get(column.meaning.field, _read_nothing)(draft, source)
    _join_birth_parts(draft, table, epoch)
    if not draft.unit:
        draft.unit = person.group_unit
    if not draft.term and person.term is not None:
        draft.term = f"{person.term[0]}-{person.term[1]}"
    return draft


def give_codes(drafts: list[Draft]) -> None:
    """Give everyone without a number a code made from name, birth and home place.

    The same row gets the same code each time; equal rows are told apart by order.
    """
    given: dict[str, int] = {}
    for draft in drafts:
        if draft.key:
            continue
        told = (
            draft.person.get(code, "") for code in ("full_name", "born", "home_place")
        )
        seed = "|".join(fold(text) for text in told)
        code = f"NB-{blake2s(seed.encode(), digest_size=_CODE_BYTES).hexdigest()}"
        given[code] = given.get(code, 0) + 1
        draft.person["person_id"] = (
            code if given[code] == 1 else f"{code}-{given[code]}"
        )
        draft.is_code_generated = True


@dataclass(frozen=True, slots=True)
class _Source:
    table: Table
    column: ListColumn
    meaning: Meaning
    raw: Cell
    epoch: Epoch

    @property
    def text(self) -> str:
        return clean(shown(self.raw))

    @property
    def line(self) -> str:
        return self.text.replace("\n", " ")


def _report(draft: Draft, source: _Source, problem: Problem) -> None:
    _report_cell(draft, source.table, source.column, problem, text=source.text)


def _report_cell(
    draft: Draft, table: Table, column: ListColumn, problem: Problem, *, text: str
) -> None:
    draft.unread.append(
        CellFinding(
            sheet=table.grid.title,
            row=draft.row + 1,
            column=column_letter(column.place),
            heading=column.heading,
            what_is=text,
            expected=problem.expected,
            severity=problem.severity,
        )
    )


def _report_second_name(
    draft: Draft, table: Table, column: ListColumn, raw: Cell
) -> None:
    if is_second_name(table, column):
        problem = Problem(second_person())
        _report_cell(draft, table, column, problem, text=clean(shown(raw)))


def _read_nothing(_draft: Draft, _source: _Source) -> None:
    """Pass over the number and the parts of the name, which are read elsewhere."""


def _count_people(draft: Draft, source: _Source) -> None:
    count = people_in(source.text)
    if count > 1:
        _report(draft, source, Problem(one_person_a_row(count)))


def _read_name(draft: Draft) -> None:
    name = draft.name
    in_brackets = _SEX_IN_BRACKETS.search(name)
    if in_brackets is not None:
        draft.person["sex"] = "Nam" if fold(in_brackets[1]) == "nam" else "Nữ"
        name = clean(_SEX_IN_BRACKETS.sub(" ", name))
    title = _HONORIFIC.match(name)
    if title is not None:
        name = name[title.end() :]
        if title[2] or title[3]:
            draft.person.setdefault("sex", "Nam" if title[2] else "Nữ")
    draft.person["full_name"] = draft.name = clean(name)


def _read_plain(draft: Draft, source: _Source) -> None:
    draft.person[source.meaning.field.value] = source.line


def _read_number(draft: Draft, source: _Source) -> None:
    code = source.meaning.field.value
    parsed = read_cell(PEOPLE.by_code[code], source.raw, epoch=source.epoch)
    draft.person[code] = source.line if parsed.value is None else str(parsed.value)
    if parsed.problem is not None:
        _report(draft, source, parsed.problem)


def _read_date_into(draft: Draft, source: _Source, code: str) -> None:
    when = read_date(
        source.line if isinstance(source.raw, str) else source.raw, epoch=source.epoch
    )
    if isinstance(when, PartialDate):
        draft.person[code] = when.vi
        return
    draft.person[code] = source.line
    _report(draft, source, Problem(when))


def _read_date(draft: Draft, source: _Source) -> None:
    _read_date_into(draft, source, source.meaning.field.value)


def _read_column_of_sex(draft: Draft, source: _Source) -> None:
    sex = "Nữ" if source.meaning.field is ListField.FEMALE else "Nam"
    if draft.person.get("sex", sex) != sex:
        expected = Sentence(
            f"chỉ một trong hai cột Nam, Nữ; giới tính đã hiểu là {draft.person['sex']}",
            f"only one of the columns Nam and Nữ; taken as {draft.person['sex']}",
        )
        _report(draft, source, Problem(expected))
        return
    draft.person["sex"] = sex
    if fold(source.text) not in _CROSSES:
        _read_date_into(draft, source, "born")


def _read_sex(draft: Draft, source: _Source) -> None:
    draft.person["sex"] = source.line
    if SEXES.find(source.line) is None:
        expected = Sentence("Nam hoặc Nữ", "Nam (male) or Nữ (female)")
        _report(draft, source, Problem(expected))


def _join_birth_parts(draft: Draft, table: Table, epoch: Epoch) -> None:
    fields = (ListField.BIRTH_DAY, ListField.BIRTH_MONTH, ListField.BIRTH_YEAR)
    sources = [
        _Source(
            table, column, column.meaning, table.text(draft.row, column.place), epoch
        )
        for name in fields
        for column in table.columns
        if column.meaning is not None and column.meaning.field is name
    ]
    parts = [source.text for source in sources if source.text]
    if parts and "born" not in draft.person:
        _read_date_into(draft, replace(sources[-1], raw="/".join(parts)), "born")


def _read_profession(draft: Draft, source: _Source) -> None:
    for text in _pieces(source):
        label, rest = _level_in(text, PROFESSION_LEVELS)
        waiting = [row for row in draft.trainings if row.get("level") == ""]
        if label and not rest and waiting:
            waiting[-1]["level"] = label
            continue
        kind = TRAINING_KINDS.label(TrainingKind.PROFESSION)
        draft.trainings.append({"kind": kind, "level": label, "field": rest})
        if not label:
            expected = Sentence(
                "trình độ (trung cấp, cao đẳng, đại học, thạc sĩ, tiến sĩ …) rồi đến "
                "chuyên ngành",
                "a level (trung cấp … tiến sĩ), then the field",
            )
            _report(draft, source, Problem(expected))


def _read_field(draft: Draft, source: _Source) -> None:
    kind = TRAINING_KINDS.label(TrainingKind.PROFESSION)
    open_rows = [
        row for row in draft.trainings if row["kind"] == kind and not row["field"]
    ]
    if open_rows:
        open_rows[-1]["field"] = source.line
    else:
        draft.trainings.append({"kind": kind, "level": "", "field": source.line})


def _read_theory(draft: Draft, source: _Source) -> None:
    for text in _pieces(source):
        label, rest = _level_in(text, THEORY_LEVELS)
        is_about_theory = fold(rest) in ("llct", "ly luan chinh tri", "chinh tri", "")
        draft.trainings.append(
            {
                "kind": TRAINING_KINDS.label(TrainingKind.THEORY),
                "theory": label,
                "field": "" if label and is_about_theory else rest,
            }
        )
        if not label:
            labels = ", ".join(THEORY_LEVELS.labels)
            expected = Sentence(f"một trong: {labels}", f"one of: {labels}")
            _report(draft, source, Problem(expected))


def _pieces(source: _Source) -> list[str]:
    option = source.meaning.option
    if option:
        is_cross = fold(source.text) in _CROSSES
        return [option if is_cross else f"{option} {source.line}"]
    return [clean(part) for part in _APART.split(source.text) if clean(part)]


def _level_in(text: str, levels: ChoiceList) -> tuple[str, str]:
    """Cut a leading level off a text; the label is empty when there is none."""
    words = text.replace(".", " ").split()
    for count in range(min(_MOST_LEVEL_WORDS, len(words)), 0, -1):
        value = levels.find(" ".join(words[:count]))
        if value is not None:
            return levels.label(value), _FILLER.sub("", " ".join(words[count:]))
    return "", text


def _read_other_training(draft: Draft, source: _Source) -> None:
    kind = _OTHER_TRAINING[source.meaning.field]
    draft.trainings.append({"kind": TRAINING_KINDS.label(kind), "field": source.line})


def _read_rating(draft: Draft, source: _Source) -> None:
    year = source.meaning.year
    pieces = re.split(r"[;\n]+", source.text) if year is None else [source.line]
    for piece in filter(None, map(clean, pieces)):
        found = _YEAR_AND_GRADE.fullmatch(piece) if year is None else None
        when = found[1] if found is not None else str(year or "")
        grade = found[2] if found is not None else piece
        value = RATING_GRADES.find(grade)
        label = grade if value is None else RATING_GRADES.label(value)
        draft.ratings.append({"year": when, "grade": label})
        if value is None or not when:
            expected = Sentence(
                "năm và mức xếp loại, ví dụ 2021: Hoàn thành tốt nhiệm vụ",
                "a year and its grade, such as 2021: Hoàn thành tốt nhiệm vụ",
            )
            _report(draft, source, Problem(expected))


def _read_offices(draft: Draft, source: _Source) -> None:
    draft.offices += filter(None, map(clean, re.split(r"[;\n]+", source.text)))


def _read_planned_posts(draft: Draft, source: _Source) -> None:
    pieces = (clean(part) for part in re.split(r"[;\n]+", source.text))
    draft.planned_posts += [re.sub(r"^[-+•*]\s*", "", one) for one in pieces if one]


def _read_unit(draft: Draft, source: _Source) -> None:
    draft.unit = source.line


def _read_office_since(draft: Draft, source: _Source) -> None:
    when = read_date(source.raw, epoch=source.epoch)
    draft.office_since = when.vi if isinstance(when, PartialDate) else source.line
    if isinstance(when, Sentence):
        _report(draft, source, Problem(EXPECTED))


def _read_term(draft: Draft, source: _Source) -> None:
    draft.term = source.line


def _read_decision(draft: Draft, source: _Source) -> None:
    draft.decision = source.line


_READERS = {
    ListField.FULL_NAME: _count_people,
    **dict.fromkeys(_PLAIN, _read_plain),
    **dict.fromkeys(_NUMBERS, _read_number),
    **dict.fromkeys(_DATES, _read_date),
    **dict.fromkeys(_OTHER_TRAINING, _read_other_training),
    ListField.MALE: _read_column_of_sex,
    ListField.FEMALE: _read_column_of_sex,
    ListField.SEX: _read_sex,
    ListField.PROFESSION: _read_profession,
    ListField.FIELD: _read_field,
    ListField.THEORY: _read_theory,
    ListField.RATING: _read_rating,
    ListField.OFFICE: _read_offices,
    ListField.OFFICE_SINCE: _read_office_since,
    ListField.UNIT: _read_unit,
    ListField.PLANNED_POST: _read_planned_posts,
    ListField.TERM: _read_term,
    ListField.PLAN_DECISION: _read_decision,
}
