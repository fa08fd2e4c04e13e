"""Whoever brings in a register finds the empty workbook on the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from kecan.workbook.reading import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_of_imports_leads_to_an_empty_workbook_that_is_read_as_one(
    officer_client: Client, tmp_path: Path
) -> None:
    page = officer_client.get(reverse("batch_list")).content.decode()
    sent = officer_client.get(reverse("workbook_template"))

    assert f'href="{reverse("workbook_template")}"' in page
    assert 'filename="mau-ho-so.xlsx"' in sent["Content-Disposition"]
    empty = tmp_path / "mau-ho-so.xlsx"
    empty.write_bytes(sent.content)
    assert set(read_workbook(empty).row_counts.values()) == {0}


def test_who_brings_in_no_register_gets_no_workbook(secretary_client: Client) -> None:
    assert secretary_client.get(reverse("workbook_template")).status_code == 403
