"""What `registry pool` prints: tables for people, each with its day and rule."""

import polars as pl
from rich.console import Console
from rich.table import Table

from matching.language.units import quantity_in_words
from matching.language.vocabulary import Vocabulary
from registry.actions.file_papers import PlanYear
from registry.actions.show_pool import Counts, Expiring
from registry.pool.clocks import WHAT_WORDS
from registry.pool.count import Ladder
from registry.pool.propose import Proposals
from registry.pool.targets import TargetRow

SHOWN_ROWS = 30
KIND_WORDS = {"target": "目标", "forecast": "预计", "plan": "计划", "actual": "上报实际"}
COUNT_WORDS = {"new": "新增", "total": "总数"}
BOUND_WORDS = {"at_least": "以上", "about": "左右", "exactly": ""}


def show_proposals(console: Console, found: Proposals, table: pl.DataFrame) -> None:
    """Print the nearest candidates with their reasons."""
    console.print(
        f"{found.enterprises:,} 家中提出 {table.height:,} 家；数据不足、无法判断 {found.unknown:,} 家"
    )
    console.print(f"口径：{found.rule}", style="dim")
    if found.untried:
        console.print(f"另有 {found.untried:,} 家也接近，没有逐家细看", style="yellow")
    shown = Table()
    shown.add_column("名次", justify="right")
    for name in ("企业", "理由"):
        shown.add_column(name, overflow="fold")
    for row in table.head(SHOWN_ROWS).iter_rows(named=True):
        shown.add_row(str(row["rank"]), row["enterprise"] or "", row["reasons"])
    if table.height > SHOWN_ROWS:
        shown.caption = f"另有 {table.height - SHOWN_ROWS:,} 家，用 --out 全部写出"
    console.print(shown)


def show_counts(console: Console, counts: Counts) -> None:
    """Print the ladder counted twice over, the year's flows, and places where asked for."""
    console.print(_ladder(counts.ladder))
    for rule in counts.ladder.rules:
        console.print(f"口径：{rule}", style="dim")
    if counts.unsent:
        missing = "、".join(counts.unsent)
        console.print(f"没有收到过全量名单，只是至少的数：{missing}", style="yellow")
    console.print(_flows(counts))
    console.print(f"口径：{counts.flow_rule}", style="dim")
    if counts.places:
        console.print(_places(counts))


def _ladder(ladder: Ladder) -> Table:
    table = Table(title=f"截至 {ladder.on}，共 {ladder.total:,} 家")
    table.add_column("级别")
    for name in ("按最高一级", "含以上各级"):
        table.add_column(name, justify="right")
    for stage in ladder.stages:
        table.add_row(stage.label, f"{stage.highest:,}", f"{stage.nested:,}")
    return table


def _flows(counts: Counts) -> Table:
    table = Table(title=f"{counts.ladder.on.year}年以来")
    table.add_column("培育库")
    for name in ("入库", "推荐", "推荐后待定", "认定", "退出"):
        table.add_column(name, justify="right")
    for flow in counts.flows:
        figures = (flow.entered, flow.recommended, flow.waiting, flow.recognised, flow.ended)
        table.add_row(flow.label, *(f"{figure:,}" for figure in figures))
    return table


def _places(counts: Counts) -> Table:
    table = Table(title="按区县，按最高一级")
    table.add_column("区县")
    for stage in counts.ladder.stages:
        table.add_column(stage.label, justify="right")
    table.add_column("合计", justify="right")
    for place in counts.places:
        figures = [f"{stage.highest:,}" for stage in place.ladder.stages]
        table.add_row(place.name, *figures, f"{place.ladder.total:,}")
    return table


def show_expiring(console: Console, found: Expiring) -> None:
    """Print what is due, the earliest first, and who is late by officer and place."""
    table = Table(title=f"截至 {found.on}，{found.days} 天以内")
    for name in ("企业", "区县", "责任人", "事项", "期限", "还有"):
        table.add_column(name, overflow="fold")
    for row in found.rows:
        one = row.due
        left = f"{one.days}天" if one.days >= 0 else f"未见记录，逾期{-one.days}天"
        if one.what == "validity" and one.days < 0:
            left = f"已过{-one.days}天"
        mark = "" if one.mark == "verified" else "（期限待核对）"
        rule = f"（{one.rule}）" if one.rule else ""
        what = f"{one.label} {WHAT_WORDS[one.what]}{rule}{mark}"
        table.add_row(
            row.name, row.place or "未知", row.officer or "未定", what, str(one.day), left
        )
    console.print(table)
    late = Table(title="逾期：按责任人和区县")
    for name in ("责任人", "区县"):
        late.add_column(name)
    late.add_column("件数", justify="right")
    for group in found.late:
        late.add_row(group.officer or "未定", group.place or "未知", f"{group.late:,}")
    console.print(late)


def show_target_rows(console: Console, rows: tuple[TargetRow, ...], vocabulary: Vocabulary) -> None:
    """Print the figures set for a year, with what came of them, and the sentences they stand in."""
    table = Table()
    for name in ("地区", "部门", "称号", "性质", "数", "期间", "实际", "来源"):
        table.add_column(name, overflow="fold")
    for row in rows:
        one = row.target
        each = "每年" if one.every_year else ""
        figure = f"{each}{COUNT_WORDS[one.counts]}{one.figure:,}{BOUND_WORDS[one.bound]}"
        source = f"{one.source}：{one.source_line}"
        if row.differs_from:
            source += f"【不一致：{'；'.join(row.differs_from)}】"
        table.add_row(
            row.place_name + (f"（{row.inherited_from}下达）" if row.inherited_from else ""),
            vocabulary.departments[one.department] if one.department else "未定",
            row.label,
            KIND_WORDS[one.kind],
            figure,
            f"{one.first_year}–{one.last_year}",
            f"{'至少' if row.at_least else ''}{row.actual:,}（至{row.actual_until}）",
            source,
        )
    console.print(table)


def show_plan_years(console: Console, rows: tuple[PlanYear, ...], vocabulary: Vocabulary) -> None:
    """Print each year of each plan beside the actual figure."""
    table = Table()
    for name in ("企业", "年份", "指标", "计划", "实际", "备案日"):
        table.add_column(name, overflow="fold")
    for row in rows:
        fact = vocabulary.facts[row.plan.fact]
        if fact.kind not in ("money", "number", "share"):
            continue
        planned, actual = (
            "尚不知道" if amount is None else quantity_in_words(amount, fact.kind, fact.unit)
            for amount in (row.plan.amount, row.actual)
        )
        table.add_row(
            row.name, str(row.plan.year), fact.label, planned, actual, str(row.plan.filed_on)
        )
    console.print(table)
