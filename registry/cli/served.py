"""`registry serve` and `registry demo`: the pages, and a fictional city to see them with."""

import asyncio
import logging
import os
import signal
import socket
from pathlib import Path

import click
import uvicorn
from rich.console import Console

from registry.cli.months import deliver_and_tell, play_month
from registry.cli.opening import now, rules, said_plainly, the_settings, with_database
from registry.cli.take_in import Asked, take_in
from registry.demo.city import LARGEST_SIZE, SHIPPED_SIZE, make_city
from registry.demo.write_sheets import (
    AWARDS,
    INSURANCE,
    MARKET,
    NEGATIVE,
    RECORDS,
    SHIPPED_SHEETS,
    STATISTICS,
    TAX,
    TITLES,
    write_sheets,
)
from registry.portal.forms import guarded_forms
from registry.schedule import Schedule
from registry.settings import settings

# The register first, and the ledger that knows firms by name alone last: by then the names are known.
SENT = (MARKET, STATISTICS, TAX, INSURANCE, TITLES, NEGATIVE, *RECORDS.values(), AWARDS)


@click.command()
@click.option("--host", help="监听地址；默认 REGISTRY_HOST 或 127.0.0.1。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口；默认 REGISTRY_PORT 或 8000。")
@click.option(
    "--clock/--no-clock",
    default=True,
    help="同一进程里按时钟运行每月匹配与通知投递（默认）；另有 registry clock 时用 --no-clock。",
)
def serve(host: str | None, port: int | None, *, clock: bool) -> None:
    """提供网页，并按时钟运行每月匹配与通知投递。"""
    if not clock:
        os.environ["REGISTRY_CLOCK"] = "false"
        settings.cache_clear()
    the = the_settings()
    at = (host or the.host, port or the.port)
    said_plainly(lambda: guarded_forms(the.data_dir, demo=the.demo))
    refuse_taken(*at)
    Console().print(f"网页：http://{at[0]}:{at[1]}/  （Ctrl+C 停止）")
    uvicorn.run(
        "registry.app:create_app", factory=True, host=at[0], port=at[1], log_level="warning"
    )


def refuse_taken(host: str, port: int) -> None:
    """Say in words that an address cannot be listened on, before anything is started."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as taken:
            raise click.ClickException(
                f"不能在 {host}:{port} 上监听（{taken.strerror}）；换一个端口，如 --port {port % 65535 + 1}"
            ) from None


@click.command()
def clock() -> None:
    """只按时钟运行每月匹配与通知投递，不提供网页；可与 serve --no-clock 分开部署。

    可同时起多个：由数据库决定谁来做，不会重复。Ctrl+C 或 SIGTERM 停止，正在做的做完才退出。
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)

    async def ticking() -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, stopped.set)
        schedule = Schedule(the_settings(), rules(), now)
        schedule.start()
        Console().print("时钟已启动（Ctrl+C 停止）")
        await stopped.wait()
        await schedule.stop()

    with_database(ticking)


@click.command()
@click.option("--serve/--no-serve", "serving", default=True, help="跑完两个月后提供网页（默认）。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口；默认 8000。")
@click.option(
    "--size",
    type=click.IntRange(1, LARGEST_SIZE),
    default=SHIPPED_SIZE,
    help=f"虚构城市的企业数，1 至 {LARGEST_SIZE}；默认随附的 {SHIPPED_SIZE} 家，其他规模当场生成各部门数据表。",
)
@click.pass_context
def demo(context: click.Context, *, serving: bool, port: int | None, size: int) -> None:
    """用虚构城市走一遍：建库、导入各部门数据表、连跑两个月、打印结果、打开网页。

    再运行一次不会重复导入、判定或发通知。所有企业均为虚构，政策为真实文件。
    """
    os.environ["REGISTRY_DEMO"] = "true"
    settings.cache_clear()
    console = Console()
    sheets = sheets_of(size, console)

    async def two_months() -> None:
        for folder in sorted(path for path in sheets.iterdir() if path.is_dir()):
            files = tuple(folder / name for name in SENT if (folder / name).exists())
            console.rule(f"导入 {folder.name} 各部门数据表（{len(files)} 个文件）")
            await take_in(files, console, Asked())
            await play_month(folder.name, console)
        await deliver_and_tell(console)

    with_database(two_months)
    if serving:
        context.invoke(serve, host=None, port=port, clock=True)


def sheets_of(size: int, console: Console) -> Path:
    """Give the folder of a city's sheets: the shipped ones, or made now in the data folder."""
    if size == SHIPPED_SIZE:
        return SHIPPED_SHEETS
    folder = the_settings().data_dir / f"city-{size}"
    console.print(f"生成 {size:,} 家企业的各部门数据表，放在 {folder}")
    write_sheets(make_city(size), folder)
    return folder
