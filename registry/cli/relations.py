"""`registry relations`: mergers, splits, moves, control and groups, dated and with the document they rest on."""

from datetime import datetime

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.relate import RelationShown, list_relations, relate, withdraw
from registry.cli.opening import now, rules, with_database
from registry.cli.review import AS_JSON, enterprise_meant
from registry.identity.relation_store import KINDS, Relation

_ADDED = [kind for kind in KINDS if kind != "withdrawn"]


@click.group()
def relations() -> None:
    """企业之间的关系：吸收合并、分立、迁移、控制、集团；承继方承继称号和奖补台账。"""


@relations.command("add")
@click.argument("one")
@click.argument("kind", type=click.Choice(_ADDED))
@click.argument("other", required=False)
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="生效日。")
@click.option("--document", required=True, help="依据的文件。")
@click.option("--by", required=True, help="由谁记录。")
@click.option("--share", type=float, help="控制：持股比例，百分数，如 51。")
@click.option("--from", "place_from", help="迁移：迁出地的行政区划代码。")
@click.option("--to", "place_to", help="迁移：迁入地的行政区划代码。")
@click.option("--titles/--no-titles", default=None, help="分立：文件写明称号由新企业承继。")
@AS_JSON
def add(one: str, kind: str, other: str | None, **given: object) -> None:
    """记录 ONE（代码或编号）与 OTHER 的一种关系；merged_into：ONE 并入 OTHER，split_from：ONE 分自 OTHER。"""
    day, share, titles = given["day"], given["share"], given["titles"]

    async def work() -> int:
        said = {
            "enterprise_id": await enterprise_meant(one),
            "other_id": None if other is None else await enterprise_meant(other),
            "kind": kind,
            "effective_on": day.date() if isinstance(day, datetime) else day,
            "document": given["document"],
            "recorded_by": given["by"],
            "recorded_at": now(),
            "share_bp": round(share * 100) if isinstance(share, float) else None,
            "place_from": given["place_from"],
            "place_to": given["place_to"],
            "titles": None if titles is None else "pass" if titles else "stay",
        }
        return await relate(msgspec.convert(said, Relation), rules().vocabulary)

    number = with_database(work)
    if given["as_json"]:
        click.echo(msgspec.json.encode({"id": number}))
    else:
        click.echo(f"已记录，第{number}号；承继的称号和奖补从下一次判定起计入。")


@relations.command("list")
@click.option("--of", help="只看这家企业的：代码或编号。")
@AS_JSON
def list_them(of: str | None, *, as_json: bool) -> None:
    """列出记录过的关系，新的在前。"""

    async def work() -> tuple[RelationShown, ...]:
        return await list_relations(now(), None if of is None else await enterprise_meant(of))

    found = with_database(work)
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    table = Table("号", "企业", "关系", "另一家", "生效日", "依据", "状态")
    for one in found:
        said = one.relation
        share = "" if said.share_bp is None else f" {said.share_bp / 100:g}%"
        state = "已撤回" if one.withdrawn else "有效"
        table.add_row(
            str(one.id), one.enterprise, KINDS[said.kind] + share,
            one.other or f"{said.place_from or '?'} → {said.place_to or '?'}",
            str(said.effective_on), said.document, state,
        )  # fmt: skip
    Console().print(table if found else "没有记录过关系。")


@relations.command("withdraw")
@click.argument("number", type=click.IntRange(1))
@click.option("--by", required=True, help="由谁撤回。")
@click.option("--reason", required=True, help="为什么撤回，原样显示。")
def withdraw_one(number: int, by: str, reason: str) -> None:
    """撤回一条关系：从现在起不再据以承继；此前各期不变。"""
    with_database(lambda: withdraw(number, by, reason, now()))
    click.echo(f"第{number}号关系已撤回。")
