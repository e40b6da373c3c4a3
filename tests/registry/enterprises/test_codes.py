"""Credit codes: what is valid, and what is said of those that are not."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from registry.enterprises.codes import ALPHABET, code_problem, compact_codes, valid_codes


def is_valid(code: str) -> bool:
    found: bool = pl.DataFrame({"code": [code]}).select(valid_codes(pl.col("code"))).item()
    return found


def compact(text: str) -> str | None:
    found: str | None = pl.DataFrame({"t": [text]}).select(compact_codes(pl.col("t"))).item()
    return found


@pytest.mark.parametrize(
    "code",
    [
        "91110000600037341L",
        "91110108551385082Q",
        "91620102MA0000007Y",
        "91410100MA7ABCDE90",
        "91620100MA00000160",
        "A1110000600037341K",
    ],
)
def test_genuine_codes_are_valid(code: str) -> None:
    assert is_valid(code)


@pytest.mark.parametrize("start", ["N1", "N2", "N3", "A1", "Y1", "54", "F1", "9A"])
def test_codes_of_villages_and_other_bodies_are_valid(start: str) -> None:
    body = f"{start}410105MA0000001"

    assert is_valid(body + uscc.calc_check_digit(body))


@given(code=st.text(alphabet=ALPHABET, min_size=18, max_size=18), right=st.booleans())
def test_the_check_agrees_with_python_stdnum(code: str, *, right: bool) -> None:
    code = f"9{code[1]}410105{code[8:]}"
    if right:
        code = code[:-1] + uscc.calc_check_digit(code)
    stdnum_says = uscc.is_valid(code)

    if code[1].isdigit() and not code.endswith("000") and code[8:17] != "0" * 9:
        assert is_valid(code) == stdnum_says


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91110000600037341M", "校验码不对：按前17位末位应为“L”，表中为“M”"),
        ("9111000060003734", "有16位"),
        ("410105000012345", "旧的注册号"),
        ("9111000060003734OL"[:18], "O"),
        ("9111000X600037341L", "第3至8位"),
        ("913101150000001000", "已丢失末位"),
        ("913100000000000000", "占位"),
        ("91410100000000000E", "占位"),
        ("000000000000000000", "占位"),
        ("999999999999999999", "占位"),
        ("0111000060003734", "有16位"),
        ("011100006000373413", "首位是0"),
        ("A1110000600037341L", "校验码不对：按前17位末位应为“K”"),
        ("9.1410100E+17", "已丢失末位"),
        ("9.13100000000000E+17", "已丢失末位"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(code: str, said: str) -> None:
    assert not is_valid(code)
    assert said in code_problem(code)[0]


@pytest.mark.parametrize(
    "text",
    [
        " 911100 00600037341l ",
        "９１１１００００６００037341L",
        "91110000-60003734-1L",
        "'91110000600037341L",
    ],
)
def test_writing_does_not_matter(text: str) -> None:
    assert compact(text) == "91110000600037341L"


def test_blank_is_unknown() -> None:
    assert compact(" ") is None


def test_a_body_of_zeros_is_nobodys_even_where_the_check_character_is_right() -> None:
    body = "91410100000000000"
    code = body + uscc.calc_check_digit(body)

    assert not is_valid(code)
    assert "占位" in code_problem(code)[0]


def test_zero_in_front_is_nobodys_even_where_the_check_character_is_right() -> None:
    body = "01110000600037341"
    code = body + uscc.calc_check_digit(body)

    assert not is_valid(code)
    assert "首位是0" in code_problem(code)[0]
