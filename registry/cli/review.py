"""`registry review`, `merge`, `split`: whom rows without a code mean, and which enterprises are one."""

from datetime import date

import click
import msgspec
import polars as pl
from rich.console import Console
from rich.table import Table

from matching.engine.match import VERDICT_WORDS
from registry.actions.judge_identity import Choice, Deciding, Judged, judge, judge_for_show
from registry.actions.review_queue import SITUATIONS, Case, Queue, review_queue, show_case
from registry.cli.opening import now, rules, the_settings, with_database
from registry.enterprises.store import enterprises_by_code
from registry.identity.decide import IdentityRefused
from registry.resolution.tell_evidence import tell_all

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
BY = click.option("--by", required=True, help="由谁认定，记入认定记录。")
REASON = click.option("--reason", required=True, help="依据什么，原样显示在认定记录里。")
TRY = click.option("--try", "only_try", is_flag=True, help="只看会改变哪些判定，什么都不改动。")
LONGEST_NUMBER = 17


@click.group()
def review() -> None:
    """认企业：没有代码的行说的是哪一家，由人认定；认定可以撤销，数据回到原处。"""


@review.command("list")
@click.option("--situation", type=click.Choice(list(SITUATIONS)), help="只看这一种情形。")
@click.option("--page", type=click.IntRange(min=1), default=1, help="第几页，每页 50 种情形。")
@AS_JSON
def list_cases(situation: str | None, page: int, *, as_json: bool) -> None:
    """列出待认定的记录，相同情形合为一条，多的在前。"""
    found = with_database(lambda: review_queue(situation, page))
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _tell_queue(Console(), found)


@review.command("show", context_settings={"ignore_unknown_options": True})
@click.argument("subject", type=int)
@AS_JSON
def show(subject: int, *, as_json: bool) -> None:
    """查看一条待认定的记录（编号小于零）：原文、可能是哪一家、证据。"""
    found = with_database(lambda: show_case(subject))
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _tell_case(Console(), found)


@review.command("decide", context_settings={"ignore_unknown_options": True})
@click.argument("subject", type=int)
@click.option("--same", "same", help="就是这家企业：代码或编号。")
@click.option("--different", help="不是这家企业：代码或编号。")
@click.option("--aside", is_flag=True, help="不是在库的企业，搁置；已认定的则拆开。")
@click.option("--create", is_flag=True, help="新建为企业；知道代码就写 --code。")
@click.option("--take-back", is_flag=True, help="撤销最近一次认定，恢复原来的。")
@click.option("--code", help="新建企业的统一社会信用代码。")
@click.option("--alike", is_flag=True, help="情形完全相同的各条一并如此认定。")
@BY
@REASON
@TRY
@AS_JSON
def decide(subject: int, **given: object) -> None:
    """认定一条记录：--same、--different、--aside、--create、--take-back 之一。"""
    chosen: list[tuple[Choice, str | None]] = []
    if given["same"]:
        chosen.append(("same", str(given["same"])))
    if given["different"]:
        chosen.append(("different", str(given["different"])))
    flags: tuple[tuple[str, Choice], ...] = (
        ("aside", "apart"),
        ("create", "create"),
        ("take_back", "take_back"),
    )
    chosen += [(choice, None) for flag, choice in flags if given[flag]]
    if len(chosen) != 1:
        raise click.UsageError("--same、--different、--aside、--create、--take-back 恰好选一个。")
    [(choice, whom)] = chosen
    _decide(str(subject), choice, whom, given)


@click.command()
@click.argument("one")
@click.argument("onto")
@BY
@REASON
@TRY
@AS_JSON
def merge(one: str, onto: str, **given: object) -> None:
    """认定两家企业是同一家：ONE 的数据从此算作 ONTO 的（各写代码或编号）。"""
    _decide(one, "same", onto, given)


