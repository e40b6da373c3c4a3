"""`registry pool`: the pools looked at: candidates, counts, clocks, targets, lists."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.file_papers import show_plans
from registry.actions.pool_lists import export_pool_list
from registry.actions.pool_targets import show_targets
from registry.actions.propose_for_pool import (
    not_in_pool_yet,
    note_candidates,
    propose_for_pool,
)
from registry.actions.show_pool import count_pools, list_due, load_pool_day
from registry.cli.given import FILE, Given, given, population_options, tell_bad_cells
from registry.cli.opening import now, rules, said_plainly, the_settings, with_database
from registry.cli.pool_changes import CHANGING, the_pools
from registry.cli.pool_report import (
    show_counts,
    show_expiring,
    show_plan_years,
    show_proposals,
    show_target_rows,
)
from registry.pool.propose import Proposals
from registry.pool.types import STATE_WORDS
from registry.profiles.knowledge import Knowledge
from registry.profiles.table_files import check_writable, write_table

DAY = click.DateTime(["%Y-%m-%d"])
ON = click.option("--on", "day", required=True, type=DAY, metavar="YYYY-MM-DD", help="截至哪一天。")
KNOWN = click.option(
    "--known-on", type=DAY, metavar="YYYY-MM-DD", help="按哪一天（含）已掌握的情况；默认此刻。"
)
JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")


@click.group()
def pool() -> None:
    """梯度培育库：候选、入库、推荐、认定、复核，计数、期限、目标与名单。"""


for command in CHANGING:
    pool.add_command(command)


def knowledge(day: datetime, known_on: datetime | None) -> Knowledge:
    """Give the two days asked for; what was recorded on the second still counts."""
    if known_on is None:
        return Knowledge(day.date(), now())
    end = datetime.combine(known_on.date(), time.max, the_settings().timezone)
    return Knowledge(day.date(), end)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))


@pool.command()
@click.option("--tier", default="above_scale", help="通向哪一级，如 above_scale；默认小升规。")
@click.option("--out", type=FILE, help="结果：.parquet、.csv 或 .xlsx")
@click.option("--note", is_flag=True, help="把不在库的记为候选（配 --database）。")
@click.option("--most", default=500, type=click.IntRange(1), help="最多记多少家，最近的先记。")
@JSON
@population_options
def propose(
    *, tier: str, out: Path | None, note: bool, most: int, as_json: bool, **options: Any
) -> None:
    """提出候选：离标准多近，由近到远，逐家写明理由。

    小升规：上一完整年度收入达到本行业标准线的75%且增长，或已达到而未入库。数据不足的只计数，不当作不符合。
    其余梯度：对照当日有效的认定标准，还差一到两项能改变的条件。
    """
    if out is not None:
        said_plainly(lambda: check_writable(out))
    if note and not options["database"]:
        raise click.UsageError("--note 要配 --database：记在库里的企业才有编号")
    judged, found = _proposed(tier, options)
    key = _pool_of(tier)
    table = found.table.join(
        judged.names, on="enterprise_id", how="left", maintain_order="left"
    ).with_row_index("rank", offset=1)
    if out is not None:
        said_plainly(lambda: write_table(table, out))
    noted = _noted(key, found, judged, most) if note else 0
    if as_json:
        whole = {"pool": key, "on": judged.on, "rule": found.rule, "noted": noted}
        counts = {name: getattr(found, name) for name in ("enterprises", "unknown", "untried")}
        _print_json({**whole, **counts, "candidates": table.to_dicts()})
        return
    console = Console()
    show_proposals(console, found, table)
    tell_bad_cells(judged.bad, console)
    if note:
        left = f"，另有 {table.height - noted:,} 家没有记" if table.height > noted else ""
        console.print(f"新记为候选 {noted:,} 家{left}")
    if out is not None:
        click.echo(f"结果写在 {out}")


def _pool_of(tier: str) -> str:
    """Give the pool that leads to a title; what is no title may be a pool's own key."""
    return the_pools().pool_towards(tier) or tier


def _proposed(tier: str, options: dict[str, Any]) -> tuple[Given, Proposals]:
    """Find the candidates of a tier; out of the database, those that are not in its pool yet."""
    judged, key = given(**options), _pool_of(tier)
    found = said_plainly(
        lambda: propose_for_pool(key, judged.population, judged.catalogue, the_pools(), judged.on)
    )
    if options["database"]:
        found = with_database(lambda: not_in_pool_yet(key, found, judged.on))
    return judged, found


