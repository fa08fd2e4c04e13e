"""What the desk says, and proposes to do, of scans that are no whole single sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s
from tests.web.paper_count.test_scan_pages import at, text

from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.test import Client
    from numpy.typing import NDArray

    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> Client:
    login = m.COUNTERS[0].login
    return client_of(account(login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))


@pytest.fixture
def two_sheets() -> tuple[Conference, list[NDArray[np.uint8]]]:
    """Return a counting conference and scans of two of its ballots."""
    conference, form = s.printed()
    pages = s.scans(form, m.stack((2, 0))[:2])
    return conference, [_decoded(page.jpeg) for page in pages]


def _decoded(jpeg: bytes) -> NDArray[np.uint8]:
    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(grey, np.uint8)


def _desk_after(
    client: Client, conference: Conference, images: Sequence[NDArray[np.uint8]]
) -> str:
    """Send pictures; return the page that answers."""
    files = [
        SimpleUploadedFile(f"{n}.jpg", cv2.imencode(".jpg", one)[1].tobytes())
        for n, one in enumerate(images)
    ]
    return text(client.post(at("upload", conference), {"files": files}, follow=True))


def _proposed(page: str) -> str:
    """Return what is chosen beforehand for all pages refused for one cause."""
    choices = page.split('aria-label="Xử lý cả')[1].split("</select>", maxsplit=1)[0]
    return ", ".join(re.findall(r'value="(\w+)" selected', choices))


def test_a_sheet_whose_head_is_covered_is_said_to_miss_a_part(
    counter: Client, two_sheets: tuple[Conference, list[NDArray[np.uint8]]]
) -> None:
    conference, (sheet, _) = two_sheets
    sheet[: len(sheet) * 2 // 5] = 240

    page = _desk_after(counter, conference, [sheet])

    assert "Thiếu một phần tờ phiếu" in page


def test_a_sheet_that_shows_beyond_another_is_said_to_be_a_second_one(
    counter: Client, two_sheets: tuple[Conference, list[NDArray[np.uint8]]]
) -> None:
    conference, (sheet, other) = two_sheets
    height, width = sheet.shape
    below = height // 10
    both = np.full((height + below, width), 250, np.uint8)
    both[below:] = other
    both[: height - 60] = sheet[: height - 60]

    page = _desk_after(counter, conference, [both])

    assert "máy kéo hai tờ cùng lúc" in page


def test_the_upper_part_of_a_sheet_is_not_only_called_a_page_on_its_side(
    counter: Client, two_sheets: tuple[Conference, list[NDArray[np.uint8]]]
) -> None:
    conference, (sheet, _) = two_sheets

    page = _desk_after(counter, conference, [sheet[: len(sheet) // 2]])

    assert "chỉ có một phần tờ phiếu" in page


def test_pages_refused_that_may_be_ballots_are_proposed_to_be_scanned_again(
    counter: Client, two_sheets: tuple[Conference, list[NDArray[np.uint8]]]
) -> None:
    conference, sheets = two_sheets

    page = _desk_after(counter, conference, [sheet[:, ::-1] for sheet in sheets])

    assert _proposed(page) == "rescanned"


def test_blank_pages_are_proposed_to_be_no_ballots(
    counter: Client, two_sheets: tuple[Conference, list[NDArray[np.uint8]]]
) -> None:
    conference, sheets = two_sheets
    blank = [np.full_like(sheets[0], 254 - number) for number in range(2)]

    page = _desk_after(counter, conference, blank)

    assert _proposed(page) == "not_a_ballot"


def test_where_a_sheet_is_too_many_the_desk_says_how_to_take_it_out(
    counter: Client,
) -> None:
    conference, form = s.printed(returned=4)
    s.read(conference, s.scans(form, m.stack((2, 0))))

    page = text(counter.get(at("desk", conference)))

    assert "thừa 1 tờ" in page
    assert "kết luận “Quét trùng”" in page
