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


def test_an_item_that_is_not_there_is_said_so(client: Visitor) -> None:
    page = client.get("/items/no-such-item")

    assert page.status_code == 404
    assert "政策库里没有这个编号的事项" in page.text
