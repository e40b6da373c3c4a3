"""An enterprise's pages, as a visitor gets them."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.registry.portal.small_city import BAIYE, LANQI, QINGHE, SILENT

Visitor = TestClient[Litestar]
LARGEST_PAGE_BYTES = 100_000


def test_an_enterprise_shows_who_it_is_and_what_it_surely_gets(client: Visitor) -> None:
    page = client.get(f"/enterprises/{LANQI}")

    assert page.status_code == 200
    assert "郑州岚砌示例智能装备有限公司" in page.text
    assert "91410100MA0LANQ1X3" in page.text
    assert "220万元" in page.text


def test_a_former_name_is_shown_beside_the_name(client: Visitor) -> None:
    assert "曾用名：郑州青禾示例信息技术有限公司" in client.get(f"/enterprises/{QINGHE}").text


def test_sources_that_disagree_stand_side_by_side(client: Visitor) -> None:
    text = client.get(f"/enterprises/{LANQI}").text

    assert "2.3456亿元" in text
    assert "2.31亿元" in text
    assert "另一说法（来源次序在后）" in text


def test_an_enterprise_nobody_speaks_of_is_unknown_and_not_refused(client: Visitor) -> None:
    text = client.get(f"/enterprises/{SILENT}").text

    assert "还没有任何部门送来这家企业的数据" in text
    assert "不知道所在区县，还不能判定的事项" in text


@pytest.mark.parametrize("enterprise", [LANQI, QINGHE, BAIYE, SILENT])
def test_a_page_stays_small(client: Visitor, enterprise: int) -> None:
    for path in (f"/enterprises/{enterprise}", f"/enterprises/{enterprise}/ladder"):
        assert len(client.get(path).content) <= LARGEST_PAGE_BYTES, path


@pytest.mark.parametrize("enterprise", [LANQI, QINGHE, BAIYE, SILENT])
def test_every_link_within_a_page_leads_somewhere(client: Visitor, enterprise: int) -> None:
    own = f"/enterprises/{enterprise}"
    for path in (own, f"{own}/ladder", f"{own}/items/p13-title-award"):
        text = client.get(path).text
        wanted = set(re.findall(r'href="#([^"]+)"', text))
        named = re.findall(r' id="([^"]+)"', text)

        assert wanted <= set(named)
        assert len(named) == len(set(named)), "an id stands twice"


def test_the_day_is_that_of_the_latest_run_unless_another_is_asked_for(client: Visitor) -> None:
    assert (
        "以2026年10月31日为判定日（最近一期匹配的日子）" in client.get(f"/enterprises/{LANQI}").text
    )
    asked = client.get(f"/enterprises/{LANQI}?on=2026-09-30")
    assert "以2026年9月30日为判定日。" in asked.text


def test_what_arrived_later_does_not_count_where_a_day_of_knowledge_is_asked_for(
    client: Visitor,
) -> None:
    before = client.get(f"/enterprises/{QINGHE}?on=2026-10-31&known=2026-10-01").text
    after = client.get(f"/enterprises/{QINGHE}?on=2026-10-31").text

    assert "4,990万元" in before
    assert "5,310万元" not in before
    assert "5,310万元" in after


def test_one_item_has_a_page_of_its_own_with_every_condition(client: Visitor) -> None:
    text = client.get(f"/enterprises/{LANQI}/items/p13-title-award").text

    assert "200万元" in text
    assert "不在严重失信主体名单之内" in text
    assert "登记状态属于存续" in text


def test_the_inbox_holds_the_digest_of_each_month_with_changes(client: Visitor) -> None:
    assert "2026-09 政策匹配结果" in client.get(f"/enterprises/{LANQI}").text


@pytest.mark.parametrize(
    "query", ["on=31.10.2026", "on=1066-10-14", "known=gestern", "on=2026-02-30"]
)
def test_a_day_that_is_none_is_said_to_be_none(client: Visitor, query: str) -> None:
    page = client.get(f"/enterprises/{LANQI}?{query}")

    assert page.status_code == 400
    assert "写成 2026-09-30 的样子" in page.text


def test_blank_days_of_an_empty_form_are_not_asked_for(client: Visitor) -> None:
    assert client.get(f"/enterprises/{LANQI}?on=&known=").status_code == 200


@pytest.mark.parametrize("path", ["/enterprises/99", f"/enterprises/{2**70}", "/enterprises/0"])
def test_an_enterprise_that_is_not_there_leads_to_the_search(client: Visitor, path: str) -> None:
    page = client.get(path)

    assert page.status_code == 404
    assert "没有这个编号的企业" in page.text
    assert 'action="/search"' in page.text


def test_an_item_that_does_not_count_on_the_day_is_not_there(client: Visitor) -> None:
    assert client.get(f"/enterprises/{LANQI}/items/no-such-item").status_code == 404
    assert client.get(f"/enterprises/{LANQI}/items/p01-2022-q1").status_code == 404


def test_private_figures_wait_for_sign_in_outside_the_demonstration(stranger: Visitor) -> None:
    for path in (f"/enterprises/{LANQI}", f"/enterprises/{LANQI}/items/p13-title-award"):
        page = stranger.get(path)

        assert page.status_code == 403
        assert "登录" in page.text
        assert "岚砌" not in page.text


def test_private_figures_are_kept_by_no_cache(client: Visitor) -> None:
    assert client.get(f"/enterprises/{LANQI}").headers["cache-control"] == "no-store"
