"""Write what is known in the form of a department's sheet; taken in again it changes nothing."""

from datetime import date, datetime

import polars as pl

from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary, fact_of_column
from matching.storage.database import snapshot
from matching.storage.read import read_frame, read_table
from registry.imports.export_sheet import ENTRY_ROLES, Exported, export_sheet
from registry.imports.layout import Layout
from registry.imports.learned import known_layouts
from registry.profiles.knowledge import Knowledge, known
from registry.profiles.lists import AWARDS, read_awards, read_coverage
from registry.profiles.load_population import load_population

_FIRMS = {"enterprise_id": pl.Int64, "uscc": pl.String, "name": pl.String}


class ExportRefused(Exception):
    """A layout cannot be exported; says why and what to do."""


async def export_layout(name: str, on: date, now: datetime, vocabulary: Vocabulary) -> Exported:
    """Write a layout's facts, entries or awards as known now of a day; raises ExportRefused."""
    known_by_then = (await known_layouts(vocabulary, now)).layouts
    layouts = {layout.name: layout for layout in known_by_then}
    layout = layouts.get(name)
    if layout is None:
        raise ExportRefused(f"没有版式“{name}”；可用：{'、'.join(layouts)}")
    if layout.has("item"):
        raise ExportRefused(
            f"版式“{layout.label}”的证件号、合同号只存假名，不能还原，不能导出；请向原部门索取"
        )
    if layout.records is not None:
        raise ExportRefused(
            f"版式“{layout.label}”是逐条的台账，不能按版式导出；逐条内容见各企业的页面"
        )
    async with snapshot():
        population = await load_population(Knowledge(on, now), vocabulary)
        columns = {"enterprise_id": "id", "uscc": "uscc", "name": "name"}
        firms = await read_table("enterprise", columns, _FIRMS)
        lists = await _lists(layout)
    if layout.has("family"):
        on = await _day_of_ledger(layout, on, now)
    said = _known(layout, population, lists)
    named = said.join(firms, on="enterprise_id", maintain_order="left")
    exported = named.select("uscc", "name", pl.exclude("enterprise_id", "uscc", "name"))
    if exported.is_empty():
        raise ExportRefused(f"截至{on}，没有版式“{layout.label}”的数据；换一天，或先导入")
    missing = _missing(layout, exported)
    if missing:
        labels = "、".join(vocabulary.facts[key].label for key in missing)
        raise ExportRefused(f"版式“{layout.label}”必备的{labels}一个都不知道，导出的表不能再导入")
    return export_sheet(layout, exported, on, vocabulary)


async def _day_of_ledger(layout: Layout, on: date, now: datetime) -> date:
    """Give the day the ledger of payments is whole for; raises ExportRefused where that is not all we know."""
    counting = await known(Knowledge(on, now))
    coverage = await read_coverage(counting.imports)
    whole = coverage.filter(pl.col("list") == AWARDS)
    paid = await read_awards(counting, coverage)
    if whole.is_empty() or paid.filter(pl.col("import_id") != whole["import_id"][0]).height:
        raise ExportRefused(
            f"“{layout.label}”还有不是整本台账里的奖补记录：导出的表再导入会重复计数；"
            "先导入一份整本台账"
        )
    day: date = whole["complete_on"][0]
    return day


async def _lists(layout: Layout) -> list[str]:
    """Give the lists sheets of this layout have spoken of."""
    found = await read_frame(
        "SELECT DISTINCT m.list FROM membership m JOIN import i ON i.id = m.import_id"
        " WHERE i.layout = $1",
        {"list": pl.String},
        [layout.name],
    )
    return found["list"].sort().to_list()


def _known(layout: Layout, population: Population, lists: list[str]) -> pl.DataFrame:
    """Give a row an enterprise, entry or payment, with what the layout has columns for."""
    if layout.has("family"):
        paid = population.awards.rename({"amount_cents": "amount"})
        return paid.sort("enterprise_id", "family", "paid_on")
    frame = population.frame
    facts = {column.fact for column in layout.columns if column.fact}
    named = [name for name in frame.columns if fact_of_column(name)[0] in facts]
    said = frame.select("enterprise_id", *named)
    listed = [layout.member_of] if layout.member_of else lists
    roles = [role for role in ENTRY_ROLES if layout.has(role)]
    entries = population.memberships.filter(pl.col("list").is_in(listed)).select(
        "enterprise_id", "list", *roles
    )
    if layout.has("list"):
        return entries.unique(maintain_order=True).sort("list", "enterprise_id")
    if layout.member_of:
        latest = entries.drop("list").unique("enterprise_id", keep="last", maintain_order=True)
        return latest.join(said, on="enterprise_id", how="left").sort("enterprise_id")
    return said.filter(pl.any_horizontal(pl.col(named).is_not_null())) if named else said.clear()


def _missing(layout: Layout, exported: pl.DataFrame) -> list[str]:
    there = {fact_of_column(name)[0] for name in exported.columns}
    return [
        one.fact for one in layout.columns if one.required and one.fact and one.fact not in there
    ]
