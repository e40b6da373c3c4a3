"""What the shipped catalogue must hold: the items, their marks, their days, and what can never be paid."""

from datetime import date

import pytest

from matching.catalogue.check import summarise
from matching.catalogue.check_item import UNREAD, issuing_places
from matching.catalogue.data_sources import data_sources
from matching.catalogue.load_catalogue import leaves, shipped_catalogue
from matching.catalogue.versions import by_item
from matching.engine.match import decided_items, payable
from matching.language.amounts import (
    Highest,
    LessPaid,
    NonCash,
    Total,
    Unstated,
    amounts_in,
    gives_money,
    is_pending,
)
from matching.language.conditions import Judgement
from matching.language.items import Item

CATALOGUE = shipped_catalogue()
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
RECALLED = {
    "p09-research-subsidy",
    "p10-high-tech-first",
    "p11-support-projects",
    "p37-key-little-giants",
    "p38-research-deduction",
    "p39-six-taxes",
    "p40-advanced-manufacturing-vat",
    "p41-high-tech-income-tax",
}
ILLUSTRATIVE = {
    "p32-stable-jobs-2026",
    "p32x-dengfeng-above-scale",
    "p32y-dengfeng-doubling",
    "p32z-yuzhou-above-scale",
    "p32z-yuzhou-cloud-voucher",
    "p52-jinchang-above-scale",
    "p52-jinchang-titles",
}
DRAFTS = {
    "p22-renovation-draft",
    "p23-digital-platforms-draft",
    "p24-green-manufacturing-draft",
    "p25-innovation-centre-draft",
    "p26-national-champion-draft",
    "p27-energy-titles-draft",
    "p28-environment-grade-draft",
}
LINES = {
    "line-industry",
    "line-construction",
    "line-wholesale",
    "line-retail",
    "line-lodging-catering",
    "line-property",
    "line-investment",
    "line-services-a",
    "line-services-b",
    "line-services-c",
}
POLICIES = {f"P{number:02}" for number in range(1, 66) if number not in {2, 43}} | {
    *("P13b", "P28b", "P31b", "P32x", "P32y", "P32z"),
}
"""Every entry of the policy list; P02 and P43 are numbers nobody uses."""
LINES_OF_GUIDE = ("who", "what", "when", "where")
every_item = pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.id)


def item(item_id: str) -> Item:
    found = CATALOGUE.item(item_id)
    assert found is not None, item_id
    return found


def test_every_policy_that_can_be_said_is_there() -> None:
    assert {item.policy for item in CATALOGUE.items if item.id not in LINES} == POLICIES
    assert len(by_item(CATALOGUE.items).keys() - LINES) >= 85


def test_every_sector_has_its_line_and_no_line_gives_money() -> None:
    lines = {item.id for item in CATALOGUE.items if item.id.startswith("line-")}

    assert lines == LINES
    assert all(isinstance(item(line).amount, NonCash) for line in lines)
    assert all("到线不等于在库" in item(line).notes[0] for line in lines)


def test_marks_are_those_of_the_policy_list() -> None:
    by_mark = {
        mark: {item.id for item in CATALOGUE.items if item.mark == mark}
        for mark in ("recalled", "illustrative")
    }

    assert by_mark == {"recalled": RECALLED, "illustrative": ILLUSTRATIVE}
    assert {item.id for item in CATALOGUE.items if item.status == "draft"} == DRAFTS


@every_item
def test_an_item_says_where_it_stands_and_how_it_was_read(item: Item) -> None:
    said = (item.document.number, item.document.issuer, item.document.article, item.title)

    assert all(said)
    assert item.notes
    assert (item.document.source is None) == (item.mark != "verified")
    assert item.document.mark == item.mark


@every_item
def test_an_item_says_who_to_ask_and_how_it_is_had(item: Item) -> None:
    assert item.guide is not None
    said = (*(getattr(item.guide, line) for line in LINES_OF_GUIDE), *item.guide.materials)

    assert item.phone == "12345"
    assert "原文未载明咨询电话" in item.guide.where
    assert all(said)


@every_item
def test_a_guide_asks_for_papers_only_where_the_text_is_no_list_of_names(item: Item) -> None:
    assert item.guide is not None
    paperless = item.guide.materials == ("无需提交（数据比对）",)
    asked = {source.name for source in data_sources(item, CATALOGUE) if source.feed == "ask"}

    assert not (paperless and asked), asked


