"""`registry pool`: the pools changed: one enterprise or a batch, lists, targets and papers taken in."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import polars as pl

from matching.language.units import whole_quantity
from matching.language.vocabulary import Fact
from registry.actions.change_pool import change_pool, promote
from registry.actions.file_papers import file_papers, file_plans
from registry.actions.mark_reviews import mark_reviews
from registry.actions.pool_lists import Importing, import_pool_list
from registry.actions.pool_targets import TargetFile, import_targets
from registry.cli.opening import now, rules, said_plainly, the_settings, with_database
from registry.enterprises.store import enterprises_by_code
from registry.pool.declared import shipped_pools
from registry.pool.errors import PoolRefused
from registry.pool.types import EVENT_WORDS, Asked, Event, Filing, Planned, Pools

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
BY = click.option("--by", required=True, help="谁办的。")
CODES = click.argument("codes", nargs=-1, required=True)
ON = click.option("--on", "day", required=True, type=DAY, metavar="YYYY-MM-DD", help="生效日。")
POOL = click.option("--pool", "key", required=True, help="哪个培育库，见 registry pool list。")
BY_HAND: tuple[Event, ...] = tuple(event for event in EVENT_WORDS if event != "enter")
PAPERS = (
    CODES,
    POOL,
    BY,
    ON,
    click.option("--reason", help="原因的代号；写错时会列出可用的。"),
    click.option("--note", help="补充说明。"),
    click.option("--batch", help="批次。"),
    click.option("--document", help="文号。"),
    click.option("--officer", help="今后的责任人；不写则不变。"),
)
Work = Callable[[list[int]], Coroutine[Any, Any, int]]


def the_pools() -> Pools:
    """Give the shipped pools; their problems are told all at once."""
    return said_plainly(shipped_pools)


def _local_now() -> datetime:
    """Read the clock in the city's time zone: what happens today there is not yet to come."""
    return now().astimezone(the_settings().timezone)


