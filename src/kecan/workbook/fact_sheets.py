"""The sheets of dated facts about people, one row a fact, by the key of the person."""

from __future__ import annotations

from kecan.workbook import choices
from kecan.workbook.schema import EXAMPLE_MARK, Column, Reading, SheetLayout

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
