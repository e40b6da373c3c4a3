"""Quantities as people write them are whole numbers of the stored unit, or are refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.language.units import (
    LARGEST,
    QuantityKind,
    UnitError,
    money_in_words,
    share_in_words,
    whole_quantity,
)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "expected"),
    [
        ("2,000 万元", "money", "", 2_000_000_000),
        ("2000万元", "money", "", 2_000_000_000),
        ("２，０００ 万元", "money", "", 2_000_000_000),
        ("0.01 元", "money", "", 1),
        ("1.5 亿元", "money", "", 15_000_000_000),
        ("-3 千元", "money", "", -300_000),
        ("90000000000000000 元", "money", "", LARGEST),
        ("5.5 %", "share", "", 550),
        ("5.5％", "share", "", 550),
        ("0.01 %", "share", "", 1),
        ("3 ‰", "share", "", 30),
        ("30 人", "number", "人", 30),
        ("1.5 万千瓦时", "number", "千瓦时", 15_000),
        ("7 件", "number", "件", 7),
    ],
)
def test_a_quantity_is_read_exactly(
    text: str, kind: QuantityKind, unit: str, expected: int
) -> None:
    assert whole_quantity(text, kind, unit) == expected


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        pytest.param("2000", "money", "没有写单位", id="no unit"),
        pytest.param("2000 人", "money", "不能用", id="a unit of another kind"),
        pytest.param("0.001 元", "money", "最小单位", id="finer than a 分"),
        pytest.param("1.00000000000000000000000000000001 元", "money", "最小单位", id="far finer"),
        pytest.param("0.001 %", "share", "最小单位", id="finer than a basis point"),
        pytest.param("90000000000000000.01 元", "money", "太大", id="a 分 too large"),
        pytest.param("9" * 40 + " 亿元", "money", "太大", id="far too large"),
        pytest.param("9" * 5000 + " 元", "money", "不是数量", id="too long to be meant"),
        pytest.param("1,5 万元", "money", "不是数量", id="a comma that groups nothing"),
        pytest.param("12,34 万元", "money", "不是数量", id="a group of two"),
        pytest.param("1e5 元", "money", "不是数量", id="an exponent"),
        pytest.param("٣ 元", "money", "不是数量", id="digits of another script"),
        pytest.param("NaN 元", "money", "不是数量", id="no number"),
        pytest.param("", "money", "不是数量", id="nothing"),
    ],
)
def test_what_is_no_exact_quantity_is_refused(text: str, kind: QuantityKind, said: str) -> None:
    with pytest.raises(UnitError, match=said):
        whole_quantity(text, kind)


@given(st.integers(-LARGEST, LARGEST))
def test_money_in_words_reads_back_as_the_same(cents: int) -> None:
    assert whole_quantity(money_in_words(cents), "money") == cents


@given(st.integers(-(10**9), 10**9))
def test_a_share_in_words_reads_back_as_the_same(basis_points: int) -> None:
    assert whole_quantity(share_in_words(basis_points), "share") == basis_points


@given(st.text())
def test_any_text_is_a_quantity_or_refused(text: str) -> None:
    for kind in ("money", "share", "number"):
        with suppress(UnitError):
            assert isinstance(whole_quantity(text, kind, "人"), int)
