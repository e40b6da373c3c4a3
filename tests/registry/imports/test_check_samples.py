"""Layouts carry sample rows, and each comes out, or is refused, as the layout says it must."""

from pathlib import Path

import msgspec
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.check_samples import lacks, sample_problems
from registry.imports.layout import Layout, Sample
from registry.imports.load_layouts import load_layouts
from tests.registry.imports.making import code

WORDS = shipped_vocabulary()
LAYOUTS = load_layouts(WORDS)
TAX = next(layout for layout in LAYOUTS if layout.name == "tax-returns")
ROW = {"纳税人识别号": code(11), "纳税人名称": "示例甲有限公司", "2025年营业收入（万元）": "12.5"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_sample_of_a_shipped_layout_comes_out_as_it_says(layout: Layout) -> None:
    assert sample_problems(layout, Path(f"{layout.name}.yml"), WORDS) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_shipped_layout_has_a_row_that_goes_in_and_one_that_is_refused(
    layout: Layout,
) -> None:
    assert lacks(layout) is None


def problems(**sample: object) -> str:
    row = msgspec.convert({"row": ROW, **sample}, Sample)
    layout = msgspec.structs.replace(TAX, samples=(row,))
    return "\n".join(problem.what for problem in sample_problems(layout, Path("x.yml"), WORDS))


def test_a_sample_that_comes_out_as_it_says_has_no_problem() -> None:
    assert problems(gives={"annual_revenue@2025": "125000 元"}) == ""


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ({}, "还得出了 annual_revenue@2025 = 12500000"),
        ({"gives": {"annual_revenue@2025": "12.6 万元"}}, "却得出 12500000"),
        ({"gives": {"annual_revenue@2025": "12.5"}}, "没有写单位"),
        (
            {"gives": {"annual_revenue@2025": "12.5 万元", "net_profit@2025": "1 元"}},
            "应得出 net_profit@2025 = 1 元，却没有得出",
        ),
        (
            {
                "gives": {"annual_revenue@2025": "12.5 万元"},
                "refused": {"2025年营业收入（万元）": "不是数"},
            },
            "却没有拒绝",
        ),
        ({"gives": {"annual_revenue@2025": "12.5 万元"}, "taken": False}, "这一行取用了"),
        ({"row": {**ROW, "2025年营业收入（万元）": "约十万"}}, "被拒绝：不是数"),
        (
            {
                "row": {**ROW, "2025年营业收入（万元）": "约十万"},
                "refused": {"2025年营业收入（万元）": "负数"},
            },
            "原因应含“负数”",
        ),
        (
            {"row": {**ROW, "备注": "x"}, "gives": {"annual_revenue@2025": "12.5 万元"}},
            "没有这一列",
        ),
        ({"row": {"纳税人识别号": code(11)}}, "没有找到认得的表头"),
    ],
)
def test_a_sample_that_comes_out_otherwise_is_told(sample: dict[str, object], said: str) -> None:
    assert said in problems(**sample)


def test_a_layout_without_samples_of_both_kinds_lacks_them() -> None:
    good, bad = TAX.samples

    assert lacks(msgspec.structs.replace(TAX, samples=(good, bad))) is None
    assert "取用" in (lacks(msgspec.structs.replace(TAX, samples=(bad,))) or "")
    assert "拒绝" in (lacks(msgspec.structs.replace(TAX, samples=(good,))) or "")
