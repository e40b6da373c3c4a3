"""`registry layouts`: what departments' sheets look like: listed, checked, proposed, learned, as templates."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table

from matching.language.vocabulary import Vocabulary
from registry.actions.learn_layouts import (
    CheckedLayout,
    check_layout,
    layout_template,
    learn_layout,
    withdraw_layout,
)
from registry.cli.layout_headers import OF_HEADERS
from registry.cli.opening import now, rules, said_plainly, the_settings, with_database
from registry.imports.learned import KnownLayouts, known_layouts
from registry.imports.load_layouts import SHIPPED, load_layouts
from registry.imports.propose_layout import propose_layout
from registry.imports.read_file import read_file
from registry.imports.write_layout import LayoutHead, layout_text
from registry.profiles.table_files import check_writable

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
BY = click.option("--by", required=True, help="谁决定的，留作依据。")


@click.group()
def layouts() -> None:
    """各部门数据表的版式：哪个表头是哪个指标、什么单位、哪个期间。"""


for command in OF_HEADERS:
    layouts.add_command(command)


def _known(words: Vocabulary) -> KnownLayouts:
    return with_database(lambda: known_layouts(words, now()))


def _print_json(value: Any) -> None:
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))


@layouts.command("list")
@JSON
def list_layouts(*, as_json: bool) -> None:
    """有哪些版式：随附的和本系统设立的，各学过几个表头。"""
    words = rules().vocabulary
    known = _known(words)
    own = {one.name: one for one in known.own}
    rows = [
        {
            "name": one.name,
            "department": one.department,
            "label": one.label,
            "columns": sum(column.role != "ignore" for column in one.columns),
            "samples": len(one.samples),
            "learned_headers": sum(said.layout == one.name for said in known.headers),
            "set_up_by": own[one.name].decided_by if one.name in own else None,
        }
        for one in known.layouts
    ]
    if as_json:
        _print_json({"layouts": rows, "broken": known.broken})
        return
    table = Table()
    for name in ("版式", "部门", "名称", "列", "样例", "学过的表头", "设立"):
        table.add_column(name, overflow="fold")
    for row in rows:
        department = words.departments[str(row["department"])]
        figures = (str(row[key]) for key in ("columns", "samples", "learned_headers"))
        set_up = str(row["set_up_by"] or "随附")
        table.add_row(str(row["name"]), department, str(row["label"]), *figures, set_up)
    console = Console()
    console.print(table)
    for name, problems in known.broken.items():
        console.print(f"版式 {name} 用现在的指标读不懂，没有启用：{problems[0]}", style="yellow")


@layouts.command()
@click.argument("files", nargs=-1, type=FILE)
@JSON
def check(files: tuple[Path, ...], *, as_json: bool) -> None:
    """检查版式文件并试它的样例；不写文件时检查随附的版式。有问题时退出码为1。"""
    words = rules().vocabulary
    shipped = said_plainly(lambda: load_layouts(words))
    files = files or tuple(SHIPPED / f"{one.name}.yml" for one in shipped)
    checked = {path.name: check_layout(_text(path), path, words, shipped) for path in files}
    if as_json:
        _print_json(
            {name: {"problems": one.problems, "lacks": one.lacks} for name, one in checked.items()}
        )
    else:
        _tell(checked)
    if any(one.problems for one in checked.values()):
        raise SystemExit(1)


def _tell(checked: dict[str, CheckedLayout]) -> None:
    console = Console()
    for name, one in checked.items():
        for problem in one.problems:
            console.print(str(problem), style="red", soft_wrap=True, markup=False)
        samples = len(one.layout.samples) if one.layout else 0
        said = "没有问题" if not one.problems else f"{len(one.problems)} 处问题"
        lacking = f"；{one.lacks}" if one.lacks else ""
        console.print(f"{name}：{said}，样例 {samples} 行{lacking}", soft_wrap=True, markup=False)


@layouts.command()
@click.argument("file", type=FILE)
@click.option("--department", required=True, help="哪个部门的表，如 science。")
@click.option("--name", default=None, help="版式名；默认 部门-new。")
@click.option("--label", default=None, help="给人看的名称；默认文件名。")
@click.option("--out", type=OUT, help="写到哪个 .yml；默认写到屏幕。")
def suggest(
    file: Path, department: str, name: str | None, label: str | None, out: Path | None
) -> None:
    """按一张没见过的表提出版式：表头与指标名相近的写上分数和理由，其余写成不取用，由人定。

    样例取自表中第一行读得通的数据，企业名称、代码和邮箱换成虚构的。
    """
    words = rules().vocabulary
    if department not in words.departments:
        said = "、".join(f"{key}（{label}）" for key, label in words.departments.items())
        raise click.ClickException(f"没有部门“{department}”；可用：{said}")
    if out is not None:
        said_plainly(lambda: check_writable(out, (".yml",)))
    head = LayoutHead(
        name=name or (out.stem if out else f"{department}-new"),
        department=department,
        label=label or file.stem,
    )
    known = _known(words)

    def proposed() -> str:
        grids = read_file(file.name, file.read_bytes())
        return layout_text(head, propose_layout(grids, department, known.layouts, words), words)

    text = said_plainly(proposed)
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    click.echo(f"版式写在 {out}；改好后用 registry layouts check {out} 检查")


@layouts.command()
@click.argument("file", type=FILE)
@BY
def learn(file: Path, by: str) -> None:
    """启用一个版式文件：样例都通过才收下，从现在起认得这样的表。"""
    words = rules().vocabulary
    text = _text(file)
    learned = with_database(lambda: learn_layout(text, by, now(), words))
    click.echo(f"已启用版式 {learned.name}（{learned.label}），样例 {len(learned.samples)} 行通过")


@layouts.command()
@click.argument("name")
@BY
def withdraw(name: str, by: str) -> None:
    """撤回本系统设立的一个版式：从现在起不再用它认表，已导入的数据不变。"""
    words = rules().vocabulary
    with_database(lambda: withdraw_layout(name, by, now(), words))
    click.echo(f"已撤回版式 {name}")


@layouts.command()
@click.argument("name")
@click.option("--out", required=True, type=OUT, help="结果：.xlsx")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="数据截至哪一天，表头写到那天已结束的年、季、月；默认今天。",
)
def template(name: str, out: Path, day: datetime | None) -> None:
    """写出给部门填的空表：带单位的表头、可选的词、填写说明。"""
    said_plainly(lambda: check_writable(out, (".xlsx",)))
    words = rules().vocabulary
    on = day.date() if day else now().astimezone(the_settings().timezone).date()
    content = with_database(lambda: layout_template(name, on, now(), words))
    out.write_bytes(content)
    click.echo(f"空表写在 {out}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{path} 读不成文字；存成 UTF-8 的 .yml 文件") from None
