"""A table of profiles in, a table of verdicts out: every blank is unknown, every bad cell is named."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from openpyxl import load_workbook  # type: ignore[import-untyped]

from registry.actions.evaluate_profiles import Evaluated, evaluate_profiles
from registry.profiles.table_files import ProfilesRefused
from tests.makers import Clause, catalogue_of, money, rows

DAY = date(2026, 9, 30)
RULES = catalogue_of(
    {
        "robots": Clause(
            title="机器人奖励",
            condition="{fact: robot_purchase, at_least: 50 万元}",
            amount="{share: 10 %, of: {fact: robot_purchase}}",
        ),
        "title": Clause(
            title="称号奖励",
            condition="{all_of: [{listed: little_giant}, {fact: status, one_of: [active]}]}",
            amount="{fixed: 20 万元}",
        ),
        "open": Clause(
            title="另行制定",
            condition="{fact: power_direct, is: yes}",
            amount="{unstated: 另行制定, cap: 5 万元}",
        ),
        "old": Clause(title="成立三年", condition="{years_since: registered_on, at_least: 3 年}"),
        "over": Clause(
            title="已过期", condition="{fact: power_direct, is: yes}", until="2026-01-01"
        ),
    }
)
COLUMNS = [
    "row", "enterprise", "item", "title", "verdict", "entitles", "held_back", "low_cents",
    "high_cents", "reasons",
]  # fmt: skip
TEXTS = """\
enterprise,place,status,robot_purchase [万元],power_direct,little_giant,registered_on
甲公司,郑州市,active,100,yes,2025-07-01..,2020-01-31
乙公司,410102,存续,49.99,否,none,2025-01-31
丙公司,郑州市,,,,,
丁公司,许昌市,active,100,yes,2025-07-01..,2020-01-31
"""


def quiet(done: int, of: int) -> None:
    """Show no progress."""
    del done, of


def evaluated(profiles: Path, out: Path) -> Evaluated:
    return evaluate_profiles(profiles, RULES, DAY, out, quiet)


def read(out: Path) -> pl.DataFrame:
    return pl.read_parquet(out)


def of_csv(text: str, folder: Path) -> tuple[Evaluated, pl.DataFrame]:
    given, out = folder / "profiles.csv", folder / "out.parquet"
    given.write_text(text, encoding="utf-8")
    return evaluated(given, out), read(out)


def verdicts(table: pl.DataFrame, item: str) -> list[str]:
    return table.filter(pl.col("item") == item).sort("row")["verdict"].to_list()


def test_every_enterprise_has_a_row_an_item_that_counts_on_the_day(tmp_path: Path) -> None:
    done, table = of_csv(TEXTS, tmp_path)

    assert table.columns == COLUMNS
    assert (done.enterprises, done.items, done.bad) == (4, 4, ())
    assert table.height == 16
    assert table["row"].to_list() == sorted([1, 2, 3, 4] * 4)
    assert set(table["enterprise"]) == {"甲公司", "乙公司", "丙公司", "丁公司"}
    assert done.counts == {
        verdict: (table["verdict"] == verdict).sum() for verdict in table["verdict"].unique()
    }


def test_verdicts_amounts_and_reasons_are_those_of_the_engine(tmp_path: Path) -> None:
    _, table = of_csv(TEXTS, tmp_path)

    assert verdicts(table, "robots") == ["符合", "不符合", "待补充", "不符合"]
    assert verdicts(table, "title") == ["符合", "不符合", "待补充", "不符合"]
    assert verdicts(table, "old") == ["符合", "不符合", "待补充", "不符合"]
    robots = table.filter(pl.col("item") == "robots").sort("row").to_dicts()
    assert [(row["low_cents"], row["high_cents"]) for row in robots] == [
        (money(10), money(10)),
        (None, None),
        (0, None),
        (None, None),
    ]
    assert [row["entitles"] for row in robots] == [True, False, False, False]
    assert [row["reasons"] for row in robots] == [
        "",
        "unmet:compare:robot_purchase",
        "unknown:compare:robot_purchase",
        "unmet:one_of:place",
    ]


def test_what_is_met_and_not_payable_says_why(tmp_path: Path) -> None:
    _, table = of_csv(TEXTS, tmp_path)

    met = table.filter(pl.col("item") == "open", pl.col("verdict") == "符合").to_dicts()
    assert [(row["row"], row["entitles"], row["held_back"]) for row in met] == [
        (1, False, "文件未写明金额或比例")
    ]


@pytest.mark.parametrize("blank", ["", "—", "-", "unknown", " ", "  "])
def test_every_blank_is_unknown(blank: str, tmp_path: Path) -> None:
    done, table = of_csv(
        "place,status,robot_purchase,power_direct,little_giant,registered_on\n"
        f"郑州市,{','.join([blank] * 5)}\n",
        tmp_path,
    )

    assert set(table["verdict"]) == {"待补充"}
    assert done.bad == ()


def test_bad_cells_are_listed_with_row_and_column_and_count_as_unknown(tmp_path: Path) -> None:
    done, table = of_csv(
        "企业名称,place,robot_purchase [万元],power_direct,little_giant,registered_on,shoe_size\n"
        "甲,郑州市,很多,也许,去年,2020年1月31日,43\n"
        "乙,月球,100,yes,none,2020-01-31,44\n",
        tmp_path,
    )

    assert [(cell.row, cell.column) for cell in done.bad] == [
        (0, "shoe_size"),
        (1, "little_giant"),
        (1, "power_direct"),
        (1, "registered_on"),
        (1, "robot_purchase"),
        (2, "place"),
    ]
    problems = {(cell.row, cell.column): cell.problem for cell in done.bad}
    assert "也许" in problems[1, "power_direct"]
    assert "2020年1月31日" in problems[1, "registered_on"]
    assert "月球" in problems[2, "place"]
    assert "facts.yml" in problems[0, "shoe_size"]
    assert verdicts(table, "robots") == ["待补充", "待补充"]
    assert verdicts(table, "old") == ["待补充", "待补充"]


def test_units_may_stand_in_the_header_or_in_the_cell(tmp_path: Path) -> None:
    _, table = of_csv("place,robot_purchase [元]\n郑州市,500000\n郑州市,499999.99\n", tmp_path)
    _, mixed = of_csv("place,robot_purchase\n郑州市,50 万元\n郑州市,0.005 亿元\n", tmp_path)

    assert verdicts(table, "robots") == ["符合", "不符合"]
    assert verdicts(mixed, "robots") == ["符合", "符合"]


def test_a_bare_number_without_any_unit_is_bad(tmp_path: Path) -> None:
    done, _ = of_csv("place,robot_purchase\n郑州市,50\n", tmp_path)

    assert [(cell.row, cell.column) for cell in done.bad] == [(1, "robot_purchase")]


def test_a_parquet_holds_stored_values(tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.parquet", tmp_path / "out.parquet"
    pl.DataFrame(
        {
            "name": ["甲", "乙", "丙"],
            "place": ["410102", "410102", "410102"],
            "status": ["active", "cancelled", None],
            "robot_purchase": [money(50), money(50) - 1, None],
            "power_direct": [True, False, None],
            "registered_on": [date(2020, 1, 1), date(2025, 1, 1), None],
            "little_giant": ["2025-07-01..", "none", None],
            "tax_paid@2025": pl.Series([None, None, None], dtype=pl.Null),
        }
    ).write_parquet(given)

    done = evaluated(given, out)

    table = read(out)
    assert done.bad == ()
    for item in ("robots", "title", "open", "old"):
        assert verdicts(table, item) == ["符合", "不符合", "待补充"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("robot_purchase", [0.5, None]),
        ("power_direct", [1, None]),
        ("registered_on", [datetime(2020, 1, 1), None]),  # noqa: DTZ001  as a frame has it
        ("little_giant", [True, None]),
    ],
)
def test_a_column_of_a_type_that_says_something_else_is_refused_whole(
    name: str, values: list[object], tmp_path: Path
) -> None:
    given, out = tmp_path / "profiles.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"place": ["410102", "410102"], name: values}).write_parquet(given)

    done = evaluated(given, out)

    assert [(cell.row, cell.column) for cell in done.bad] == [(0, name)]
    assert set(read(out)["verdict"]) == {"待补充"}


def test_a_workbook_may_hold_numbers_dates_and_booleans_of_its_own(tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.xlsx", tmp_path / "out.parquet"
    with xlsxwriter.Workbook(given) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        headers = (
            "企业名称",
            "place",
            "status",
            "robot_purchase [万元]",
            "power_direct",
            "registered_on",
        )
        sheet.write_row(0, 0, headers)
        sheet.write_row(1, 0, ("甲", 410102, "active", 100, True))
        sheet.write_datetime(1, 5, datetime(2020, 1, 31), day)  # noqa: DTZ001  Excel knows no zones
        sheet.write_row(2, 0, ("乙", "郑州市", "active", 49.99, False, "2025-01-31"))
        sheet.write_row(3, 0, ("丙", "郑州市"))

    done = evaluated(given, out)

    table = read(out)
    assert done.bad == ()
    for item in ("robots", "open", "old"):
        assert verdicts(table, item) == ["符合", "不符合", "待补充"]


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".xlsx"])
def test_all_ways_of_writing_say_the_same(ending: str, tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.csv", tmp_path / f"out{ending}"
    given.write_text(TEXTS, encoding="utf-8")

    evaluated(given, out)

    match ending:
        case ".parquet":
            table = pl.read_parquet(out)
        case ".csv":
            assert out.read_bytes().startswith(b"\xef\xbb\xbf")
            table = pl.read_csv(out)
        case _:
            cells = list(load_workbook(out).active.iter_rows(values_only=True))
            table = pl.DataFrame(cells[1:], schema=list(cells[0]), orient="row")
    assert table.columns == COLUMNS
    assert rows(table, "row", "enterprise", "item", "verdict", "low_cents", "high_cents") == rows(
        of_csv(TEXTS, tmp_path)[1],
        "row", "enterprise", "item", "verdict", "low_cents", "high_cents",
    )  # fmt: skip


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.csv", tmp_path / "out.xlsx"
    given.write_text("enterprise,place\n=1+1,郑州市\n", encoding="utf-8")

    evaluated(given, out)

    cell = load_workbook(out).active["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_table_of_nobody_gives_a_table_of_nothing(tmp_path: Path) -> None:
    done, table = of_csv("enterprise,place\n", tmp_path)

    assert (done.enterprises, done.bad) == (0, ())
    assert (table.columns, table.height) == (COLUMNS, 0)


def test_no_item_that_counts_gives_a_table_of_nothing(tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.csv", tmp_path / "out.parquet"
    given.write_text(TEXTS, encoding="utf-8")

    done = evaluate_profiles(given, RULES, date(2010, 1, 1), out, quiet)

    assert (done.items, done.counts) == (0, {})
    assert (read(out).columns, read(out).height) == (COLUMNS, 0)


def test_progress_counts_items(tmp_path: Path) -> None:
    given = tmp_path / "profiles.csv"
    given.write_text(TEXTS, encoding="utf-8")
    seen: list[tuple[int, int]] = []

    evaluate_profiles(
        given, RULES, DAY, tmp_path / "out.csv", lambda done, of: seen.append((done, of))
    )

    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "没有这个文件"),
        ("none.xlsx", None, "没有这个文件"),
        ("none.parquet", None, "没有这个文件"),
        ("text.xlsx", b"not a workbook", "读不成表格"),
        ("text.parquet", b"not a parquet", "读不成表格"),
        ("gbk.csv", "企业名称,place\n甲,郑州市\n".encode("gbk"), "UTF-8"),
        ("empty.csv", b"", "读不成表格"),
        ("ragged.csv", b"place,status\n1,2,3\n", "读不成表格"),
        ("letter.docx", b"", "不认识的文件类型"),
        ("", None, "不认识的文件类型"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_way_out(
    name: str, content: bytes | None, said: str, tmp_path: Path
) -> None:
    given = tmp_path / name
    if content is not None:
        given.write_bytes(content)

    with pytest.raises(ProfilesRefused, match=said) as refused:
        evaluated(given, tmp_path / "out.csv")

    assert str(given) in str(refused.value)
    assert "请" in str(refused.value)


@pytest.mark.parametrize("name", ["out.pdf", "out", "no/such/folder/out.csv"])
def test_a_result_that_cannot_be_written_is_refused(name: str, tmp_path: Path) -> None:
    given = tmp_path / "profiles.csv"
    given.write_text(TEXTS, encoding="utf-8")

    with pytest.raises(ProfilesRefused, match="请"):
        evaluated(given, tmp_path / name)


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".xlsx"])
def test_a_place_that_is_taken_is_refused(ending: str, tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.csv", tmp_path / f"out{ending}"
    given.write_text(TEXTS, encoding="utf-8")
    out.mkdir()

    with pytest.raises(ProfilesRefused, match="请换一个位置"):
        evaluated(given, out)


def test_what_yields_to_another_item_entitles_to_nothing_and_says_why(tmp_path: Path) -> None:
    clause = "{with: title, rule: highest, earlier: full, basis: 第六条}"
    rules = catalogue_of(
        {
            "robots": Clause(
                title="机器人奖励",
                condition="{fact: robot_purchase, at_least: 50 万元}",
                amount="{share: 10 %, of: {fact: robot_purchase}}",
                more=f"family: R\nexclusive: [{clause}]",
            ),
            "title": Clause(title="称号奖励", condition="{listed: little_giant}", more="family: T"),
        }
    )
    given, out = tmp_path / "profiles.csv", tmp_path / "out.parquet"
    given.write_text(
        "enterprise,place,robot_purchase [万元],little_giant,paid:R,paid:T\n"
        "甲公司,郑州市,80,2025-07-01..,none,none\n"
        "乙公司,郑州市,80,none,none,none\n",
        encoding="utf-8",
    )
    evaluate_profiles(given, rules, DAY, out, quiet)

    assert rows(read(out), "row", "item", "verdict", "entitles", "held_back", "low_cents") == {
        (1, "robots", "符合", False, "让位于《称号奖励》（依据：第六条）", money(8)),
        (1, "title", "符合", True, None, money(10)),
        (2, "robots", "符合", True, None, money(8)),
        (2, "title", "不符合", False, None, None),
    }
