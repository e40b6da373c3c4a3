"""Enterprises in groups: by place, sector, size class, tier, or any fact; the unknown are a group of their own."""

from datetime import date

import msgspec
import polars as pl
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.groups import GroupingRefused, cells_of, groups
from matching.engine.profile_text import population_of_texts
from tests.matching.engine.small_world import DAY, VOCABULARY, Cell, Firm, ground_of, population_of

RULES = shipped_catalogue()


def of(by: str, firms: list[Firm]) -> list[tuple[str | None, str]]:
    """Give key and name of each firm's group."""
    found = groups(by, ground_of(firms), DAY)
    return [(found.keys[code], found.names[code]) for code in found.codes]


def shipped(by: str, *rows: dict[str, str | None]) -> list[str]:
    ground = Ground(
        population_of_texts(list(rows), RULES.vocabulary), RULES.vocabulary, RULES.definitions
    )
    found = groups(by, ground, date(2026, 9, 30))
    return [found.names[code] for code in found.codes]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("place", ["中原区", "郑州市", "河南省", "济源市", "未知"]),
        ("place:county", ["中原区", "郑州市", "河南省", "济源市", "未知"]),
        ("place:prefecture", ["郑州市", "郑州市", "河南省", "济源市", "未知"]),
        ("place:province", ["河南省", "河南省", "河南省", "河南省", "未知"]),
        ("place:nation", ["中国", "中国", "中国", "中国", "未知"]),
    ],
)
def test_places_are_grouped_at_any_level_of_the_tree(by: str, names: list[str]) -> None:
    firms = [Firm({"place": code}) for code in ("410102", "410100", "410000", "419001")]

    assert [name for _, name in of(by, [*firms, Firm()])] == names


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("sector", ["C", "C", "I", None]),
        ("sector:section", ["C", "C", "I", None]),
        ("sector:division", ["C34", "C34", "I", None]),
        ("sector:group", ["C3411", "C34", "I", None]),
    ],
)
def test_sectors_are_grouped_at_any_level_and_finer_codes_than_the_tree_find_their_place(
    by: str, keys: list[str | None]
) -> None:
    firms = [Firm({"industry": code}) for code in ("C3411", "C3489", "I")]

    assert [key for key, _ in of(by, [*firms, Firm()])] == keys


@pytest.mark.parametrize("by", ["place:street", "sector:x", "shoes", "giant", "revenue", "paid:P1"])
def test_what_cannot_be_grouped_by_is_refused_with_what_can(by: str) -> None:
    with pytest.raises(GroupingRefused, match=by.partition(":")[0]):
        groups(by, ground_of([Firm()]), DAY)


def test_size_and_tier_need_their_definitions_and_lists() -> None:
    for by, missing in (("size", "size_large"), ("tier", "little_giant")):
        with pytest.raises(GroupingRefused, match=missing):
            groups(by, ground_of([Firm()]), DAY)


def test_a_vocabulary_without_places_cannot_be_grouped_by_place() -> None:
    bare = msgspec.structs.replace(VOCABULARY, facts={})
    ground = Ground(population_of([Firm()]), bare, {})

    with pytest.raises(GroupingRefused, match="place"):
        groups("place", ground, DAY)


def test_a_size_class_needs_all_its_bounds_and_is_unknown_where_they_do_not_settle_it() -> None:
    def firm(
        staff: str | None, revenue: str | None, industry: str = "C34"
    ) -> dict[str, str | None]:
        return {"industry": industry, "employees@2025": staff, "annual_revenue@2025": revenue}

    assert shipped(
        "size",
        firm("1000 人", "4 亿元"),
        firm("999 人", "4 亿元"),
        firm("300 人", "2000 万元"),
        firm("20 人", "300 万元"),
        firm("19 人", "4 亿元"),
        firm("1000 人", None),
        firm(None, "299 万元"),
        firm("20 人", "300 万元", industry="J66"),
        {},
    ) == ["大型", "中型", "中型", "小型", "微型", "未知", "微型", "未知", "未知"]


