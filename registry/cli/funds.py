"""`registry funds`: opened, refilled, set aside for cases, shown, carried over."""

from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.fund_money import (
    Opening,
    Standing,
    ageing,
    carry_over,
    open_fund,
    refill_fund,
    show_funds,
)
from registry.actions.reserve_fund import reserve_fund
from registry.cli.case_words import cents, local, local_now, the_ground, yuan
from registry.cli.opening import rules, the_settings, with_database
from registry.funds.store import entries, the_fund
from registry.funds.types import KIND_WORDS, SHARING_WORDS, Word

BY = click.option("--by", required=True, help="谁办的。")
DOCUMENT = click.option("--document", help="文号。")
JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
PROGRAMME = click.argument("programme")
YEAR = click.option("--year", required=True, type=click.IntRange(2000, 2999), help="预算年度。")


@click.group()
def funds() -> None:
    """兑付资金：一个项目一年一本账，年初安排、预留、支付、释放、追加、结转。"""


@funds.command("open")
@PROGRAMME
@YEAR
@click.option("--label", required=True, help="名称。")
@click.option(
    "--sharing",
    required=True,
    type=click.Choice(list(SHARING_WORDS)),
    help="不够时怎么分，先定后用。",
)
@click.option("--item", "items", multiple=True, required=True, help="哪些事项用它，可写多个。")
@click.option("--amount", required=True, help="年初安排，元。")
@click.option("--refill-below", help="可用余额低于多少元就该追加。")
@DOCUMENT
@BY
def open_one(programme: str, year: int, **said: Any) -> None:
    """建立一个项目一年的资金；一个事项一年只用一笔资金。"""
    below = said["refill_below"]
    opening = Opening(
        programme=programme,
        year=year,
        label=said["label"],
        sharing=said["sharing"],
        items=said["items"],
        cents=cents(said["amount"]),
        refill_below_cents=None if below is None else cents(below),
    )
    known = [item.id for item in rules().items]
    word = Word(by=said["by"], now=local_now(), document=said["document"])
    made = with_database(lambda: open_fund(opening, known, word))
    click.echo(
        f"已建立“{made.label}”{year} 年，{SHARING_WORDS[made.sharing]}，{yuan(opening.cents)} 元"
    )


@funds.command()
@PROGRAMME
@YEAR
@click.option("--amount", required=True, help="追加多少，元。")
@DOCUMENT
@BY
def refill(programme: str, year: int, amount: str, document: str | None, by: str) -> None:
    """追加资金；要有文号。"""
    word = Word(by=by, now=local_now(), document=document)
    after = with_database(lambda: refill_fund(programme, year, cents(amount), word))
    click.echo(f"可用 {yuan(after.free_cents)} 元")


@funds.command()
@PROGRAMME
@YEAR
@DOCUMENT
@BY
@JSON
def reserve(programme: str, year: int, document: str | None, by: str, *, as_json: bool) -> None:
    """为还没有预留的案件预留资金，按这笔资金的分法；再运行不会重复。按比例的，名单到此为止。"""
    word = Word(by=by, now=local_now(), document=document)
    bound = (the_ground(), the_settings().timezone)
    done = with_database(lambda: reserve_fund(programme, year, word, bound))
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
        return
    click.echo(
        f"预留 {done.reserved} 件 {yuan(done.cents)} 元（其中减额 {done.reduced} 件），资金不足等待 {done.waiting} 件，"
        f"金额待核定 {done.uncertain} 件；可用 {yuan(done.balance.free_cents)} 元"
    )


@funds.command()
@PROGRAMME
@YEAR
@DOCUMENT
@BY
def carry(programme: str, year: int, document: str | None, by: str) -> None:
    """把已结束年度的可用余额结转到同一项目的下一年。"""
    word = Word(by=by, now=local_now(), document=document)
    done = with_database(lambda: carry_over(programme, year, word))
    click.echo(f"结转 {yuan(done)} 元")


@funds.command("list")
@JSON
def list_funds(*, as_json: bool) -> None:
    """列出各笔资金：安排、预留、已付、可用，该不该追加，台账是否连续。"""
    zone = the_settings().timezone
    found = with_database(lambda: show_funds(zone))
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    table = Table("项目", "年度", "名称", "分法", "安排", "预留", "已付", "可用", "等待", "提示")
    for one in found:
        sums = (
            one.given_cents,
            one.balance.reserved_cents,
            one.balance.paid_cents,
            one.balance.free_cents,
        )
        table.add_row(
            one.fund.programme, str(one.fund.year), one.fund.label, SHARING_WORDS[one.fund.sharing],
            *map(yuan, sums), f"{one.waiting} 件 {yuan(one.waiting_cents)}", _hint(one),
        )  # fmt: skip
    Console().print(table if found else "还没有资金；用 registry funds open 建立。")


def _hint(one: Standing) -> str:
    wrong = None if one.wrong_at is None else f"台账第 {one.wrong_at} 行对不上，请核对备份"
    return "；".join(said for said in (wrong, "应追加" if one.refill else None) if said)


@funds.command()
@PROGRAMME
@YEAR
@JSON
def show(programme: str, year: int, *, as_json: bool) -> None:
    """逐笔列出一笔资金的台账。"""

    async def read() -> Any:
        return await entries((await the_fund(programme, year)).id)

    ledger = with_database(read)
    if as_json:
        click.echo(ledger.write_json())
        return
    table = Table("序", "时间", "事由", "金额", "可用", "预留", "已付", "案件", "谁", "文号")
    for row in ledger.iter_rows(named=True):
        sums = (row["amount_cents"], row["free_cents"], row["reserved_cents"], row["paid_cents"])
        table.add_row(
            str(row["place"]), local(row["happened_at"]), KIND_WORDS[row["kind"]], *map(yuan, sums),
            "" if row["case_id"] is None else str(row["case_id"]), row["by_whom"], row["document"] or "",
        )  # fmt: skip
    Console().print(table)


@funds.command("ageing")
@JSON
def list_ageing(*, as_json: bool) -> None:
    """应兑未兑：按事项和立案至今的时间，件数与金额。"""
    found = with_database(lambda: ageing(local_now()))
    if as_json:
        click.echo(found.write_json())
        return
    table = Table("事项", "时间", "件数", "金额（元）", "其中金额待核定")
    for item, age, number, owed, uncertain in found.iter_rows():
        table.add_row(item, age, str(number), yuan(owed), str(uncertain))
    Console().print(table if found.height else "没有应兑未兑的。")
