"""`registry audit`: what was done by whom, and whether the record of it is whole."""

from datetime import date, datetime

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.verify_audit import Verified, verify_audit
from registry.audit.store import latest_entries
from registry.audit.types import HARM_WORDS
from registry.cli.opening import the_settings, with_database

DAY = click.DateTime(formats=["%Y-%m-%d"])
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@click.group()
def audit() -> None:
    """审计记录：谁在何时对什么做了什么，只增不改。"""


@audit.command()
@click.option("--from", "first", type=DAY, help="从这一天起，例如 2026-10-01。")
@click.option("--to", "last", type=DAY, help="到这一天止（含）。")
@AS_JSON
def verify(first: datetime | None, last: datetime | None, *, as_json: bool) -> None:
    """核对审计记录有没有被改动、删除或插入；有则退出码为 1。"""
    seen = with_database(lambda: verify_audit(_day(first), _day(last), the_settings().data_dir))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(seen)).decode())
    else:
        _tell(seen)
    if seen.findings:
        raise click.exceptions.Exit(1)


@audit.command("list")
@click.option("--last", "count", type=click.IntRange(1, 10_000), default=20, help="最近多少条。")
@AS_JSON
def list_entries(count: int, *, as_json: bool) -> None:
    """列出最近的记录，新的在前。"""
    found = with_database(lambda: latest_entries(count))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    zone = the_settings().timezone
    table = Table("时间", "谁", "操作", "对象", "内容")
    for one in found:
        subject = f"{one.subject_kind} {one.subject_id}" if one.subject_kind else ""
        when = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(when, one.who, one.action, subject, one.what)
    Console().print(table if found else "还没有审计记录。")


def _tell(seen: Verified) -> None:
    console = Console()
    for one in seen.findings:
        which = "" if one.number is None else f" 第{one.number}条"
        console.print(f"{one.day}{which} {HARM_WORDS[one.harm]}：{one.said}")
    if seen.findings:
        console.print(
            f"共 {len(seen.findings)} 处不对：请保留现场（数据库与数据目录各复制一份），与备份比较后再处理"
        )
        return
    console.print(
        f"{seen.days} 天 {seen.entries} 条，完整；另与以前核对时留底的 {seen.compared} 处一致"
    )
    if seen.head is not None:
        console.print(f"最后一条 {seen.head.day} 第{seen.head.number}条 {seen.head.hash}")
        console.print("留底在数据目录的 audit-heads.jsonl；请另存一份到管理员改不到的地方")


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()
