"""The page of the pools, as a visitor gets it."""

from litestar import Litestar
from litestar.testing import TestClient

from tests.registry.portal.small_city import LANQI

Visitor = TestClient[Litestar]


def test_the_pools_are_counted_with_day_and_rule_and_what_is_due_is_named(client: Visitor) -> None:
    text = client.get("/pool").text

    for said in ("截至2026年10月31日", "每家企业只计一次", "含以上各级", "中原区", "小升规储备库"):
        assert said in text
    assert 'href="/pool" aria-current="page"' in text


def test_who_has_a_title_that_ends_soon_is_named(client: Visitor) -> None:
    text = client.get("/pool?on=2029-05-31").text

    assert f"/enterprises/{LANQI}" in text
    assert "还有30天" in text
    assert "期限待与原文核对" in text


def test_another_day_and_what_was_known_then(client: Visitor) -> None:
    before = client.get("/pool?on=2026-09-30").text
    assert "截至2026年9月30日" in before
    assert "还没有企业入库" in client.get("/pool?on=2020-01-01").text


def test_names_are_for_the_demonstration_only(stranger: Visitor) -> None:
    assert stranger.get("/pool").status_code == 403
    assert 'href="/pool"' not in stranger.get("/items").text
