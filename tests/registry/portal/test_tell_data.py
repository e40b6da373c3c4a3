"""What is known, in words."""

from datetime import date, timedelta

import msgspec
import polars as pl
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.records import record_columns
from registry.portal.tell_data import Data
from registry.profiles.types import Entry, FieldValue, Profile, Record
from tests.registry.portal.samples import ON, entry, profile, said

VOCABULARY = shipped_catalogue().vocabulary


def data(*entries: Entry, coverage: dict[str, date] | None = None) -> Data:
    return Data(profile(*entries, coverage=coverage), VOCABULARY, ON)


def with_values(column: str, *values: tuple[int | str, str]) -> Profile:
    several = tuple(said(column, value, department=department) for value, department in values)
    return msgspec.structs.replace(profile(), values={column: several})


def test_a_datum_is_named_with_its_period_and_its_owner() -> None:
    assert data().label("annual_revenue@2025") == "2025年营业收入"
    assert data().owner("annual_revenue@2025") == "税务局"
    assert data().label("serious_dishonesty") == "严重失信主体名单"
    assert data().owner("serious_dishonesty") == "信用办"
    assert data().label("paid:P12") == "历年奖补台账（P12类）"


def test_a_source_is_a_link_to_the_datum_with_department_and_day() -> None:
    (ref,) = data().sources(("annual_revenue@2025", "annual_revenue@2024"))

    assert ref.text == "税务局 2026-10-31"
    assert ref.anchor in {fact.anchor for group in data().groups() for fact in group.facts}


def test_of_several_values_the_first_counts_and_the_others_say_why_not() -> None:
    told = Data(
        with_values(
            "annual_revenue@2025",
            (500, "tax"),
            (600, "tax"),
            (700, "statistics"),
            (500, "statistics"),
        ),
        VOCABULARY,
        ON,
    )
    (fact,) = told.groups()[0].facts

    assert fact.value == "5元"
    assert [(other.value, other.why) for other in fact.others] == [
        ("6元", "更早的数"),
        ("7元", "来源次序在后"),
    ]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"from_on": ON}, "在库"),
        ({"from_on": ON + timedelta(days=1)}, "未生效"),
        ({"from_on": ON, "until_on": ON}, "在库"),
        ({"from_on": date(2020, 1, 1), "until_on": ON - timedelta(days=1)}, "已到期"),
        ({"from_on": date(2023, 10, 31)}, "已到期"),
        ({"from_on": date(2023, 11, 1)}, "在库"),
        ({"from_on": date(2024, 1, 1), "left_on": ON}, "已移出"),
        ({}, "起始日不详"),
    ],
)
def test_the_state_of_a_title_is_that_of_the_day(fields: dict[str, date], state: str) -> None:
    assert data(entry(list="little_giant", **fields)).titles()[0].state.word == state


def test_a_whole_list_says_who_is_not_on_it_only_while_it_is_fresh() -> None:
    days = VOCABULARY.lists["abnormal_operation"].fresh_days
    fresh = {"abnormal_operation": ON - timedelta(days=days)}
    stale = {"abnormal_operation": ON - timedelta(days=days + 1)}

    assert data(coverage=fresh).listed("abnormal_operation") == "名单中没有"
    assert data(coverage=stale).listed("abnormal_operation") is None
    assert "不能再据此判断" in (data(coverage=stale).stale("abnormal_operation") or "")
    assert data().listed("abnormal_operation") is None


def test_what_was_paid_is_unknown_without_a_whole_ledger() -> None:
    assert data().paid("P16") is None
    assert data(coverage={"awards": ON}).paid("P16") == "台账中没有"
    assert data().paid("P12") == "金额不详"


def with_patents(*, whole: bool) -> Data:
    known: dict[str, FieldValue | None] = {
        "kind": "invention", "granted_on": date(2024, 3, 1), "origin": "own", "transferred_on": None,
        "holder_rank": 1, "main_product": True, "applied": True, "high_value": None,
    }  # fmt: skip
    record = Record(
        number="ZL1", fields=known, department="market", file_name="台账.xlsx", observed_on=ON
    )
    one = profile(coverage={"intellectual_property": ON} if whole else {})
    ledger = VOCABULARY.records["intellectual_property"]
    rows = pl.DataFrame(
        [{"enterprise_id": one.enterprise_id, **known}], schema=record_columns(ledger)
    )
    population = msgspec.structs.replace(one.population, records={ledger.key: rows})
    held = msgspec.structs.replace(one, population=population, records={ledger.key: (record,)})
    return Data(held, VOCABULARY, ON)


def test_a_figure_over_a_whole_ledger_is_counted_and_its_rows_are_shown() -> None:
    told = with_patents(whole=True)
    (used,) = told.used(("class_one_ip_2026",))
    (ledger,) = told.counted.ledgers()

    assert (used.value, used.source) == ("1件", f"市场监管局 {ON}（按知识产权台账计算）")
    assert used.anchor in {counted.anchor for counted in ledger.counted}
    assert ledger.rows[0].number == "ZL1"
    assert (
        "类别：发明专利；授权日：2024-03-01；取得方式：自主研发；权利人位次：1位"
        in ledger.rows[0].detail
    )
    assert "高价值" not in ledger.rows[0].detail


def test_over_a_ledger_that_is_not_whole_nothing_is_counted() -> None:
    told = with_patents(whole=False)

    assert told.used(("class_one_ip_2026",)) == ()
    assert told.counted.ledgers()[0].counted == ()
    assert told.counted.ledgers()[0].whole_on is None


def test_what_somebody_told_themselves_is_not_counted_beside() -> None:
    one = msgspec.structs.replace(
        with_patents(whole=True).profile,
        values={"class_one_ip_2026": (said("class_one_ip_2026", 3, department="enterprise"),)},
    )
    told = Data(one, VOCABULARY, ON)

    assert told.used(("class_one_ip_2026",))[0].value == "3件"
    assert "Ⅰ类知识产权（2号口径）" not in {c.label for c in told.counted.ledgers()[0].counted}
