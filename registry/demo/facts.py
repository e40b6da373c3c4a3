"""The city in the shape of the database, so that large ones can be loaded without writing and reading sheets."""

from datetime import date

import msgspec
import polars as pl

from matching.language.vocabulary import fact_of_column
from registry.demo.above_scale import (
    EMPLOYEES,
    FLAGS,
    POWER_USES,
    QUARTER_REVENUES,
    YEARLY_REVENUES,
)
from registry.demo.city import City, MonthOfSheets
from registry.demo.insurance import INSURANCE_FACTS
from registry.demo.negative import NEGATIVE_LISTS
from registry.demo.tax import TAX_FACTS
from registry.demo.titles import COVERED_LISTS
from registry.imports.words import RELATION_WORDS

_MARKET_FACTS = (
    "firm_kind",
    "status",
    "registered_on",
    "place",
    "industry",
    "registered_capital",
    "ownership",
)
_STATISTICS_FACTS = (
    "industry",
    *FLAGS,
    *EMPLOYEES,
    *YEARLY_REVENUES,
    *QUARTER_REVENUES,
    *POWER_USES,
)
_COLUMNS = tuple(dict.fromkeys((*_MARKET_FACTS, *TAX_FACTS, *_STATISTICS_FACTS, *INSURANCE_FACTS)))

# Few words in millions of rows: kept as numbers.
_DEPARTMENTS = pl.Enum(["market", "statistics", "tax", "labour"])
_FACTS = pl.Enum(sorted({fact_of_column(column)[0] for column in _COLUMNS}))
_PERIODS = pl.Enum(sorted({fact_of_column(column)[1] or "" for column in _COLUMNS} - {""}))

_AWARD_SCHEMA = {
    "row": pl.Int64(),
    "uscc": pl.String(),
    "family": pl.String(),
    "amount_cents": pl.Int64(),
    "paid_on": pl.Date(),
}
_RELATION_SCHEMA = {
    "row": pl.Int64(),
    "other_row": pl.Int64(),
    "relation": pl.String(),
    "share_bp": pl.Int64(),
    "effective_on": pl.Date(),
    "document": pl.String(),
}
RELATIONS_LABEL = "市场监管局控股与集团关系"
"""What a relation without a document of its own rests on: the sheet, by its layout's label."""
_MEMBERSHIP_COLUMNS = (
    "row",
    "uscc",
    "list",
    "level",
    "batch",
    "document",
    "from_on",
    "until_on",
    "left_on",
)


class CityFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One month as tables; "row" is the firm's number in the city and may serve as its id.

    enterprises  row, uscc, name: firms that come new this month (all of them in the first).
    names        row, uscc, name, observed_on: every name a firm bears this month, renamed firms included.
    contacts     row, uscc, address.
    facts        row, uscc, department, fact, period, number, text, observed_on; one of number and text stands.
    memberships  row, uscc, list, level, batch, document, from_on, until_on, left_on.
    awards       row, uscc, family, amount_cents, paid_on.
    records      ledger to row, uscc, number and the ledger's fields.
    relations    row, other_row, relation (a word of the import), share_bp, effective_on, document.
    coverage     list key or "awards" to the day up to which the list is complete.
    """

    enterprises: pl.DataFrame
    names: pl.DataFrame
    contacts: pl.DataFrame
    facts: pl.DataFrame
    memberships: pl.DataFrame
    awards: pl.DataFrame
    records: dict[str, pl.DataFrame]
    relations: pl.DataFrame
    coverage: dict[str, date]


def city_facts(city: City, month: str) -> CityFacts:
    """Give what the sheets of a month say, as the import would store it."""
    sent = city.months[month]
    market = sent.market
    day = pl.lit(sent.day).alias("observed_on")
    coverage = dict.fromkeys((*COVERED_LISTS, *NEGATIVE_LISTS), sent.day)
    if sent.statistics is not None:
        coverage["above_scale"] = sent.day
    if sent.awards is not None:
        coverage["awards"] = sent.day
    if sent.relations is not None:
        coverage["relations"] = sent.day
    coverage |= dict.fromkeys(sent.records, sent.day)
    return CityFacts(
        enterprises=market.filter(_is_new(city, month)).select("row", "uscc", "name"),
        names=market.select("row", "uscc", "name", day),
        contacts=market.filter(pl.col("email").is_not_null()).select(
            "row", "uscc", pl.col("email").alias("address")
        ),
        facts=_facts(sent),
        memberships=_memberships(sent),
        awards=_awards(sent),
        records={ledger: rows.drop("name") for ledger, rows in sent.records.items()},
        relations=_relations(sent),
        coverage=coverage,
    )


def _is_new(city: City, month: str) -> pl.Expr:
    is_first = month == min(city.months)
    return pl.lit(value=True) if is_first else pl.col("row") >= city.size


def _facts(sent: MonthOfSheets) -> pl.DataFrame:
    market, statistics, insurance = sent.market, sent.statistics, sent.insurance
    parts = [*_told(market, "market", _MARKET_FACTS), *_told(sent.tax, "tax", TAX_FACTS)]
    if statistics is not None:
        parts += _told(statistics, "statistics", _STATISTICS_FACTS)
    if insurance is not None:
        parts += _told(insurance, "labour", INSURANCE_FACTS)
    return pl.concat(parts).with_columns(pl.lit(sent.day).alias("observed_on"))


def _told(wide: pl.DataFrame, department: str, columns: tuple[str, ...]) -> list[pl.DataFrame]:
    """Give a frame a column, unknown values left out; flags become 0 and 1, as the database keeps them."""
    parts = []
    for column in columns:
        fact, period = fact_of_column(column)
        is_text = wide.schema[column] in (pl.String(), pl.Date())
        nothing = pl.lit(None)
        parts.append(
            wide.filter(pl.col(column).is_not_null()).select(
                "row",
                "uscc",
                pl.lit(department, dtype=_DEPARTMENTS).alias("department"),
                pl.lit(fact, dtype=_FACTS).alias("fact"),
                pl.lit(period, dtype=_PERIODS).alias("period"),
                (nothing if is_text else pl.col(column)).cast(pl.Int64).alias("number"),
                (pl.col(column) if is_text else nothing).cast(pl.String).alias("text"),
            )
        )
    return parts


def _relations(sent: MonthOfSheets) -> pl.DataFrame:
    if sent.relations is None:
        return pl.DataFrame(schema=_RELATION_SCHEMA)
    return sent.relations.select(
        "row",
        "other_row",
        pl.col("relation").replace_strict(RELATION_WORDS, return_dtype=pl.String),
        share_bp="share",
        effective_on=pl.col("effective_on").fill_null(sent.day),
        document=pl.col("document").fill_null(RELATIONS_LABEL),
    )


def _memberships(sent: MonthOfSheets) -> pl.DataFrame:
    lists = [sent.titles, sent.negative]
    if sent.statistics is not None:
        register = sent.statistics.select(
            "row",
            "uscc",
            pl.lit("above_scale").alias("list"),
            pl.col("entry_kind").alias("level"),
            pl.col("entered_on").alias("from_on"),
            "left_on",
        )
        lists.append(register)
    return pl.concat(lists, how="diagonal").select(_MEMBERSHIP_COLUMNS)


def _awards(sent: MonthOfSheets) -> pl.DataFrame:
    if sent.awards is None:
        return pl.DataFrame(schema=_AWARD_SCHEMA)
    return sent.awards.select(_AWARD_SCHEMA.keys())
