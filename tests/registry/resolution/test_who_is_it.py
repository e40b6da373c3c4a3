"""Who a row speaks of: its code decides, else its exact name, else nobody."""

import polars as pl

from registry.resolution.who_is_it import linked_by_code, linked_by_name, newcomers, one_row_each

ROWS = pl.DataFrame(
    {
        "row": [1, 2, 3, 4],
        "uscc": ["A", "B", None, "C"],
        "name": ["甲", "乙", "丙", None],
        "name_key": ["甲", "乙", "丙", None],
    }
)
KNOWN = pl.DataFrame({"uscc": ["A"], "enterprise_id": [7]})


def names(*pairs: tuple[str, int]) -> pl.DataFrame:
    schema = {"name_key": pl.String, "enterprise_id": pl.Int64}
    return pl.DataFrame(pairs, schema=schema, orient="row")


def test_a_known_code_decides() -> None:
    assert linked_by_code(ROWS, KNOWN).rows() == [(1, 7)]


def test_an_unknown_code_with_a_name_is_a_newcomer_once() -> None:
    twice = pl.concat([ROWS, ROWS])

    assert newcomers(twice, KNOWN).rows() == [("B", "乙", "乙")]


def test_one_bearer_of_a_name_is_meant_now_or_formerly() -> None:
    links, unresolved = linked_by_name(ROWS.filter(pl.col("row") == 3), names(("丙", 9)))

    assert links.rows() == [(3, 9)]
    assert unresolved == ()


def test_a_name_nobody_bears_and_a_name_two_bear_decide_nothing() -> None:
    rows = ROWS.filter(pl.col("row") != 1)
    links, unresolved = linked_by_name(rows, names(("丙", 9), ("丙", 10)))

    assert links.is_empty()
    said = {one.row: one.problem for one in unresolved}
    assert "查无此名" in said[2]
    assert "同名2家" in said[3]
    assert "没有名称" in said[4]
    assert all(one.way_out for one in unresolved)


def test_two_rows_of_one_enterprise_contradict_where_a_sheet_allows_one() -> None:
    links = pl.DataFrame({"row": [1, 2, 3], "enterprise_id": [7, 8, 7]})
    kept, unresolved = one_row_each(links)

    assert kept.rows() == [(2, 8)]
    assert [one.row for one in unresolved] == [1, 3]
    assert "第1、3行" in unresolved[0].problem
