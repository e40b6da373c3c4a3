"""The home page and the search, as a visitor gets them."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.registry.portal.small_city import LANQI

Visitor = TestClient[Litestar]


def test_the_home_page_tells_the_latest_month_and_has_a_search_box(client: Visitor) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "2026年10月" in page.text
    assert 'action="/search"' in page.text


def test_the_demonstration_says_so_on_every_page_and_the_service_does_not(
    client: Visitor, stranger: Visitor
) -> None:
    for path in ("/", "/search", "/items", "/runs", "/no-such-page"):
        assert "演示数据，均为虚构" in client.get(path).text
        assert "演示数据" not in stranger.get(path).text


def test_a_whole_code_leads_straight_to_its_enterprise(client: Visitor) -> None:
    found = client.get("/search", params={"q": " 91410100ma0lanq1x3 "}, follow_redirects=False)

    assert found.status_code == 303
    assert found.headers["location"] == f"/enterprises/{LANQI}"


def test_outside_the_demonstration_a_code_leads_to_no_private_page(stranger: Visitor) -> None:
    found = stranger.get("/search", params={"q": "91410100MA0LANQ1X3"}, follow_redirects=False)

    assert found.status_code == 200
    assert "郑州岚砌示例智能装备有限公司" in found.text
    assert "/enterprises/" not in found.text


def test_hits_say_place_status_and_why(client: Visitor) -> None:
    text = client.get("/search", params={"q": "岚砌"}).text

    for said in ("郑州市中原区", "存续", "名称", f"/enterprises/{LANQI}"):
        assert said in text


def test_not_found_is_not_the_same_as_not_there(client: Visitor) -> None:
    page = client.get("/search", params={"q": "查不到的名字"})

    assert page.status_code == 200
    assert "查无此企业，不等于企业不存在" in page.text


@pytest.mark.parametrize(
    "query", ["", "   ", "\x00", "%", "_", "'", "<script>", "长" * 5000, "\ud7ff"]
)
def test_whatever_is_typed_gets_an_answer(client: Visitor, query: str) -> None:
    page = client.get("/search", params={"q": query})

    assert page.status_code == 200
    assert "<script>" not in page.text


def test_a_search_without_a_question_asks_for_one(client: Visitor) -> None:
    assert "可以输入企业全称" in client.get("/search").text


def test_suggestions_are_a_few_likely_enterprises(client: Visitor, stranger: Visitor) -> None:
    lines = client.get("/search/suggestions", params={"q": "岚砌"}).json()

    assert lines[0]["name"] == "郑州岚砌示例智能装备有限公司"
    assert lines[0]["url"] == f"/enterprises/{LANQI}"
    assert "郑州市中原区" in lines[0]["note"]
    assert stranger.get("/search/suggestions", params={"q": "岚砌"}).json()[0]["url"] is None
    assert client.get("/search/suggestions", params={"q": ""}).json() == []


def test_the_api_gives_score_what_matched_and_why(client: Visitor) -> None:
    answer = client.get("/api/enterprises", params={"q": "岚砌示列智能装备"}).json()

    assert answer["state"] == "found"
    first = answer["hits"][0]
    assert first["enterprise_id"] == LANQI
    assert 0 < first["score"] <= 1
    assert first["why"].startswith("名称")
    nothing = client.get("/api/enterprises", params={"q": "查不到的名字"}).json()
    assert (nothing["state"], nothing["hits"]) == ("not_found", [])
    assert client.get("/api/enterprises", params={"q": "岚砌", "limit": 0}).status_code == 200
