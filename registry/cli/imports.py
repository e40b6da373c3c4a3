"""`registry imports`: what was taken in, what was refused of it, and taking it back."""

import json
from pathlib import Path

import click
import msgspec
from rich.console import Console

from registry.actions.refused_rows import refused_rows
from registry.actions.show_imports import list_imports, show_import
from registry.actions.undo_effect import UndoEffect, undo_effect
from registry.actions.undo_import import TakenBack, Undoing, undo_import
from registry.cli.opening import now, rules, with_database
from registry.cli.preview_report import show_effect, show_imports_listed, show_one_import

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
NUMBER = click.argument("number", type=click.IntRange(min=1))
NOBODY = "（查看影响）"


@click.group("imports")
def imports() -> None:
    """查看导入过的数据表、退回未取用的行、撤销一次导入。"""


@imports.command("list")
@click.option(
    "--page", type=click.IntRange(min=1), default=1, help="第几页，每页 50 次，新的在前。"
)
@AS_JSON
def list_them(*, page: int, as_json: bool) -> None:
    """列出导入过的数据表，新的在前。"""
    found = with_database(lambda: list_imports(page))
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        show_imports_listed(Console(), found, rules().vocabulary)


@imports.command("show")
@NUMBER
@AS_JSON
def show(*, number: int, as_json: bool) -> None:
    """查看一次导入写入了什么、没有取用什么、是否已撤销。"""
    found = with_database(lambda: show_import(number))
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        show_one_import(Console(), found)


@imports.command("effect")
@NUMBER
@AS_JSON
def effect(*, number: int, as_json: bool) -> None:
    """查看撤销一次导入会改变哪些判定，什么都不改动。"""

    async def look() -> UndoEffect:
        return await undo_effect(
            Undoing(import_id=number, by=NOBODY, reason=NOBODY, now=now()), rules()
        )

    found = with_database(look)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        show_effect(Console(), found)


@imports.command("undo")
@NUMBER
@click.option("--by", required=True, help="由谁撤销，记入导入记录。")
@click.option("--reason", required=True, help="为什么撤销，原样显示在导入记录里。")
@AS_JSON
def undo(*, number: int, by: str, reason: str, as_json: bool) -> None:
    """撤销一次导入：它写入的数不再算数，其后的数不受影响。先用 effect 查看会改变哪些判定。"""

    async def take_back() -> TakenBack:
        asked = Undoing(import_id=number, by=by, reason=reason, now=now())
        return await undo_import(asked, rules().vocabulary)

    done = with_database(take_back)
    if as_json:
        click.echo(msgspec.json.encode(done))
        return
    click.echo(
        f"已撤销第{number}号导入“{done.taken.file_name}”：它写入的数不再算数；"
        f"企业改回名称{done.renamed:,}家，不再在库{done.unknown:,}家，邮箱{done.contacts:,}个。"
    )


@imports.command("refused")
@NUMBER
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到这个 .xlsx。")
@AS_JSON
def refused(*, number: int, out: Path, as_json: bool) -> None:
    """把未取用的行写成工作簿，单元格批注写明原因和办法；更正后再导入即可。"""
    written = with_database(lambda: refused_rows(number, rules().vocabulary))
    try:
        out.write_bytes(written.data)
    except OSError as closed:
        raise click.ClickException(f"写不了 {out}（{closed.strerror}）；换一个能写的位置") from None
    if as_json:
        said = {"import_id": number, "file": str(out), "rows": written.rows, "cells": written.cells}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    click.echo(f"已写出 {out}：{written.rows:,}行；更正有颜色的单元格后用 registry import 导入")
