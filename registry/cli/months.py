"""`registry import`, `registry run`, `registry notices`: an official's month at the command line."""

import click
from rich.console import Console

from matching.notices.deliver import send_again
from matching.notices.store import delivery_counts, troubled_deliveries
from matching.runs.run_month import MONTHLY
from matching.runs.store import find_run
from registry.actions.deliver_notices import deliver_notices
from registry.actions.months_due import month_before
from registry.actions.run_month import run_one_month
from registry.cli.opening import now, rules, the_settings, with_database
from registry.cli.report import show_deliveries, show_run, show_troubles

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