def _noted(key: str, found: Proposals, judged: Given, most: int) -> int:
    nearest = msgspec.structs.replace(found, table=found.table.head(most))
    local = now().astimezone(the_settings().timezone)
    rules_of = (the_pools(), judged.catalogue)
    return with_database(lambda: note_candidates(key, nearest, judged.on, local, rules_of))


@pool.command()
@ON
@KNOWN
@click.option("--by", type=click.Choice(["whole", "town"]), default="whole", help="town：按区县。")
@JSON
def counts(day: datetime, known_on: datetime | None, by: str, *, as_json: bool) -> None:
    """数一数：每家只计最高一级，以及每级含以上各级；写明截至日和口径。"""
    pools, words = the_pools(), rules().vocabulary
    seen = with_database(lambda: load_pool_day(knowledge(day, known_on), pools, words))
    counted = count_pools(seen, pools, words)
    if by == "whole":
        counted = msgspec.structs.replace(counted, places=())
    if as_json:
        _print_json(counted)
        return
    show_counts(Console(), counted)


@pool.command()
@ON
@KNOWN
@click.option("--days", default=180, type=click.IntRange(0, 3650), help="看多少天以内的；默认180。")
@JSON
def expiring(day: datetime, known_on: datetime | None, days: int, *, as_json: bool) -> None:
    """将到期的有效期、年度更新和变更报告，以及按责任人和区县列出的逾期。"""
    pools, words = the_pools(), rules().vocabulary
    seen = with_database(lambda: load_pool_day(knowledge(day, known_on), pools, words))
    found = list_due(seen, days, pools, words)
    if as_json:
        _print_json(found)
        return
    show_expiring(Console(), found)


@pool.command()
@click.option("--year", required=True, type=click.IntRange(1990, 2200), help="哪一年。")
@click.option("--on", "day", type=DAY, metavar="YYYY-MM-DD", help="实际数截至哪一天；默认今天。")
@JSON
def targets(year: int, day: datetime | None, *, as_json: bool) -> None:
    """某一年的目标、预计和计划：自定的与上级下达的，旁边是实际数；互相不一致的照列并标出。"""
    pools, words = the_pools(), rules().vocabulary
    on: date = day.date() if day else now().astimezone(the_settings().timezone).date()
    rows = with_database(lambda: show_targets(year, Knowledge(on, now()), pools, words))
    if as_json:
        _print_json({"year": year, "on": on, "rows": rows})
        return
    show_target_rows(Console(), rows, words)


@pool.command()
@click.option("--pool", "key", required=True, help="哪个培育库，如 small_to_scale。")
@ON
@KNOWN
@click.option("--state", type=click.Choice([*STATE_WORDS]), help="只要这一状态的；默认全部。")
@click.option("--out", required=True, type=FILE, help="结果：.xlsx")
def export(
    key: str, day: datetime, known_on: datetime | None, state: str | None, out: Path
) -> None:
    """把一个培育库的名单写成 .xlsx；第一张表写明截至日和筛选条件。"""
    said_plainly(lambda: check_writable(out, (".xlsx",)))
    pools, words = the_pools(), rules().vocabulary
    chosen = next((one for one in STATE_WORDS if one == state), None)
    content = with_database(
        lambda: export_pool_list(key, knowledge(day, known_on), (pools, words), chosen)
    )
    out.write_bytes(content)
    click.echo(f"名单写在 {out}")


@pool.command()
@click.option("--pool", "key", default="doubling", help="哪个培育库；默认三年倍增。")
@ON
@KNOWN
@JSON
def plans(key: str, day: datetime, known_on: datetime | None, *, as_json: bool) -> None:
    """备案的计划：每家每年的计划数，旁边是实际数。"""
    words = rules().vocabulary
    rows = with_database(lambda: show_plans(key, knowledge(day, known_on), words))
    if as_json:
        _print_json({"pool": key, "on": day.date(), "rows": rows})
        return
    show_plan_years(Console(), rows, words)


@pool.command("list")
def list_pools() -> None:
    """有哪些培育库，通向哪一级，谁可以入库。"""
    words = rules().vocabulary
    table = Table()
    for name in ("代号", "培育库", "通向", "入库对象"):
        table.add_column(name, overflow="fold")
    for key, one in the_pools().pools.items():
        leads = words.lists[one.leads_to].label if one.leads_to else "—"
        table.add_row(key, one.label, leads, one.who)
    Console().print(table)
