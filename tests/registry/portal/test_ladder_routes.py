"""The ladder as a visitor gets it: on the enterprise's page, and with every criterion on its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from registry.app import create_app
from tests.matching.small_ladder import shipped_with_small_ladder
from tests.registry.portal.small_city import BAIYE, LANQI, NOW, QINGHE, SILENT, city_settings

Visitor = TestClient[Litestar]
LARGEST_PAGE_BYTES = 100_000


@pytest.fixture(scope="module")
def visitor(city: Path) -> Iterator[Visitor]:
    """A visitor of the demonstration, judged by the shipped items and the small ladder."""
    app = create_app(
        city_settings(city),
        catalogue=shipped_with_small_ladder(),
        clock=lambda: NOW,
        scheduled=False,
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("enterprise", [LANQI, QINGHE, BAIYE, SILENT])
def test_both_pages_show_the_ladder_stay_small_and_link_to_what_is_there(
    visitor: Visitor, enterprise: int
) -> None:
    whole = visitor.get(f"/enterprises/{enterprise}")
    own = visitor.get(f"/enterprises/{enterprise}/ladder")

    for page in (whole, own):
        assert page.status_code == 200
        assert page.text.count('<ol class="ladder"') == 1
        assert len(page.content) <= LARGEST_PAGE_BYTES
        named = re.findall(r' id="([^"]+)"', page.text)
        assert set(re.findall(r'href="#([^"]+)"', page.text)) <= set(named)
        assert len(named) == len(set(named)), "an id stands twice"
    wanted = re.findall(rf'href="/enterprises/{enterprise}/ladder[^"#]*#([^"]+)"', whole.text)
    assert wanted
    assert set(wanted) <= set(re.findall(r' id="([^"]+)"', own.text))


def test_a_held_title_is_shown_with_its_batch_and_last_day(visitor: Visitor) -> None:
    text = visitor.get(f"/enterprises/{LANQI}/ladder").text

    assert "第八批 · 工信部公告2026年第X号（示例） · 2026-07-01 至 2029-06-30" in text
    assert "有效至2029-06-30" in text


def test_the_ladder_is_that_of_the_day_asked_for(visitor: Visitor) -> None:
    after = visitor.get(f"/enterprises/{LANQI}/ladder?on=2029-07-01").text

    assert "曾持有：已到期" in after
    assert "有效至2029-06-30" not in after


def test_an_enterprise_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/enterprises/999/ladder").status_code == 404


def test_without_the_demonstration_nobody_sees_it(stranger: Visitor) -> None:
    assert stranger.get(f"/enterprises/{LANQI}/ladder").status_code in {401, 403, 404}