@every_item
def test_what_is_invented_says_so_in_its_title(item: Item) -> None:
    assert ("示例" in item.title) == (item.mark == "illustrative")
    assert ("征求意见稿" in item.title) == (item.status == "draft")


@every_item
def test_an_area_lies_in_the_place_that_issued_the_document(item: Item) -> None:
    places = CATALOGUE.vocabulary.places
    issuing = issuing_places(item.document.issuer, places)

    if item.document.issuer == UNREAD:
        assert any(
            isinstance(leaf, Judgement) for leaf in leaves(item.condition, CATALOGUE.definitions)
        )
    else:
        assert any(places.contains(place, item.area) for place in issuing)


@every_item
def test_a_folder_holds_the_items_of_its_place(item: Item) -> None:
    places = CATALOGUE.vocabulary.places
    folder = item.file.split("/")[1]
    provinces = {"zhengzhou": "410100", "xuchang": "411000", "henan": "410000"}

    if folder == "national":
        assert item.area == places.root
    elif folder == "other":
        assert not places.contains("410000", item.area)
    else:
        assert places.contains(provinces[folder], item.area)


@every_item
def test_nothing_but_sure_money_in_force_is_payable(item: Item) -> None:
    unsure = (
        item.status == "draft"
        or item.mark != "verified"
        or any(isinstance(part, Unstated) for part in amounts_in(item.amount))
        or not gives_money(item.amount)
        or is_pending(item.amount)
    )
    days = [date(year, month, 28) for year in range(2022, 2028) for month in (3, 6, 9, 12)]

    for day in days:
        out_of_force = item.standing(day) != "in_force"
        assert payable(item, day).allowed == (not unsure and not out_of_force)


@every_item
def test_an_item_without_a_last_day_must_be_looked_at_again(item: Item) -> None:
    if item.valid.until is None:
        assert item.review_by is not None
        assert item.standing(date(2027, 4, 1)) in ("draft", "review_overdue")


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2022, 6, 30), "p01-2022-q1"),
        (date(2023, 4, 1), "p01-2023-q1"),
        (date(2023, 12, 31), "p01-2023-q1"),
        (date(2024, 6, 30), None),
        (date(2025, 6, 30), "p01-2025-q1"),
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), "p01-2026-q1"),
        (SEPTEMBER, "p01-2026-q1"),
        (date(2026, 12, 31), "p01-2026-q1"),
        (date(2027, 1, 1), None),
    ],
)
def test_a_run_decides_the_version_of_its_year(day: date, version: str | None) -> None:
    decided = [item.id for item in decided_items(CATALOGUE.items, day) if item.policy == "P01"]

    assert decided == ([version] if version else [])


def test_the_versions_of_one_award_are_counted_as_one() -> None:
    assert {item.family for item in CATALOGUE.items if item.policy == "P01"} == {"P01"}
    assert item("p19-champion-demo").family == item("p13-title-award").family


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2024, 6, 30), None),
        (date(2026, 1, 19), "p34-equipment-loan-2024"),
        (date(2026, 1, 20), "p34-equipment-loan-2026"),
        (date(2027, 1, 1), None),
    ],
)
def test_a_replaced_version_ends_the_day_before_the_new_one(day: date, version: str | None) -> None:
    decided = [item.id for item in decided_items(CATALOGUE.items, day) if item.policy == "P34"]

    assert decided == ([version] if version else [])


def test_level_difference_addition_and_highest_are_rules_of_the_single_item() -> None:
    assert isinstance(item("p12-smart-manufacturing-titles").amount, LessPaid)
    assert isinstance(item("p13-title-award").amount, Highest)
    assert isinstance(item("p25-innovation-centre-draft").amount, Total)


@pytest.mark.parametrize("day", [SEPTEMBER, OCTOBER])
def test_the_summary_counts_every_item_once(day: date) -> None:
    counted = summarise(CATALOGUE, day)

    assert counted.items == len(CATALOGUE.items)
    assert sum(counted.by_mark.values()) == counted.items
    assert sum(counted.by_standing.values()) == counted.items
    assert counted.examples == sum(len(item.examples) for item in CATALOGUE.items)
    assert counted.by_standing["draft"] == len(DRAFTS)
    assert not {*DRAFTS, *RECALLED, *ILLUSTRATIVE} & {*counted.paying}
    assert {"p01-2026-q1", "p12-smart-manufacturing-titles", "p13-title-award"} <= {*counted.paying}
