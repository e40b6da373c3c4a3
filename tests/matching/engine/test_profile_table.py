"""A table of profiles: good cells count, each bad one is named, nothing is guessed."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.population import refused_ledgers, refused_values
from matching.engine.profile_table import BadCell, ProfileTable, population_of_table
from tests.matching.engine.small_world import VOCABULARY


def read(**columns: object) -> ProfileTable:
    """Read a table; "__" stands for "@" and "~" for a space in front of a unit."""
    return population_of_table(pl.DataFrame(columns), VOCABULARY)


def test_text_cells_are_read_with_their_units() -> None:
    found = read(
        企业名称=["甲", "乙", "丙"],
        **{
            "revenue@2025": ["2,000 万元", "—", "0.01 元"],
            "capital [万元]": ["1.5", "", "unknown"],
            "direct": ["是", "no", None],
            "registered_on": ["2020-01-31", None, None],
            "status": ["存续", "revoked", None],
            "industry": ["C3489", "软件", None],
        },
    )

    assert found.bad == ()
    assert found.names.to_list() == ["甲", "乙", "丙"]
    assert found.population.frame.to_dict(as_series=False) == {
        "enterprise_id": [1, 2, 3],
        "revenue@2025": [2_000_000_000, None, 1],
        "capital": [1_500_000, None, None],
        "direct": [True, False, None],
        "registered_on": [date(2020, 1, 31), None, None],
        "status": ["active", "revoked", None],
        "industry": ["C3489", "I65", None],
    }


@pytest.mark.parametrize(
    ("column", "cells", "bad"),
    [
        pytest.param("revenue@2025", ["1 元", "1 人"], [2], id="another unit"),
        pytest.param("revenue@2025", ["1 元", "1"], [2], id="no unit"),
        pytest.param("direct", ["perhaps", "是"], [1], id="neither yes nor no"),
        pytest.param("registered_on", ["2020-02-30", "20200101"], [1, 2], id="no days"),
        pytest.param("status", ["开业中", "存续"], [1], id="an unknown word"),
        pytest.param("industry", ["C34891", "C3²"], [1, 2], id="no industry codes"),
        pytest.param("giant", ["市级@2024-01-01..", "sometime"], [1, 2], id="no entries"),
        pytest.param("paid:P1", ["100", "none"], [1], id="a payment without unit"),
        pytest.param("revenue", ["1 元", "2 元"], [0], id="a yearly fact without year"),
        pytest.param("turnover@2025", ["1 元", "2 元"], [0], id="an unknown fact"),
        pytest.param("revenue@2025", [1.5, 2.0], [0], id="floats"),
        pytest.param("revenue@2025", [float("nan"), 2.0], [0], id="NaN"),
        pytest.param("direct", [1, 0], [0], id="numbers for yes and no"),
        pytest.param("giant", [True, False], [0], id="a flag for a list"),
        pytest.param("hires", [2, 3], [0], id="a number for items"),
        pytest.param("hires", ["k1;k1", "k1"], [1], id="an item twice"),
        pytest.param("relations", ["perhaps", "none"], [1], id="neither known nor none"),
        pytest.param("used:P33", ["k1", "none"], [1], id="an item nobody claims"),
        pytest.param("owner:giant", ["none", "none"], [0], id="a tie nobody knows"),
        pytest.param(
            "revenue@2025", pl.Series([2**63, 5], dtype=pl.UInt64), [1], id="a number too large"
        ),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_by_row_and_left_out(
    column: str, cells: list[object], bad: list[int]
) -> None:
    found = read(**{column: cells})

    assert [cell.row for cell in found.bad] == bad
    assert all(cell.problem for cell in found.bad)
    if column in found.population.frame.columns:
        values = found.population.frame[column]
        assert [number for number, value in enumerate(values, start=1) if value is None] == (
            bad if bad != [0] else [1, 2]
        )


def test_typed_columns_hold_stored_values_and_a_unit_still_counts() -> None:
    found = read(
        **{
            "revenue@2025": [5, None],
            "profit@2025 [万元]": [5, -1],
            "staff": pl.Series([7, 8], dtype=pl.Int16),
        }
    )

    assert found.bad == ()
    assert found.population.frame.rows() == [(1, 5, 5_000_000, 7), (2, None, -1_000_000, 8)]


def test_a_column_that_comes_twice_counts_once() -> None:
    found = read(**{"capital": ["1 元"], "capital [万元]": ["2"]})

    assert found.population.frame["capital"].to_list() == [100]
    assert found.bad == (BadCell(0, "capital [万元]", "“capital”有两列；只留一列"),)


def test_lists_and_ledgers_are_known_where_something_is_said() -> None:
    found = read(
        giant=[
            "国家级#第五批@2024-07-01..2027-06-30;省级@2020-01-01..",
            "none",
            None,
            "@unknown..",
        ],
        **{"paid:P1": ["10 万元", "无", None, None]},
    )

    assert found.bad == ()
    assert found.population.memberships.select(
        "enterprise_id", "level", "batch", "from_on", "until_on"
    ).rows() == [
        (1, "国家级", "第五批", date(2024, 7, 1), date(2027, 6, 30)),
        (1, "省级", None, date(2020, 1, 1), None),
        (4, None, None, None, None),
    ]
    assert found.population.awards.select("enterprise_id", "family", "amount_cents").rows() == [
        (1, "P1", 10_000_000)
    ]
    assert sorted(found.population.known.rows()) == [
        (1, "giant"), (1, "paid:P1"), (2, "giant"), (2, "paid:P1"), (4, "giant"),
    ]  # fmt: skip


def test_groups_and_evidence_are_told_as_in_a_text() -> None:
    found = read(
        **{
            "relations": ["known", "none", "none"],
            "parent:giant": ["2024-01-01..", None, "none"],
            "hires": ["k1;k2", "k2", None],
            "used:P33": ["k1", None, "k2"],
        }
    )

    population = found.population
    assert [(cell.row, cell.column) for cell in found.bad] == [(3, "relations")]
    assert population.relations.rows() == [(1, 4, "parent"), (3, 10, "parent")]
    assert population.memberships["enterprise_id"].to_list() == [4]
    assert population.evidence.select("enterprise_id", "key").rows() == [
        (1, "k1"), (1, "k2"), (2, "k2"),
    ]  # fmt: skip
    assert sorted(population.uses.rows()) == [("person", "k1", "P33"), ("person", "k2", "P33")]
    told = population.known.filter(pl.col("list") == "relations")["enterprise_id"]
    assert told.to_list() == [1, 2]


headers = st.sampled_from(
    ("revenue@2025", "capital [万元]", "direct", "giant", "paid:P1", "status", "名", "[", "@",
     "hires", "loans", "used:P1", "uses", "relations", "parent:giant", "claimed:hires", ":")
)  # fmt: skip
cells = (
    st.none()
    | st.text(max_size=8)
    | st.sampled_from(("1 元", "none", "是", "2020-01-01..", "known", "k1;k2", "k1=1 元"))
)


@given(st.dictionaries(headers, st.lists(cells, min_size=3, max_size=3), max_size=4))
def test_any_table_of_text_becomes_a_population(table: dict[str, list[str | None]]) -> None:
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))
    found = population_of_table(frame, VOCABULARY)

    refused_values(found.population.frame, VOCABULARY)
    refused_ledgers(found.population, VOCABULARY)
    assert all(cell.problem for cell in found.bad)
