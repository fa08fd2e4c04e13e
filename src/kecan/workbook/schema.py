"""The columns of the exchange workbook as data.

The reader, the writer, the template and the manual all follow this one layout.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.workbook import choices

if TYPE_CHECKING:
    from kecan.workbook.choices import ChoiceList


class Reading(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    TEXTS = "texts"  # several, apart by semicolons
    KEY = "key"  # an internal code
    PARTY_CARD = "party_card"
    CITIZEN_ID = "citizen_id"
    CHOICE = "choice"
    YES_NO = "yes_no"
    WHOLE = "whole"
    DATE = "date"  # to the day, the month or the year
    DAY = "day"  # to the day
    TERM = "term"  # 2020-2025


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its code in row 2, its heading in row 1 and how it is read.

    ``minimum`` is the least whole number allowed. ``refers_to`` names the sheet
    whose keys the cells must be among.
    """

    code: str
    heading: str
    reading: Reading = Reading.TEXT
    is_required: bool = False
    choices: ChoiceList | None = None
    refers_to: str | None = None
    minimum: int | None = None
    width: int = 16
    example: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """One sheet: its title, what a row is, and its columns in order."""

    key: str
    title: str
    row_is: str
    columns: tuple[Column, ...]
    by_code: dict[str, Column] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for column in self.columns:
            if column.code in self.by_code:
                msg = f"{self.key}: the code {column.code} appears twice"
                raise ValueError(msg)
            self.by_code[column.code] = column


HEADING_ROW = 1
CODE_ROW = 2
FIRST_DATA_ROW = 3
EXAMPLE_MARK = "VÍ DỤ"
"""A row whose first column begins with these words is an example and is ignored."""
REASON_CODE = "_ly_do"
"""Code of the column a marked copy adds; the reader passes over it."""
GUIDE_TITLE = "Hướng dẫn"
LISTS_TITLE = "Danh mục"
UNUSED_COLUMNS_TITLE = "Cột chưa dùng"
UNUSED_ROWS_TITLE = "Dòng chưa dùng"
SIDE_TITLES = (GUIDE_TITLE, LISTS_TITLE, UNUSED_COLUMNS_TITLE, UNUSED_ROWS_TITLE)
"""Sheets beside the eight that the reader passes over without a word."""

_SOURCE = Column(
    code="source",
    heading="Văn bản làm căn cứ",
    width=26,
    example="Quyết định số 12-QĐ/HU ngày 05/03/2020",
    note="Số, ngày, cơ quan ban hành của văn bản chứng minh.",
)


def _person_reference() -> Column:
    return Column(
        code="person_id",
        heading="Mã cán bộ",
        reading=Reading.KEY,
        is_required=True,
        refers_to="people",
        width=18,
        example=f"{EXAMPLE_MARK}: CB001",
        note="Mã cán bộ, số thẻ đảng viên hoặc số CCCD có ở tờ Cán bộ.",
    )


