"""`registry catalogue`: the policy base at the command line."""

from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from matching.catalogue.check import Checked, check_catalogue
from matching.catalogue.derived_gate import figure_score, load_figure_examples
from matching.catalogue.load_catalogue import Catalogue, load_catalogue
from matching.catalogue.load_definition_examples import load_definition_examples
from matching.catalogue.load_vocabulary import SHIPPED
from matching.catalogue.mode import MODES, item_mode
from matching.catalogue.mutation_gate import MutationScore, definition_score, mutation_score
from matching.catalogue.publish import publishing_problems
from matching.catalogue.standard_gate import standard_score
from matching.language.items import Item
from matching.language.problems import RULES
from registry.actions.publish_lists import publish_lists
from registry.cli.opening import now, said_plainly, the_settings


@click.group()
def catalogue() -> None:
    """政策库。"""


FOLDER = click.option(
    "--catalogue",
    "folder",
    default=SHIPPED,
    type=click.Path(path_type=Path, file_okay=False),
    help="政策库目录；默认随系统发布的。",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="按 JSON 输出。")


@catalogue.command()
@click.argument("folder", default=SHIPPED, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--publish",
    is_flag=True,
    help="按发布的要求检查：电话、指南、系列，以及每一处界限都有例子守住。",
)
@AS_JSON
def check(folder: Path, *, publish: bool, as_json: bool) -> None:
    """检查政策库目录：读法、词汇、例子、永远不成立的条件，一次列出全部问题（文件、行号、怎么办）。

    不给目录时检查随系统发布的政策库。问题须改正才能使用；提示写明理由，供人核对。
    """
    found = check_catalogue(folder)
    if publish and not found.problems:
        blocking = publishing_problems(folder, load_catalogue(folder), found.findings)
        found = Checked(blocking, found.findings)
    if as_json:
        _print(found)
        raise SystemExit(1 if found.problems else 0)
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
@click.argument("item_id", required=False, metavar="[ITEM]")
@FOLDER
@AS_JSON
def mutants(item_id: str | None, folder: Path, *, as_json: bool) -> None:
    """把规则逐处改错一点，看事项自带的例子能不能发现；列出没有发现的改法。

    也可给称号标准的编号。不给编号时查全部事项、称号标准、共用的定义和按台账计算的指标。有一处没有发现就不能发布。
    """
    base = _loaded(folder)
    standards = [one for one in base.standards if item_id in (None, one.id)]
    items = () if item_id is not None and standards else _items(base, item_id)
    scores = [mutation_score(item, base) for item in items]
    scores += [standard_score(standard, base) for standard in standards]
    if item_id is None:
        shared = said_plainly(lambda: load_definition_examples(folder, base))
        scores += [definition_score(examples, base) for examples in shared]
        figures = said_plainly(lambda: load_figure_examples(folder, base))
        scores += [figure_score(examples, base) for examples in figures]
    standing = sum(len(score.survivors) for score in scores)
    if as_json:
        _print([{**msgspec.to_builtins(score), "killed": score.killed} for score in scores])
    else:
        _tell_scores(scores)
    if standing:
        raise click.ClickException(f"{standing} 处改错没有例子发现")


def _tell_scores(scores: list[MutationScore]) -> None:
    for score in scores:
        click.echo(f"{score.item}: {score.killed}/{score.all}")
        for survivor in score.survivors:
            click.echo(f"  {survivor}")
    killed, made = (sum(getattr(s, key) for s in scores) for key in ("killed", "all"))
    click.echo(f"共 {made} 处改错，例子发现 {killed} 处。")


@catalogue.command()
@click.argument("item_id", required=False, metavar="[ITEM]")
@FOLDER
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="从哪一天看；默认今天。",
)
@AS_JSON
def modes(item_id: str | None, folder: Path, *, day: datetime | None, as_json: bool) -> None:
    """每个事项的办理方式（免申即享、快申快享、申报、不自动）、理由、就绪分和怎样提高。

    由条件和数据来源推出，不能填写。
    """
    base, on = _loaded(folder), day.date() if day else _today()
    found = [
        item_mode(item, base, on, mutation_score(item, base)) for item in _items(base, item_id)
    ]
    if as_json:
        _print(found)
        return
    for one in found:
        click.echo(f"{one.item}: {MODES[one.mode]}，就绪 {one.readiness}。{one.reason}")
        for better in one.raises:
            click.echo(f"  {better}")


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


def _loaded(folder: Path) -> Catalogue:
    return said_plainly(lambda: load_catalogue(folder))


def _items(base: Catalogue, item_id: str | None) -> tuple[Item, ...]:
    if item_id is None:
        return base.items
    item = base.item(item_id)
    if item is None:
        raise click.ClickException(f"政策库里没有编号“{item_id}”；编号即文件名，不带 .yml")
    return (item,)


def _print(said: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(said), indent=2))