def _with_papers(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(PAPERS):
        command = option(command)
    return command


async def _ids(codes: tuple[str, ...]) -> list[int]:
    found = await enterprises_by_code(pl.Series([*codes], dtype=pl.String))
    known: dict[str, int] = dict(found.iter_rows())
    missing = [code for code in codes if code not in known]
    if missing:
        raise PoolRefused([f"{code}：登记信息里没有这个代码；核对后再办" for code in missing])
    return [known[code] for code in codes]


def _asked(event: Event, options: dict[str, Any]) -> Asked:
    day: datetime = options["day"]
    said = {
        name: options[name] for name in ("by", "reason", "note", "batch", "document", "officer")
    }
    return Asked(event=event, on=day.date(), now=_local_now(), **said)


def _for_codes(codes: tuple[str, ...], work: Work) -> int:
    async def done() -> int:
        return await work(await _ids(codes))

    return with_database(done)


@click.command()
@click.argument("event", type=click.Choice(BY_HAND))
@_with_papers
def change(event: Event, codes: tuple[str, ...], **options: Any) -> None:
    """办理一次变动：EVENT 是 admit 入库、recommend 推荐、recognise 认定、leave 出库等，CODES 是统一社会信用代码。

    一次可办多家，作为一批记下文号；有一家不能办，整批都不办，逐家说明。办理时的依据随记录留存。
    """
    bound = (the_pools(), rules().vocabulary)
    asked = _asked(event, options)
    done = _for_codes(codes, lambda ids: change_pool(options["key"], ids, asked, bound))
    click.echo(f"{EVENT_WORDS[event]} {done} 家")


@click.command("promote")
@_with_papers
def promote_all(codes: tuple[str, ...], **options: Any) -> None:
    """把本库已认定的企业转入下一级培育库；在本库仍保留，以便到期复核。"""
    bound = (the_pools(), rules().vocabulary)
    asked = _asked("admit", options)
    done = _for_codes(codes, lambda ids: promote(options["key"], ids, asked, bound))
    click.echo(f"晋级 {done} 家")


@click.command("import")
@click.argument("file", type=FILE)
@POOL
@BY
def import_list(file: Path, key: str, by: str) -> None:
    """导入一个培育库的名单（.xlsx，样式同导出）：有一处不对就都不收，逐行逐格说明。"""
    bound = (the_pools(), rules().vocabulary)
    given = Importing(
        file_name=file.name, data=file.read_bytes(), pool=key, by=by, now=_local_now()
    )
    taken = with_database(lambda: import_pool_list(given, bound))
    click.echo(f"变动 {taken.changed} 家，原已如此 {taken.unchanged} 家")


@click.command("take-targets")
@click.argument("file", type=FILE)
@BY
def take_targets(file: Path, by: str) -> None:
    """导入目标（.yml 或 .xlsx）：每行要有来源和原文；同一行只记一次。"""
    words = rules().vocabulary
    given = TargetFile(file_name=file.name, data=file.read_bytes(), by=by, now=now())
    added, known = with_database(lambda: import_targets(given, words))
    click.echo(f"新记 {added} 行，原已有 {known} 行")


@click.command("file")
@click.argument("kind", type=click.Choice(["annual_update", "change", "change_report"]))
@CODES
@BY
@ON
@click.option("--title", help="哪个称号，如 little_giant；不写则是所持的全部。")
@click.option("--year", type=int, help="年度更新属于哪一年；只用于 annual_update。")
@click.option("--note", help="补充说明。")
def file_paper(kind: Any, codes: tuple[str, ...], by: str, day: datetime, **more: Any) -> None:
    """登记年度更新、企业变更（更名、合并、迁移等）或变更报告。"""
    if (kind == "annual_update") != (more["year"] is not None):
        raise click.UsageError("annual_update 要写 --year，其余不写")
    if more["title"] is not None and more["title"] not in rules().vocabulary.lists:
        raise click.UsageError(f"没有称号“{more['title']}”；用 lists.yml 中的名录")

    async def filed(ids: list[int]) -> int:
        papers = [
            Filing(enterprise_id=one, kind=kind, happened_on=day.date(), **more) for one in ids
        ]
        return await file_papers(papers, by, now())

    click.echo(f"登记 {_for_codes(codes, filed)} 家")


@click.command("plan")
@CODES
@POOL
@BY
@click.option("--filed-on", "day", required=True, type=DAY, metavar="YYYY-MM-DD", help="备案日。")
@click.option(
    "--figure",
    "figures",
    multiple=True,
    required=True,
    help="年份=数，如 2026=5000万元；可写多个。",
)
@click.option("--document", help="文号。")
def file_plan(codes: tuple[str, ...], key: str, by: str, day: datetime, **more: Any) -> None:
    """备案倍增计划：每年一个数；改计划再备案一次，以最后备案的为准。"""
    pools, words = the_pools(), rules().vocabulary
    fact = words.facts.get(pools.pools[key].plan or "") if key in pools.pools else None
    if fact is None:
        raise click.UsageError(f"“{key}”不备案计划；见 registry pool list")
    years = dict(_figure(said, fact) for said in more["figures"])

    async def filed(ids: list[int]) -> int:
        plans = [
            Planned(
                pool=key,
                enterprise_id=one,
                year=year,
                fact=fact.key,
                amount=amount,
                filed_on=day.date(),
                document=more["document"],
            )
            for one in ids
            for year, amount in years.items()
        ]
        return await file_plans(plans, by, now(), pools)

    click.echo(f"备案 {_for_codes(codes, filed)} 个年度的计划")


def _figure(said: str, fact: Fact) -> tuple[int, int]:
    year, _, amount = said.partition("=")
    kind = fact.kind
    if kind not in ("money", "number", "share"):
        raise click.UsageError(f"{fact.label}不是数，不能作计划")
    try:
        return int(year), whole_quantity(amount.strip(), kind, fact.unit)
    except ValueError as wrong:
        raise click.UsageError(f"“{said}”读不懂（{wrong}）；写成 2026=5000万元") from None


@click.command()
@ON
def reviews(day: datetime) -> None:
    """把称号在当年到期的已认定企业转为待复核；同一天再运行不会重复。"""
    pools, words = the_pools(), rules().vocabulary
    done = with_database(lambda: mark_reviews(day.date(), _local_now(), pools, words))
    click.echo(f"转为待复核 {done} 家")


CHANGING = (change, promote_all, import_list, take_targets, file_paper, file_plan, reviews)
