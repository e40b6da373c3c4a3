"""Cells as plain text: what says nothing is unknown, and 0 says something."""

import polars as pl
import pytest

from registry.imports.texts import BLANK_BUT_NONE, plain_texts


def plain(text: str, *, keeps_none: bool = False) -> str | None:
    frame = pl.DataFrame({"text": [text]})
    cells = pl.col("text")
    found: str | None = frame.select(
        plain_texts(cells, BLANK_BUT_NONE) if keeps_none else plain_texts(cells)
    ).item()
    return found


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000", "—", "——", "-", "－", "/", "／", "无", "N/A", "n/a", "#N/A", "null"]
)
def test_what_says_nothing_is_unknown(text: str) -> None:
    assert plain(text) is None


def test_zero_is_a_value() -> None:
    assert plain("0") == "0"
    assert plain("０") == "0"


def test_none_is_an_answer_where_it_is_asked_for() -> None:
    assert plain("无", keeps_none=True) == "无"


def test_full_width_becomes_half_width_and_unseen_marks_go() -> None:
    assert plain(" １，２３４．５％\u200b\ufeff") == "1,234.5%"
    assert plain("\u22125") == "-5"
