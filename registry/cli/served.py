"""`registry serve` and `registry demo`: the pages, and a fictional city to see them with."""

import os

import click
import uvicorn
from rich.console import Console

from registry.cli.months import deliver_and_tell, play_month, take_in
from registry.cli.opening import the_settings, with_database
from registry.demo.write_sheets import (
    AWARDS,
    INSURANCE,
    MARKET,
    NEGATIVE,
    SHIPPED_SHEETS,
    STATISTICS,
    TAX,
    TITLES,
)
from registry.settings import settings

# The register first, and the ledger that knows firms by name alone last: by then the names are known.
SENT = (MARKET, STATISTICS, TAX, INSURANCE, TITLES, NEGATIVE, AWARDS)


@click.command()
@click.option("--host", help="监听地址；默认 REGISTRY_HOST 或 127.0.0.1。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口；默认 REGISTRY_PORT 或 8000。")
def serve(host: str | None, port: int | None) -> None:
    """提供网页，并按时钟运行每月匹配与通知投递。"""
    the = the_settings()
    Console().print(f"网页：http://{host or the.host}:{port or the.port}/  （Ctrl+C 停止）")
    uvicorn.run(
        "registry.app:create_app",
        factory=True,
        host=host or the.host,
        port=port or the.port,
        log_level="warning",
    )


@click.command()
@click.option("--serve/--no-serve", "serving", default=True, help="跑完两个月后提供网页（默认）。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口；默认 8000。")
@click.pass_context
def demo(context: click.Context, *, serving: bool, port: int | None) -> None:
    """用随附的虚构城市走一遍：建库、导入各部门数据表、连跑两个月、打印结果、打开网页。

    再运行一次不会重复导入、判定或发通知。所有企业均为虚构，政策为真实文件。
    """
    os.environ["REGISTRY_DEMO"] = "true"
    settings.cache_clear()
    console = Console()

    async def two_months() -> None:
        for folder in sorted(path for path in SHIPPED_SHEETS.iterdir() if path.is_dir()):
            files = tuple(folder / name for name in SENT if (folder / name).exists())
            console.rule(f"导入 {folder.name} 各部门数据表（{len(files)} 个文件）")
            await take_in(files, console, None)
            await play_month(folder.name, console)
        await deliver_and_tell(console)

    with_database(two_months)
    if serving:
        context.invoke(serve, host=None, port=port)
