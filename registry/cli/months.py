"""`registry import`, `registry run`, `registry notices`: an official's month at the command line."""

import csv
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from matching.notices.deliver import send_again
from matching.notices.store import delivery_counts, troubled_deliveries
from matching.runs.run_month import MONTHLY
from matching.runs.store import find_run
from registry.actions.deliver_notices import deliver_notices
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.import_sheets import import_sheets
from registry.actions.months_due import month_before
from registry.actions.run_month import run_one_month
from registry.cli.opening import now, rules, the_settings, with_database
from registry.cli.report import show_deliveries, show_refusals, show_run, show_troubles
from registry.imports.pseudonyms import pseudonyms_in
from registry.imports.types import Refusal

STEPS = {
    "claimed": "已领取本期",
    "loaded": "画像已取齐",
    "frozen": "输入与规则已冻结",
    "decided": "已判定",
    "compared": "已与上期比较",
    "entitlements written": "拟兑付已写入",
    "changes written": "变化已写入",
    "notices written": "应发通知已写入",
    "committed": "已提交",
}


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--observed-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="表内没有“截至…”字样时，数据所属的日期。",
)
@click.option("--refused", type=click.Path(path_type=Path), help="把未采纳的单元格写到这个CSV。")
def import_files(files: tuple[Path, ...], observed_on: date | None, refused: Path | None) -> None:
    """导入部门数据表（.xlsx、.csv），一次可给多个文件。

    同一个文件导入两次只算一次；有问题的单元格逐个说明，其余照常入库。
    """
    console = Console()
    outcomes = with_database(
        lambda: take_in(files, console, observed_on.date() if observed_on else None)  # type: ignore[attr-defined]  # click gives a datetime
    )
    all_refused = tuple(cell for outcome in outcomes for cell in outcome.refused)
    if refused is not None:
        write_refusals(refused, all_refused)
    if any(outcome.import_id is None for outcome in outcomes):
        raise SystemExit(1)


async def take_in(
    files: tuple[Path, ...], console: Console, observed_on: date | None
) -> tuple[ImportOutcome, ...]:
    """Import files in the given order with a progress bar, and print what became of each."""
    words = rules().vocabulary
    with Progress(console=console, transient=True) as bars:
        shown: dict[str, int] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in shown:
                shown[what] = bars.add_task(what, total=total)
            bars.update(shown[what], completed=done, total=total)  # type: ignore[arg-type]  # TaskID is an int

        outcomes = await import_sheets(
            files,
            Told(
                recorded_at=now(),
                observed_on=observed_on,
                vocabulary=words,
                progress=progress,
                pseudonyms=pseudonyms_in(the_settings().data_dir),
            ),
        )
    for outcome in outcomes:
        console.print(outcome.sentence())
    show_refusals(console, tuple(cell for outcome in outcomes for cell in outcome.refused))
    return outcomes


def write_refusals(path: Path, refused: tuple[Refusal, ...]) -> None:
    """Write refused cells as a CSV that spreadsheets open in Chinese."""
    columns = Refusal.__struct_fields__
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([getattr(cell, name) for name in columns] for cell in refused)


@click.command()
@click.option("--period", help="月份，如 2026-10；不写则为刚结束的一个月。")
def run(period: str | None) -> None:
    """运行一个月的匹配：判定全部企业与事项，记下变化与原因，写好应发的通知。

    同一个月只判定一次；中途被杀，再运行一次即从头续完，不重不漏。
    """
    console = Console()
    with_database(lambda: play_month(period or last_month(), console))


def last_month() -> str:
    """Name the month that ended last, in the city's time zone."""
    return month_before(now().astimezone(the_settings().timezone).date())


async def play_month(period: str, console: Console) -> None:
    """Run a month, say each step as it is done, then print what came out."""
    the_rules, the = rules(), the_settings()

    async def progress(step: str) -> None:
        console.print(f"  ✓ {STEPS[step]}", style="dim")

    ended = await run_one_month(
        period,
        catalogue=the_rules,
        data_dir=the.data_dir,
        mail=the.smtp is not None,
        now=now().astimezone(the.timezone),
        progress=progress,
    )
    if not ended.fresh:
        console.print(f"{period} 已判定过，没有任何改动，也不再发通知。")
    found = await find_run(MONTHLY, period)
    if found is not None:
        await show_run(console, found, the_rules)


@click.command()
@click.option("--deliver/--no-deliver", default=True, help="先投递到期的通知，再列出状态（默认）。")
@click.option("--resend", type=int, help="按投递编号重发一封结果不明或失败的邮件。")
def notices(*, deliver: bool, resend: int | None) -> None:
    """投递应发的通知，并列出各渠道的状态与有问题的投递。"""
    console = Console()

    async def work() -> None:
        if resend is not None and not await send_again(resend, now()):
            raise click.ClickException(f"投递 {resend} 不是结果不明或失败的邮件，未作改动。")
        if deliver:
            await deliver_and_tell(console)
        else:
            show_deliveries(console, await delivery_counts())
        show_troubles(console, await troubled_deliveries())

    with_database(work)


async def deliver_and_tell(console: Console) -> None:
    """Deliver what is due and print what became of it, and of everything before."""
    done = await deliver_notices(the_settings().smtp, now)
    console.print(
        f"本次投递：站内信 {done.inbox}，邮件发出 {done.sent}，失败 {done.failed}，不明 {done.unknown}"
    )
    show_deliveries(console, await delivery_counts())
