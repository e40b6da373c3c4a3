"""What was paid before within some days, and how the evidence items of two claims meet."""

from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.population import Population
from matching.engine.precedence import APART, PARTLY, SAME
from matching.engine.spells import paid_silence, paid_sum, paid_truth
from matching.language.items import Days, Item
from matching.language.needs import columns_of, columns_of_amount
from matching.language.vocabulary import fact_of_column

MEETING = pl.UInt8()


def paid_before(
    family: str, days: Days | None, population: Population, ids: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """Give the 分 paid under a family within days, and whether anything was; null where it is not known.

    days  None: ever. A payment nobody dated may lie within.
    """
    awards, known = _ledger_of(family, population)
    if awards.is_empty() and known.is_empty():
        return _same_for_all("awards" in population.coverage, len(ids))
    some = Population(
        frame=ids.unique().sort().to_frame("enterprise_id"),
        awards=awards,
        coverage=population.coverage,
        known=known,
    )
    told = _nothing_paid(family, some) if some.awards.is_empty() else _told(family, days, some)
    rows = ids.to_frame("id").join(told, on="id", how="left", maintain_order="left")
    return rows["paid"], rows["seen"]


def _same_for_all(covered: bool, count: int) -> tuple[pl.Series, pl.Series]:  # noqa: FBT001  private
    """Give the answer where the ledger names nobody: nothing was paid, or of nobody is it known."""
    paid, seen = (0, False) if covered else (None, None)
    return (
        pl.Series([paid], dtype=pl.Int64).new_from_index(0, count),
        pl.Series([seen], dtype=pl.Boolean).new_from_index(0, count),
    )


def _nothing_paid(family: str, some: Population) -> pl.DataFrame:
    """Give the answer of a ledger without a payment of the family: none, or it is not known."""
    told = pl.DataFrame({"id": some.frame["enterprise_id"], "seen": paid_silence(family, some)})
    nothing = pl.lit(0, dtype=pl.Int64)
    return told.with_columns(paid=pl.when(pl.col("seen").is_not_null()).then(nothing))


def _told(family: str, days: Days | None, some: Population) -> pl.DataFrame:
    awards = some.awards
    undated = awards.clear()
    if days is not None:
        undated = awards.filter(pl.col("paid_on").is_null())
        awards = awards.filter(pl.col("paid_on").is_between(days.since, days.until or date.max))
    blank = undated.with_columns(pl.lit(None, dtype=pl.Int64).alias("amount_cents"))
    both = msgspec.structs.replace(some, awards=pl.concat([awards, blank]))
    paid = paid_sum(family, both)
    seen = paid_truth(family, msgspec.structs.replace(some, awards=awards))
    told = pl.DataFrame({"id": some.frame["enterprise_id"], "paid": paid, "seen": seen})
    perhaps = pl.col("id").is_in(undated["enterprise_id"].unique().to_list())
    return told.with_columns(seen=pl.when(perhaps & ~pl.col("seen")).then(None).otherwise("seen"))


def _ledger_of(family: str, population: Population) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a family's payments, and whose payments are completely known."""
    told = pl.col("list") == f"paid:{family}"
    awards = population.awards.filter(pl.col("family") == family)
    return awards, population.known.filter(told)


def ledger_facts(item: Item, ground: Ground, on: date) -> tuple[str, ...]:
    """Name the ledger facts an item is counted or summed over."""
    day = item.evidence(on)
    facts = ground.vocabulary.facts
    read = (
        *columns_of(item.condition, day, ground.definitions),
        *columns_of_amount(item.amount, day, ground.definitions),
    )
    keys = dict.fromkeys(fact_of_column(name)[0] for name in read)
    return tuple(key for key in keys if key in facts and facts[key].ledger is not None)


def claims_that_meet(
    one: tuple[str, ...], two: tuple[str, ...], population: Population, ids: pl.Series
) -> pl.Series:
    """Say how the evidence items claimed under two sets of facts meet per enterprise; null: not known.

    Not known where an item is read from no ledger: whether it is the same loan then cannot be told.
    """
    if not one or not two:
        return pl.repeat(None, len(ids), dtype=MEETING, eager=True)
    first, second = _claims(one, population), _claims(two, population)
    shared = first.join(second, on=["enterprise_id", "key"], how="semi")
    sizes = ids.to_frame("enterprise_id")
    for name, claims in (("first", first), ("second", second), ("shared", shared)):
        counted = claims.group_by("enterprise_id").agg(pl.len().alias(name))
        sizes = sizes.join(counted, on="enterprise_id", how="left", maintain_order="left")
    known = _known((*one, *two), population, ids)
    meets = (
        pl.when(pl.col("shared").is_null())
        .then(APART)
        .when((pl.col("shared") == pl.col("first")) & (pl.col("shared") == pl.col("second")))
        .then(SAME)
        .otherwise(PARTLY)
    )
    return sizes.select(meets=pl.when(pl.lit(known)).then(meets).cast(MEETING))["meets"]


def _claims(facts: tuple[str, ...], population: Population) -> pl.DataFrame:
    claims = population.evidence.filter(pl.col("fact").is_in(facts))
    return claims.select("enterprise_id", "key").unique()


def _known(facts: tuple[str, ...], population: Population, ids: pl.Series) -> pl.Series:
    """Say per enterprise whether its claims under all these facts are wholly known."""
    known = pl.repeat(value=True, n=len(ids), dtype=pl.Boolean, eager=True)
    for fact in facts:
        if fact not in population.coverage:
            told = population.known.filter(pl.col("list") == fact)["enterprise_id"]
            known &= ids.is_in(told.unique().to_list())
    return known
