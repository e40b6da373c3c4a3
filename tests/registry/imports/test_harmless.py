"""Texts that spreadsheets would run as formulas stay texts."""

import polars as pl
import pytest

from registry.imports.harmless import harmless_table


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.invalid","点")',
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r\n=1+1",
        " =1",
        "＝1+1",
        "－2+3",
    ],
)
def test_what_would_be_calculated_gets_an_apostrophe(text: str) -> None:
    assert harmless_table(pl.DataFrame({"a": [text]}))["a"].to_list() == ["'" + text]


def test_other_cells_stay_as_they_are() -> None:
    table = pl.DataFrame({"a": ["甲-乙", "-12.5", "+3", None, "", "-5%"], "n": [1, -2, 3, 4, 5, 6]})

    assert harmless_table(table).equals(table)