@click.command()
@click.argument("one")
@BY
@REASON
@TRY
@AS_JSON
def split(one: str, **given: object) -> None:
    """把合并错的企业拆开：ONE（代码或编号）的数据回到它自己名下。"""
    _decide(one, "apart", None, given)


def _decide(subject: str, choice: Choice, whom: str | None, given: dict[str, object]) -> None:
    code = given.get("code")

    async def work() -> Judged:
        asked = Deciding(
            subject_id=await enterprise_meant(subject),
            choice=choice,
            enterprise_id=None if whom is None else await enterprise_meant(whom),
            uscc=None if code is None else str(code),
            all_alike=bool(given.get("alike")),
            by=str(given["by"]),
            reason=str(given["reason"]),
            now=now(),
        )
        act = judge_for_show if given["only_try"] else judge
        return await act(asked, _today(), rules())

    done = with_database(work)
    if given["as_json"]:
        click.echo(msgspec.json.encode(done))
    else:
        _tell_judged(Console(), done, tried=bool(given["only_try"]))


async def enterprise_meant(text: str) -> int:
    """Read a code or a number; raises IdentityRefused where no enterprise has the code."""
    said = text.strip().upper()
    if said.lstrip("-").isdigit() and len(said) <= LONGEST_NUMBER:
        return int(said)
    found = await enterprises_by_code(pl.Series([said]))
    if found.is_empty():
        raise IdentityRefused(f"没有代码为{said}的企业；核对18位代码，或写企业编号")
    return int(found["enterprise_id"][0])


def _tell_queue(console: Console, queue: Queue) -> None:
    if not queue.groups:
        console.print("没有待认定的记录。")
        return
    said = "，".join(f"{SITUATIONS[key]}{count:,}" for key, count in queue.counts.items())  # type: ignore[index]  # our own words
    console.print(f"待认定{queue.total:,}条（{said}），合为{queue.group_total:,}种情形：")
    table = Table("编号", "名称", "情形", "地区", "部门", "条数")
    for one in queue.groups:
        where = one.place or "—"
        departments = "、".join(one.departments)
        table.add_row(
            str(one.subject_id), one.name, SITUATIONS[one.situation], where, departments,
            str(one.alike),
        )  # fmt: skip
    console.print(table)


def _tell_case(console: Console, case: Case) -> None:
    state = f"已认定为企业{case.is_now}" if case.is_now else SITUATIONS[case.situation]
    console.print(
        f"{case.subject_id}　{case.name}（{case.department}；{state}；同情形{case.alike}条）"
    )
    for row in case.rows:
        cells = "，".join(f"{key}：{value}" for key, value in row.cells.items() if value)
        console.print(f"  {row.file_name} 第{row.row}行：{cells}")
    for near in case.candidates:
        who = near.candidate
        console.print(f"  可能是 {who.enterprise_id}　{who.name}　{near.uscc or '无代码'}")
        console.print("    " + "；".join(tell_all(who)))
    for one in case.history:
        whom = "" if one.enterprise_id is None else f" {one.enterprise_id}"
        console.print(
            f"  {one.recorded_at:%Y-%m-%d %H:%M} {one.verdict}{whom}，{one.decided_by}：{one.reason}"
        )


def _tell_judged(console: Console, done: Judged, *, tried: bool) -> None:
    now_is = "不属于任何别的企业" if done.enterprise_id is None else f"企业{done.enterprise_id}"
    begin = "试算，没有改动：" if tried else "已记录："
    console.print(f"{begin}{len(done.subjects)}条，现在是{now_is}。")
    for effect in done.effects:
        state = {"there": "", "gone": "（不再单独在库）", "new": "（单独在库）"}[effect.state]
        console.print(f"{effect.name}{state}：{len(effect.changes)}项判定改变")
        for one in effect.changes:
            console.print(
                f"  {one.title}：{VERDICT_WORDS[one.before]} → {VERDICT_WORDS[one.after]}"
            )


def _today() -> date:
    return now().astimezone(the_settings().timezone).date()
