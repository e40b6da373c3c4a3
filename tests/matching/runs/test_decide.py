"""Deciding a population: every verdict counted, only what is met and payable owed."""

from datetime import date

import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.profile_text import population_of_texts
from matching.runs.decide import decide
from matching.runs.types import ENTITLEMENTS, TOTALS, Decided, Judged
from tests.makers import Clause, catalogue_of, money, rows

DAY = date(2026, 9, 30)
SALES = "{fact: first_product_sales, year: 2025}"
RULES = {
    "robots": Clause(
        condition="{fact: robot_purchase, at_least: 50 万元}",
        amount="{share: 10 %, of: {fact: robot_purchase}, cap: 20 万元}",
    ),
    "endless": Clause(condition="{listed: little_giant}", amount=f"{{share: 1 %, of: {SALES}}}"),
    "by-hand": Clause(condition="{all_of: [{listed: little_giant}, {judgement: 贡献突出}]}"),
    "unstated": Clause(
        condition="{listed: little_giant}", amount="{unstated: 另行制定, cap: 5 万元}"
    ),
    "over": Clause(condition="{listed: little_giant}", until="2026-09-29"),
    "to-come": Clause(condition="{listed: little_giant}", since="2026-10-01"),
    "national": Clause(condition="{fact: robot_purchase, at_least: 50 万元}", area="全国"),
}
FIRMS: list[dict[str, str | None]] = [
    {"place": "郑州市", "robot_purchase": "100 万元", "little_giant": "2025-01-01.."},
    {"place": "郑州市", "robot_purchase": "900 万元", "little_giant": "none"},
    {"place": "郑州市", "robot_purchase": "49.99 万元"},
    {"place": "郑州市"},
    {"place": "许昌市", "robot_purchase": "100 万元", "little_giant": "2025-01-01.."},
    {"robot_purchase": "100 万元"},
]


def decided(firms: list[dict[str, str | None]]) -> Decided:
    population = population_of_texts(firms, shipped_vocabulary())
    return decide(Judged(population=population, catalogue=catalogue_of(RULES), as_of=DAY))


def total_of(found: Decided, item: str) -> dict[str, object]:
    return found.totals.filter(pl.col("item_id") == item).row(0, named=True)


def test_only_what_is_met_and_payable_is_owed() -> None:
    found = decided(FIRMS)

    assert found.entitlements.schema == ENTITLEMENTS
    assert rows(found.entitlements, "enterprise_id", "item_id", "low_cents", "high_cents") == {
        (1, "robots", money(10), money(10)),
        (2, "robots", money(20), money(20)),
        (1, "endless", 0, None),
        (1, "national", money(10), money(10)),
        (2, "national", money(10), money(10)),
        (5, "national", money(10), money(10)),
        (6, "national", money(10), money(10)),
    }
    assert found.entitlements["award_period"].unique().to_list() == ["2026"]


def test_every_enterprise_is_counted_under_one_verdict() -> None:
    found = decided(FIRMS)

    assert found.totals.schema == TOTALS
    assert found.enterprises == len(FIRMS)
    sums = found.totals.select(pl.sum_horizontal("met", "unmet", "unknown", "person"))
    assert set(sums.to_series()) == {len(FIRMS)}
    robots = total_of(found, "robots")
    assert [robots[key] for key in ("met", "unmet", "unknown", "person")] == [2, 2, 2, 0]


def test_money_is_counted_from_surely_owed_to_at_most_possible() -> None:
    robots = total_of(decided(FIRMS), "robots")

    assert robots["certain_cents"] == money(30)
    # 10 and 20 are certain; the two unknown ones are 10 (outside the city perhaps) and up to the cap.
    assert robots["possible_cents"] == money(30 + 10 + 20)
    assert robots["endless"] == 0


def test_an_amount_without_an_end_is_counted_as_such() -> None:
    endless = total_of(decided(FIRMS), "endless")

    assert (endless["met"], endless["certain_cents"], endless["possible_cents"]) == (1, 0, 0)
    assert endless["endless"] == 1 + endless["unknown"]  # type: ignore[operator]


def test_what_only_a_person_can_say_is_never_owed() -> None:
    by_hand = total_of(decided(FIRMS), "by-hand")

    assert (by_hand["met"], by_hand["person"]) == (0, 1)


def test_an_amount_left_open_by_the_document_is_counted_but_held_back() -> None:
    unstated = total_of(decided(FIRMS), "unstated")

    assert (unstated["met"], unstated["payable"]) == (1, False)
    assert unstated["held_back"] == "文件未写明金额或比例"
    assert unstated["certain_cents"] == 0


def test_versions_that_are_over_or_yet_to_come_are_not_decided() -> None:
    assert set(decided(FIRMS).totals["item_id"]) == RULES.keys() - {"over", "to-come"}


def test_deciding_again_gives_the_same() -> None:
    one, two = decided(FIRMS), decided(FIRMS)

    assert one.entitlements.equals(two.entitlements)
    assert one.totals.equals(two.totals)


def test_nobody_is_owed_nothing() -> None:
    found = decided([])

    assert (found.enterprises, found.entitlements.height) == (0, 0)
    assert set(found.totals["met"]) == {0}
