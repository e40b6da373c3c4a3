"""Each part of a rule is changed in each way it can be wrong, and the words say which."""

from datetime import date

import pytest

from matching.catalogue.mutants import wrong_conditions
from matching.catalogue.mutate_amounts import wrong_amounts
from matching.language.wording import Words
from tests.matching.language.made_items import VOCABULARY, condition, item

ON = date(2026, 3, 31)
WORDS = Words(VOCABULARY, {}, ON)

CONDITIONS = {
    "a limit moves one step of its unit, and the operator turns; a year is a year earlier": (
        "{fact: annual_revenue, year: 2025, at_least: 1 万元}",
        [
            "把“2025年营业收入不低于1万元”改成“2025年营业收入不高于1万元”",
            "把“2025年营业收入不低于1万元”改成“2025年营业收入不低于1.000001万元”",
            "把“2025年营业收入不低于1万元”改成“2025年营业收入不低于9,999.99元”",
            "把“2025年营业收入不低于1万元”改成“2024年营业收入不低于1万元”",
        ],
    ),
    "parts are dropped and the junction turns": (
        "{all_of: [{paid: A}, {paid: B}]}",
        [
            "把“此前已获得过同类奖励（A）”改成“此前已获得过同类奖励（A以外）”",
            "把“此前已获得过同类奖励（B）”改成“此前已获得过同类奖励（B以外）”",
            "去掉“此前已获得过同类奖励（A）”",
            "去掉“此前已获得过同类奖励（B）”",
            "把“并且”改成“或者”：此前已获得过同类奖励（A）；并且此前已获得过同类奖励（B）",
        ],
    ),
    "a count needs one more or fewer": (
        "{at_least: 2, of: [{judgement: 甲}, {judgement: 乙}, {judgement: 丙}]}",
        [
            "去掉“甲（需人工判断）”",
            "去掉“乙（需人工判断）”",
            "去掉“丙（需人工判断）”",
            "把“至少2项”改成“至少1项”：下列至少2项：甲（需人工判断）；乙（需人工判断）；丙（需人工判断）",
            "把“至少2项”改成“至少3项”：下列至少2项：甲（需人工判断）；乙（需人工判断）；丙（需人工判断）",
        ],
    ),
    "a negation goes": (
        "{negate: {fact: key_chain, is: yes}}",
        [
            "去掉“不属于以下情形：属重点产业链：是”里的否定",
            "把“属重点产业链：是”改成“属重点产业链：否”",
        ],
    ),
    "each code is left out": (
        "{fact: status, one_of: [active, moved]}",
        [
            "把“登记状态属于存续、迁出”改成“登记状态属于迁出”",
            "把“登记状态属于存续、迁出”改成“登记状态属于存续”",
        ],
    ),
    "a look back is a year longer or shorter": (
        "{listed: tax_violation, within_years: 2}",
        [
            "把“近2年有税收违法记录”改成“近3年有税收违法记录”",
            "把“近2年有税收违法记录”改成“近1年有税收违法记录”",
        ],
    ),
    "a day in the register moves, goes, or need not last": (
        "{listed: above_scale, since_by: 2026-03-30}",
        [
            "把“2026-03-30及以前已列入规模以上企业名录且目前仍在”改成“2026-03-31及以前已列入规模以上企业名录且目前仍在”",
            "把“2026-03-30及以前已列入规模以上企业名录且目前仍在”改成“在规模以上企业名录之内”",
            "把“2026-03-30及以前已列入规模以上企业名录且目前仍在”改成“2026-03-29及以前已列入规模以上企业名录且目前仍在”",
            "把“2026-03-30及以前已列入规模以上企业名录且目前仍在”改成“2026-03-30及以前已列入规模以上企业名录”",
        ],
    ),
    "branches are dropped, swapped and crossed": (
        ("{branches: [{when: {judgement: 甲}, then: {judgement: 乙}},"
        " {when: {judgement: 丙}, then: {judgement: 丁}}], otherwise: {judgement: 戊}}"),
        [
            "第1种情形去掉",
            "第2种情形去掉",
            "第1种情形与下一种情形调换",
            "第1种情形与下一种情形互换要求",
            "去掉其余情形的要求，改为不符合",
        ],
    ),
    "points, minimums, caps and limits move by one": (
        ("{score: [{part: 创新, at_least: 5, most: 9, indicators: [{name: 研发, rows:"
        " [{when: {judgement: 甲}, points: 8}, {points: 0}]}]}], at_least: 6, most: 10}"),
        [
            "把总分线由6分改成7分",
            "把总分上限由10分改成11分",
            "把总分线由6分改成5分",
            "把总分上限由10分改成9分",
            "把“创新”的最低分由5分改成6分",
            "把“创新”的上限由9分改成10分",
            "把“创新”的最低分由5分改成4分",
            "把“创新”的上限由9分改成8分",
            "把“研发”第1档的分值由8分改成9分",
            "把“研发”第1档的分值由8分改成7分",
            "把“研发”第2档的分值由0分改成1分",
        ],
    ),
    "another role in a group, another family": (
        "{related: parent, has: {paid: A}}",
        [
            "把“母公司”改成“同一集团的企业”",
            "把“此前已获得过同类奖励（A）”改成“此前已获得过同类奖励（A以外）”",
        ],
    ),
}  # fmt: skip
AMOUNTS = {
    "a sum is one 分 off": (
        "{fixed: 10 万元}",
        ["“10万元”的金额多1分", "“10万元”的金额少1分"],
    ),
    "a share and its cap": (
        "{share: 10 %, of: {fact: renovation_equipment}, cap: 1 万元}",
        [
            "“技术改造设备软件投资的10%，最高1万元”的比例多1个基点",
            "“技术改造设备软件投资的10%，最高1万元”的比例少1个基点",
            "“技术改造设备软件投资的10%，最高1万元”的最高额多1分",
            "“技术改造设备软件投资的10%，最高1万元”的最高额少1分",
        ],
    ),
    "rows lose their condition or go, and are put together otherwise": (
        "{highest: [{when: {judgement: 甲}, fixed: 0 元}, {fixed: 0 元}]}",
        [
            "“0元”的金额多1分",
            "第1行不看条件",
            "第1行去掉",
            "“0元”的金额多1分",
            "第2行去掉",
            "从高改成合计",
        ],
    ),
    "rows of a table are taken in another order": (
        "{table: [{when: {judgement: 甲}, fixed: 0 元}, {when: {judgement: 乙}, fixed: 0 元}]}",
        [
            "“0元”的金额多1分",
            "第1行不看条件",
            "第1行去掉",
            "“0元”的金额多1分",
            "第2行不看条件",
            "第2行去掉",
            "第1行与下一行调换",
        ],
    ),
    "what was paid is not taken off, or of another family": (
        "{less_paid: P12, amount: {fixed: 0 元}}",
        ["不减去此前已获的奖励", "所看的奖励改为P12以外系列", "“0元”的金额多1分"],
    ),
    "stages": (
        "{staged: {family: P29, stages: [{when: {judgement: 甲}, fixed: 0 元}]}}",
        ["“0元”的金额多1分", "第1行不看条件", "所看的奖励改为P29以外系列"],
    ),
    "a cap over a firm's awards": (
        "{firm_cap: {amount: {fixed: 0 元}, most: 0 元, families: [A, B], per: year}}",
        [
            "去掉与其他奖补合计的上限",
            "上限不计A系列",
            "上限不计B系列",
            "上限在按年与终身之间调换",
            "“0元”的金额多1分",
        ],
    ),
    "a cap on all aid for one cost": (
        "{stack_cap: {amount: {fixed: 0 元}, cost: {fact: renovation_equipment}, besides: [A]}}",
        ["去掉与其他奖补合计的上限", "上限不计A系列", "“0元”的金额多1分"],
    ),
    "a pool": (
        "{pool: 0 元, sharing: pro_rata, claim: {fixed: 0 元}}",
        ["“0元”的金额多1分"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CONDITIONS)
def test_a_condition_is_changed_in_each_way_it_can_be_wrong(case: str) -> None:
    text, expected = CONDITIONS[case]
    right = condition(text)
    wrong = list(wrong_conditions(right, ON))

    assert [tell(WORDS) for tell, _ in wrong] == expected
    assert len({repr(version) for _, version in wrong} | {repr(right)}) == len(wrong) + 1


@pytest.mark.parametrize("case", AMOUNTS)
def test_an_amount_is_changed_in_each_way_it_can_be_wrong(case: str) -> None:
    text, expected = AMOUNTS[case]
    right = item(amount=text).amount
    wrong = list(wrong_amounts(right, ON))

    told = [tell(WORDS) for tell, _ in wrong]
    assert [said for said in told if said in expected] == expected
    assert right not in [version for _, version in wrong]


def test_an_entry_must_have_begun_by_the_day_it_is_looked_at_anyway() -> None:
    """A later "in the register by" than the evidence day is no other rule."""
    right = condition("{listed: above_scale, since_by: 2026-03-31}")

    told = [tell(WORDS) for tell, _ in wrong_conditions(right, ON)]
    assert len(told) == 2
    assert not [said for said in told if "2026-04-01" in said]
