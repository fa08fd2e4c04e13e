"""The one way a form asks for a day."""

from __future__ import annotations

from django import forms


def day_field(label: str, *, required: bool = True) -> forms.DateField:
    """Return a field for a day typed as ``31/12/2026``; its label says so."""
    return forms.DateField(
        label=f"{label} (ngày/tháng/năm)",
        widget=forms.DateInput(format="%d/%m/%Y"),
        input_formats=["%d/%m/%Y"],
        required=required,
    )
