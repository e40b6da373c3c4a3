"""The rule of an item is told in full; branches, score tables and groups as they are written."""

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.engine.explain import explain
from matching.engine.ground import Ground
from matching.engine.profile_text import population_of_texts
from matching.language.conditions import Condition
from matching.language.data_names import DataNames
from matching.language.needs import columns_of
from matching.language.wording import Words
from registry.portal.tell_conditions import ConditionView, item_conditions
from registry.portal.tell_data import Data
from registry.portal.tell_reasons import Reasons
from registry.portal.types import ReasonView
from tests.matching.engine.small_world import item_of
from tests.matching.language.made_items import condition
from tests.registry.portal.samples import ON, profile

CATALOGUE: Catalogue = shipped_catalogue()
VOCABULARY = CATALOGUE.vocabulary
BRANCHES = condition(
    "{branches: [{when: {fact: power_direct, is: yes}, then: {listed: high_tech}}],"
    " otherwise: {fact: key_chain, is: yes}}"
)
SCORE = condition(
    "{score: [{part: 创新, at_least: 5, indicators: [{name: 称号, rows: [{when: {listed: high_tech},"
    " points: 20}, {points: 3}]}, {name: 人数, take: sum, most: 9, of: {fact: employees, year: -1},"
    " bands: [{at_most: 300 人, points: 10}]}]}], at_least: 20, most: 50}"
)
RELATED = condition("{negate: {related: any, has: {listed: serious_dishonesty}}}")


def rule(said: Condition) -> tuple[ConditionView, ...]:
    return item_conditions(item_of(said), CATALOGUE, Words(VOCABULARY, {}, ON))


def reasons(said: Condition, given: dict[str, str | None]) -> tuple[ReasonView, ...]:
    ground = Ground(population_of_texts([given], VOCABULARY), VOCABULARY, {})
    item = item_of(said)
    found = explain([item], ground, ON)[0]
    return Reasons(Data(profile(), VOCABULARY, ON), CATALOGUE, share=True).of_item(
        item, found.reason
    )


def test_branches_stand_one_below_the_other() -> None:
    (view,) = rule(BRANCHES)

    assert view.sentence == "按所属情形判定"
    assert [part.sentence for part in view.parts] == [
        "若：电网直供：是", "则须：在高新技术企业之内", "其余须：属重点产业链：是",
    ]  # fmt: skip


def test_a_score_table_is_told_by_part_indicator_and_row() -> None:
    (view,) = rule(SCORE)

    assert view.sentence == "评分不低于20分（最多计50分）"
    (part,) = view.parts
    assert part.sentence == "创新（不低于5分）"
    titles, people = part.parts
    assert [row.sentence for row in titles.parts] == ["在高新技术企业之内得20分", "其余得3分"]
    assert people.sentence == "人数（各项相加，最多计9分）"


def test_a_group_bar_is_one_line() -> None:
    (view,) = rule(RELATED)

    assert view.sentence == "不属于：同一集团的其他企业在严重失信主体名单之内"


def test_what_came_of_branches_and_rows_is_told_beside_each() -> None:
    given: dict[str, str | None] = {"power_direct": "no", "key_chain": "yes"}
    (branches,) = reasons(BRANCHES, given)
    (score,) = reasons(SCORE, {"high_tech": "none"})

    assert branches.badge.word == "符合"
    assert [part.badge.word for part in branches.parts] == ["否", "不详", "是"]
    assert [part.sentence for part in score.parts] == [
        "创新 · 称号：在高新技术企业之内，得20分",
        "创新 · 人数：2025年从业人员不高于300人，得10分",
    ]
    assert [part.badge.word for part in score.parts] == ["否", "不详"]


def test_ties_nobody_has_told_are_named_with_their_owner() -> None:
    (view,) = reasons(RELATED, {})
    labels = DataNames(VOCABULARY)

    assert [ref.text for ref in view.missing] == ["控股与集团关系"]
    for name in (*columns_of(RELATED, ON, {}), "uses"):
        assert labels.label(name)
        assert labels.owner(name)
        assert labels.ask(name)
