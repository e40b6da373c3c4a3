"""`registry simulate`: what a draft or a changed version would do, before it is in force."""

from pathlib import Path
from typing import Any

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from matching.engine.groups import USUAL
from matching.engine.simulate import Simulation, Takers, simulation_json
from matching.language.units import money_in_words
from registry.actions.simulate_item import (
    SAMPLES,
    SHEET,
    SPLITS,
    Asked,
    sample_table,
    simulate_item,
    transition_table,
    write_simulation,
)
from registry.cli.given import FILE, Given, given, population_options, tell_bad_cells
from registry.cli.opening import said_plainly
from registry.profiles.table_files import check_writable

SHOWN_GROUPS = 20


@click.command()
@click.option("--item", required=True, type=FILE, help="事项文件（.yml），不必放在政策库里。")
@click.option("--against", help="与政策库的哪一版比，写编号；默认同一事项的现行版，none 为不比。")
@click.option(
    "--by",
    default=",".join(USUAL),
    help="分组，逗号隔开：place、place:prefecture、sector:division、size、tier，或事实列名。",
)
@click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
@click.option("--out", type=FILE, help="结果工作簿：.xlsx")
@population_options
def simulate(
    item: Path,
    against: str | None,
    by: str,
    *,
    as_json: bool,
    out: Path | None,
    **options: Any,
) -> None:
    """模拟一个事项：草案或修改后的版本，放到全部企业上试算。

    给出符合的企业数、确定与可能的金额，与现行版本相比谁进入、谁退出，并按区县、行业、划型、梯度分开。
    """
    if out is not None:
        said_plainly(lambda: check_writable(out, SHEET))
    judged = given(**options)
    asked = Asked(
        item=item, on=judged.on, by=[part for part in by.split(",") if part], against=against
    )
    result = said_plainly(lambda: simulate_item(asked, judged.population, judged.catalogue))
    if out is not None:
        said_plainly(lambda: write_simulation(result, judged.names, out))
    if as_json:
        click.echo(simulation_json(result))
        return
    _show(result, judged, Console())
    if out is not None:
        click.echo(f"结果写在 {out}")


def _show(result: Simulation, judged: Given, console: Console) -> None:
    against = f"，与 {result.against} 相比" if result.against else "，没有可比的现行版本"
    console.print(f"{result.item_id} 模拟于 {result.enterprises:,} 家企业{against}")
    console.print(_whole(result))
    if result.held_back:
        console.print(f"  符合也不兑付：{result.held_back}", style="yellow")
    if result.before is not None:
        console.print(f"新进入 {result.entering:,} 家，退出 {result.leaving:,} 家")
        console.print(_plain("结论变化", transition_table(result)))
    for by, split in result.splits.items():
        console.print(_split(SPLITS.get(by, by), split, compared=result.before is not None))
    if result.samples.height:
        console.print(
            _plain("、".join(SAMPLES.values()) + "的样本", sample_table(result, judged.names))
        )
    tell_bad_cells(judged.bad, console)


def _whole(result: Simulation) -> Table:
    table = Table(caption="可能金额：符合、待补充、需人工三类中算得出的上限之和")
    table.add_column("")
    for name in ("符合", "不符合", "待补充", "需人工", "确定金额", "可能金额", "上限算不出"):
        table.add_column(name, justify="right", overflow="fold")
    table.add_row("模拟版本", *_takers(result.after))
    if result.before is not None:
        table.add_row("现行版本", *_takers(result.before))
    return table


def _takers(takers: Takers) -> tuple[str, ...]:
    counts = (takers.met, takers.unmet, takers.unknown, takers.person)
    return (
        *(f"{count:,}" for count in counts),
        money_in_words(takers.certain_cents),
        money_in_words(takers.possible_cents),
        f"{takers.endless:,}",
    )


def _split(title: str, split: pl.DataFrame, *, compared: bool) -> Table:
    """Give the groups with most money at stake; all of them stand in the file."""
    table = Table(title=f"按{title}", title_justify="left")
    table.add_column("分组", overflow="fold")
    names = ["企业数", "符合", "待补充", "需人工", "确定金额", "可能金额"]
    for name in (*names, *(("新进入", "退出") if compared else ())):
        table.add_column(name, justify="right")
    ranked = split.sort("possible_cents", "met", descending=True)
    for row in ranked.head(SHOWN_GROUPS).iter_rows(named=True):
        counts = [f"{row[key]:,}" for key in ("enterprises", "met", "unknown", "person")]
        money = [money_in_words(row[key]) for key in ("certain_cents", "possible_cents")]
        moved = [f"{row[key]:,}" for key in ("entering", "leaving")] if compared else []
        table.add_row(row["name"], *counts, *money, *moved)
    if split.height > SHOWN_GROUPS:
        table.caption = f"另有 {split.height - SHOWN_GROUPS} 组，用 --out 全部写出"
    return table


def _plain(title: str, frame: pl.DataFrame) -> Table:
    table = Table(title=title, title_justify="left")
    for name in frame.columns:
        table.add_column(name, overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*("" if cell is None else _cell(cell) for cell in row))
    return table


def _cell(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
