"""`registry orders`: payment orders out, the bank's receipts in."""

from pathlib import Path

import click
import polars as pl

from registry.actions.order_payments import Word, order_payments, take_receipts
from registry.cases.store import on_public_list
from registry.cli.case_words import local_now, the_ground, yuan
from registry.cli.opening import rules, said_plainly, the_settings, with_database
from registry.funds.order_store import orders_of_batch
from registry.funds.orders import digest, order_sheet
from registry.profiles.table_files import check_writable, read_table, write_table

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUT = click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="写到 .xlsx 或 .csv。"
)
BY = click.option("--by", required=True, help="谁办的；不能是审核过的人。")


@click.group()
def orders() -> None:
    """拟兑付名单、支付令与银行回执。"""


@orders.command()
@click.argument("batch")
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1))
@BY
def make(batch: str, numbers: tuple[int, ...], by: str) -> None:
    """把已确认的案件作为一批下达支付令：BATCH 是批次号，NUMBERS 是案件编号；同一批再运行不会重复。"""
    ground, word = the_ground(), Word(by=by, now=local_now())
    done = with_database(lambda: order_payments(batch, numbers, word, ground))
    click.echo(f"批次“{batch}”共 {len(done.orders)} 笔，新下达 {done.fresh} 笔")


@orders.command()
@click.argument("batch")
@OUT
def export(batch: str, out: Path) -> None:
    """导出一批支付令：每行有订单号与校验，末行是笔数、合计与整批校验；再导出内容不变。"""
    said_plainly(lambda: check_writable(out, (".xlsx", ".csv")))
    found = with_database(lambda: orders_of_batch(batch))
    if not found:
        raise click.ClickException(f"没有批次“{batch}”；先 registry orders make")
    said_plainly(lambda: write_table(order_sheet(found), out))
    whole = sum(one.amount_cents for one in found)
    click.echo(f"{len(found)} 笔，{yuan(whole)} 元，校验 {digest(found)}")


@orders.command("public-list")
@click.argument("document")
@OUT
def public_list(document: str, out: Path) -> None:
    """导出一个公示文号下的拟兑付名单：企业、代码、事项、周期、金额、公示起止。"""
    said_plainly(lambda: check_writable(out, (".xlsx", ".csv")))
    found = with_database(lambda: on_public_list(document))
    if not found.height:
        raise click.ClickException(f"没有以“{document}”公示的案件；核对文号")
    titles = {item.id: item.title for item in rules().items}
    zone = str(the_settings().timezone)
    listed = found.select(
        pl.int_range(1, pl.len() + 1).alias("序号"),
        pl.col("name").alias("企业"),
        pl.col("uscc").alias("统一社会信用代码"),
        pl.col("item_id").replace(titles).alias("事项"),
        pl.col("award_period").alias("周期"),
        pl.Series(
            "拟兑付金额（元）", [yuan(cents) for cents in found["amount_cents"]], dtype=pl.String
        ),
        pl.col("happened_at").dt.convert_time_zone(zone).dt.date().alias("公示日期"),
        pl.col("due_at").dt.convert_time_zone(zone).dt.date().alias("公示截止"),
    )
    said_plainly(lambda: write_table(listed, out))
    click.echo(f"{found.height} 件，{yuan(int(found['amount_cents'].sum()))} 元")


@orders.command()
@click.argument("file", type=FILE)
@BY
def receipts(file: Path, by: str) -> None:
    """收下银行回执（.xlsx 或 .csv：订单号、结果 成功/退回、金额（元）、流水号、原因）；同一回执再收不会重复。"""
    sheet = said_plainly(lambda: read_table(file))
    ground, word = the_ground(), Word(by=by, now=local_now())
    done = with_database(lambda: take_receipts(sheet, file.name, word, ground))
    click.echo(f"到账 {done.paid} 笔，退回 {done.rejected} 笔，原已收下 {done.known} 笔")