UNITS = SheetLayout(
    key="units",
    title="Đơn vị",
    row_is="một cơ quan, đơn vị, tổ chức",
    columns=(
        Column(
            code="unit_id",
            heading="Mã đơn vị",
            reading=Reading.KEY,
            is_required=True,
            example=f"{EXAMPLE_MARK}: DV01",
            note="Không trùng; các tờ khác dùng mã này.",
        ),
        Column(
            code="name",
            heading="Tên đơn vị",
            is_required=True,
            width=36,
            example="Ban Tổ chức Huyện uỷ",
        ),
        Column(
            code="kind",
            heading="Loại đơn vị",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.UNIT_KINDS,
            width=24,
            example="Cơ quan của cấp uỷ",
        ),
        Column(
            code="level",
            heading="Cấp",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.LEVELS,
            width=12,
            example="Huyện",
        ),
        Column(
            code="parent_id",
            heading="Mã đơn vị cấp trên",
            reading=Reading.KEY,
            refers_to="units",
            width=18,
        ),
        Column(
            code="predecessors",
            heading="Mã các đơn vị tiền thân",
            reading=Reading.TEXTS,
            width=22,
            note="Đơn vị đã sáp nhập vào đơn vị này.",
        ),
        Column(
            code="exists_from",
            heading="Hoạt động từ ngày",
            reading=Reading.DAY,
            example="01/07/2010",
        ),
        Column(
            code="exists_until",
            heading="Hoạt động đến ngày",
            reading=Reading.DAY,
            note="Ngày đầu tiên đơn vị không còn hoạt động.",
        ),
    ),
)
POSTS = SheetLayout(
    key="posts",
    title="Chức danh",
    row_is="một chức danh của một đơn vị",
    columns=(
        Column(
            code="post_id",
            heading="Mã chức danh",
            reading=Reading.KEY,
            is_required=True,
            example=f"{EXAMPLE_MARK}: CD01",
        ),
        Column(
            code="title",
            heading="Tên chức danh",
            is_required=True,
            width=36,
            example="Trưởng Ban Tổ chức Huyện uỷ",
        ),
        Column(
            code="unit_id",
            heading="Mã đơn vị",
            reading=Reading.KEY,
            is_required=True,
            refers_to="units",
            example="DV01",
        ),
        Column(
            code="kind",
            heading="Loại chức danh",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.POST_KINDS,
            width=24,
            example="Cấp trưởng",
        ),
        Column(
            code="level",
            heading="Cấp",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.LEVELS,
            width=12,
            example="Huyện",
        ),
        Column(
            code="line",
            heading="Đường",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.LINES,
            width=14,
            example="Đảng",
            note="Đảng hay chính quyền: quyết định nhiệm kỳ áp dụng.",
        ),
        Column(
            code="seats",
            heading="Số lượng",
            reading=Reading.WHOLE,
            is_required=True,
            minimum=1,
            width=10,
            example="1",
            note="Số người giữ chức danh này.",
        ),
        Column(
            code="rank",
            heading="Thứ bậc",
            reading=Reading.WHOLE,
            width=10,
            example="60",
            note="Số lớn hơn là chức danh cao hơn.",
        ),
        Column(
            code="managed_by",
            heading="Diện cấp quản lý",
            reading=Reading.CHOICE,
            choices=choices.LEVELS,
            example="Huyện",
            note="Cấp có ban thường vụ quản lý chức danh.",
        ),
        Column(
            code="is_planned",
            heading="Có quy hoạch",
            reading=Reading.YES_NO,
            width=14,
            example="Có",
            note="Để trống là Có.",
        ),
        Column(
            code="requires_party_membership",
            heading="Phải là đảng viên",
            reading=Reading.YES_NO,
            example="Có",
            note="Để trống là Có.",
        ),
        Column(
            code="required_profession",
            heading="Yêu cầu chuyên môn từ",
            reading=Reading.CHOICE,
            choices=choices.PROFESSION_LEVELS,
            width=20,
            example="Đại học",
        ),
        Column(
            code="required_theory",
            heading="Yêu cầu lý luận chính trị từ",
            reading=Reading.CHOICE,
            choices=choices.THEORY_LEVELS,
            width=20,
            example="Cao cấp",
        ),
        Column(
            code="fitting_fields",
            heading="Chuyên ngành phù hợp",
            reading=Reading.TEXTS,
            width=28,
            example="Luật; Hành chính; Xây dựng Đảng",
        ),
        Column(
            code="subject_group",
            heading="Đối tượng quy hoạch",
            width=18,
            note="Để trống nếu không giới hạn đối tượng.",
        ),
    ),
)
PEOPLE = SheetLayout(
    key="people",
    title="Cán bộ",
    row_is="một cán bộ",
    columns=(
        Column(
            code="person_id",
            heading="Mã cán bộ",
            reading=Reading.KEY,
            width=18,
            example=f"{EXAMPLE_MARK}: CB001",
            note="Để trống thì lấy số thẻ đảng viên, rồi đến số CCCD làm mã.",
        ),
        Column(
            code="party_card",
            heading="Số thẻ đảng viên",
            reading=Reading.PARTY_CARD,
            example="01234567",
        ),
        Column(
            code="citizen_id",
            heading="Số CCCD",
            reading=Reading.CITIZEN_ID,
            example="038075001234",
            note="Gõ dạng chữ để không mất số 0 ở đầu.",
        ),
        Column(
            code="full_name",
            heading="Họ và tên",
            is_required=True,
            width=26,
            example="Nguyễn Thị Thanh Hoà",
        ),
        Column(
            code="sex",
            heading="Giới tính",
            reading=Reading.CHOICE,
            choices=choices.SEXES,
            width=11,
            example="Nữ",
        ),
        Column(
            code="born",
            heading="Ngày sinh",
            reading=Reading.DATE,
            width=13,
            example="05/03/1975",
        ),
        Column(code="ethnicity", heading="Dân tộc", width=12, example="Kinh"),
        Column(
            code="home_place",
            heading="Quê quán",
            width=30,
            example="Xã Hải Thanh, Thanh Hoá",
        ),
        Column(code="academic_title", heading="Học hàm, học vị", example="Thạc sĩ"),
        Column(
            code="unit_id",
            heading="Mã đơn vị công tác",
            reading=Reading.KEY,
            refers_to="units",
            width=18,
            example="DV01",
        ),
        Column(
            code="party_joined",
            heading="Ngày vào Đảng",
            reading=Reading.DATE,
            example="19/05/2000",
        ),
        Column(
            code="party_official",
            heading="Ngày chính thức",
            reading=Reading.DATE,
            example="19/05/2001",
        ),
        Column(
            code="retires_at",
            heading="Tuổi nghỉ hưu riêng (tháng)",
            reading=Reading.WHOLE,
            minimum=1,
            width=20,
            note="Chỉ ghi khi khác tuổi chung; tính bằng tháng tuổi.",
        ),
        Column(
            code="subject_groups",
            heading="Thuộc đối tượng",
            reading=Reading.TEXTS,
            width=18,
        ),
    ),
)
CAREER = SheetLayout(
    key="career",
    title="Quá trình công tác",
    row_is="một chức vụ đã hoặc đang giữ, hoặc một lần rời cơ quan",
    columns=(
        _person_reference(),
        Column(
            code="kind",
            heading="Nội dung",
            reading=Reading.CHOICE,
            choices=choices.CAREER_KINDS,
            width=20,
            example="Giữ chức vụ",
            note="Để trống là Giữ chức vụ.",
        ),
        Column(
            code="post_id",
            heading="Mã chức danh",
            reading=Reading.KEY,
            refers_to="posts",
            example="CD01",
            note="Để trống nếu chức vụ không có ở tờ Chức danh.",
        ),
        Column(
            code="title",
            heading="Chức vụ",
            width=34,
            example="Trưởng Ban Tổ chức Huyện uỷ",
            note="Để trống thì lấy tên ở tờ Chức danh.",
        ),
        Column(
            code="unit_name",
            heading="Đơn vị công tác",
            width=28,
            example="Ban Tổ chức Huyện uỷ",
        ),
        Column(
            code="since",
            heading="Từ ngày",
            reading=Reading.DATE,
            is_required=True,
            width=13,
            example="01/09/2019",
            note="Ngày rời cơ quan nếu nội dung là rời cơ quan, đơn vị.",
        ),
        Column(
            code="until",
            heading="Đến ngày",
            reading=Reading.DATE,
            width=13,
            note="Để trống nếu đang giữ.",
        ),
        Column(
            code="departure_kind",
            heading="Lý do rời",
            reading=Reading.CHOICE,
            choices=choices.DEPARTURE_KINDS,
            width=20,
        ),
        _SOURCE,
    ),
)
TRAINING = SheetLayout(
    key="training",
    title="Đào tạo",
    row_is="một văn bằng, chứng chỉ",
    columns=(
        _person_reference(),
        Column(
            code="kind",
            heading="Loại đào tạo",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.TRAINING_KINDS,
            width=20,
            example="Chuyên môn",
        ),
        Column(
            code="level",
            heading="Trình độ chuyên môn",
            reading=Reading.CHOICE,
            choices=choices.PROFESSION_LEVELS,
            width=20,
            example="Đại học",
        ),
        Column(
            code="theory",
            heading="Trình độ lý luận chính trị",
            reading=Reading.CHOICE,
            choices=choices.THEORY_LEVELS,
            width=22,
        ),
        Column(code="field", heading="Chuyên ngành", width=26, example="Luật"),
        Column(
            code="completed",
            heading="Tốt nghiệp",
            reading=Reading.DATE,
            width=13,
            example="06/1997",
        ),
        _SOURCE,
    ),
)
RATINGS = SheetLayout(
    key="ratings",
    title="Đánh giá",
    row_is="xếp loại một năm",
    columns=(
        _person_reference(),
        Column(
            code="year",
            heading="Năm",
            reading=Reading.WHOLE,
            is_required=True,
            minimum=1900,
            width=8,
            example="2021",
        ),
        Column(
            code="grade",
            heading="Xếp loại",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.RATING_GRADES,
            width=34,
            example="Hoàn thành tốt nhiệm vụ",
        ),
        Column(
            code="decided",
            heading="Ngày quyết định",
            reading=Reading.DATE,
            example="28/12/2021",
            note="Để trống thì tính từ 31/12 của năm xếp loại.",
        ),
        _SOURCE,
    ),
)
MERITS = SheetLayout(
    key="merits",
    title="Khen thưởng - kỷ luật",
    row_is="một khen thưởng, một kỷ luật hoặc một kết luận tiêu chuẩn chính trị",
    columns=(
        _person_reference(),
        Column(
            code="kind",
            heading="Loại",
            reading=Reading.CHOICE,
            is_required=True,
            choices=choices.MERIT_KINDS,
            width=24,
            example="Khen thưởng",
        ),
        Column(
            code="title",
            heading="Danh hiệu, hình thức khen",
            width=30,
            example="Bằng khen của Chủ tịch UBND tỉnh",
        ),
        Column(
            code="form",
            heading="Hình thức kỷ luật",
            reading=Reading.CHOICE,
            choices=choices.DISCIPLINE_FORMS,
            width=26,
        ),
        Column(
            code="decided",
            heading="Ngày quyết định, kết luận",
            reading=Reading.DATE,
            is_required=True,
            width=18,
            example="15/01/2021",
        ),
        Column(
            code="expires",
            heading="Ngày hết hiệu lực",
            reading=Reading.DATE,
            note="Ngày đầu tiên quyết định kỷ luật không còn hiệu lực.",
        ),
        Column(
            code="is_remedied",
            heading="Đã khắc phục hậu quả",
            reading=Reading.YES_NO,
            width=18,
        ),
        Column(
            code="would_have_been",
            heading="Hình thức lẽ ra phải chịu",
            reading=Reading.CHOICE,
            choices=choices.DISCIPLINE_FORMS,
            width=26,
        ),
        Column(code="reason", heading="Nội dung vi phạm", width=30),
        Column(
            code="meets_standard",
            heading="Bảo đảm tiêu chuẩn chính trị",
            reading=Reading.YES_NO,
            width=20,
            note="Chỉ ghi cho kết luận tiêu chuẩn chính trị.",
        ),
        _SOURCE,
    ),
)
PLAN = SheetLayout(
    key="plan",
    title="Quy hoạch hiện có",
    row_is="một người quy hoạch vào một chức danh của một nhiệm kỳ",
    columns=(
        _person_reference(),
        Column(
            code="post_id",
            heading="Mã chức danh",
            reading=Reading.KEY,
            is_required=True,
            refers_to="posts",
            example="CD01",
        ),
        Column(
            code="term",
            heading="Nhiệm kỳ",
            reading=Reading.TERM,
            is_required=True,
            width=13,
            example="2020-2025",
        ),
        Column(
            code="decision",
            heading="Số quyết định",
            width=22,
            example="125-QĐ/HU",
        ),
        Column(
            code="decided",
            heading="Ngày quyết định",
            reading=Reading.DATE,
            example="20/08/2020",
        ),
        Column(
            code="issuer",
            heading="Cơ quan ban hành",
            width=26,
            example="Ban Thường vụ Huyện uỷ",
        ),
        Column(
            code="removed",
            heading="Ngày đưa ra khỏi quy hoạch",
            reading=Reading.DATE,
            width=18,
        ),
    ),
)
SHEETS = (UNITS, POSTS, PEOPLE, CAREER, TRAINING, RATINGS, MERITS, PLAN)
"""The eight sheets in the order of the workbook."""
