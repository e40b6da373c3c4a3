"""`registry tiers`: who reaches which title."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click
import msgspec
from rich.console import Console

from matching.catalogue.load_catalogue import load_catalogue
from matching.language.standards import KINDS, Kind
from registry.actions.assess_tiers import assess_tiers
from registry.cli.given import (
    CATALOGUE,
    FILE,
    LEDGERS,
    ON,
    TABLE,
    Command,
    ledgers_of,
    tell_bad_cells,
)
from registry.cli.opening import said_plainly


@click.group()
def tiers() -> None:
    """称号与梯度。"""


def _with_ledgers(command: Command) -> Command:
    for option in reversed(LEDGERS):
        command = option(command)
    return command


@tiers.command("assess")
@click.option("--profiles", required=True, type=FILE, help=f"画像表：{TABLE}。")
@_with_ledgers
@CATALOGUE
@ON
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default=KINDS[0],
    show_default=True,
    help="按哪类申请判定。",
)
@click.option("--out", required=True, type=FILE, help=f"结果：{TABLE}。")
@click.option("--json", "as_json", is_flag=True, help="把汇总写成JSON。")
def assess(  # noqa: PLR0913  the options of one command
    profiles: Path,
    catalogue: Path,
    day: datetime,
    kind: str,
    out: Path,
    *,
    as_json: bool,
    **ledgers: Any,
) -> None:
    """不用数据库，按称号标准判定一张画像表：每家每个称号一行总结论，每条标准各一行。

    用哪一版标准由称号、申请类别、判定日和企业所在地决定。列名用事实与名录的词；空白即未知，
    看不懂的单元格按未知处理并逐个列出。
    """
    done = said_plainly(
        lambda: assess_tiers(
            profiles,
            load_catalogue(catalogue),
            day.date(),
            cast("Kind", kind),
            out,
            ledgers_of(ledgers),
        )
    )
    if as_json:
        click.echo(json.dumps({**msgspec.to_builtins(done), "out": str(out)}, ensure_ascii=False))
        return
    console = Console()
    for tier, counts in done.counts.items():
        console.print(f"{tier}: " + "，".join(f"{word} {n:,}" for word, n in counts.items()))
    console.print(f"{done.enterprises:,} 家，按{done.kind}判定。结果写在 {out}")
    tell_bad_cells(done.bad, console)
