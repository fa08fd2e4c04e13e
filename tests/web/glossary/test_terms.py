"""Anyone signed in reads the terms, finds one without accents, and meets them in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template

from kecan.web.glossary.queries import glossary_terms, terms_matching

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/thuat-ngu/"


@pytest.mark.parametrize(
    "who", ["secretary_client", "reader_client", "stranger_client", "counter_client"]
)
def test_everybody_signed_in_reads_the_terms(
    who: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(who)

    page = client.get(URL)

    assert page.status_code == 200
    assert "50 trên 100 không đạt" in page.content.decode()


def test_nobody_is_sent_to_sign_in_first(client: Client) -> None:
    assert client.get(URL).status_code == 302


def test_a_term_is_found_without_accents(reader_client: Client) -> None:
    page = reader_client.get(URL, {"tim": "muc dat"}).content.decode()

    assert "mức đạt" in page
    assert "tổ kiểm phiếu" not in page


def test_what_is_not_there_is_said_in_words(reader_client: Client) -> None:
    page = reader_client.get(URL, {"tim": "xyz"}).content.decode()

    assert "Không có thuật ngữ nào khớp với “xyz”" in page


def test_terms_stand_in_vietnamese_order_each_with_its_own_place() -> None:
    found = glossary_terms()

    assert len({one.anchor for one in found}) == len(found)
    assert terms_matching("") == list(found)
    firsts = [one.words for one in found]
    assert firsts.index("bảng phương án") < firsts.index("bộ quy định")
    assert (
        firsts.index("bộ quy định") < firsts.index("căn cứ") < firsts.index("mức đạt")
    )


def test_a_term_names_a_paper_people_can_look_up_or_none() -> None:
    sources = {one.source for one in glossary_terms()}

    assert "50-QĐ/TW (27/12/2021)" in sources
    assert "" in sources
    assert not [one for one in sources if ".md" in one or "issue" in one]


def test_a_term_in_a_page_carries_its_explanation() -> None:
    page = Template('{% load terms %}{% term "mức đạt" "Mức đạt" %}').render(Context())

    assert 'href="/thuat-ngu/#muc-dat"' in page
    assert 'title="Tỷ lệ phải đạt' in page
    assert ">Mức đạt</a>" in page


def test_words_that_are_no_term_stay_bare() -> None:
    page = Template('{% load terms %}{% term "khác" %}').render(Context())

    assert page == "khác"
