"""Writing the sheets of each month into folders, as the departments of the city would send them."""

from pathlib import Path

import polars as pl

from registry.demo.city import City, MonthOfSheets
from registry.demo.dice import Dice
from registry.demo.figure_sheets import write_insurance, write_tax
from registry.demo.list_sheets import write_awards, write_negative, write_relations, write_titles
from registry.demo.record_sheets import write_records
from registry.demo.register_sheets import write_market, write_statistics

SHIPPED_SHEETS = Path(__file__).parent / "sheets"

MARKET = "市场监管局_企业登记信息.xlsx"
STATISTICS = "统计局_规上企业名录.xlsx"
TAX = "税务局_纳税与研发加计扣除.csv"
TITLES = "工信局_称号名单.xlsx"
AWARDS = "工信局_历年奖补资金台账.xlsx"
INSURANCE = "人社局_失业保险参保缴费.xlsx"
NEGATIVE = "信用办_负面名单.csv"
RELATIONS = "市场监管局_控股与集团关系.xlsx"
RIGHTS = "市场监管局_知识产权台账.xlsx"
EQUITY = "财政局_股权融资台账.xlsx"
PRIZES = "科技局_科技奖励与大赛获奖名单.xlsx"
RECORDS = {"intellectual_property": RIGHTS, "equity": EQUITY, "prizes": PRIZES}


def write_sheets(city: City, folder: Path) -> tuple[Path, ...]:
    """Write every month of a city into a folder of its own and give the files, in the order to import them."""
    return tuple(
        path for month in sorted(city.months) for path in _write_month(city, month, folder / month)
    )


def _write_month(city: City, month: str, folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    sent, dice = city.months[month], Dice(city.seed)
    day = sent.day
    traders, small = _loose(sent)
    written = [MARKET, TAX, TITLES, NEGATIVE]
    write_market(folder / MARKET, sent.market, traders, day, dice)
    write_tax(folder / TAX, sent.tax, small, day, dice)
    write_titles(folder / TITLES, sent.titles, day, dice)
    write_negative(folder / NEGATIVE, sent.negative, day, dice)
    if sent.statistics is not None:
        write_statistics(folder / STATISTICS, sent.statistics, day, dice)
        written.insert(1, STATISTICS)
    if sent.awards is not None:
        write_awards(folder / AWARDS, sent.awards, day, dice)
        written.append(AWARDS)
    if sent.insurance is not None:
        write_insurance(folder / INSURANCE, sent.insurance, day, dice)
        written.append(INSURANCE)
    if sent.relations is not None:
        write_relations(folder / RELATIONS, sent.relations, day, dice)
        written.append(RELATIONS)
    for ledger, rows in sent.records.items():
        write_records(folder / RECORDS[ledger], ledger, rows, day, dice)
        written.append(RECORDS[ledger])
    return tuple(folder / name for name in written)


def _loose(sent: MonthOfSheets) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give sole traders of whom no other sheet speaks, and sole traders who file: losing them spoils no case."""
    others = [sent.tax, sent.titles, sent.negative, sent.insurance, sent.statistics, sent.awards]
    others += sent.records.values()
    told = pl.concat(other.select("row") for other in others if other is not None)
    is_trader = pl.col("uscc").str.starts_with("92")
    return (
        sent.market.filter(is_trader).join(told, on="row", how="anti", maintain_order="left"),
        sent.tax.filter(is_trader),
    )
