"""An address asked in a way it does not take says so on a page with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.conftest import account, client_of

from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
NO_STORE = "no-store"


def addresses(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[str]:
    """Yield every address of the application, with something in the place of numbers."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        else:
            for name, converter in one.pattern.converters.items():
                sample = "1" if converter.regex == "[0-9]+" else "a"
                kind = type(converter).__name__.removesuffix("Converter").lower()
                route = route.replace(f"<{kind}:{name}>", sample)
                route = route.replace(f"<{name}>", sample)
            yield f"/{route}"


def test_no_address_answers_a_way_of_asking_it_does_not_take_with_an_empty_page() -> (
    None
):
    everybody = client_of(account("moiviec", roles=[(role, "") for role in Role]))
    refused = [
        (address, answer)
        for address in addresses(get_resolver().url_patterns)
        for answer in (everybody.get(address), everybody.put(address))
        if answer.status_code == 405
    ]

    assert len(refused) > 100
    for address, answer in refused:
        text = answer.content.decode()
        assert "chưa ghi gì" in text, address
        assert 'class="brand"' in text, address
        assert "Về trang đầu" in text, address
        assert answer["Allow"], address
        assert answer["Cache-Control"] == NO_STORE, address


def test_the_address_of_a_button_opened_by_hand_leads_back_to_the_page_before() -> None:
    page = "http://testserver/hoi-nghi/1/"
    client = client_of(None)

    opened = client.get(reverse("sign_out"), headers={"referer": page})
    from_elsewhere = client.get(
        reverse("sign_out"), headers={"referer": "http://noi-khac.vn/"}
    )

    assert "chỉ dùng cho nút bấm" in opened.content.decode()
    assert f'href="{page}"' in opened.content.decode()
    assert "noi-khac.vn" not in from_elsewhere.content.decode()
    assert client.head(reverse("sign_out")).status_code == 405
