"""Numbers become whole numbers of the stored unit, exactly as decimal arithmetic says."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.language.units import LARGEST
from registry.imports.numbers import number_problem, share_problem, whole_numbers, whole_shares


def read(text: str, unit: str = "", decimals: int = 0, *, negative: bool = False) -> int | None:
    frame = pl.DataFrame({"text": [text]})
    number = whole_numbers(pl.col("text"), unit, decimals, negative=negative)
    found: int | None = frame.select(number).item()
    return found


def read_share(text: str, unit: str) -> int | None:
    frame = pl.DataFrame({"text": [text]})
    found: int | None = frame.select(whole_shares(pl.col("text"), unit, negative=False)).item()
    return found


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None), st.integers(0, 10))
def test_every_decimal_number_is_read_exactly_or_not_at_all(number: Decimal, decimals: int) -> None:
    exact = number.scaleb(decimals) if number.is_finite() else number
    whole = exact == exact.to_integral_value() and abs(exact) <= LARGEST

    assert read(f"{number:f}", decimals=decimals, negative=True) == (int(exact) if whole else None)


@given(st.integers(-(10**19), 10**19), st.integers(0, 10))
def test_thousands_separators_change_nothing(number: int, decimals: int) -> None:
    plain = read(str(number), decimals=decimals, negative=True)

    assert read(f"{number:,}", decimals=decimals, negative=True) == plain


@given(st.text(alphabet="0123456789.,+-eE '%万元"))
def test_what_is_refused_can_be_explained(text: str) -> None:
    text = text.strip()
    if text and read(text, "万元", 6) is None:
        problem, way_out = number_problem(text, "万元", 6, negative=False)
        assert problem
        assert way_out


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "whole"),
    [
        ("1,234.5678", "万元", 6, 1_234_567_800),
        ("12.5万元", "万元", 6, 12_500_000),
        ("0.01", "元", 2, 1),
        ("0.0100000", "元", 2, 1),
        ("0", "元", 2, 0),
        ("-0", "元", 2, 0),
        (".5", "万元", 6, 500_000),
        ("3.", "人", 0, 3),
        ("30人", "人", 0, 30),
        ("'30", "人", 0, 30),
        ("30.0", "人", 0, 30),
        ("900000000", "亿元", 10, 9_000_000_000_000_000_000),
    ],
)
def test_a_number_moves_by_the_unit_of_its_column(
    text: str, unit: str, decimals: int, whole: int
) -> None:
    assert read(text, unit, decimals) == whole


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "said"),
    [
        ("0.001", "元", 2, "最小单位"),
        (".001", "元", 2, "最小单位"),
        ("30.5", "人", 0, "最小单位"),
        ("900000001", "亿元", 10, "太大"),
        ("99999999999999999999999999999999999999999", "元", 2, "太大"),
        ("-1", "元", 2, "负数"),
        ("1,23,4", "元", 2, "千分位"),
        ("1,2345", "元", 2, "千分位"),
        ("12元", "万元", 6, "与表头单位"),
        ("1.23E+08", "元", 2, "科学计数法"),
        ("inf", "元", 2, "不是数"),
        ("约100", "元", 2, "不是数"),
        ("(100)", "元", 2, "不是数"),
        ("1 2", "元", 2, "不是数"),
        ("#DIV/0!", "元", 2, "公式错误"),
    ],
)
def test_what_is_no_exact_number_is_refused_with_its_reason(
    text: str, unit: str, decimals: int, said: str
) -> None:
    assert read(text, unit, decimals) is None
    assert said in number_problem(text, unit, decimals, negative=False)[0]


def test_below_zero_is_read_where_the_column_allows_it() -> None:
    assert read("-1,000.50", "元", 2, negative=True) == -100_050


@pytest.mark.parametrize(
    ("text", "unit", "basis_points"),
    [("5.5", "%", 550), ("5.5%", "%", 550), ("5.5%", "", 550), ("5.5‰", "%", 55), ("55", "‰", 550)],
)
def test_a_cells_own_sign_counts_before_the_headers(
    text: str, unit: str, basis_points: int
) -> None:
    assert read_share(text, unit) == basis_points


@pytest.mark.parametrize(
    ("text", "unit", "said"), [("5.555", "%", "最小单位"), ("5.5", "", "百分比还是千分比")]
)
def test_a_share_finer_than_a_basis_point_or_without_sign_is_refused(
    text: str, unit: str, said: str
) -> None:
    assert read_share(text, unit) is None
    assert said in share_problem(text, unit, negative=False)[0]
