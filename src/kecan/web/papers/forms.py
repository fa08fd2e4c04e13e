"""What an officer types for the papers of a round."""

from __future__ import annotations

from django import forms

from kecan.web.day_field import day_field

FIELDS = (
    "superior",
    "approving_body",
    "signatory_post",
    "signatory_name",
    "organising_head",
    "list_maker",
    "shortcomings",
    "report_number",
    "report_date",
)


class DetailsForm(forms.Form):
    """Every field may stay blank: the paper then leaves room to write by hand."""

    superior = forms.CharField(
        label="Tổ chức đảng cấp trên (ghi ở góc trái văn bản)",
        max_length=255,
        required=False,
    )
    approving_body = forms.CharField(
        label="Cơ quan xem xét, phê duyệt", max_length=255, required=False
    )
    signatory_post = forms.CharField(
        label="Chức vụ người ký thay mặt Ban Thường vụ", max_length=120, required=False
    )
    signatory_name = forms.CharField(
        label="Họ và tên người ký", max_length=150, required=False
    )
    organising_head = forms.CharField(
        label="Trưởng Ban Tổ chức", max_length=150, required=False
    )
    list_maker = forms.CharField(
        label="Người lập danh sách", max_length=150, required=False
    )
    shortcomings = forms.CharField(
        label="Tồn tại, hạn chế của công tác quy hoạch, mỗi dòng một ý",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    report_number = forms.IntegerField(
        label="Số Báo cáo kết quả", min_value=1, required=False
    )
    report_date = day_field("Ngày Báo cáo kết quả", required=False)
