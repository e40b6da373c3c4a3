"""`registry catalogue`: the policy base at the command line."""

from pathlib import Path

import click
import msgspec

from matching.catalogue.check import Checked, check_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.language.problems import RULES


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
