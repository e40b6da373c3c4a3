"""`registry cases`: opened, looked at, taken a step further, kept to their clocks."""

import json
from typing import Any

import click
import msgspec
import polars as pl
from rich.console import Console
from rich.table import Table

from registry.actions.keep_case_clocks import keep_case_clocks, overdue, year_end
from registry.actions.open_cases import open_cases
from registry.actions.step_cases import step_cases
from registry.cases.declared import shipped_declared
from registry.cases.states import TRANSITIONS, diagram
from registry.cases.step import reserved_cents
from registry.cases.store import cases as cases_of
from registry.cases.store import present
from registry.cases.types import EVENTS, STATES, Account, Asked, Case, Happened, State
from registry.cases.words import EVENT_WORDS, ROLE_WORDS, STATE_WORDS
from registry.cli.case_changes import CHANGING
from registry.cli.case_words import cents, local, local_now, the_ground, yuan
from registry.cli.opening import said_plainly, with_database

JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
NUMBERS = click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1))
SHOWN = 50


@click.group()
def cases() -> None:
    """兑现案件：一家企业、一个事项、一个周期、一个阶段一件，从匹配到银行回执。"""


for command in CHANGING:
    cases.add_command(command)


@cases.command("open")
@click.option("--period", required=True, help="哪一期匹配批次，如 2026-10。")
@JSON
def open_all(period: str, *, as_json: bool) -> None:
    """为一期匹配中应兑现的事项立案；同一期再运行不会重复立案。"""
    ground = the_ground()
    done = with_database(lambda: open_cases(period, ground, local_now()))
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
        return
    click.echo(
        f"立案 {done.opened} 件（其中金额待核定 {done.uncertain} 件），原已有 {done.already} 件，"
        f"非资金事项 {done.not_money} 件不立案"
    )


@cases.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="只看这些状态。")
@click.option("--item", help="只看这个事项。")
@click.option("--overdue", "late", is_flag=True, help="只看期限已过、等人办理的。")
@JSON
def list_cases(states: tuple[State, ...], item: str | None, *, late: bool, as_json: bool) -> None:
    """列出案件：状态、金额、期限。"""

    async def found() -> pl.DataFrame:
        rows = await present(states or None, item)
        if not late:
            return rows
        waiting = await overdue(local_now())
        return rows.join(waiting.select("id"), on="id", how="semi").sort("due_at", "id")

    shown = with_database(found)
    if as_json:
        click.echo(shown.write_json())
        return
    table = Table("编号", "企业", "事项", "周期", "阶段", "状态", "金额（元）", "期限")
    for row in shown.head(SHOWN).iter_rows(named=True):
        table.add_row(
            str(row["id"]), row["name"] or str(row["holder"]), row["item_id"], row["award_period"],
            str(row["stage"]), STATE_WORDS[row["state"]], yuan(row["amount_cents"]), local(row["due_at"]),
        )  # fmt: skip
    console = Console()
    console.print(table if shown.height else "没有这样的案件。")
    if shown.height > SHOWN:
        console.print(f"…… 共 {shown.height} 件；--json 列出全部")


