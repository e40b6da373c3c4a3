"""Deciding a population: every verdict counted, only what is met and payable owed."""

from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.profile_text import population_of_texts
from matching.runs.decide import decide
from matching.runs.types import ENTITLEMENTS, SET_ASIDE, TOTALS, Decided, Judged
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


HIGHEST = "{with: robots, rule: highest, earlier: full, basis: 第六条}"
BESIDE = {
    "robots": RULES["robots"],
    "award": Clause(
        condition="{listed: little_giant}",
        amount="{fixed: 15 万元}",
        more=f"exclusive: [{HIGHEST}]",
    ),
}
BOTH: dict[str, str | None] = {
    "place": "郑州市",
    "little_giant": "2025-01-01..",
    "paid:P00": "none",
}


def beside(*firms: dict[str, str | None]) -> Decided:
    population = population_of_texts(list(firms), shipped_vocabulary())
    return decide(Judged(population=population, catalogue=catalogue_of(BESIDE), as_of=DAY))


def test_what_yields_is_no_entitlement_and_is_kept_with_its_partner_and_basis() -> None:
    found = beside({**BOTH, "robot_purchase": "100 万元"}, {**BOTH, "robot_purchase": "200 万元"})

    assert rows(found.entitlements, "enterprise_id", "item_id", "low_cents") == {
        (1, "award", money(15)),
        (2, "robots", money(20)),
    }
    assert found.set_aside.schema == SET_ASIDE
    assert found.set_aside.rows() == [
        (1, "robots", "2026", "yields", "award", "highest", "第六条", money(10), money(10)),
        (2, "award", "2026", "yields", "robots", "highest", "第六条", money(15), money(15)),
    ]


def test_what_could_still_be_beaten_waits_and_is_possible_but_not_certain() -> None:
    found = beside({**BOTH, "robot_purchase": None})
    award, robots = total_of(found, "award"), total_of(found, "robots")

    assert found.entitlements.is_empty()
    assert found.set_aside["state"].to_list() == ["waits"]
    assert [award[key] for key in ("met", "yielded", "waiting")] == [1, 0, 1]
    assert [award[key] for key in ("certain_cents", "possible_cents")] == [0, money(15)]
    assert [robots[key] for key in ("met", "yielded", "waiting")] == [0, 0, 0]


def test_what_cannot_be_beaten_is_paid_although_the_partner_is_open() -> None:
    dearer = BESIDE | {"award": msgspec.structs.replace(BESIDE["award"], amount="{fixed: 20 万元}")}
    population = population_of_texts([{**BOTH, "robot_purchase": None}], shipped_vocabulary())
    found = decide(Judged(population=population, catalogue=catalogue_of(dearer), as_of=DAY))

    # At most 20 as well: of two that give the same, the first by name is taken.
    assert rows(found.entitlements, "item_id", "low_cents") == {("award", money(20))}
    assert total_of(found, "robots")["possible_cents"] == 0


def test_totals_count_who_yielded_and_money_that_yields_is_in_no_sum() -> None:
    found = beside({**BOTH, "robot_purchase": "100 万元"}, {**BOTH, "robot_purchase": "0 元"})
    robots, award = total_of(found, "robots"), total_of(found, "award")

    assert [robots[key] for key in ("met", "yielded", "waiting")] == [1, 1, 0]
    assert [robots[key] for key in ("certain_cents", "possible_cents")] == [0, 0]
    assert [award[key] for key in ("met", "certain_cents", "possible_cents")] == [
        2,
        money(30),
        money(30),
    ]


def test_every_met_payable_pair_is_either_owed_or_set_aside() -> None:
    firms = [{**BOTH, "robot_purchase": f"{wan} 万元"} for wan in (0, 60, 149, 150, 151, 900)]
    found = beside(*firms, {**BOTH, "robot_purchase": None})
    met = found.totals.filter("payable")["met"].sum()

    assert found.entitlements.height + found.set_aside.height == met
    owed = rows(found.entitlements, "enterprise_id", "item_id")
    assert owed.isdisjoint(rows(found.set_aside, "enterprise_id", "item_id"))
    assert found.entitlements["enterprise_id"].is_unique().all()
