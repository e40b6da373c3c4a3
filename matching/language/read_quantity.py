"""Reading quantities: `{fact: annual_revenue, year: -1}`, `{fact: power_use, months: …, take: mean}`."""

import re
from typing import cast

from matching.language.periods import MONTH, kind_of_period, months_between
from matching.language.quantities import OverLedger, OverMonths, Quantity, Take, Value
from matching.language.reading import Reader
from matching.language.vocabulary import Fact
from matching.language.yaml_tree import Block, Tree

PERIOD_KEYS = ("year", "quarter", "month", "window")
QUANTITY_KEYS = ("fact", *PERIOD_KEYS, "months", "years", "take", "unused_by", "tax")
TAX_WORDS = {"excluded": "不含税", "included": "含税"}
MOST_MONTHS = 120
NUMERIC = ("money", "number", "share")


def read_period(reader: Reader, block: Block, fact: Fact, where: str) -> str | None:
    """Give the period a fact is meant in; it must be of the fact's own kind."""
    given = [key for key in PERIOD_KEYS if key in block.entries]
    if fact.period == "none":
        for key in given:
            reader.note(block.line, where, f"事实“{fact.key}”没有期间", f"去掉 {key}")
        return None
    if given != [fact.period]:
        way = (
            f"写上 {fact.period}: …"
            if fact.period != "year"
            else "写上 year: -1（上年）或 year: 2025"
        )
        raise reader.note(block.line, where, f"事实“{fact.key}”按{fact.period}计，期间不对", way)
    tree = block.entries[fact.period]
    said = reader.text(tree, f"{where}.{fact.period}")
    if fact.period == "year" and re.fullmatch(r"-[0-9]{1,2}", said):
        return said
    if fact.period == "year" and said == "0":
        return "-0"
    if kind_of_period(said) != fact.period:
        sample = {"year": "2025 或 -1", "quarter": "2026-Q1", "month": "2026-03"}
        way = sample.get(fact.period, "2023-07-01..2024-06-30")
        raise reader.note(tree.line, where, f"“{said}”不是{fact.period}期间", f"写成 {way}")
    return said


def read_quantity(reader: Reader, tree: Tree, where: str) -> tuple[Quantity, Fact]:
    """Read a number the language can compare, which stands by itself; gives it and the fact behind it."""
    block = reader.block(tree, where)
    reader.only(block, where, QUANTITY_KEYS)
    return read_figure(reader, block, where)


def read_figure(reader: Reader, block: Block, where: str) -> tuple[Quantity, Fact]:
    """Read the same out of keys among which others stand, such as its limit."""
    if "fact" not in block.entries:
        raise reader.note(
            block.line, where, "数量缺少 fact", "写成 {fact: annual_revenue, year: -1}"
        )
    fact = reader.fact(block.entries["fact"], f"{where}.fact")
    if fact.kind not in NUMERIC:
        raise reader.note(
            block.line, where, f"事实“{fact.key}”不是数量", "换用 one_of、is 或日期条件"
        )
    check_tax(reader, block, fact, where)
    if fact.ledger is not None or "unused_by" in block.entries:
        return _over_ledger(reader, block, fact, where), fact
    if "years" in block.entries:
        return _over_years(reader, block, fact, where), fact
    if "months" not in block.entries and "take" not in block.entries:
        return Value(fact=fact.key, period=read_period(reader, block, fact, where)), fact
    if fact.period != "month" or "months" not in block.entries or "take" not in block.entries:
        raise reader.note(
            block.line,
            where,
            "months 与 take 要一起用，且只用于按月的事实",
            "写成 months: 2026-01..2026-03, take: mean",
        )
    take = reader.word(block.entries["take"], f"{where}.take", ("sum", "mean", "max", "min"))
    months = reader.text(block.entries["months"], f"{where}.months")
    first, _, last = months.partition("..")
    if not (MONTH.fullmatch(first) and MONTH.fullmatch(last) and first <= last):
        raise reader.note(block.line, where, f"“{months}”不是月份区间", "写成 2026-01..2026-03")
    if len(months_between(first, last)) > MOST_MONTHS:
        what = f"“{months}”超过{MOST_MONTHS}个月"
        raise reader.note(block.line, where, what, "核对年份，写短一些的区间")
    return OverMonths(fact=fact.key, first=first, last=last, take=cast("Take", take)), fact


def _over_years(reader: Reader, block: Block, fact: Fact, where: str) -> OverMonths:
    """Read `{fact: rd_expense, years: -2..-1, take: sum}`: years before the evidence day's year."""
    said = reader.text(block.entries["years"], f"{where}.years")
    span = re.fullmatch(r"-([1-9])\.\.-([1-9])", said)
    others = [key for key in (*PERIOD_KEYS, "months") if key in block.entries]
    if span is None or span[1] <= span[2] or fact.period != "year" or others:
        way = "写成 years: -2..-1, take: sum，只用于按年的数量"
        raise reader.note(block.line, where, f"“{said}”不能用作年份区间", way)
    if "take" not in block.entries:
        raise reader.note(block.line, where, "缺少 take", "写 take: sum、mean、max 或 min")
    take = reader.word(block.entries["take"], f"{where}.take", ("sum", "mean", "max", "min"))
    first, last = f"-{span[1]}", f"-{span[2]}"
    return OverMonths(fact=fact.key, first=first, last=last, take=cast("Take", take))


def check_tax(reader: Reader, block: Block, fact: Fact, where: str) -> None:
    """Note where a figure's tax basis is not said as the fact has it: one amount, two meanings."""
    said = None
    if "tax" in block.entries:
        said = reader.word(block.entries["tax"], f"{where}.tax", TAX_WORDS)
    if said == fact.tax_basis:
        return
    if fact.tax_basis is None:
        reader.note(block.line, where, f"事实“{fact.key}”不分含税与否", "去掉 tax")
        return
    basis, way = (
        TAX_WORDS[fact.tax_basis],
        f"核对原文；确为{TAX_WORDS[fact.tax_basis]}的写 tax: {fact.tax_basis}",
    )
    what = f"没有写明事实“{fact.key}”的含税口径" if said is None else f"事实“{fact.key}”是{basis}的"
    reader.note(block.line, where, what, f"{way}，否则换用另一口径的事实")


def _over_ledger(reader: Reader, block: Block, fact: Fact, where: str) -> OverLedger:
    if fact.ledger is None:
        what = f"事实“{fact.key}”不按证据逐笔登记"
        raise reader.note(
            block.line, where, what, "去掉 unused_by，或换用 facts.yml 里有 ledger 的事实"
        )
    if "unused_by" not in block.entries:
        what = f"事实“{fact.key}”按证据逐笔计算，没有写哪些奖励用过的不再计"
        raise reader.note(block.line, where, what, "写上 unused_by: [系列, …]")
    for key in (*PERIOD_KEYS, "months", "take"):
        if key in block.entries:
            reader.note(block.line, where, f"事实“{fact.key}”没有期间", f"去掉 {key}")
    families = reader.texts(block.entries["unused_by"], f"{where}.unused_by")
    return OverLedger(fact=fact.key, unused_by=tuple(dict.fromkeys(families)))
