"""`registry information`: which missing datum to ask for."""

import json
from pathlib import Path
from typing import Any

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from matching.language.units import money_in_words
from registry.actions.rank_missing_data import WAYS, By, MissingData, rank_missing_data
from registry.cli.given import FILE, given, population_options, tell_bad_cells
from registry.cli.opening import said_plainly
from registry.profiles.table_files import check_writable, write_table

SHOWN_ROWS = 30
WIDE = ("low_cents", "high_cents")


@click.command()
@click.option(
    "--by",
    type=click.Choice(WAYS),
    default="whole",
    help="全体（whole）、按主管部门、按区县，或每家企业下一个该问的数据。",
)
@click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
@click.option("--out", type=FILE, help="结果：.parquet、.csv 或 .xlsx")
@population_options
def information(by: By, *, as_json: bool, out: Path | None, **options: Any) -> None:
    """缺什么数据最值得补：补上哪一项，能定下多少结论、多少钱。

    “能定下”指：不论这项数据填什么，结论都不再待补充。金额是这些结论所涉事项的下限与上限。
    """
    if out is not None:
        said_plainly(lambda: check_writable(out))
    judged = given(**options)
    found = said_plainly(
        lambda: rank_missing_data(judged.population, judged.catalogue, judged.on, by)
    )
    table = found.table
    if by == "enterprise":
        table = table.join(judged.names, on="enterprise_id", how="left", maintain_order="left")
    if out is not None:
        # Sums are whole numbers of 128 bits, which no file format of ours holds; beyond 64 they end.
        narrow = table.with_columns(pl.col(WIDE).cast(pl.Int64, strict=False))
        said_plainly(lambda: write_table(narrow, out))
    if as_json:
        click.echo(_json(found, table))
        return
    console = Console()
    _show(found, table, console)
    tell_bad_cells(judged.bad, console)
    if out is not None:
        click.echo(f"结果写在 {out}")


def _json(found: MissingData, table: pl.DataFrame) -> str:
    whole = {
        "enterprises": found.enterprises,
        "items": found.items,
        "open_pairs": found.open_pairs,
        "untried": found.untried,
        "data": table.to_dicts(),
    }
    return json.dumps(whole, ensure_ascii=False)


def _show(found: MissingData, table: pl.DataFrame, console: Console) -> None:
    console.print(f"{found.enterprises:,} 家 × {found.items} 项，待补充 {found.open_pairs:,} 件")
    shown = Table()
    first = next((name for name in ("enterprise", "name") if name in table.columns), None)
    if first is not None:
        shown.add_column("企业" if first == "enterprise" else "区县", overflow="fold")
    for name in ("数据", "主管"):
        shown.add_column(name, overflow="fold")
    for name in ("能定下", "金额下限", "金额上限", "上限算不出", "涉及"):
        shown.add_column(name, justify="right")
    for row in table.head(SHOWN_ROWS).iter_rows(named=True):
        shown.add_row(
            *([row[first] or ""] if first is not None else []),
            row["label"],
            row["department"],
            f"{row['settled']:,}",
            *(money_in_words(row[name]) for name in WIDE),
            f"{row['endless']:,}",
            f"{row['open_pairs']:,}",
        )
    if table.height > SHOWN_ROWS:
        shown.caption = f"另有 {table.height - SHOWN_ROWS:,} 行，用 --out 全部写出"
    console.print(shown)
    for item, datum in found.untried:
        console.print(f"  没有试算：{item} 的 {datum}（可能的取值组合太多）", style="yellow")
