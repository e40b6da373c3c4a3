"""Headers that are nearly right are suggested with score and reason; what is like nothing stays unknown."""

import csv
from pathlib import Path

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.guess import HeaderGuess, guess_headers, possible
from registry.imports.likeness import NEAR_ENOUGH, likeness
from registry.imports.load_layouts import load_layouts
from registry.imports.read_file import read_file
from registry.imports.recognise import Candidate, candidates
from tests.registry.imports.making import Row, code, csv_file

WORDS = shipped_vocabulary()
LAYOUTS = {layout.name: layout for layout in load_layouts(WORDS)}
CASES = list(
    csv.DictReader(
        (Path(__file__).parent / "header_cases.csv").read_text(encoding="utf-8").splitlines()
    )
)


def header_of(headers: Row, *rows: Row) -> Candidate:
    (grid,) = read_file("表", csv_file([headers, *rows]))
    return candidates(grid)[0]


def guessed(layout: str, at: Candidate, taken: dict[str, str] | None = None) -> list[HeaderGuess]:
    meant = possible(LAYOUTS[layout], WORDS)
    return list(guess_headers(at, taken or {}, meant, WORDS))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['layout']}: {case['header']}")
def test_a_header_is_suggested_to_mean_what_people_mean_by_it(case: dict[str, str]) -> None:
    cells = case["cells"].replace("{1}", code(1)).replace("{2}", code(2)).split(";")
    at = header_of(["序号", case["header"]], *([str(row), cell] for row, cell in enumerate(cells)))
    found = guessed(case["layout"], at, {"A": "ignore"})

    assert [one.meaning for one in found] == ([case["meaning"]] if case["meaning"] else [])
    for one in found:
        assert NEAR_ENOUGH <= one.score <= 100
        assert one.why


def test_cells_that_cannot_be_read_as_it_speak_against_a_name() -> None:
    revenue = "2025年营业总收入（万元）"
    read = guessed("tax-returns", header_of(["甲", revenue], ["1", "12.5"], ["2", "无法提供"]))
    unread = guessed("tax-returns", header_of(["甲", revenue], ["1", "见附件"], ["2", "保密"]))

    assert [one.meaning for one in read] == ["fact/annual_revenue"]
    assert "50%的单元格读得出" in read[0].why
    assert unread == []


def test_of_two_headers_the_nearer_one_gets_a_meaning_and_the_other_the_next() -> None:
    at = header_of(
        ["2025年营业总收入（元）", "2025年营业收入合计（元）", "2024年营业总收入（元）"],
        ["1", "2", "3"],
    )
    found = {one.letter: one.meaning for one in guessed("tax-returns", at)}

    assert found["A"] == "fact/annual_revenue"
    assert found["B"] != "fact/annual_revenue"  # of the same year it would contradict A
    assert found["C"] == "fact/annual_revenue"


def test_what_is_known_already_is_not_suggested_again() -> None:
    at = header_of(["企业名称", "企业全称"], ["示例甲有限公司", "示例甲有限公司"])

    assert [one.letter for one in guessed("market-registration", at, {"A": "name"})] == []
    assert [one.letter for one in guessed("market-registration", at)] == ["A"]


def test_a_guess_says_period_unit_what_is_kept_and_what_else_it_may_be() -> None:
    (one,) = guessed("tax-returns", header_of(["甲", "2025年主营收入（万元）"], ["1", "2"]))

    assert (one.header, one.key, one.period, one.unit) == (
        "2025年主营收入（万元）",
        "主营收入",
        "2025",
        "万元",
    )
    assert one.words == "主营业务收入"
    assert one.others == ("fact/annual_revenue",)


def test_facts_of_other_departments_are_not_suggested() -> None:
    at = header_of(["甲", "2025年失业保险平均参保人数（人）"], ["1", "2"])

    assert guessed("tax-returns", at) == []
    assert [one.meaning for one in guessed("labour-insurance", at)] == ["fact/insured"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("总资产", "资产总额", True), ("营业收入", "营业支出", False), ("备注", "邮箱", False)],
)
def test_the_same_signs_in_another_order_are_alike(one: str, other: str, *, alike: bool) -> None:
    assert (likeness(one, other) >= NEAR_ENOUGH) is alike
