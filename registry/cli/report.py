"""What a command prints: tables for people, with figures they can add up."""

import polars as pl
from rich.console import Console
from rich.table import Table

from matching.catalogue.load_catalogue import Catalogue
from matching.language.units import money_in_words
from matching.notices.store import delivery_counts
from matching.runs.store import RunRecord, change_counts, totals_of
from matching.runs.types import CAUSE_WORDS, CHANGE_WORDS
from registry.imports.types import Refusal

SHOWN_REFUSALS = 12
CHANNELS = {"inbox": "站内信", "email": "电子邮件"}
STATES = {
    "created": "待投递",
    "sending": "投递中",
    "sent": "已发出",
    "delivered": "已送达",
    "failed_temporary": "暂时失败，将重试",
    "failed_permanent": "失败",
    "unknown": "结果不明",
}


async def show_run(console: Console, run: RunRecord, catalogue: Catalogue) -> None:
    """Print one run: totals, each item, changes with their cause, notices owed."""
    totals = await totals_of(run.id)
    console.rule(f"{run.period} 期匹配（事实截至 {run.as_of}）")
    console.print(_headline(run, totals))
    console.print(_items(totals, catalogue))
    console.print(_changes(await change_counts(run.id), run.kept or 0))
    show_deliveries(console, await delivery_counts(run.id))
    console.print(f"回执 {run.receipt}", style="dim")


def _headline(run: RunRecord, totals: pl.DataFrame) -> Table:
    sums = totals.select(pl.col("met", "unmet", "unknown", "person").sum()).row(0, named=True)
    payable = totals.filter("payable")
    table = Table(title="总计")
    for name in ("企业", "事项", "符合", "不符合", "待补充", "需人工", "确定金额", "可能金额"):
        table.add_column(name, justify="right", overflow="fold")
    table.add_row(
        f"{run.enterprises:,}",
        f"{run.items:,}",
        *(f"{sums[key]:,}" for key in ("met", "unmet", "unknown", "person")),
        money_in_words(int(payable["certain_cents"].sum())),
        money_in_words(int(payable["possible_cents"].sum())),
    )
    endless = int(payable["endless"].sum())
    table.caption = "可能金额：符合、待补充、需人工三类中算得出的上限之和，不是预计要付的钱" + (
        f"；另有{endless:,}件的上限无法计算，未计入" if endless else ""
    )
    return table


def _items(totals: pl.DataFrame, catalogue: Catalogue) -> Table:
    table = Table(title="可免申兑付的事项（其余仅供查询，见网页）")
    table.add_column("事项", max_width=44)
    for name in ("符合", "让位", "待定其一", "不符合", "待补充", "需人工", "确定金额"):
        table.add_column(name, justify="right")
    counted = ("met", "yielded", "waiting", "unmet", "unknown", "person")
    for row in totals.filter("payable").sort("met", descending=True).iter_rows(named=True):
        item = catalogue.item(row["item_id"])
        table.add_row(
            item.title if item else row["item_id"],
            *(_number(row[key]) for key in counted),
            money_in_words(row["certain_cents"]),
        )
    return table


def _number(count: int | None) -> str:
    """Say a count; nobody counted in a run of before that was a question."""
    return "—" if count is None else f"{count:,}"


def _changes(counts: pl.DataFrame, kept: int) -> Table:
    table = Table(title="与上期相比")
    table.add_column("变化")
    table.add_column("原因")
    table.add_column("件数", justify="right")
    for kind, cause, count in counts.iter_rows():
        table.add_row(CHANGE_WORDS[kind], CAUSE_WORDS[cause], f"{count:,}")
    table.add_row("不变", "", f"{kept:,}")
    return table


def show_deliveries(console: Console, counts: pl.DataFrame) -> None:
    """Print notices by channel and state."""
    table = Table(title="通知")
    table.add_column("渠道")
    table.add_column("状态")
    table.add_column("件数", justify="right")
    for channel, state, count in counts.iter_rows():
        table.add_row(CHANNELS[channel], STATES[state], f"{count:,}")
    if counts.is_empty():
        table.add_row("", "没有应发的通知", "0")
    console.print(table)


def show_troubles(console: Console, troubled: pl.DataFrame) -> None:
    """Print deliveries that failed or whose fate is unknown, newest first."""
    if troubled.is_empty():
        return
    table = Table(title="需要处理的投递（核对后用 --resend 编号 重发）")
    for name in ("编号", "收件地址", "状态", "次数", "对方答复"):
        table.add_column(name, overflow="fold")
    for row in troubled.iter_rows(named=True):
        table.add_row(
            str(row["id"]),
            row["address"],
            STATES[row["state"]],
            str(row["attempts"]),
            row["answer"] or "",
        )
    console.print(table)


def show_refusals(console: Console, refused: tuple[Refusal, ...]) -> None:
    """Print refused cells: where, what, why and the way out; all of them are kept in the database."""
    if not refused:
        return
    table = Table(title=f"未采纳 {len(refused)} 处（没有列出的都已入库）")
    for name in ("文件", "工作表", "位置", "内容", "问题", "怎么办"):
        table.add_column(name, overflow="fold")
    for cell in refused[:SHOWN_REFUSALS]:
        place = f"{cell.column}{cell.row or ''}" or "整表"
        value = "（空）" if cell.value is None else cell.value
        table.add_row(cell.file_name, cell.sheet, place, value, cell.problem, cell.way_out)
    console.print(table)
    if len(refused) > SHOWN_REFUSALS:
        console.print(f"…… 另有 {len(refused) - SHOWN_REFUSALS} 个，用 --refused FILE.csv 全部导出")