def test_the_highest_title_held_is_the_tier_and_a_list_nobody_gave_leaves_it_unknown() -> None:
    none = {"little_giant": "none", "specialized_sme": "none", "innovative_sme": "none"}

    assert shipped(
        "tier",
        {"little_giant": "2025-07-01..", "specialized_sme": "2024-07-01.."},
        none | {"specialized_sme": "2024-07-01..", "innovative_sme": "2024-07-01.."},
        none | {"innovative_sme": "2024-07-01.."},
        none,
        none | {"little_giant": None},
        none | {"little_giant": None, "innovative_sme": "2024-07-01.."},
        none | {"innovative_sme": "2020-01-01..2022-12-31"},
    ) == [
        "专精特新“小巨人”企业", "省级专精特新中小企业", "创新型中小企业", "没有梯度称号", "未知", "未知",
        "没有梯度称号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "firms", "expected"),
    [
        ("status", [{"status": "active"}, {"status": "revoked"}, {}],
         [("active", "存续"), ("revoked", "吊销"), (None, "未知")]),
        ("direct", [{"direct": True}, {"direct": False}, {}],
         [("1", "是"), ("0", "否"), (None, "未知")]),
        ("registered_on", [{"registered_on": date(2020, 1, 1)}, {"registered_on": date(2019, 12, 31)}, {}],
         [("2020", "2020年"), ("2019", "2019年"), (None, "未知")]),
        ("staff", [{"staff": 0}, {"staff": 9}, {"staff": 10}, {"staff": -5}, {}],
         [("0", "0或以下"), ("1", "1人至10人（不含）"), ("2", "10人至100人（不含）"), ("0", "0或以下"), (None, "未知")]),
        ("revenue@2025", [{"revenue@2025": 100_000_000}, {"revenue@2025": 99_999_999}, {}],
         [("9", "100万元至1,000万元（不含）"), ("8", "10万元至100万元（不含）"), (None, "未知")]),
        ("layoff@2025", [{"layoff@2025": 999}, {"layoff@2025": 1_000}, {"layoff@2025": -1}, {}],
         [("0", "0%至10%（不含）"), ("1", "10%至20%（不含）"), ("-1", "-10%至0%（不含）"), (None, "未知")]),
        ("industry", [{"industry": "C3489"}, {"industry": "C34"}, {}],
         [("C3489", "通用设备"), ("C34", "通用设备"), (None, "未知")]),
    ],
)  # fmt: skip
def test_any_fact_makes_groups(
    by: str, firms: list[dict[str, Cell]], expected: list[tuple[str | None, str]]
) -> None:
    assert of(by, [Firm(facts) for facts in firms]) == expected


def test_a_fact_nobody_told_is_one_unknown_group() -> None:
    for by in ("status", "direct", "staff", "registered_on", "place", "layoff@2025"):
        assert of(by, [Firm(), Firm()]) == [(None, "未知")] * 2


def test_cells_number_the_combinations_that_occur() -> None:
    firms = [
        Firm({"place": "410102", "direct": True}),
        Firm({"place": "410102"}),
        Firm({"place": "411000", "direct": True}),
        Firm({"place": "410102", "direct": True}),
    ]
    ground = ground_of(firms)
    splits = [groups("place", ground, DAY), groups("direct", ground, DAY)]
    cells = cells_of(splits, 4)

    assert cells.frame.height == 3
    found = pl.DataFrame({"cell": cells.codes}).join(cells.frame, on="cell", maintain_order="left")
    assert found["place"].to_list() == splits[0].codes.to_list()
    assert found["direct"].to_list() == splits[1].codes.to_list()
    assert cells_of([], 4).codes.to_list() == [0, 0, 0, 0]


def test_nobody_makes_no_cells() -> None:
    ground = ground_of([])

    assert cells_of([groups("place", ground, DAY)], 0).frame.height == 0
