"""`registry layouts look`, `teach`, `forget`, `headers`: what single headers mean, seen, confirmed and remembered."""

import json
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.learn_layouts import forget_header, learn_headers
from registry.cli.opening import now, rules, said_plainly, the_settings, with_database
from registry.imports.guess import HeaderGuess
from registry.imports.headers import read_header
from registry.imports.learned import known_layouts
from registry.imports.meanings import meaning_in_words
from registry.imports.read_file import read_file
from registry.imports.see_headers import HeadersSeen, see_headers
from registry.imports.teach import taught_header

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="结果写成JSON。")
BY = click.option("--by", required=True, help="谁决定的，留作依据。")
ALL = "all"


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--confirm",
    metavar="A,C",
    help="确认这些列的提示（all：全部），记住后下次就认得；配 --by。",
)
@click.option("--by", help="谁确认的，留作依据。")
@JSON
def look(file: Path, confirm: str | None, by: str | None, *, as_json: bool) -> None:
    """看一张表的表头：认得的、相近而待确认的（分数和理由）、不认得的。不导入任何数据。"""
    words = rules().vocabulary
    known = with_database(lambda: known_layouts(words, now()))
    seen = said_plainly(
        lambda: see_headers(read_file(file.name, file.read_bytes()), known.layouts, words)
    )
    if seen is None:
        raise click.ClickException("没有找到像表头的行；表头在前30行内，至少两列")
    if confirm is not None:
        if by is None:
            raise click.UsageError("--confirm 要配 --by：写明谁确认的")
        letters = chosen_letters(seen.guesses, confirm)
        chosen = {one.key: one.meaning for one in seen.guesses if one.letter in letters}
        learned = with_database(lambda: learn_headers(seen.layout.name, chosen, by, now(), words))
        told = "、".join(f"“{one.header}”" for one in learned)
        click.echo(f"已记住版式 {seen.layout.name} 的表头：{told}")
        return
    if as_json:
        plain = msgspec.to_builtins(seen) | {"layout": seen.layout.name}
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    _tell(seen)


def chosen_letters(guesses: tuple[HeaderGuess, ...], said: str) -> tuple[str, ...]:
    """Give the letters of columns whose suggestion is confirmed; raises ClickException where one has none."""
    there = [one.letter for one in guesses]
    wanted = there if said == ALL else said.upper().replace("，", ",").split(",")
    strange = [letter for letter in wanted if letter not in there]
    if strange or not wanted:
        known = "、".join(there) or "没有"
        said = "、".join(strange) or "这张表"
        raise click.ClickException(f"{said}没有待确认的提示；有提示的列：{known}")
    return tuple(wanted)


def _tell(seen: HeadersSeen) -> None:
    table = Table(title=f"{seen.layout.label}（{seen.layout.name}），表头在第{seen.header_row}行")
    for name in ("列", "表头", "是什么", "期间", "单位", "怎么知道"):
        table.add_column(name, overflow="fold")
    for known in seen.known:
        table.add_row(
            known.letter, known.header, known.words, known.period or "", known.unit, "认得"
        )
    for guess in seen.guesses:
        why = f"待确认，{guess.score}分：{guess.why}"
        table.add_row(
            guess.letter, guess.header, f"{guess.words}？", guess.period or "", guess.unit, why
        )
    for unknown in seen.unknown:
        table.add_row(unknown.letter, unknown.header, "", "", "", "不认得，不取用")
    console = Console()
    console.print(table)
    if seen.missing:
        left = (
            f"；全部确认后还缺{'、'.join(seen.would_miss)}"
            if seen.would_miss
            else "，全部确认后就认得"
        )
        console.print(f"还不能导入：缺少必备列{'、'.join(seen.missing)}{left}", style="yellow")


@click.command()
@click.argument("name")
@click.argument("header")
@click.argument("meaning")
@BY
def teach(name: str, header: str, meaning: str, by: str) -> None:
    """教一个版式认一个表头。

    例：registry layouts teach tax-returns 营业总收入 fact/annual_revenue --by 某人。

    MEANING 是 fact/指标，或 uscc、name、ignore 等列名；单位和年份不必写，以后各年都认得。
    """
    words = rules().vocabulary
    key = taught_header(read_header((header,)))
    with_database(lambda: learn_headers(name, {key: meaning}, by, now(), words))
    click.echo(f"已记住：{name} 的“{key}”是{meaning_in_words(meaning, words)}")


@click.command()
@click.argument("name")
@click.argument("header")
@BY
def forget(name: str, header: str, by: str) -> None:
    """撤回学过的一个表头：从现在起又是不认得的。"""
    words = rules().vocabulary
    with_database(lambda: forget_header(name, header, by, now(), words))
    click.echo(f"已撤回：{name} 的“{header}”")


@click.command()
@JSON
def headers(*, as_json: bool) -> None:
    """学过的表头：哪个版式、是什么、谁在何时决定的。"""
    words = rules().vocabulary
    known = with_database(lambda: known_layouts(words, now()))
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(known.headers), ensure_ascii=False))
        return
    zone = the_settings().timezone
    table = Table()
    for name in ("版式", "表头", "是", "谁", "何时"):
        table.add_column(name, overflow="fold")
    for one in known.headers:
        when = one.recorded_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        meaning = meaning_in_words(one.meaning or "", words)
        table.add_row(one.layout, one.header, meaning, one.decided_by, when)
    Console().print(table)


OF_HEADERS = (look, teach, forget, headers)
