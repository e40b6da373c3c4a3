"""`registry catalogue`: the policy base at the command line."""

from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from matching.catalogue.check import Checked, check_catalogue
from matching.catalogue.load_catalogue import load_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.language.problems import RULES
from registry.actions.publish_lists import publish_lists
from registry.cli.opening import now, said_plainly, the_settings


@click.group()
def catalogue() -> None:
    """政策库。"""


@catalogue.command()
@click.argument("folder", default=SHIPPED, type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="按 JSON 输出问题与提示。")
def check(folder: Path, *, as_json: bool) -> None:
    """检查政策库目录：读法、词汇、例子、永远不成立的条件，一次列出全部问题（文件、行号、怎么办）。

    不给目录时检查随系统发布的政策库。问题须改正才能使用；提示写明理由，供人核对。
    """
    found = check_catalogue(folder)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
        if found.problems:
            raise SystemExit(1)
        return
    _tell(found)


def _tell(found: Checked) -> None:
    for problem in found.problems:
        click.echo(str(problem))
    for finding in found.findings:
        click.echo(f"提示（{RULES[finding.rule]}）{finding}")
    if found.problems:
        raise click.ClickException(f"共 {len(found.problems)} 个问题")
    click.echo("政策库没有问题：全部条目可读，全部例子与判定一致。")
    if found.findings:
        click.echo(f"另有 {len(found.findings)} 条提示，不影响使用。")


@catalogue.command()
@click.argument("folder", default=SHIPPED, type=click.Path(path_type=Path, file_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到：.xlsx 或 .json")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="截至哪天的状态；默认今天。",
)
def lists(folder: Path, out: Path, day: datetime | None) -> None:
    """由政策库生成两份公开清单：政策清单、办事指南清单。

    征求意见稿、到期、示例等也在清单里，并写明状态和不据此兑付的原因。
    """
    on = day.date() if day else _today()
    written = said_plainly(lambda: publish_lists(load_catalogue(folder), on, out))
    click.echo(
        f"截至 {on}：政策清单 {len(written.policies)} 条，办事指南清单 {len(written.guides)} 条。写在 {out}"
    )


def _today() -> date:
    return now().astimezone(the_settings().timezone).date()
