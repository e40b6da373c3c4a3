"""The sheets that are registers: registered firms, and the firms on the above-scale list."""

from datetime import date
from pathlib import Path

import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import fact_of_column
from registry.demo.above_scale import (
    EMPLOYEES,
    MONTHS,
    POWER_USES,
    QUARTER_REVENUES,
    QUARTERS,
    YEARLY_REVENUES,
)
from registry.demo.cells import Cell, Scribe, total
from registry.demo.dice import Dice
from registry.demo.sheet_files import Table, write_workbook
from registry.demo.spoilt import slips, spoilt_codes

_MARKET_HEADERS = (
    "序号",
    "统一社会信用代码",
    "企业名称",
    "主体类型",
    "登记状态",
    "成立日期",
    "行政区划代码",
    "所在区县",
    "行业代码",
    "注册资本（万元）",
    "控股类型",
    "法定代表人（负责人）",
    "住所",
    "联系电话",
    "联系邮箱",
)

# The first and the last of three short names go on with the group above them.
_STATISTICS_HEADERS: tuple[str | tuple[str, str], ...] = (
    "统一社会信用代码",
    "单位详细名称",
    "行业代码",
    "入库时间",
    "入库方式",
    "退库时间",
    "是否电网直供",
    "战略性新兴产业",
    *(("从业人员（人）", f"{fact_of_column(name)[1]}年") for name in EMPLOYEES),
    *(("营业收入（千元）", f"{fact_of_column(name)[1]}年") for name in YEARLY_REVENUES),
    *(("季度营业收入（千元）", f"{quarter[:4]}年{quarter[-1]}季度") for quarter in QUARTERS),
    *(("用电量（万千瓦时）", f"{month[:4]}年{int(month[5:])}月") for month in MONTHS),
)


def as_of(day: date) -> str:
    """Say the day a sheet speaks of, as its title does."""
    return f"截至{day.year}年{day.month}月{day.day}日"


def write_market(
    path: Path, rows: pl.DataFrame, loose: pl.DataFrame, day: date, dice: Dice
) -> None:
    """Write the registration sheet; `loose` are the firms nobody else speaks of, whose codes may be spoilt."""
    vocabulary = shipped_vocabulary()
    labels = {name: vocabulary.facts[name].values for name in ("firm_kind", "status", "ownership")}
    counties = {code: node.name for code, node in vocabulary.places.nodes.items()}
    scribe = Scribe(rows, dice)
    table = Table(
        name="登记信息",
        titles=(f"郑州市、许昌市市场主体登记信息（{as_of(day)}）", ""),
        headers=_MARKET_HEADERS,
        columns=(
            list(range(1, rows.height + 1)),
            scribe.codes(spoilt_codes(loose, dice, **slips(rows))),
            scribe.names(),
            scribe.words("firm_kind", labels["firm_kind"]),
            scribe.words("status", labels["status"]),
            scribe.days("registered_on"),
            scribe.numbers_of_codes("place"),
            scribe.words("place", counties),
            scribe.industries("industry"),
            scribe.figures("registered_capital", 6),
            scribe.words("ownership", labels["ownership"]),
            scribe.texts("legal_representative"),
            scribe.texts("address"),
            scribe.texts("phone"),
            scribe.texts("email"),
        ),
        below=(("合计", *[None] * 8, total(rows["registered_capital"], 6)),),
    )
    write_workbook(path, [table], day)


def write_statistics(path: Path, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write the above-scale list under a header of two rows; one who left it has a spoilt code."""
    scribe = Scribe(rows, dice)
    former = rows.filter(pl.col("left_on") < date(2025, 1, 1))
    units = {
        **dict.fromkeys(EMPLOYEES, 0),
        **dict.fromkeys((*YEARLY_REVENUES, *QUARTER_REVENUES), 5),
        **dict.fromkeys(POWER_USES, 4),
    }
    totals = [total(rows[column], decimals) for column, decimals in units.items()]
    before: list[Cell] = ["合计", *[None] * 7]
    table = Table(
        name="规上企业",
        titles=(f"规模以上企业名录及主要指标（{as_of(day)}）",),
        headers=_STATISTICS_HEADERS,
        columns=(
            scribe.codes(spoilt_codes(former, dice, wrong=1, short=0)),
            scribe.names(),
            scribe.texts("industry"),
            scribe.months("entered_on"),
            scribe.texts("entry_kind"),
            scribe.days("left_on"),
            scribe.flags("power_direct"),
            scribe.flags("strategic_emerging"),
            *(scribe.figures(column, decimals) for column, decimals in units.items()),
        ),
        below=(tuple(before + totals),),
    )
    write_workbook(path, [table], day)
