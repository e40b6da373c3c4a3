"""`registry catalogue`: the policy base at the command line."""

from pathlib import Path

import click

from matching.catalogue.check import check_catalogue
from matching.catalogue.load_vocabulary import SHIPPED


@click.group()
def catalogue() -> None:
    """政策库。"""


@catalogue.command()
@click.argument("folder", default=SHIPPED, type=click.Path(path_type=Path, file_okay=False))
def check(folder: Path) -> None:
    """检查政策库目录：读法、词汇、例子，一次列出全部问题（文件、行号、怎么办）。

    不给目录时检查随系统发布的政策库。
    """
    problems = check_catalogue(folder)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise click.ClickException(f"共 {len(problems)} 个问题")
    click.echo("政策库没有问题：全部条目可读，全部例子与判定一致。")
