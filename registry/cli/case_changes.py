"""`registry cases`: what a corrected datum, a rule put right or a revoked title means for cases."""

import re
from typing import Any

import click
import msgspec
import polars as pl
from rich.console import Console
from rich.table import Table

from registry.actions.case_holders import succeed_cases
from registry.actions.recalculate_cases import Recalculated, recalculate_cases
from registry.actions.settle_differences import Decision, settle_differences, stop_for_title
from registry.cases.differences import KIND_WORDS, Difference
from registry.cases.errors import CaseRefused
from registry.cases.types import Asked
from registry.cli.case_words import local_now, the_ground, yuan
from registry.cli.opening import rules, the_settings, with_database
from registry.enterprises.store import enterprises_by_code

JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
BY = click.option("--by", required=True, help="谁决定的。")


@click.command()
@click.option("--period", required=True, help="哪一期匹配批次，如 2026-10。")
@click.option(
    "--current-rules", is_flag=True, help="按现行条款判定；默认按当时的条款，只看数据更正。"
)
@JSON
def recalculate(period: str, *, current_rules: bool, as_json: bool) -> None:
    """数据或条款更正后，把受影响的案件重新核定，列出差异，由人决定；这里不作改动。"""
    found = _found(period, current_rules=current_rules)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    table = Table(
        "序号", "企业", "事项", "周期", "阶段", "案件", "现金额（元）", "应为（元）", "处理", "说明"
    )
    for place, one in enumerate(found.differences, start=1):
        table.add_row(
            str(place), str(one.enterprise_id), one.item_id, one.award_period, str(one.stage),
            "" if one.case_id is None else str(one.case_id), yuan(one.before_cents), yuan(one.after_cents),
            KIND_WORDS[one.kind], one.why,
        )  # fmt: skip
    console = Console()
    console.print(table if found.differences else "没有差异。")
    console.print(f"重新判定 {found.judged} 家，差异 {len(found.differences)} 处。")


@click.command()
@click.argument("which", nargs=-1, required=True)
@click.option("--period", required=True, help="哪一期匹配批次。")
@click.option("--current-rules", is_flag=True, help="同 recalculate。")
@click.option(
    "--cause", type=click.Choice(["our_data", "rule_misread", "forged"]), help="追回的起因。"
)
@click.option("--evidence", required=True, help="依据，如更正单的编号。")
@BY
def settle(which: tuple[str, ...], period: str, *, current_rules: bool, **said: Any) -> None:
    """按差异清单办理：WHICH 写 案件编号，或补差、补立案的 企业编号/事项；有一处不能办就都不办。"""
    ground = the_ground()
    decision = Decision(now=local_now(), rules=current_rules, **said)
    found = _found(period, current_rules=current_rules)
    wanted = [_chosen(one, found) for one in which]
    done = with_database(lambda: settle_differences(found, wanted, decision, ground))
    click.echo(f"办理 {done} 处")


@click.command("stop-for-title")
@click.argument("codes", nargs=-1, required=True)
@click.option("--title", required=True, help="被撤销的称号，如 little_giant。")
@click.option("--evidence", required=True, help="撤销文件的文号。")
@BY
def stop(codes: tuple[str, ...], title: str, evidence: str, by: str) -> None:
    """称号被撤销：取消所据的未付案件（含后续分期），列出已付的由人按文件决定；CODES 是统一社会信用代码。"""
    bound = (rules(), the_ground())
    if title not in bound[0].vocabulary.lists:
        raise click.UsageError(f"没有称号“{title}”；用 lists.yml 中的名录")
    asked = Asked(
        event="cancel",
        role="engine",
        by=by,
        now=local_now(),
        reason="title_revoked",
        evidence=evidence,
    )

    async def done() -> Any:
        found = await enterprises_by_code(pl.Series(list(codes), dtype=pl.String))
        missing = sorted(set(codes) - set(found["uscc"]))
        if missing:
            raise CaseRefused([f"{code}：登记信息里没有这个代码；核对后再办" for code in missing])
        return await stop_for_title(title, found["enterprise_id"].to_list(), asked, bound)

    stopped = with_database(done)
    click.echo(f"取消 {len(stopped.cancelled)} 件")
    if stopped.beyond:
        click.echo(
            f"已付或支付中的 {len(stopped.beyond)} 件，按文件由人决定：{'、'.join(map(str, stopped.beyond))}"
        )


@click.command()
def succeed() -> None:
    """把并入别家的企业的案件转给承继企业；再运行不会重复。"""
    ground = the_ground()
    done = with_database(lambda: succeed_cases(ground, local_now()))
    click.echo(f"转给承继企业 {done} 件")


def _found(period: str, *, current_rules: bool) -> Recalculated:
    catalogue = rules() if current_rules else None
    folder = the_settings().data_dir
    return with_database(lambda: recalculate_cases(period, folder, local_now(), catalogue))


def _chosen(said: str, found: Recalculated) -> Difference:
    pair = re.fullmatch(r"(\d+)/(.+)", said)
    for one in found.differences:
        by_case = one.case_id is not None and said == str(one.case_id)
        by_pair = one.case_id is None and pair is not None
        if by_case or (by_pair and (str(one.enterprise_id), one.item_id) == pair.groups()):  # type: ignore[union-attr]
            return one
    raise click.UsageError(f"差异清单里没有“{said}”；先运行 registry cases recalculate 看清单")


CHANGING = (recalculate, settle, stop, succeed)
