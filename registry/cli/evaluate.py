"""`registry evaluate`: files in, verdicts out."""

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from matching.catalogue.load_catalogue import load_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from registry.actions.evaluate_profiles import Evaluated, evaluate_profiles
from registry.cli.opening import said_plainly

SHOWN = 20


@click.command()
@click.option(
    "--profiles", required=True, type=click.Path(path_type=Path), help=".parquet、.csv 或 .xlsx"
)
@click.option(
    "--catalogue",
    default=SHIPPED,
    type=click.Path(path_type=Path),
    help="政策库目录；默认随系统发布的。",
)
@click.option(
    "--on",
    "day",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="判定日。",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="结果：.parquet、.csv 或 .xlsx"
)
def evaluate(profiles: Path, catalogue: Path, day: datetime, out: Path) -> None:
    """不用数据库，直接判定一张画像表：每行一家企业，输出每家每项的结论、金额与原因代码。

    列名用事实与名录的词，如 annual_revenue@2025 [万元]、place、little_giant；空白即未知。
    看不懂的单元格按未知处理并逐个列出。
    """
    console = Console()
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("判定")
        done = said_plainly(
            lambda: evaluate_profiles(
                profiles,
                load_catalogue(catalogue),
                day.date(),
                out,
                lambda number, of: bars.update(task, completed=number, total=of),
            )
        )
    _tell(done, out, console)


def _tell(done: Evaluated, out: Path, console: Console) -> None:
    counts = "，".join(f"{word} {count:,}" for word, count in sorted(done.counts.items()))
    console.print(f"{done.enterprises:,} 家 × {done.items} 项：{counts}。结果写在 {out}")
    for cell in done.bad[:SHOWN]:
        place = f"第{cell.row}行 " if cell.row else ""
        console.print(f"  按未知处理：{place}{cell.column}：{cell.problem}", style="yellow")
    if len(done.bad) > SHOWN:
        console.print(f"  …… 另有 {len(done.bad) - SHOWN} 处")
