"""Headers: name, unit and period are told apart however people order them."""

import pytest

from registry.imports.headers import read_header, unit_word


@pytest.mark.parametrize(
    ("parts", "name", "unit", "period"),
    [
        (("2025年营业收入（元）",), "营业收入", "元", "2025"),
        (("营业收入（2025年度，万元）",), "营业收入", "万元", "2025"),
        (("营业收入(万元)", "2025年"), "营业收入", "万元", "2025"),
        (("2025 年末\n资产总额（单位：万元）",), "资产总额", "万元", "2025"),
        (("季度营业收入（千元）", "2025年1季度"), "季度营业收入", "千元", "2025-Q1"),
        (("2025年第一季度营业收入（元）",), "营业收入", "元", "2025-Q1"),
        (("营业收入（元）", "2025Q3"), "营业收入", "元", "2025-Q3"),
        (("用电量（万千瓦时）", "2025年12月"), "用电量", "万千瓦时", "2025-12"),
        (("用电量（万千瓦时）", "2026-03"), "用电量", "万千瓦时", "2026-03"),
        (("2026年用电量（度）", "3月"), "用电量", "度", "2026-03"),
        (("2026年营业收入（元）", "二季度"), "营业收入", "元", "2026-Q2"),
        (("裁员率（％）",), "裁员率", "%", None),
        (("统一社会信用代码 *",), "统一社会信用代码", "", None),
        (("设备与软件投资额（不含税）（万元）",), "设备与软件投资额(不含税)", "万元", None),
        (("注册资本【万元人民币】",), "注册资本", "万元", None),
    ],
)
def test_a_header_is_taken_apart(
    parts: tuple[str, ...], name: str, unit: str, period: str | None
) -> None:
    header = read_header(parts)

    assert (header.name, header.unit, header.period) == (name, unit, period)


@pytest.mark.parametrize(
    "text", ["2025年1-6月营业收入（元）", "2025年初资产总额（元）", "2025年上半年营业收入"]
)
def test_a_part_of_a_year_is_not_the_year(text: str) -> None:
    assert read_header((text,)).name not in {"营业收入", "资产总额"}


def test_a_strange_bracket_is_kept_apart() -> None:
    header = read_header(("注册资本（万美元）",))

    assert (header.name, header.bare_name, header.strange) == (
        "注册资本(万美元)",
        "注册资本",
        "万美元",
    )


@pytest.mark.parametrize(
    ("text", "unit"), [("单位：万元", "万元"), ("人民币元", "元"), ("％", "%"), ("不含税", "")]
)
def test_a_unit_is_told_from_other_words(text: str, unit: str) -> None:
    assert unit_word(text) == unit
