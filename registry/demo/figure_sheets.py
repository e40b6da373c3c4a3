"""The sheets that are figures: tax as a file of text, insurance as a workbook."""

from datetime import date
from pathlib import Path

import polars as pl

from matching.language.vocabulary import fact_of_column
from registry.demo.cells import Cell, Scribe, decimal_text, with_thousands
from registry.demo.dice import Dice
from registry.demo.register_sheets import as_of
from registry.demo.sheet_files import Table, write_csv, write_workbook
from registry.demo.spoilt import slips, spoilt_codes
from registry.demo.tax import TAX_FACTS

_TAX_WORDS = {
    "annual_revenue": "{year}年营业收入（元）",
    "main_revenue": "{year}年主营业务收入（元）",
    "rd_deduction": "{year}年研发费用加计扣除额（元）",
    "tax_paid": "{year}年实缴税额（元）",
    "total_assets": "{year}年末资产总额（元）",
    "total_liabilities": "{year}年末负债总额（元）",
    "net_profit": "{year}年净利润（元）",
    "software_revenue": "{year}年软件业务收入（元）",
}


def write_tax(path: Path, rows: pl.DataFrame, loose: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write what firms filed, in GB18030; `loose` are firms whose codes may be spoilt."""
    scribe = Scribe(rows, dice)
    headers: list[Cell] = ["纳税人识别号", "纳税人名称"]
    for column in TAX_FACTS:
        fact, year = fact_of_column(column)
        headers.append(_TAX_WORDS[fact].format(year=year))
    columns = [
        scribe.codes(spoilt_codes(loose, dice, **slips(rows))),
        scribe.names(),
        *(scribe.texts_of_figures(column, 2) for column in TAX_FACTS),
    ]
    totals = [with_thousands(decimal_text(rows[column].sum(), 2)) for column in TAX_FACTS]
    lines: list[list[Cell]] = [
        [as_of(day)],
        headers,
        *(list(line) for line in zip(*columns, strict=True)),
        ["合计", None, *totals],
    ]
    write_csv(path, lines, "gb18030")


def write_insurance(path: Path, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write who insures how many people; figures stand in full width here and there."""
    scribe = Scribe(rows, dice)
    loose = rows.filter(pl.col("insured@2025") < 5)
    table = Table(
        name="失业保险",
        titles=("失业保险参保缴费情况表", f"（{as_of(day)}）"),
        headers=(
            "统一社会信用代码",
            "单位名称",
            "2025年平均参保人数（人）",
            "2025年裁员率（%）",
            "2025年失业保险费（元）",
            "连续足额缴费月数（月）",
            "是否足额缴费",
        ),
        columns=(
            scribe.codes(spoilt_codes(loose, dice, wrong=1, short=1)),
            scribe.names(),
            scribe.figures("insured@2025", 0),
            scribe.figures("layoff_rate@2025", 2),
            scribe.figures("unemployment_premium@2025", 2),
            scribe.figures("insured_months", 0),
            scribe.flags("insurance_paid_in_full"),
        ),
        below=(("注：本表企业均属虚构，数据仅供演示。",),),
    )
    write_workbook(path, [table], day)