@cases.command()
@click.argument("number", type=click.IntRange(1))
@JSON
def show(number: int, *, as_json: bool) -> None:
    """看一件案件：每一步是谁、何时、为何、依据什么，以及现在能办什么。"""
    [*found] = with_database(lambda: cases_of([number]))
    if not found:
        raise click.ClickException(f"没有 {number} 号案件；用 registry cases list 查编号")
    case: Case = found[0]
    may = [one for one in TRANSITIONS if one.before == case.state]
    if as_json:
        told = msgspec.to_builtins(case) | {
            "state": case.state,
            "amount_cents": case.amount_cents,
            "reserved_cents": reserved_cents(case),
            "claim_cents": case.claim_cents,
            "due_at": None if case.due_at is None else case.due_at.isoformat(),
            "may": [{"event": one.event, "role": one.who} for one in may],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    console = Console()
    state = "未立案" if case.state is None else STATE_WORDS[case.state]
    console.print(
        f"{number} 号：{case.name or case.holder}，{case.item_id}，{case.award_period} 第 {case.stage} 阶段；"
        f"{state}，金额 {yuan(case.amount_cents)} 元，预留 {yuan(reserved_cents(case))} 元，期限 {local(case.due_at)}"
    )
    table = Table("步", "时间", "办理", "谁", "状态", "金额（元）", "原因与依据")
    for one in case.steps:
        table.add_row(
            str(one.step), local(one.happened_at), EVENT_WORDS[one.event], f"{one.by_whom}（{ROLE_WORDS[one.role]}）",
            STATE_WORDS[one.after], yuan(one.amount_cents), said_of(one),
        )  # fmt: skip
    console.print(table)
    console.print(
        "可办："
        + "、".join(f"{one.event} {EVENT_WORDS[one.event]}（{ROLE_WORDS[one.who]}）" for one in may)
    )


@cases.command("step")
@click.argument("event", type=click.Choice(EVENTS))
@NUMBERS
@click.option("--role", required=True, type=click.Choice(list(ROLE_WORDS)), help="以什么身份办。")
@click.option("--by", required=True, help="谁办的。")
@click.option("--reason", help="原因的代号；写错时会列出可用的。")
@click.option("--note", help="补充说明。")
@click.option("--evidence", help="依据：材料、回执或判定的编号。")
@click.option("--document", help="文号。")
@click.option("--amount", help="核定的金额，元，如 5000 或 5000.50。")
@click.option("--account", nargs=3, metavar="户名 开户行 账号", help="收款账户。")
@click.option("--heir", type=click.IntRange(1), help="承继企业的编号。")
def step_all(numbers: tuple[int, ...], **said: Any) -> None:
    """办理一步：EVENT 是 take 受理、approve 审核通过、publicise 公示等，NUMBERS 是案件编号。

    一次可办多件；有一件不能办，整批都不办，逐件说明原因。
    """
    amount, account = said.pop("amount"), said.pop("account")
    asked = Asked(
        **said,
        now=local_now(),
        amount_cents=None if amount is None else cents(amount),
        account=Account(*account) if account else None,
    )
    ground = the_ground()
    done = with_database(lambda: step_cases(numbers, asked, ground))
    click.echo(f"{EVENT_WORDS[asked.event]} {done} 件")


@cases.command()
@JSON
def clocks(*, as_json: bool) -> None:
    """按期限推进：公示期满的通知企业，到提醒日的提醒，逾期的失效；再运行不会重复。"""
    ground = the_ground()
    done = with_database(lambda: keep_case_clocks(ground, local_now()))
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
        return
    said = "，".join(f"{EVENT_WORDS[event]} {number} 件" for event, number in done.items())  # type: ignore[index]
    click.echo(said or "没有到期的。")


@cases.command("year-end")
@click.option("--year", required=True, type=int, help="预算年度。")
@JSON
def list_year_end(year: int, *, as_json: bool) -> None:
    """年末清单：这一年通知过而还没有付到的，以及还能怎么办。"""
    found = with_database(lambda: year_end(year, local_now()))
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    table = Table("编号", "企业", "事项", "状态", "金额（元）", "出路")
    for one in found:
        table.add_row(
            str(one.case_id),
            one.name or "",
            one.item_id,
            STATE_WORDS[one.state],
            yuan(one.amount_cents),
            one.way_out,
        )
    Console().print(table if found else "没有。")


@cases.command("diagram")
def draw() -> None:
    """打印状态流转图（Mermaid），由流转表生成。"""
    click.echo(diagram())


def said_of(one: Happened) -> str:
    """Say reason, document, note and evidence of a step."""
    reasons = said_plainly(shipped_declared).reasons
    reason = reasons[one.reason].label if one.reason in reasons else one.reason
    return "；".join(said for said in (reason, one.document, one.note, one.evidence) if said)
