"""What an entry of the ledger tells besides its subject, in words.

What an action writes stays in the entry as it was hashed; here it is only read out. A
code of an older release keeps its own spelling: nothing is left out and nothing guessed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from kecan.paper_ballot.reason_words import REJECTION_WORDS
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "added": "thêm",
    "after": "sau khi sửa",
    "approving_body": "cơ quan phê duyệt",
    "are_on": "mã tờ phiếu",
    "as": "cách xử lý",
    "as_of": "thời điểm xét",
    "asked_by": "người đề nghị",
    "audit": "đối chiếu với giấy",
    "before": "trước khi sửa",
    "branch": "phương án",
    "certificate": "văn bằng, chứng chỉ",
    "changes": "số thay đổi",
    "check_seed": "mầm chọn ô kiểm tra",
    "checks": "ô kiểm tra ngẫu nhiên",
    "commitment": "dấu niêm",
    "conference": "hội nghị (đợt/bước)",
    "contests": "số danh sách",
    "contradicted": "ô kiểm tra trái với máy",
    "copied_from": "chép từ",
    "course": "lớp, khoá học",
    "dated": "ngày",
    "decided": "ô do người quyết định",
    "decision": "quyết định",
    "decisions": "số ô quyết định",
    "dice": "xúc xắc",
    "document": "văn bản",
    "dropped": "bỏ ra",
    "error_inflation": "hệ số dự phòng ghi sai",
    "event": "mã mẫu phiếu",
    "file": "tệp",
    "files": "số tệp",
    "from": "từ trạng thái",
    "full_reread_from": "đọc lại hết từ phần",
    "head": "mã băm cuối",
    "image": "mã băm ảnh",
    "images": "mã băm ảnh",
    "invalid": "phiếu không hợp lệ",
    "issued": "phiếu phát ra",
    "items": "trường hợp",
    "kept": "số người buộc giữ",
    "key": "mục",
    "keyed_too": "có nhập tay",
    "kind": "loại",
    "list_maker": "người lập danh sách",
    "look": "lượt xem",
    "made_at": "bản sao lập lúc",
    "members": "thành viên",
    "name": "tên",
    "new": "đề xuất mới",
    "nominee": "người được giới thiệu",
    "nominees": "số dòng",
    "note": "lý do",
    "number": "số",
    "office": "chức vụ",
    "opinion": "ý kiến",
    "order": "thứ tự ưu tiên",
    "organising_head": "Trưởng Ban Tổ chức",
    "outcome": "kết quả xét",
    "passed": "lượt đạt",
    "passes": "đạt",
    "placements": "lượt trong phương án",
    "present": "có mặt",
    "proposal": "đề xuất theo quy định",
    "proposals": "lượt đề xuất",
    "reason": "lý do",
    "refused": "trang bị loại",
    "rejection": "lý do loại",
    "removed": "đưa ra",
    "replaced": "mã băm ảnh bị thay",
    "report_date": "ngày báo cáo",
    "report_number": "số báo cáo",
    "requested_by": "người đề nghị",
    "returned": "phiếu thu về",
    "risk_limit": "giới hạn rủi ro",
    "role": "vai trò",
    "ruled_out": "số người loại trước",
    "round": "đợt",
    "rules": "bộ quy định",
    "same_image": "ảnh trùng hệt",
    "scope": "phạm vi",
    "scores": "số đo của ô",
    "sha256": "mã băm tệp",
    "sheet": "tờ số",
    "sheet_ids_forgotten": "mã tờ đã xoá",
    "sheets": "tờ phiếu",
    "shortcomings": "tồn tại, hạn chế",
    "signatory_name": "người ký",
    "signatory_post": "chức vụ người ký",
    "signed_by": "người ký",
    "since": "từ ngày",
    "slot": "lượt nhập",
    "speaker": "người phát biểu",
    "steps": "các bước",
    "summoned": "triệu tập",
    "superior": "tổ chức đảng cấp trên",
    "template": "mẫu chuỗi",
    "term": "nhiệm kỳ",
    "terms": "nhiệm kỳ",
    "thresholds": "ngưỡng đọc",
    "to": "sang trạng thái",
    "unit": "đơn vị",
    "until": "đến ngày",
    "valid": "phiếu hợp lệ",
    "value": "giá trị",
    "year": "năm",
}
"""What each fact is called; a fact without a word keeps its code."""

VALUES: dict[str, Mapping[str, str]] = {
    "decision": {"keep": "giữ", "remove": "đưa ra"},
    "proposal": {"keep": "giữ", "remove": "đưa ra", "needs_decision": "cần quyết định"},
    "outcome": {
        "pass": "đủ điều kiện",
        "fail": "không đủ điều kiện",
        "missing_data": "thiếu dữ liệu",
        "needs_decision": "cần cấp có thẩm quyền quyết định",
    },
    "terms": {"next": "tiếp theo", "current": "hiện tại"},
    "role": dict(Role.choices),
    "unit": {"": "mọi đơn vị"},
    "rejection": {str(code): words.vi for code, words in REJECTION_WORDS.items()},
}
"""What a code of a fact is called; apps hand in the words that are theirs."""

_HEX = re.compile(r"[0-9a-f]{32,}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(rf"{_DAY.pattern}T\d{{2}}:\d{{2}}.*")
_HEX_SHOWN = 12


def hand_in_words(key: str, words: Mapping[str, str]) -> None:
    """Have the codes of a fact called what the app calls them that writes them.

    The ledger lies below the apps, so each hands its words in when it starts.
    """
    VALUES[key] = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of an entry.

    Attributes:
        label: What it is called.
        text: What it says.
        is_whole: False if something of it was left to the text as it was written.
    """

    label: str
    text: str
    is_whole: bool


def facts_of(details: str) -> list[Fact]:
    """Return the facts of an entry's details, in words; blank ones say nothing."""
    return [
        _fact(key, value)
        for key, value in json.loads(details).items()
        if value != "" or key in VALUES
    ]


def _fact(key: str, value: object) -> Fact:
    label = LABELS.get(key, key)
    text = VALUES.get(key, {}).get(str(value)) or _in_words(value)
    return Fact(label=label, text=text, is_whole=_is_whole(value))


def _in_words(value: object) -> str:
    match value:
        case bool():
            return "có" if value else "không"
        case list() if not all(_is_whole(one) for one in value):
            return str(len(value))
        case list():
            return ", ".join(map(_in_words, value))
        case dict():
            return f"{len(value)} mục"
        case str():
            return _written(value)
        case _:
            return str(value)


def _written(text: str) -> str:
    if _HEX.fullmatch(text):
        return f"{text[:_HEX_SHOWN]}…"
    if _DAY.fullmatch(text):
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if _INSTANT.fullmatch(text):
        return f"{timezone.localtime(datetime.fromisoformat(text)):%d/%m/%Y %H:%M:%S}"
    return text


def _is_whole(value: object) -> bool:
    if isinstance(value, list):
        return all(_is_whole(one) for one in value)
    return not isinstance(value, dict) and not _HEX.fullmatch(str(value))
