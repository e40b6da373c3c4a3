"""Who a row speaks of: its code decides; a row of neither code nor name speaks of nobody."""

import polars as pl

from registry.resolution.who_is_it import linked_by_code, nameless, newcomers, one_row_each

ROWS = pl.DataFrame(
    {
        "row": [1, 2, 3, 4],
        "uscc": ["A", "B", None, "C"],
        "name": ["甲", "乙", "丙", None],
        "name_key": ["甲", "乙", "丙", None],
    }
)
KNOWN = pl.DataFrame({"uscc": ["A"], "enterprise_id": [7]})


def test_a_known_code_decides() -> None:
    assert linked_by_code(ROWS, KNOWN).rows() == [(1, 7)]


def test_an_unknown_code_with_a_name_is_a_newcomer_once() -> None:
    twice = pl.concat([ROWS, ROWS])

    assert newcomers(twice, KNOWN).rows() == [("B", "乙", "乙")]


def test_an_unknown_code_without_a_name_is_refused_with_the_way_out() -> None:
    [one] = nameless(ROWS)

    assert one.row == 4
    assert "登记中没有这个代码" in one.problem
    assert one.way_out


def test_two_rows_of_one_enterprise_contradict_where_a_sheet_allows_one() -> None:
    links = pl.DataFrame({"row": [1, 2, 3], "enterprise_id": [7, 8, -4], "meant": [7, 8, 7]})
    kept, unresolved = one_row_each(links)

    assert kept.rows() == [(2, 8, 8)]
    assert [one.row for one in unresolved] == [1, 3]
    assert "第1、3行" in unresolved[0].problem
