"""Codes of invented firms are valid by GB 32100 and belong to nobody."""

import polars as pl
import pytest
from stdnum.cn import uscc

from registry.demo.codes import KIND_DIGITS, SERIES, SERIES_ROOM, credit_codes


def codes(rows: list[int], kind: str = "company", authority: str = "411081") -> list[str]:
    """Give the codes of so many firms of one kind in one county."""
    firms = pl.DataFrame({"row": rows}, schema={"row": pl.Int64()}).with_columns(
        firm_kind=pl.lit(kind), authority=pl.lit(authority)
    )
    return credit_codes(firms).to_list()


@pytest.mark.parametrize("kind", KIND_DIGITS)
@pytest.mark.parametrize("authority", ["410102", "410185", "411003", "411082"])
def test_codes_are_valid_for_the_library_that_checks_real_ones(kind: str, authority: str) -> None:
    given = codes(list(range(300)), kind, authority)

    assert [code for code in given if not uscc.is_valid(code)] == []
    assert {code[:8] for code in given} == {f"9{KIND_DIGITS[kind]}{authority}"}


def test_organisation_codes_have_their_own_check_character() -> None:
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    for code in codes(list(range(200))):
        organisation = code[8:17]
        total = sum(int(c, 36) * w for c, w in zip(organisation, weights, strict=False))
        assert organisation[8] == {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def test_no_two_firms_of_the_largest_city_share_an_organisation_code() -> None:
    given = codes([0, 1, 2, SERIES_ROOM - 1, *range(50_000, 80_000), *range(700_000, 723_000)])

    assert len({code[8:] for code in given}) == len(given)


def test_every_organisation_code_is_of_the_series_nobody_gives_out() -> None:
    assert {code[8:12] for code in codes(list(range(1000)))} == {SERIES}
