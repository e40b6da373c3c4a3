"""`registry evaluate`: files in, verdicts out."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import Progress

from matching.catalogue.load_catalogue import load_catalogue
from registry.actions.evaluate_profiles import Evaluated, evaluate_profiles
from registry.cli.given import (
    CATALOGUE,
    FILE,
    LEDGERS,
    ON,
    Command,
    ledgers_of,
    tell_bad_cells,
)
from registry.cli.opening import said_plainly


def _with_ledgers(command: Command) -> Command:
    for option in reversed(LEDGERS):
        command = option(command)
    return command


@click.command()
@click.option("--profiles", required=True, type=FILE, help=".parquet、.csv 或 .xlsx")
@_with_ledgers
@CATALOGUE
@ON
@click.option("--out", required=True, type=FILE, help="结果：.parquet、.csv 或 .xlsx")
@click.option("--json", "as_json", is_flag=True, help="把汇总写成JSON。")
def evaluate(
    profiles: Path,
    catalogue: Path,
    day: datetime,
    out: Path,
    *,
    as_json: bool,
    **ledgers: Any,
) -> None:
    """不用数据库，直接判定一张画像表：每行一家企业，输出每家每项的结论、金额与原因代码。

    列名用事实与名录的词，如 annual_revenue@2025 [万元]、place、little_giant；空白即未知。
    看不懂的单元格按未知处理并逐个列出。台账文件里 enterprise_id 写画像表的行号（第一家是1），
    给出的台账视为到判定日的全量；有一行不能用就整个不收，逐行逐列说明。
    """
    console = Console()
    with Progress(console=console, transient=True, disable=as_json) as bars:
        task = bars.add_task("判定")
        done = said_plainly(
            lambda: evaluate_profiles(
                profiles,
                load_catalogue(catalogue),
                day.date(),
                out,
                lambda number, of: bars.update(task, completed=number, total=of),
                ledgers_of(ledgers),
            )
        )
    if as_json:
        click.echo(json.dumps({**msgspec.to_builtins(done), "out": str(out)}, ensure_ascii=False))
        return
    _tell(done, out, console)


def _tell(done: Evaluated, out: Path, console: Console) -> None:
    counts = "，".join(f"{word} {count:,}" for word, count in sorted(done.counts.items()))
    console.print(f"{done.enterprises:,} 家 × {done.items} 项：{counts}。结果写在 {out}")
    tell_bad_cells(done.bad, console)
