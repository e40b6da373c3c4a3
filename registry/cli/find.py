"""`registry find`, `registry index`: the search box at the command line, and the index behind it."""

from datetime import UTC

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.search_enterprises import Asked, Found, search_enterprises
from registry.cli.opening import now, rules, the_settings, with_database
from registry.lookup.kept import KeptIndex, Made, make_folder
from registry.portal.search_page import MESSAGES, tell_answer

LOOKUP = "lookup"


@click.command()
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1, 50), default=10, show_default=True, help="最多列几家。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，与 /api/enterprises 相同。")
def find(text: str, limit: int, *, as_json: bool) -> None:
    """按名称（写错、简称、拼音、曾用名都可以）或代码查找企业。"""
    found = with_database(lambda: _found(text, limit))
    answer = tell_answer(text, found, rules().vocabulary)
    console = Console()
    if as_json:
        console.print_json(msgspec.json.encode(answer).decode())
        return
    if not answer.hits:
        console.print(MESSAGES[answer.state])
        raise SystemExit(1)
    table = Table("企业", "统一社会信用代码", "所在区县", "为什么", "把握")
    for hit in answer.hits:
        name = f"{hit.name}（{hit.seen}）" if hit.seen else hit.name
        table.add_row(name, hit.uscc or "不详", hit.place or "不详", hit.why, f"{hit.score:.2f}")
    console.print(table)


@click.command()
def index() -> None:
    """重建企业名称与代码的查找索引；服务自己会做，大批导入之后可以先做好。"""
    made = with_database(_made)
    Console().print(f"已建成：名称编号到 {made.last_name:,}，企业编号到 {made.last_enterprise:,}")


async def _found(text: str, limit: int) -> Found:
    kept = KeptIndex(the_settings().data_dir / LOOKUP)
    moment = now()
    today = moment.astimezone(the_settings().timezone or UTC).date()
    try:
        return await search_enterprises(text, kept, Asked(now=moment, today=today, limit=limit))
    finally:
        await kept.close()


async def _made() -> Made:
    return await make_folder(the_settings().data_dir / LOOKUP)
