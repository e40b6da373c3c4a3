"""The pages of items, as a visitor gets them."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from matching.catalogue.load_catalogue import shipped_catalogue

Visitor = TestClient[Litestar]


def test_every_item_is_listed(client: Visitor) -> None:
    text = client.get("/items").text

    for item in shipped_catalogue().items:
        assert f'"/items/{item.id}"' in text


@pytest.mark.parametrize("item", shipped_catalogue().items, ids=lambda item: item.id)
def test_every_item_can_be_read(client: Visitor, item: object) -> None:
    page = client.get(f"/items/{item.id}")  # type: ignore[attr-defined]

    assert page.status_code == 200
    assert len(page.content) <= 100_000


def test_an_item_tells_its_conditions_amount_basis_and_last_result(client: Visitor) -> None:
    text = client.get("/items/p13-title-award").text

    for said in ("以下从高，不重复", "500万元", "登记状态属于存续", "首批25项清单", "2026年10月"):
        assert said in text


def test_versions_of_one_policy_stand_together(client: Visitor) -> None:
    text = client.get("/items/p01-2026-q1").text

    assert "/items/p01-2025-q1" in text
    assert "/items/p01-2023-q1" in text


def test_an_item_stands_with_what_it_replaced_and_apart_from_its_neighbours(
    client: Visitor,
) -> None:
    old, new = (
        client.get("/items/p19-champion-demo").text,
        client.get("/items/p13-title-award").text,
    )

    assert "/items/p13-title-award" in old
    assert "/items/p19-champion-demo" in new
    assert "/items/p06b-first-products" not in client.get("/items/p06a-innovation-centre").text


def test_an_item_tells_its_guide_its_phone_and_where_its_data_come_from(client: Visitor) -> None:
    text = client.get("/items/p54-hubei-cloud-voucher").text

    for said in ("办事指南", "付款凭证", "12345", "企业自报，企业提供", "统计局，部门定期报送"):
        assert said in text


def test_the_list_of_items_links_to_both_downloads(client: Visitor) -> None:
    text = client.get("/items").text

    assert 'href="/items/lists.xlsx"' in text
    assert 'href="/items/lists.json"' in text


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_the_public_lists_can_be_had_by_anybody(client: Visitor, kind: str) -> None:
    answer = client.get(f"/items/lists.{kind}")

    assert answer.status_code == 200
    assert f".{kind}" in answer.headers["content-disposition"]
    assert "attachment" in answer.headers["content-disposition"]
    if kind == "json":
        assert len(answer.json()["policies"]) == len(shipped_catalogue().items)


def test_an_item_that_is_not_there_is_said_so(client: Visitor) -> None:
    page = client.get("/items/no-such-item")

    assert page.status_code == 404
    assert "政策库里没有这个编号的事项" in page.text
