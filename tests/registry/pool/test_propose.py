"""Who is proposed for 小升规: each limit from both sides, and the order."""

from datetime import date

import polars as pl
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.profile_table import population_of_table
from registry.actions.propose_for_pool import propose_for_pool
from registry.pool.declared import shipped_pools
from registry.pool.propose import NotDeclared, Proposals, lines_in_force, without

ON = date(2026, 10, 31)
NEAR = shipped_pools().near["small_to_scale"]
FIRM = {
    "status": "active",
    "above_scale": "none",
    "industry": "C3489",
    "main_revenue@2025": "1500 万元",
    "main_revenue@2024": "1400 万元",
}


def proposed(*firms: dict[str, str | None]) -> Proposals:
    table = pl.DataFrame([FIRM | firm for firm in firms], infer_schema_length=None)
    catalogue = shipped_catalogue()
    read = population_of_table(table, catalogue.vocabulary)
    assert read.bad == ()
    return propose_for_pool("small_to_scale", read.population, catalogue, shipped_pools(), ON)


def test_every_line_is_in_force_and_most_have_one_figure() -> None:
    lines = lines_in_force(NEAR, shipped_catalogue(), ON)

    assert len(lines) == len(NEAR.items)
    assert [line.item.id for line in lines if line.limit is None] == [
        "line-construction",
        "line-property",
    ]


@pytest.mark.parametrize(
    ("firm", "verdict"),
    [
        ({}, "proposed"),
        ({"main_revenue@2025": "14999999.99 元"}, "no"),
        ({"main_revenue@2024": "1500 万元"}, "no"),
        ({"main_revenue@2024": "14999999.99 元"}, "proposed"),
        ({"main_revenue@2024": None}, "unknown"),
        ({"main_revenue@2025": "2000 万元", "main_revenue@2024": None}, "proposed"),
        ({"main_revenue@2025": "2000 万元", "main_revenue@2024": "3000 万元"}, "proposed"),
        ({"main_revenue@2025": "19999999.99 元", "main_revenue@2024": "3000 万元"}, "no"),
        ({"main_revenue@2025": None}, "unknown"),
        ({"industry": "F5211", "main_revenue@2025": "375 万元", "main_revenue@2024": "1 元"}, "proposed"),
        ({"industry": "F5211", "main_revenue@2025": "374 万元", "main_revenue@2024": "1 元"}, "no"),
        ({"above_scale": "2020-05-01.."}, "no"),
        ({"above_scale": None}, "unknown"),
        ({"status": "cancelled"}, "no"),
        ({"industry": None}, "unknown"),
    ],
)  # fmt: skip
def test_near_the_line_with_growth_or_over_it_and_not_in_the_register(
    firm: dict[str, str | None], verdict: str
) -> None:
    found = proposed(firm)
    said = "proposed" if found.table.height else "unknown" if found.unknown else "no"

    assert said == verdict


def test_the_nearest_stand_first_with_their_reasons() -> None:
    found = proposed(
        {},
        {"main_revenue@2025": "2100 万元"},
        {"main_revenue@2025": "1800 万元", "main_revenue@2024": "1500 万元"},
        {"main_revenue@2025": "1800 万元", "main_revenue@2024": "0 元"},
        {"industry": "E4710", "construction_qualified": "是"},
    )

    assert found.table["enterprise_id"].to_list() == [2, 5, 3, 4, 1]
    assert found.table["reasons"].to_list() == [
        "2025年收入2,100万元，是规模以上工业标准线2,000万元的105%；比上年增长50%",
        "已符合有资质的建筑业标准，尚未入库",
        "2025年收入1,800万元，是规模以上工业标准线2,000万元的90%；比上年增长20%；还差200万元",
        "2025年收入1,800万元，是规模以上工业标准线2,000万元的90%；还差200万元",
        "2025年收入1,500万元，是规模以上工业标准线2,000万元的75%；比上年增长7.14%；还差500万元",
    ]
    assert without(found, [2, 3]).table["enterprise_id"].to_list() == [5, 4, 1]
    assert found.rule.startswith("上一完整年度收入达到所在行业标准线的75%")


def test_a_pool_nobody_said_how_to_propose_for_names_those_that_can() -> None:
    with pytest.raises(NotDeclared, match="可用：small_to_scale"):
        propose_for_pool(
            "dragon",
            population_of_table(pl.DataFrame([FIRM]), shipped_catalogue().vocabulary).population,
            shipped_catalogue(),
            shipped_pools(),
            ON,
        )
