"""`registry calendar`: the working days that the clocks of cases count, and whether they are known far enough."""

import json
from datetime import date, datetime, timedelta

import click

from registry.cases.declared import shipped_days, shipped_declared
from registry.cli.opening import now, said_plainly, the_settings

DAY = click.DateTime(["%Y-%m-%d"])
JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")


@click.group()
def calendar() -> None:
    """工作日历：法定节假日与调休。"""


@calendar.command()
@click.option("--on", "day", type=DAY, metavar="YYYY-MM-DD", help="从哪一天看；默认今天。")
@JSON
def check(day: datetime | None, *, as_json: bool) -> None:
    """检查今后要用到的年份是否都有放假调休安排；快用完而没有的，退出码为 1。"""
    days, declared = said_plainly(shipped_days), said_plainly(shipped_declared)
    today = now().astimezone(the_settings().timezone).date() if day is None else day.date()
    until = days.known_until()
    left = (until - today).days
    enough = today + timedelta(days=declared.warn_days) <= until
    if as_json:
        told = {
            "years": [days.years[0], days.years[-1]],
            "known_until": until.isoformat(),
            "days_left": left,
            "warn_days": declared.warn_days,
            "enough": enough,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(
            f"放假调休安排有 {days.years[0]}–{days.years[-1]} 年，自 {today} 起还够 {left} 天。"
        )
    if not enough:
        raise click.ClickException(
            f"{until.year + 1} 年的安排还没有，{declared.warn_days} 天内的期限会算到那一年而算不出来；"
            "国务院办公厅的通知公布后，升级 chinesecalendar，或在 registry/cases/cases.yml 的 years 中按通知录入"
        )


@calendar.command()
@click.argument("day", type=DAY)
@click.argument("count", type=int)
def add(day: datetime, count: int) -> None:
    """从 DAY 起第 COUNT 个工作日（不含当天；负数向前）是哪一天。"""
    found: date = said_plainly(lambda: shipped_days().add(day.date(), count))
    click.echo(found.isoformat())
