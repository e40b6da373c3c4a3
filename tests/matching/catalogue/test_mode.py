"""How an item can be had follows from its rule and its data; nobody can type it in."""

from datetime import date

import pytest

from matching.catalogue.load_catalogue import Catalogue, build_catalogue, shipped_catalogue
from matching.catalogue.mode import Mode, item_mode
from matching.catalogue.mutation_gate import MutationScore, Survivor
from tests.matching.language.made_items import VOCABULARY, item_text, line_of, problems

ON = date(2026, 9, 30)
STATUS = "{fact: status, one_of: [active]}"
SPENT = "{fact: renovation_investment, at_least: 1 万元}"
EQUIPMENT = "{fact: renovation_equipment, at_least: 1 万元}"
ROBOTS = "{fact: robot_purchase, at_least: 1 万元}"
DEFINITIONS = (
    "by_hand: {all_of: [{negate: {fact: industry, within: [C]}}, {judgement: 由人划型}]}\n"
)


def made(**replaced: str) -> Catalogue:
    files = {"items/p00-test.yml": item_text(**replaced), "definitions.yml": DEFINITIONS}
    return build_catalogue(files, VOCABULARY)


def all_of(*parts: str) -> str:
    return f"{{all_of: [{', '.join(parts)}]}}"


DERIVED: dict[str, tuple[dict[str, str], Mode, str]] = {
    "departments send everything": ({}, "no_application", "都由部门数据判定"),
    "a datum that is fetched is automatic": (
        {"condition": "{fact: power_use, month: 2026-01, at_least: 1 千瓦时}"},
        "no_application",
        "都由部门数据判定",
    ),
    "our own books are automatic": (
        {"condition": "{negate: {paid: P00}}"},
        "no_application",
        "都由部门数据判定",
    ),
    "one datum to ask": ({"condition": SPENT}, "quick", "只需企业提供：技术改造项目总投资"),
    "two data to ask": (
        {"condition": all_of(SPENT, EQUIPMENT)},
        "quick",
        "技术改造项目总投资、技术改造设备软件投资",
    ),
    "a datum only the amount reads": (
        {"amount": "{share: 10 %, of: {fact: renovation_equipment}, cap: 1 万元}"},
        "quick",
        "只需企业提供：技术改造设备软件投资",
    ),
    "three data to ask": (
        {"condition": all_of(SPENT, EQUIPMENT, ROBOTS)},
        "application",
        "需企业提供3项数据",
    ),
    "a judgement": (
        {"condition": all_of(STATUS, "{judgement: 贡献突出}")},
        "application",
        "需人工判断：贡献突出",
    ),
    "a judgement in a row of the amount": (
        {"amount": "{highest: [{when: {judgement: 贡献突出}, fixed: 1 万元}, {fixed: 1 元}]}"},
        "application",
        "需人工判断：贡献突出",
    ),
    "a judgement for the few a definition does not cover": (
        {"condition": all_of(STATUS, "{negate: {defined: by_hand}}")},
        "no_application",
        "少数企业除外：由人划型",
    ),
    "the document names the enterprise as owner": (
        {"data": "{status: enterprise}"},
        "quick",
        "只需企业提供：登记状态",
    ),
    "a draft": ({"status": "draft"}, "not_automatic", "征求意见稿"),
    "over": ({"valid": "{from: 2025-01-01, until: 2025-12-31}"}, "not_automatic", "已过期"),
    "illustrative": ({"mark": "illustrative"}, "not_automatic", "虚构"),
    "recalled": ({"mark": "recalled"}, "not_automatic", "未核对原文"),
    "a sum left open": ({"amount": "{unstated: 比例另定}"}, "not_automatic", "未写明金额"),
    "no money": ({"amount": "{non_cash: 优先}"}, "not_automatic", "不涉及资金"),
    "a tie to the place of tax": (
        {"condition": "{fact: tax_place, within: [郑州市]}"},
        "not_automatic",
        "公平竞争审查",
    ),
}


@pytest.mark.parametrize("case", DERIVED)
def test_the_mode_follows_from_rule_and_data(case: str) -> None:
    replaced, mode, reason = DERIVED[case]
    catalogue = made(**replaced)

    found = item_mode(catalogue.items[0], catalogue, ON)

    assert found.mode == mode
    assert reason in found.reason


def test_readiness_is_the_product_of_three_shares_rounded_down() -> None:
    """Two of three tests are decided (place, judgement, spending), two of three data reach us, 3 of 4 are held."""
    catalogue = made(condition=all_of(STATUS, SPENT, "{judgement: 贡献突出}"))
    item = catalogue.items[0]
    survivor = Survivor(item=item.id, part="amount", words="多1分")
    score = MutationScore(item=item.id, all=4, survivors=(survivor,))

    assert item_mode(item, catalogue, ON).readiness == int(100 * (3 / 4) * (2 / 3))
    found = item_mode(item, catalogue, ON, score)
    assert found.readiness == 37  # 100 × 3/4 × 2/3 × 3/4 = 37.5
    assert [str(better) for better in found.raises] == [
        "由部门提供技术改造项目总投资（现由企业填报）：+19",
        "把“贡献突出”写成可以核对的条件：+13",
        "补上例子，守住每一处界限：+13",
    ]


def test_a_datum_known_of_some_enterprises_counts_for_that_share() -> None:
    catalogue = made(condition="{fact: power_use, month: 2026-01, at_least: 1 千瓦时}")
    item = catalogue.items[0]

    assert item_mode(item, catalogue, ON).readiness == 100
    found = item_mode(item, catalogue, ON, known_bp={"power_use@2026-01": 5_000})
    assert found.readiness == 75
    assert [str(better) for better in found.raises] == ["由供电公司按月提供用电量：+25"]


def test_whatever_would_raise_it_does_and_nothing_else_is_named() -> None:
    catalogue = shipped_catalogue()
    for item in catalogue.items:
        found = item_mode(item, catalogue, ON)
        assert 0 <= found.readiness <= 100
        assert all(better.points > 0 for better in found.raises)
        assert (found.readiness == 100) == (not found.raises)
        assert found.mode != "no_application" or not found.asked


@pytest.mark.parametrize("key", ["mode", "readiness", "standing"])
def test_what_is_derived_cannot_be_typed_in(key: str) -> None:
    found = problems(**{key: "免申即享"})

    assert [(one.where, one.what) for one in found] == [(key, f"“{key}”不是写出来的")]
    assert found[0].line == line_of("examples") + 1
    assert "改" in found[0].way_out or "提高" in found[0].way_out
