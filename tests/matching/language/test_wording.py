"""Every condition and amount can be said in Chinese, the rule itself being the source."""

import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.language.amounts import Amount, amounts_in
from matching.language.conditions import Condition, Defined, Listed, opened, parts_of
from matching.language.wording import Words
from tests.matching.engine import strategies, strategies_pay
from tests.matching.engine.small_world import DAY, VOCABULARY
from tests.matching.language.made_amounts import ONE_OF_EACH
from tests.matching.language.made_items import VOCABULARY as SHIPPED
from tests.matching.language.made_items import condition, item


@given(strategies.conditions, strategies.definitions)
def test_every_condition_has_words(said: Condition, definitions: dict[str, Condition]) -> None:
    words = Words(VOCABULARY, definitions, DAY)

    sentence = words.condition(said)
    assert sentence.strip()
    assert "None" not in sentence
    for part in parts_of(opened(said, definitions)):
        assert words.condition(part) in sentence or isinstance(part, Defined)


@given(strategies_pay.amounts | st.sampled_from(ONE_OF_EACH), strategies.definitions)
def test_every_amount_has_words(said: Amount, definitions: dict[str, Condition]) -> None:
    sentence = Words(VOCABULARY, definitions, DAY).amount(said)

    assert sentence.strip()
    assert "None" not in sentence


def test_every_kind_of_the_language_is_drawn_by_the_property_tests() -> None:
    seen: set[type] = set()

    @settings(max_examples=500)
    @given(
        st.lists(strategies.leaves, min_size=3, max_size=3),
        strategies.conditions,
        st.lists(strategies_pay.plain_amounts, min_size=3, max_size=3),
        strategies_pay.amounts,
    )
    def look(leaves: list[Condition], said: Condition, plain: list[Amount], amount: Amount) -> None:
        seen.update(map(type, (*leaves, said, *parts_of(said), *plain, *amounts_in(amount))))

    look()
    assert seen == {*typing.get_args(Condition), *typing.get_args(Amount)}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{fact: annual_revenue, year: -1, at_least: 2000 万元}", "2025年营业收入不低于2,000万元"),
        ("{fact: layoff_rate, year: 2025, at_most: 5.5 %}", "2025年裁员率不高于5.5%"),
        ("{fact: employees, year: -1, less_than: 1000 人}", "2025年从业人员低于1,000人"),
        (
            "{fact: power_use, months: 2026-01..2026-03, take: mean, more_than: 1 万千瓦时}",
            "2026年1月至2026年3月月均用电量超过10,000千瓦时",
        ),
        ("{fact: registered_on, on_or_before: 2023-12-31}", "成立日期在2023-12-31及以前"),
        ("{years_since: registered_on, at_least: 3 年}", "自成立日期起满3年"),
        ("{fact: place, within: [郑州市]}", "所在区县属于郑州市"),
        ("{fact: status, one_of: [active]}", "登记状态属于存续"),
        ("{listed: little_giant, first_year: 0}", "2026年首次列入专精特新“小巨人”企业"),
        ("{listed: champion_firm, level: 国家级}", "在制造业单项冠军企业（国家级）之内"),
        (
            "{listed: above_scale, since_by: 2026-03-31}",
            "2026-03-31及以前已列入规模以上企业名录且目前仍在",
        ),
        ("{listed: little_giant, still: no}", "2026-06-30及以前曾列入专精特新“小巨人”企业"),
        ("{negate: {paid: P12}}", "不属于以下情形：此前已获得过同类奖励（P12）"),
        ("{paid: P12, label: 已领过奖}", "已领过奖"),
    ],
)
def test_a_condition_reads_as_people_would_say_it(text: str, sentence: str) -> None:
    assert Words(SHIPPED, {}, DAY).condition(condition(text)) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{fixed: 10 万元}", "10万元"),
        (
            "{share: 20 %, of: {fact: freight_cost, year: -1}, cap: 500 万元}",
            "2025年出口运费的20%，最高500万元",
        ),
        ("{unstated: 比例另定}", "金额未定：比例另定"),
        (
            "{table: [{when: {paid: P12}, fixed: 1 元}, {fixed: 2 元}]}",
            "按最先符合的一行：1元（此前已获得过同类奖励（P12））；其余：2元",
        ),
    ],
)
def test_an_amount_reads_as_people_would_say_it(text: str, sentence: str) -> None:
    assert Words(SHIPPED, {}, DAY).amount(item(amount=text).amount) == sentence


def test_a_list_without_conditions_of_its_own_is_named() -> None:
    assert Words(VOCABULARY, {}, DAY).condition(Listed(list="blacklist")) == "在失信名单之内"
