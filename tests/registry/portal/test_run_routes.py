"""The pages of runs, as a visitor gets them."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.registry.portal.small_city import QINGHE

Visitor = TestClient[Litestar]


def test_every_month_decided_is_listed_the_latest_first(client: Visitor) -> None:
    text = client.get("/runs").text

    assert text.index("/runs/2026-10") < text.index("/runs/2026-09")


def test_a_month_tells_its_totals_changes_notices_and_receipt(client: Visitor) -> None:
    text = client.get("/runs/2026-10").text

    for said in ("拟兑付", "270万元", "新增 1 件", "站内收件箱", "应发 1 件", "输入数据摘要"):
        assert said in text


def test_a_change_says_who_what_and_why(client: Visitor) -> None:
    text = client.get("/runs/2026-10/changes?kind=new").text

    assert f"/enterprises/{QINGHE}" in text
    assert "企业数据更新" in text
    assert "50万元" in text


def test_a_kind_that_did_not_happen_is_said_not_to_have_happened(client: Visitor) -> None:
    assert "没有这一类变化" in client.get("/runs/2026-10/changes?kind=lost").text


def test_a_page_beyond_the_last_says_how_many_there_are(client: Visitor) -> None:
    assert "没有这一页；共 1 页" in client.get("/runs/2026-10/changes?page=7").text


@pytest.mark.parametrize("query", ["kind=stolen", "page=0", "page=-1", "page=two"])
def test_a_filter_that_is_none_is_not_guessed(client: Visitor, query: str) -> None:
    assert client.get(f"/runs/2026-10/changes?{query}").status_code == 400


@pytest.mark.parametrize("period", ["2026-08", "2026-13", "october", "%00", "2026-１０"])
def test_a_month_that_is_not_there_is_not_there(client: Visitor, period: str) -> None:
    assert client.get(f"/runs/{period}").status_code == 404
    assert client.get(f"/runs/{period}/changes").status_code == 404


def test_totals_are_public_and_who_changed_is_not(stranger: Visitor) -> None:
    page = stranger.get("/runs/2026-10")

    assert page.status_code == 200
    assert "/changes" not in page.text
    assert stranger.get("/runs/2026-10/changes").status_code == 403
