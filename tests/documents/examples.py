"""Example contents of every paper, one invented district on 10 May 2022."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from fractions import Fraction

from kecan.documents.conference_minutes import (
    Absentee,
    Attended,
    ConferenceMinutesContent,
    Speaker,
    VotedContest,
)
from kecan.documents.count_minutes import (
    CountedContest,
    CountedLine,
    CountMinutesContent,
    Teller,
    WriteIn,
)
from kecan.documents.model import Secrecy
from kecan.documents.paper import (
    Letterhead,
    Nominee,
    PaperFrame,
    Share,
    Signatory,
)
from kecan.documents.result_report import (
    FinalPerson,
    FinalPost,
    ResultReportContent,
    StepSummary,
    Votes,
)
from kecan.documents.roll import RollCategory, RollContent, RollPerson
from kecan.documents.source_list import (
    EligiblePerson,
    SourceBlock,
    SourceGroup,
    SourceListContent,
)
from kecan.documents.submission import (
    AddedBlock,
    AddedGroup,
    AddedPerson,
    BodyProposal,
    ReasonCount,
    ReviewBlock,
    ReviewedPerson,
    ReviewGroup,
    ReviewSummary,
    SubmissionContent,
)
from kecan.tally import InvalidReason, LineResult
from kecan.vocabulary import (
    Base,
    Bound,
    Citation,
    Confidence,
    Line,
    PartialDate,
    Sex,
    Term,
    TermPair,
    Threshold,
)

DAY = date(2022, 5, 10)
CURRENT = TermPair(
    party=Term(line=Line.PARTY, first_year=2020, last_year=2025),
    government=Term(line=Line.GOVERNMENT, first_year=2021, last_year=2026),
)
FOLLOWING = TermPair(
    party=Term(line=Line.PARTY, first_year=2025, last_year=2030),
    government=Term(line=Line.GOVERNMENT, first_year=2026, last_year=2031),
)
FRAME = PaperFrame(
    letterhead=Letterhead(
        superior="Đảng bộ thành phố Hà Nội",
        issuer="Huyện uỷ Yên Sơn",
        short_name="Huyện uỷ",
        party_body="Đảng bộ huyện",
        place="Yên Sơn",
        symbol="HU",
    ),
    dated=DAY,
    number=15,
    recipients=(
        "Ban Thường vụ Thành uỷ (để báo cáo)",
        "Các đồng chí Uỷ viên Ban Thường vụ Huyện uỷ",
        "Đại biểu dự hội nghị",
        "Lưu Văn phòng Huyện uỷ",
    ),
    secrecy=Secrecy.SECRET,
)
SECRETARY = Signatory(
    authority="T/M Ban Thường vụ", title="Bí thư", name="Trần Quang Khải"
)
ORGANISER = Signatory(title="Trưởng Ban Tổ chức", name="Đào Thị Xuân Hương")
CLERK = Signatory(title="Người lập danh sách", name="Nguyễn Thị Ánh Nguyệt")
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thuỵ Phương Quỳnh Như Nguyệt Ánh Dương"
LEDGER_HEAD = "9f2c4e7ab1d05836e4f7a90c3d2b1f6e8c5a7d904b3e2f1a6c8d7e5f40b39a21"
SHARES = (
    Share(title="Cán bộ nữ", have=11, of=53, need=14),
    Share(title="Cán bộ trẻ (dưới 40 tuổi)", have=9, of=53, need=8),
    Share(title="Cán bộ là người dân tộc thiểu số", have=4, of=53),
)
LEGAL_BASES = (
    (
        "Quy định số 50-QĐ/TW, ngày 27/12/2021 của Bộ Chính trị về công tác quy hoạch "
        "cán bộ"
    ),
    (
        "Hướng dẫn số 16-HD/BTCTW, ngày 15/02/2022 của Ban Tổ chức Trung ương về công "
        "tác quy hoạch cán bộ"
    ),
    (
        "Kế hoạch của Ban Thường vụ Thành uỷ về rà soát, bổ sung và xây dựng quy hoạch "
        "cán bộ"
    ),
)
CONFERENCE = "Hội nghị Ban Chấp hành Đảng bộ huyện"


def reviewed_person(**changes: object) -> ReviewedPerson:
    person = ReviewedPerson(
        name="Nguyễn Văn Hoà",
        sex=Sex.MALE,
        born=PartialDate(1975, 3, 5),
        office="Phó Bí thư Đảng uỷ, Chủ tịch UBND xã Thanh Bình",
        planned_post="Uỷ viên Ban Chấp hành Đảng bộ huyện",
        carried_over_post="Uỷ viên Ban Thường vụ Huyện uỷ",
        profession="Thạc sĩ Quản lý kinh tế",
        theory="Cao cấp",
        decision="Quyết định số 812-QĐ/HU ngày 12/7/2020",
        ratings=("2021: HTXSNV", "2020: HTTNV", "2019: HTTNV"),
        proposal="Tiếp tục quy hoạch",
    )
    return replace(person, **changes)  # type: ignore[arg-type]


def added_person(**changes: object) -> AddedPerson:
    person = AddedPerson(
        name="Lò Thị Mai",
        sex=Sex.FEMALE,
        born=PartialDate(1986, 11, 20),
        office="Bí thư Huyện đoàn",
        proposed_post="Uỷ viên Ban Thường vụ Huyện uỷ",
        profession="Đại học Luật",
        theory="Trung cấp",
        ratings=("2021: HTTNV", "2020: HTXSNV", "2019: HTTNV"),
        proposal="Bổ sung quy hoạch",
    )
    return replace(person, **changes)  # type: ignore[arg-type]


def submission_content() -> SubmissionContent:
    return SubmissionContent(
        frame=FRAME,
        signatory=SECRETARY,
        addressees=("Hội nghị cán bộ chủ chốt huyện Yên Sơn",),
        current=CURRENT,
        following=FOLLOWING,
        legal_bases=LEGAL_BASES,
        reviews=(
            ReviewSummary(
                term="2020 - 2025",
                reviewed=62,
                kept=47,
                removed=12,
                undecided=3,
                reasons=(
                    ReasonCount(reason="quá tuổi quy hoạch", people=7),
                    ReasonCount(reason="bị xử lý kỷ luật", people=2),
                    ReasonCount(reason="đã giữ chức danh quy hoạch", people=3),
                ),
            ),
            ReviewSummary(
                term="2021 - 2026",
                reviewed=38,
                kept=33,
                removed=5,
                undecided=0,
                reasons=(ReasonCount(reason="chuyển công tác", people=5),),
            ),
        ),
        shortcomings=(
            (
                "Nguồn nhân sự ở một số chức danh còn thiếu, nhất là cán bộ có chuyên môn "
                "kinh tế, kỹ thuật"
            ),
            (
                "Cơ cấu nhân sự tại một số cơ quan, đơn vị chưa phù hợp với chuyên môn "
                "được đào tạo và vị trí việc làm"
            ),
            "Một số trường hợp chưa phát huy năng lực, sở trường, thiếu cố gắng, nỗ lực",
        ),
        proposals=(
            BodyProposal(
                body="Uỷ viên Ban Chấp hành Đảng bộ huyện",
                term="2025 - 2030",
                seats=43,
                carried_over=39,
                added=22,
            ),
            BodyProposal(
                body="Uỷ viên Ban Thường vụ Huyện uỷ",
                term="2025 - 2030",
                seats=13,
                carried_over=11,
                added=6,
            ),
            BodyProposal(
                body="Chủ tịch UBND huyện",
                term="2026 - 2031",
                seats=None,
                carried_over=1,
                added=2,
            ),
        ),
        shares=SHARES,
        most_people_a_post=3,
        most_posts_a_person=3,
        coefficient_range=(Fraction(1), Fraction(3, 2)),
        approving_body="Ban Thường vụ Thành uỷ",
        conferences=(
            "Hội nghị cán bộ chủ chốt huyện",
            "Hội nghị Ban Chấp hành Đảng bộ huyện",
            "Hội nghị Ban Thường vụ Huyện uỷ",
        ),
        warnings=("Chức danh Trưởng Phòng Tài chính - Kế hoạch chưa có nguồn kế cận",),
        review_annex=(
            ReviewBlock(
                term="2020 - 2025",
                groups=(
                    ReviewGroup(
                        caption="Chuyển tiếp quy hoạch chức danh cấp trưởng",
                        people=(
                            reviewed_person(),
                            reviewed_person(
                                name=LONG_NAME,
                                sex=Sex.FEMALE,
                                born=PartialDate(1978, 9),
                            ),
                        ),
                    ),
                    ReviewGroup(
                        caption="Chuyển tiếp quy hoạch chức danh cấp phó", people=()
                    ),
                    ReviewGroup(
                        caption="Đưa ra khỏi quy hoạch",
                        people=(
                            reviewed_person(
                                name="Phạm Đức Thắng",
                                born=PartialDate(1964, 1, 31),
                                carried_over_post="",
                                proposal="Đưa ra khỏi quy hoạch: quá tuổi",
                            ),
                        ),
                    ),
                ),
            ),
            ReviewBlock(
                term="2021 - 2026",
                groups=(
                    ReviewGroup(
                        caption="Chuyển tiếp quy hoạch chức danh cấp trưởng",
                        people=tuple(
                            reviewed_person(name=f"Hà Văn Thứ {n}")
                            for n in range(1, 13)
                        ),
                    ),
                ),
            ),
        ),
        added_annex=(
            AddedBlock(
                term="2025 - 2030",
                groups=(
                    AddedGroup(
                        caption="Chức danh cấp trưởng",
                        asked_for=4,
                        people=(added_person(), added_person(name="Hoàng Ngọc Bích")),
                    ),
                    AddedGroup(
                        caption="Chức danh cấp phó",
                        asked_for=6,
                        people=(added_person(name="Trịnh Hữu Lộc", sex=Sex.MALE),),
                    ),
                ),
            ),
        ),
    )


def source_list_content(*, people: int = 7) -> SourceListContent:
    return SourceListContent(
        frame=replace(FRAME, number=None),
        terms=(FOLLOWING,),
        judged_under="Xét theo Quy định 50-QĐ/TW, tính đến ngày 10/5/2022",
        blocks=(
            SourceBlock(
                term="2025 - 2030",
                groups=(
                    SourceGroup(
                        caption="Uỷ viên Ban Thường vụ Huyện uỷ",
                        people=tuple(
                            EligiblePerson(
                                name=f"Bùi Thị Nguồn {n}",
                                born=PartialDate(1980, 1, 1),
                                unit="Ban Dân vận Huyện uỷ",
                                office="Phó Trưởng ban",
                                planned_post="Uỷ viên Ban Thường vụ Huyện uỷ",
                            )
                            for n in range(1, people + 1)
                        ),
                    ),
                    SourceGroup(
                        caption="Phó Chủ tịch HĐND huyện",
                        people=(
                            EligiblePerson(
                                name=LONG_NAME,
                                born=None,
                                unit="Văn phòng HĐND và UBND huyện",
                                office="Chánh Văn phòng",
                                planned_post="Phó Chủ tịch HĐND huyện",
                                note="Hoàn thiện cao cấp LLCT sau quy hoạch",
                            ),
                        ),
                    ),
                ),
            ),
        ),
        maker=CLERK,
        signatory=ORGANISER,
    )


def roll_content(*, heads: int = 12, is_present: bool | None = None) -> RollContent:
    return RollContent(
        frame=replace(FRAME, number=None, secrecy=None),
        conference="Hội nghị cán bộ chủ chốt huyện Yên Sơn",
        held_on=DAY,
        starts_at=time(7, 30),
        hall="Hội trường tầng 3, trụ sở Huyện uỷ",
        categories=(
            RollCategory(
                title="Uỷ viên Ban Chấp hành Đảng bộ huyện",
                people=(
                    RollPerson(
                        seat="A1",
                        name="Trần Quang Khải",
                        office="Thành uỷ viên, Bí thư Huyện uỷ",
                        is_present=is_present,
                    ),
                    RollPerson(
                        seat="A2",
                        name=LONG_NAME,
                        office="Phó Bí thư Thường trực Huyện uỷ, Chủ tịch HĐND huyện",
                        note="Kiêm nhiệm",
                        is_present=is_present,
                    ),
                ),
            ),
            RollCategory(title="Không có ai", people=()),
            RollCategory(
                title="Trưởng các cơ quan hành chính, đơn vị sự nghiệp thuộc UBND huyện",
                people=tuple(
                    RollPerson(
                        seat=f"B{n}",
                        name=f"Vũ Minh Ghế {n}",
                        office="Trưởng phòng",
                        is_present=is_present,
                    )
                    for n in range(1, heads + 1)
                ),
            ),
        ),
        maker=CLERK,
        signatory=Signatory(title="Chánh Văn phòng", name="Lê Hữu Phước"),
    )


def nominee(name: str = "Hoàng Văn Thịnh", year: int = 1979) -> Nominee:
    return Nominee(
        name=name,
        born=PartialDate(year, 6, 15),
        office="Trưởng Phòng Kinh tế huyện Yên Sơn",
    )


OVER_HALF = Threshold(
    share=Fraction(1, 2),
    bound=Bound.OVER,
    base=Base.PRESENT,
    source=Citation(document="Quy trình đã dùng", dated=date(2022, 11, 16)),
    confidence=Confidence.ASSUMED,
)


def count_minutes_content() -> CountMinutesContent:
    return CountMinutesContent(
        frame=replace(FRAME, number=7),
        conference=CONFERENCE,
        held_on=DAY,
        started_at=time(9, 5),
        ended_at=time(10, 40),
        hall="Hội trường tầng 3, trụ sở Huyện uỷ",
        team=(
            Teller(
                name="Lê Hữu Phước", office="Chánh Văn phòng Huyện uỷ", role="Tổ trưởng"
            ),
            Teller(
                name="Phan Thị Liên", office="Phó Trưởng Ban Tổ chức", role="Thành viên"
            ),
            Teller(
                name="Đỗ Công Minh",
                office="Chuyên viên Uỷ ban Kiểm tra",
                role="Thành viên",
            ),
        ),
        summoned=45,
        present=44,
        issued=44,
        returned=43,
        valid=41,
        invalid=2,
        invalid_reasons=(
            (InvalidReason.TOO_MANY, 1),
            (InvalidReason.SIGNED, 1),
            (InvalidReason.TORN, 0),
        ),
        contests=(
            CountedContest(
                title="Uỷ viên Ban Thường vụ Huyện uỷ",
                term="2025 - 2030",
                threshold=OVER_HALF,
                base=44,
                cap=21,
                lines=(
                    CountedLine(
                        nominee=nominee(),
                        agree=26,
                        disagree=12,
                        neither=3,
                        result=LineResult.PASSED,
                    ),
                    CountedLine(
                        nominee=nominee(LONG_NAME, 1985),
                        agree=22,
                        disagree=19,
                        neither=0,
                        result=LineResult.NOT_PASSED,
                    ),
                    CountedLine(
                        nominee=nominee("Đinh Thị Hồng", 1983),
                        agree=23,
                        disagree=17,
                        neither=1,
                        result=LineResult.TIED,
                    ),
                ),
                write_ins=(
                    WriteIn(
                        name="Ngô Bá Duy", votes=4, note="Phó Trưởng Công an huyện"
                    ),
                    WriteIn(name="Mai Lan Chi", votes=1),
                ),
            ),
        ),
        ledger_head=LEDGER_HEAD,
        audited="Đã đối chiếu 5 trên 29 tờ: kết quả được khẳng định.",
        keying=(
            "hai người nhập độc lập từng phiếu, 3 phiếu có khác biệt đã được đối chiếu "
            "lại"
        ),
        head_of_team=Signatory(title="Tổ trưởng Tổ kiểm phiếu", name="Lê Hữu Phước"),
        chair=Signatory(title="Chủ trì hội nghị", name="Trần Quang Khải"),
    )


def conference_minutes_content() -> ConferenceMinutesContent:
    return ConferenceMinutesContent(
        frame=replace(FRAME, number=8),
        conference=f"{CONFERENCE} về công tác quy hoạch cán bộ",
        held_on=DAY,
        opened_at=time(8, 30),
        closed_at=time(11, 0),
        hall="Hội trường tầng 3, trụ sở Huyện uỷ",
        chair=Signatory(title="Chủ trì hội nghị", name="Trần Quang Khải"),
        secretary=Signatory(title="Người ghi biên bản", name="Nguyễn Thị Ánh Nguyệt"),
        attended=(
            Attended(title="Uỷ viên Ban Thường vụ Huyện uỷ", summoned=13, present=13),
            Attended(
                title="Uỷ viên Ban Chấp hành Đảng bộ huyện", summoned=32, present=31
            ),
        ),
        absentees=(
            Absentee(
                name="Tạ Văn Sử", office="Trưởng Phòng Y tế", reason="đi công tác xa"
            ),
        ),
        agenda=(
            "Chào cờ, tuyên bố lý do, giới thiệu đại biểu",
            "Thông qua Tờ trình của Ban Thường vụ Huyện uỷ",
            "Bỏ phiếu kín giới thiệu nguồn nhân sự",
        ),
        presenter=Speaker(
            name="Đào Thị Xuân Hương",
            office="Uỷ viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện uỷ",
            points=(),
        ),
        submission_title="Tờ trình số 15-TTr/HU của Ban Thường vụ Huyện uỷ",
        discussion=(
            Speaker(
                name="Phan Thị Liên",
                office="Phó Trưởng Ban Tổ chức",
                points=("Nhất trí với Tờ trình",),
            ),
        ),
        directions=(
            Speaker(
                name="Trần Quang Khải",
                office="Bí thư Huyện uỷ",
                points=(
                    (
                        "Thực hiện nghiêm quy định về đối tượng, điều kiện, tiêu chuẩn cán "
                        "bộ đưa vào quy hoạch"
                    ),
                    "Bảo đảm hệ số quy hoạch, tỷ lệ nữ theo quy định",
                ),
            ),
        ),
        team=("Lê Hữu Phước (Tổ trưởng)", "Phan Thị Liên", "Đỗ Công Minh"),
        issued=44,
        returned=43,
        valid=41,
        invalid=2,
        results=announced_results(),
        is_announced=False,
        chair_office="Bí thư Huyện uỷ",
    )


def announced_results() -> tuple[VotedContest, ...]:
    return (
        VotedContest(
            title="Uỷ viên Ban Thường vụ Huyện uỷ",
            term="2025 - 2030",
            passed=(("Hoàng Văn Thịnh", 26, 44),),
        ),
        VotedContest(title="Chủ tịch UBND huyện", term="2026 - 2031", passed=()),
    )


def result_report_content() -> ResultReportContent:
    steps = (
        StepSummary(
            title="Hội nghị cán bộ chủ chốt huyện",
            held_on=DAY,
            summoned=92,
            present=90,
            issued=90,
            returned=89,
            valid=87,
            invalid=2,
            mark="từ 30% số người có mặt trở lên",
            nominated=58,
            passed=49,
        ),
        StepSummary(
            title=CONFERENCE,
            held_on=DAY,
            summoned=45,
            present=44,
            issued=44,
            returned=43,
            valid=41,
            invalid=2,
            mark="trên 50% số người có mặt",
            nominated=49,
            passed=46,
        ),
        StepSummary(
            title="Hội nghị Ban Thường vụ Huyện uỷ",
            held_on=DAY,
            summoned=13,
            present=12,
        ),
    )
    return ResultReportContent(
        frame=replace(FRAME, number=9),
        signatory=SECRETARY,
        addressees=("Ban Thường vụ Thành uỷ", "Ban Tổ chức Thành uỷ"),
        current=CURRENT,
        following=FOLLOWING,
        legal_bases=LEGAL_BASES,
        steps=steps,
        final=(
            FinalPost(
                post="Uỷ viên Ban Thường vụ Huyện uỷ",
                term="2025 - 2030",
                people=(
                    FinalPerson(
                        nominee=nominee(),
                        votes=(
                            Votes(agree=61, base=90),
                            Votes(agree=26, base=44),
                            None,
                        ),
                    ),
                    FinalPerson(
                        nominee=nominee(LONG_NAME, 1985),
                        votes=(
                            Votes(agree=27, base=90),
                            Votes(agree=23, base=44),
                            None,
                        ),
                        note="Bằng phiếu, Bí thư quyết định",
                    ),
                ),
            ),
            FinalPost(post="Chủ tịch UBND huyện", term="2026 - 2031", people=()),
        ),
        shares=SHARES,
        removed=17,
        remarks=("Quy trình dân chủ, khách quan, đúng quy định",),
        requests=("Đề nghị Ban Thường vụ Thành uỷ xem xét, phê duyệt",),
    )
