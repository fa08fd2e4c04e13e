"""The lists a cell chooses from: what is stored, what an officer reads, what is typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kecan.regulations.facts import (
    DepartureKind,
    DisciplineForm,
    PostKind,
    ProfessionLevel,
    RatingGrade,
    TheoryLevel,
    TrainingKind,
    UnitKind,
)
from kecan.vocabulary import Level, Line, Sex
from kecan.workbook.text import fold


class CareerKind(StrEnum):
    """What a row of the career sheet records."""

    OFFICE = "office"
    DEPARTURE = "departure"


class MeritKind(StrEnum):
    """What a row of the commendation and discipline sheet records."""

    COMMENDATION = "commendation"
    DISCIPLINE = "discipline"
    POLITICAL_CONCLUSION = "political_conclusion"


@dataclass(frozen=True, slots=True)
class Option:
    """A value with the label written in the drop-down list and what else is typed."""

    value: StrEnum
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Options of a column; a code, a label or a synonym finds one.

    Spelling is compared without marks, case and punctuation.
    """

    name: str
    options: tuple[Option, ...]
    _by_spelling: dict[str, StrEnum] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for option in self.options:
            for text in (option.value.value, option.label, *option.synonyms):
                known = self._by_spelling.setdefault(fold(text), option.value)
                if known is not option.value:
                    msg = f"{self.name}: '{text}' names two options"
                    raise ValueError(msg)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the list."""
        return tuple(option.label for option in self.options)

    def find(self, text: str) -> StrEnum | None:
        """Return the value ``text`` names, None when it names none."""
        return self._by_spelling.get(fold(text))

    def label(self, value: StrEnum) -> str:
        """Return the label of ``value``.

        Raises:
            ValueError: If the list does not hold ``value``.
        """
        for option in self.options:
            if option.value is value:
                return option.label
        msg = f"{self.name} does not hold {value!r}"
        raise ValueError(msg)


LEVELS = ChoiceList(
    "Cấp",
    (
        Option(Level.CENTRAL, "Trung ương", ("TW", "cấp trung ương")),
        Option(Level.PROVINCE, "Tỉnh", ("cấp tỉnh", "thành phố trực thuộc TW")),
        Option(Level.DISTRICT, "Huyện", ("cấp huyện", "quận", "thị xã")),
        Option(Level.COMMUNE, "Xã", ("cấp xã", "phường", "thị trấn", "đặc khu")),
        Option(Level.GRASSROOTS, "Cơ sở", ("cấp cơ sở",)),
    ),
)
LINES = ChoiceList(
    "Đường",
    (
        Option(Line.PARTY, "Đảng", ("đường đảng", "khối đảng")),
        Option(Line.GOVERNMENT, "Chính quyền", ("đường chính quyền", "nhà nước")),
    ),
)
SEXES = ChoiceList(
    "Giới tính",
    (
        Option(Sex.MALE, "Nam", ("m", "ông")),
        Option(Sex.FEMALE, "Nữ", ("f", "bà")),
    ),
)
UNIT_KINDS = ChoiceList(
    "Loại đơn vị",
    (
        Option(UnitKind.COMMITTEE, "Cấp uỷ", ("huyện uỷ", "tỉnh uỷ", "đảng uỷ")),
        Option(UnitKind.PARTY_BODY, "Cơ quan của cấp uỷ", ("cơ quan đảng",)),
        Option(UnitKind.ADMINISTRATIVE, "Cơ quan hành chính", ("phòng chuyên môn",)),
        Option(UnitKind.PUBLIC_SERVICE, "Đơn vị sự nghiệp", ("sự nghiệp công lập",)),
        Option(UnitKind.PEOPLES_COUNCIL, "Hội đồng nhân dân", ("HĐND",)),
        Option(UnitKind.PEOPLES_COMMITTEE, "Uỷ ban nhân dân", ("UBND",)),
        Option(UnitKind.FRONT, "Mặt trận Tổ quốc", ("MTTQ", "uỷ ban MTTQ")),
        Option(UnitKind.UNION, "Đoàn thể chính trị - xã hội", ("đoàn thể",)),
        Option(UnitKind.ARMED_FORCES, "Lực lượng vũ trang", ("quân sự, công an",)),
        Option(UnitKind.PARTY_BASE, "Đảng bộ, chi bộ cơ sở", ("chi bộ", "đảng bộ")),
        Option(UnitKind.COMMUNE, "Xã, phường, thị trấn", ("xã", "phường", "thị trấn")),
        Option(UnitKind.OTHER, "Khác"),
    ),
)
POST_KINDS = ChoiceList(
    "Loại chức danh",
    (
        Option(
            PostKind.COMMITTEE_MEMBER,
            "Uỷ viên Ban Chấp hành",
            ("UV BCH", "uỷ viên BCH", "cấp uỷ viên"),
        ),
        Option(
            PostKind.STANDING_MEMBER,
            "Uỷ viên Ban Thường vụ",
            ("UV BTV", "uỷ viên BTV"),
        ),
        Option(PostKind.SECRETARY, "Bí thư"),
        Option(PostKind.DEPUTY_SECRETARY, "Phó Bí thư"),
        Option(PostKind.COUNCIL_CHAIR, "Chủ tịch HĐND"),
        Option(PostKind.COUNCIL_VICE_CHAIR, "Phó Chủ tịch HĐND"),
        Option(PostKind.PEOPLES_COMMITTEE_CHAIR, "Chủ tịch UBND"),
        Option(PostKind.PEOPLES_COMMITTEE_VICE_CHAIR, "Phó Chủ tịch UBND"),
        Option(PostKind.HEAD, "Cấp trưởng", ("trưởng", "người đứng đầu")),
        Option(PostKind.DEPUTY, "Cấp phó", ("phó",)),
        Option(PostKind.SPECIALIST, "Không giữ chức vụ lãnh đạo", ("chuyên viên",)),
        Option(PostKind.OTHER, "Khác"),
    ),
)
PROFESSION_LEVELS = ChoiceList(
    "Trình độ chuyên môn",
    (
        Option(ProfessionLevel.VOCATIONAL, "Trung cấp", ("TC", "trung học CN")),
        Option(ProfessionLevel.COLLEGE, "Cao đẳng", ("CĐ",)),
        Option(
            ProfessionLevel.BACHELOR,
            "Đại học",
            ("ĐH", "cử nhân", "CN", "kỹ sư", "KS", "bác sĩ", "dược sĩ"),
        ),
        Option(
            ProfessionLevel.MASTER,
            "Thạc sĩ",
            ("ThS", "thạc sỹ", "cao học", "chuyên khoa I", "CKI", "CK1"),
        ),
        Option(
            ProfessionLevel.DOCTOR,
            "Tiến sĩ",
            ("TS", "tiến sỹ", "chuyên khoa II", "CKII", "CK2"),
        ),
    ),
)
THEORY_LEVELS = ChoiceList(
    "Lý luận chính trị",
    (
        Option(TheoryLevel.ELEMENTARY, "Sơ cấp", ("SC",)),
        Option(TheoryLevel.INTERMEDIATE, "Trung cấp", ("TC",)),
        Option(TheoryLevel.ADVANCED, "Cao cấp", ("CC", "cao cấp LLCT")),
        Option(TheoryLevel.BACHELOR, "Cử nhân", ("CN", "đại học")),
    ),
)
TRAINING_KINDS = ChoiceList(
    "Loại đào tạo",
    (
        Option(TrainingKind.PROFESSION, "Chuyên môn", ("chuyên môn nghiệp vụ",)),
        Option(TrainingKind.THEORY, "Lý luận chính trị", ("LLCT",)),
        Option(TrainingKind.STATE_MANAGEMENT, "Quản lý nhà nước", ("QLNN",)),
        Option(TrainingKind.DEFENCE, "Quốc phòng - an ninh", ("QPAN",)),
        Option(TrainingKind.LANGUAGE, "Ngoại ngữ"),
        Option(TrainingKind.INFORMATICS, "Tin học"),
        Option(TrainingKind.OTHER, "Khác"),
    ),
)
RATING_GRADES = ChoiceList(
    "Xếp loại",
    (
        Option(
            RatingGrade.EXCELLENT,
            "Hoàn thành xuất sắc nhiệm vụ",
            ("HTXSNV", "HTXS", "xuất sắc", "hoàn thành xuất sắc"),
        ),
        Option(
            RatingGrade.GOOD,
            "Hoàn thành tốt nhiệm vụ",
            ("HTTNV", "HTT", "tốt", "hoàn thành tốt"),
        ),
        Option(RatingGrade.COMPLETED, "Hoàn thành nhiệm vụ", ("HTNV", "hoàn thành")),
        Option(
            RatingGrade.COMPLETED_LIMITED,
            "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực",
            ("còn hạn chế về năng lực", "HTNV còn hạn chế về năng lực"),
        ),
        Option(
            RatingGrade.NOT_COMPLETED,
            "Không hoàn thành nhiệm vụ",
            ("KHTNV", "không hoàn thành"),
        ),
    ),
)
DISCIPLINE_FORMS = ChoiceList(
    "Hình thức kỷ luật",
    (
        Option(
            DisciplineForm.REVIEWED_ONLY, "Kiểm điểm", ("kiểm điểm rút kinh nghiệm",)
        ),
        Option(
            DisciplineForm.NOT_DISCIPLINED,
            "Đến mức kỷ luật nhưng không kỷ luật",
            ("không kỷ luật",),
        ),
        Option(DisciplineForm.LIMITATION_EXPIRED, "Hết thời hiệu kỷ luật"),
        Option(
            DisciplineForm.UNDER_CONSIDERATION,
            "Đang xem xét, điều tra",
            ("đang xem xét kỷ luật",),
        ),
        Option(DisciplineForm.REPRIMAND, "Khiển trách"),
        Option(DisciplineForm.WARNING, "Cảnh cáo"),
        Option(DisciplineForm.DISMISSAL, "Cách chức"),
        Option(
            DisciplineForm.EXPULSION,
            "Khai trừ, buộc thôi việc",
            ("khai trừ", "buộc thôi việc"),
        ),
    ),
)
DEPARTURE_KINDS = ChoiceList(
    "Lý do thôi",
    (
        Option(DepartureKind.RETIRED, "Nghỉ hưu", ("hưu", "nghỉ chế độ")),
        Option(DepartureKind.TRANSFERRED, "Chuyển công tác", ("thuyên chuyển",)),
        Option(DepartureKind.RESIGNED, "Từ chức, thôi việc", ("từ chức", "thôi việc")),
        Option(DepartureKind.DIED, "Từ trần", ("mất",)),
        Option(DepartureKind.OTHER, "Khác"),
    ),
)
CAREER_KINDS = ChoiceList(
    "Loại quá trình",
    (
        Option(CareerKind.OFFICE, "Giữ chức vụ", ("công tác",)),
        Option(CareerKind.DEPARTURE, "Rời cơ quan, đơn vị", ("thôi công tác",)),
    ),
)
MERIT_KINDS = ChoiceList(
    "Loại khen thưởng, kỷ luật",
    (
        Option(MeritKind.COMMENDATION, "Khen thưởng"),
        Option(MeritKind.DISCIPLINE, "Kỷ luật"),
        Option(
            MeritKind.POLITICAL_CONCLUSION,
            "Kết luận tiêu chuẩn chính trị",
            ("tiêu chuẩn chính trị",),
        ),
    ),
)
ALL_LISTS = (
    UNIT_KINDS,
    LEVELS,
    POST_KINDS,
    LINES,
    SEXES,
    CAREER_KINDS,
    DEPARTURE_KINDS,
    TRAINING_KINDS,
    PROFESSION_LEVELS,
    THEORY_LEVELS,
    RATING_GRADES,
    MERIT_KINDS,
    DISCIPLINE_FORMS,
)
"""Every drop-down list of the workbook, in the order they are met."""
