"""Signing in and out, the first page, the list of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from kecan.web.audit.models import LedgerEntry

if TYPE_CHECKING:
    from django.http import HttpResponse

URL = "/dang-nhap/"
PASSWORD = "mật khẩu chỉ để thử 2022"  # noqa: S105

pytestmark = pytest.mark.usefixtures("cast")


def _sign_in(
    client: Client, *, login: str = "bithu", password: str = PASSWORD, to: str = ""
) -> HttpResponse:
    return client.post(URL, {"login": login, "password": password, "next": to})  # type: ignore[return-value]


def _last_entry() -> LedgerEntry:
    return LedgerEntry.objects.order_by("-sequence")[0]


def test_the_page_is_in_vietnamese_and_asks_for_two_things(client: Client) -> None:
    page = client.get(URL).content.decode()

    assert '<html lang="vi">' in page
    assert "Tên đăng nhập" in page
    assert "Mật khẩu" in page


@pytest.mark.parametrize("login", ["bithu", "daibieu", "nguoila", "kiemphieu"])
def test_each_of_the_cast_signs_in_and_reaches_the_first_page(
    client: Client, login: str
) -> None:
    response = _sign_in(client, login=login)

    assert response["Location"] == "/"
    assert f"Đồng chí {login}" in client.get("/").content.decode()


def test_signing_in_leads_back_to_the_page_asked_for(client: Client) -> None:
    assert _sign_in(client, to="/nhat-ky/")["Location"] == "/nhat-ky/"


def test_signing_in_never_leads_to_another_host(client: Client) -> None:
    assert _sign_in(client, to="//xau.example/")["Location"] == "/"


def test_what_was_sent_after_the_session_ended_is_told_and_leads_back_to_its_page(
    client: Client,
) -> None:
    page = "http://testserver/tai-khoan/mat-khau/"

    sent = client.post("/hoi-nghi/1/mo/", headers={"referer": page}, follow=True)
    elsewhere = client.post("/hoi-nghi/1/mo/", headers={"referer": "//xau.example/"})

    assert "vừa gửi chưa được ghi" in sent.content.decode()
    assert _sign_in(client, to=sent.context["next"])["Location"] == page
    back = client.get(elsewhere["Location"]).context["next"]
    assert _sign_in(client, to=back)["Location"] == "/"


def test_signing_in_is_an_entry_of_the_ledger(client: Client) -> None:
    _sign_in(client)

    assert (_last_entry().action, _last_entry().actor) == (
        "account.signed_in",
        "bithu",
    )


def test_a_wrong_password_is_refused_and_entered(client: Client) -> None:
    response = _sign_in(client, password="sai")  # noqa: S106

    assert response.status_code == 422
    assert "không đúng" in response.content.decode()
    assert (_last_entry().action, _last_entry().subject) == (
        "account.sign_in_failed",
        "bithu",
    )


def test_a_login_nobody_has_is_not_written_into_the_ledger(client: Client) -> None:
    _sign_in(client, login="matkhau-go-nham")

    assert _last_entry().subject == "(không có tài khoản này)"


def test_the_fifth_wrong_password_locks_even_the_right_one_out(client: Client) -> None:
    for _ in range(5):
        _sign_in(client, password="sai")  # noqa: S106

    response = _sign_in(client)

    assert response.status_code == 429
    assert "15 phút" in response.content.decode()


def test_signing_out_ends_the_session_and_is_entered(secretary_client: Client) -> None:
    response = secretary_client.post("/dang-xuat/")

    assert response["Location"] == URL
    assert _last_entry().action == "account.signed_out"
    assert secretary_client.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_in_vietnamese() -> None:
    response = Client(enforce_csrf_checks=True).post(URL, {"login": "bithu"})

    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


def test_a_page_that_is_not_there_says_so_in_vietnamese(client: Client) -> None:
    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert "Không tìm thấy" in response.content.decode()


def test_pages_load_nothing_from_another_host(client: Client) -> None:
    policy = client.get(URL)["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "browser",
    ["secretary_client", "reader_client", "stranger_client", "counter_client"],
)
def test_none_of_the_cast_sees_the_accounts(
    request: pytest.FixtureRequest, browser: str
) -> None:
    client: Client = request.getfixturevalue(browser)

    response = client.get("/tai-khoan/")

    assert response.status_code == 403
    assert "Không có quyền" in response.content.decode()


def test_the_administrator_sees_the_accounts(administrator_client: Client) -> None:
    page = administrator_client.get("/tai-khoan/").content.decode()

    assert "kiemphieu" in page
    assert "Tổ kiểm phiếu" in page
