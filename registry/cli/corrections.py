"""`registry corrections`: what enterprises ask to have put right, and the answers."""

import asyncio
from datetime import date
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from matching.engine.match import VERDICT_WORDS
from registry.actions.correct_record import (
    Decided,
    Verdicts,
    Wish,
    ask_for_correction,
    decide_correction,
    effect_of,
    show_correction,
    show_corrections,
)
from registry.cli.opening import now, rules, the_settings, with_database
from registry.corrections.files import GivenFile
from registry.corrections.types import (
    STATE_WORDS,
    CorrectionRefused,
    EntryWish,
    ItemChange,
    Request,
    Shown,
    Verdict,
)
from registry.portal.correction_page import in_words
from registry.profiles.knowledge import Knowledge

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
BY = click.option("--by", required=True, help="谁提出或答复的。")
REASON = click.option("--reason", required=True, help="理由。")
NUMBER = click.argument("number", type=click.IntRange(1))
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def corrections() -> None:
    """数据更正：企业认为记录有误，由归口部门核实答复。"""


@corrections.command("list")
@click.option("--department", help="只看这个部门的（代号，如 tax）。")
@click.option("--enterprise", type=int, help="只看这家企业的（编号）。")
@AS_JSON
def list_requests(department: str | None, enterprise: int | None, *, as_json: bool) -> None:
    """列出更正申请，待答复的在前。"""
    words, today = rules().vocabulary, _today()
    shown = with_database(lambda: show_corrections(_knowledge(), words, department, enterprise))
    if as_json:
        _as_json(shown)
        return
    table = Table("编号", "企业", "数据", "现为", "应为", "部门", "状态")
    for one in shown:
        request = one.request
        said = (
            in_words(request.column, kept, words, today) for kept in (request.shown, request.wanted)
        )
        state = STATE_WORDS[one.state] + (
            "，后来的表又是别的值" if one.still_counts is False else ""
        )
        table.add_row(
            str(request.id),
            str(request.enterprise_id),
            request.column,
            *said,
            request.department,
            state,
        )
    Console().print(table if shown else "没有更正申请。")


@corrections.command()
@NUMBER
@AS_JSON
def show(number: int, *, as_json: bool) -> None:
    """看一件申请，以及采纳后哪些事项会变。"""
    shown, changes = with_database(lambda: _with_effect(number))
    if as_json:
        _as_json((shown, changes))
        return
    words, today, request = rules().vocabulary, _today(), shown.request
    console = Console()
    console.print(
        f"第{request.id}号（{STATE_WORDS[shown.state]}）：企业{request.enterprise_id} {request.column}"
    )
    console.print(f"现为 {in_words(request.column, request.shown, words, today)}，"
                  f"应为 {in_words(request.column, request.wanted, words, today)}；{request.reason}")  # fmt: skip
    _tell_changes(console, changes)


@corrections.command()
@click.option("--enterprise", type=int, required=True, help="企业编号，见 registry find。")
@click.option("--column", required=True, help="数据，如 annual_revenue@2025，或名录的代号。")
@click.option("--wanted", help="应是多少，如 “1,200 万元”。")
@click.option("--on/--not-on", "listed", default=None, help="名录：应在，或不应在。")
@click.option("--file", "files", multiple=True, type=FILE, help="证明材料，可给多个。")
@REASON
@BY
def ask(**given: object) -> None:
    """替企业提出一件更正。"""
    request = with_database(lambda: _ask(given))
    Console().print(f"已收下，第{request.id}号，由 {request.department} 答复。")


@corrections.command()
@NUMBER
@REASON
@BY
def accept(number: int, reason: str, by: str) -> None:
    """采纳：从现在起按更正后的值，并重新判定。"""
    _decide(number, "accepted", reason, by)


@corrections.command()
@NUMBER
@REASON
@BY
def reject(number: int, reason: str, by: str) -> None:
    """不采纳：值不变，理由告知申请人。"""
    _decide(number, "rejected", reason, by)


@corrections.command()
@NUMBER
@REASON
@BY
def withdraw(number: int, reason: str, by: str) -> None:
    """申请人撤回。"""
    _decide(number, "withdrawn", reason, by)


def _decide(number: int, verdict: Verdict, reason: str, by: str) -> None:
    said = Verdicts(number=number, verdict=verdict, reason=reason, decided_by=by)
    done: Decided = with_database(lambda: decide_correction(said, _knowledge(), rules()))
    console = Console()
    console.print(f"第{number}号：{STATE_WORDS[verdict]}")
    _tell_changes(console, done.changes)


async def _ask(given: dict[str, object]) -> Request:
    listed, wanted = given["listed"], given["wanted"]
    if (listed is None) == (wanted is None):
        raise CorrectionRefused("数据用 --wanted 写应是多少；名录用 --on 或 --not-on：二者必居其一")
    paths: tuple[Path, ...] = given["files"]  # type: ignore[assignment]  # click made them so
    papers = await asyncio.to_thread(
        lambda: tuple(GivenFile(path.name, path.read_bytes()) for path in paths)
    )
    wish = Wish(
        enterprise_id=int(str(given["enterprise"])),
        column=str(given["column"]),
        wanted=str(wanted) if listed is None else EntryWish(on=bool(listed)),
        reason=str(given["reason"]),
        asked_by=str(given["by"]),
        files=papers,
    )
    return await ask_for_correction(wish, _knowledge(), rules(), the_settings().data_dir)


async def _with_effect(number: int) -> tuple[Shown, tuple[ItemChange, ...]]:
    shown = await show_correction(number, _knowledge(), rules().vocabulary)
    if shown is None:
        raise CorrectionRefused(f"没有第{number}号更正申请；registry corrections list 列出全部")
    is_open = shown.state == "open"
    return shown, await effect_of(shown.request, _knowledge(), rules()) if is_open else ()


def _tell_changes(console: Console, changes: tuple[ItemChange, ...]) -> None:
    for one in changes:
        console.print(f"  {one.title}：{VERDICT_WORDS[one.before]} → {VERDICT_WORDS[one.after]}")
    if not changes:
        console.print("  没有一项政策的结果因此改变")


def _knowledge() -> Knowledge:
    moment = now()
    return Knowledge(moment.astimezone(the_settings().timezone).date(), moment)


def _today() -> date:
    return _knowledge().as_of


def _as_json(what: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(what)).decode())
