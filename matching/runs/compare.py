"""What is different from the run before, and why.

Only pairs that differ are looked at again. Between the two runs lie up to three steps: the day moves on,
the rules change, the data change. Each pair is decided after each step; the last step that moved it to
where it now stands is its cause.
"""

from datetime import date
from itertools import pairwise

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.partners import aside_sentences
from matching.engine.ground import Ground
from matching.engine.match import payable, verdicts, whole_condition
from matching.engine.owed import outcomes
from matching.engine.population import Population
from matching.engine.reasons import reason_sentences
from matching.engine.ties import groups_of
from matching.engine.truth import OPEN, PERSON
from matching.language.items import Item
from matching.language.needs import columns_of, columns_of_amount
from matching.runs.types import CHANGES, Judged

PAIR = ("enterprise_id", "item_id")
NO_CODE, NO_STATE = pl.lit(None, dtype=pl.UInt8), pl.lit(None, dtype=pl.String)
REASONS = {
    "enterprise_id": pl.Int64,
    "item_id": pl.String,
    "code": pl.UInt8,
    "state": pl.String,
    "why": pl.String,
}
OUTCOME = {"enterprise_id": pl.Int64, "item_id": pl.String, "low": pl.Int64, "high": pl.Int64}


class Compared(msgspec.Struct, frozen=True):
    """The changes (columns of CHANGES), and how many entitlements stand as they did."""

    changes: pl.DataFrame
    kept: int


def first_changes(entitlements: pl.DataFrame) -> Compared:
    """Give every entitlement of the very first run as new: there is nothing to compare with."""
    changes = entitlements.select(
        *PAIR,
        pl.lit("new").alias("kind"),
        pl.lit("first_run").alias("cause"),
        pl.lit(None, dtype=pl.Int64).alias("before_low"),
        pl.lit(None, dtype=pl.Int64).alias("before_high"),
        pl.col("low_cents").alias("after_low"),
        pl.col("high_cents").alias("after_high"),
        pl.lit(None, dtype=pl.String).alias("why"),
    )
    return Compared(changes, 0)


def compare(
    entitlements: tuple[pl.DataFrame, pl.DataFrame],
    judged: tuple[Judged, Judged],
    corrected: pl.DataFrame,
) -> Compared:
    """Compare two runs.

    entitlements  of the run before and of this one.
    judged        what each was judged by.
    corrected     enterprise and column of every value restated between the two.
    """
    before, after = (_outcomes(frame) for frame in entitlements)
    both = before.join(after, on=PAIR, how="full", coalesce=True, suffix="_after")
    both = both.with_columns(
        was=pl.col("low").is_not_null(), **{"is": pl.col("low_after").is_not_null()}
    )
    same = (
        (pl.col("was") & pl.col("is"))
        & (pl.col("low") == pl.col("low_after"))
        & pl.col("high").eq_missing(pl.col("high_after"))
    )
    kept = both.filter(same).height
    moved = both.filter(~same).sort(PAIR)
    if moved.is_empty():
        return Compared(pl.DataFrame(schema=CHANGES), kept)
    caused = moved.with_columns(cause=_causes(moved, judged, corrected))
    told = _with_reasons(caused, judged[1])
    return Compared(told.select(CHANGES.keys()).cast(CHANGES), kept)  # type: ignore[arg-type]


def _outcomes(entitlements: pl.DataFrame) -> pl.DataFrame:
    return entitlements.select(
        *PAIR, pl.col("low_cents").alias("low"), pl.col("high_cents").alias("high")
    )


def _causes(
    moved: pl.DataFrame, judged: tuple[Judged, Judged], corrected: pl.DataFrame
) -> pl.Series:
    before, now = judged
    ids = moved["enterprise_id"].unique()
    # Lists renewed without a change in their entries are no news: both sides know them as long.
    coverage = {
        **before.population.coverage,
        **{
            key: day
            for key, day in now.population.coverage.items()
            if key in before.population.coverage
        },
    }
    old = msgspec.structs.replace(before.population.only(ids), coverage=coverage)
    pairs = moved.select(*PAIR)
    stages = [
        moved.select(*PAIR, "low", "high"),
        _decided_pairs(pairs, old, before.catalogue, now.as_of),
        _decided_pairs(pairs, old, now.catalogue, now.as_of),
        moved.select(*PAIR, low=pl.col("low_after"), high=pl.col("high_after")),
    ]
    steps = [_differs(one, two) for one, two in pairwise(stages)]
    by_calendar, by_rules, by_data = steps
    restated = _restated(moved, now.catalogue, now.as_of, corrected)
    flags = pl.DataFrame(
        {"rules": by_rules, "data": by_data, "calendar": by_calendar, "restated": restated}
    )
    return flags.select(
        cause=pl.when("data")
        .then(pl.when("restated").then(pl.lit("correction")).otherwise(pl.lit("firm_data")))
        .when("rules")
        .then(pl.lit("rule_version"))
        .otherwise(pl.lit("calendar"))
    )["cause"]


def _differs(one: pl.DataFrame, two: pl.DataFrame) -> pl.Series:
    joined = one.join(two, on=PAIR, how="left", suffix="_two", maintain_order="left")
    return joined.select(
        differs=~(
            pl.col("low").eq_missing(pl.col("low_two"))
            & pl.col("high").eq_missing(pl.col("high_two"))
        )
    )["differs"]


def _decided_pairs(
    pairs: pl.DataFrame, population: Population, catalogue: Catalogue, on: date
) -> pl.DataFrame:
    """Give what each pair would be owed by this population, these rules and this day; null: nothing."""
    ground = Ground(population, catalogue.vocabulary, catalogue.definitions, on)
    decided = outcomes(pairs["item_id"].unique().sort(), catalogue.items, ground, on)
    found = [
        _outcomes(one.kept.with_columns(pl.lit(item_id).alias("item_id")))
        for item_id, one in decided.items()
    ]
    owed = pl.concat([pl.DataFrame(schema=OUTCOME), *found])
    return pairs.join(owed, on=PAIR, how="left", maintain_order="left")


def _restated(
    moved: pl.DataFrame, catalogue: Catalogue, on: date, corrected: pl.DataFrame
) -> pl.Series:
    """Say per pair whether a restated value is among the data its item reads."""
    beside = _partners(catalogue, on)
    needs = [
        {"item_id": item_id, "column": column}
        for item_id in moved["item_id"].unique()
        for needed in beside.get(item_id, (item_id,))
        if (item := catalogue.item(needed)) is not None
        for column in _needs(item, catalogue, on)
    ]
    wanted = pl.DataFrame(needs, schema={"item_id": pl.String, "column": pl.String})
    hit = (
        corrected.join(wanted, on="column")
        .select(PAIR)
        .unique()
        .with_columns(hit=pl.lit(value=True))
    )
    joined = moved.select(*PAIR).join(hit, on=PAIR, how="left", maintain_order="left")
    return joined["hit"].fill_null(value=False)


def _partners(catalogue: Catalogue, on: date) -> dict[str, tuple[str, ...]]:
    """Give, for each item that others bear on, all whose data may move it, itself among them."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups_of(catalogue.items, on):
        ids = tuple(item.id for item in group.items)
        found |= dict.fromkeys(ids, ids)
    return found


def _needs(item: Item, catalogue: Catalogue, on: date) -> tuple[str, ...]:
    day = item.evidence(on)
    condition = whole_condition(item, catalogue.vocabulary.places.root)
    return (
        *columns_of(condition, day, catalogue.definitions),
        *columns_of_amount(item.amount, day, catalogue.definitions),
    )


def _with_reasons(caused: pl.DataFrame, now: Judged) -> pl.DataFrame:
    """Add "kind" and "why": the conditions that are missed, or cannot be told, now."""
    gone = caused.filter(~pl.col("is"))
    reasons = _reasons(gone.select(*PAIR), now)
    joined = caused.join(reasons, on=PAIR, how="left", maintain_order="left")
    kind = (
        pl.when(pl.col("was") & pl.col("is"))
        .then(pl.lit("changed"))
        .when(pl.col("is"))
        .then(pl.lit("new"))
        .when(pl.col("state") == "yields")
        .then(pl.lit("yielded"))
        .when(pl.col("state").is_not_null())
        .then(pl.lit("waiting"))
        .when(pl.col("code").is_in([OPEN, PERSON]))
        .then(pl.lit("now_unknown"))
        .otherwise(pl.lit("lost"))
    )
    return joined.with_columns(
        kind=kind,
        before_low=pl.col("low"),
        before_high=pl.col("high"),
        after_low=pl.col("low_after"),
        after_high=pl.col("high_after"),
    )


def _reasons(pairs: pl.DataFrame, now: Judged) -> pl.DataFrame:
    """Give verdict code, how it stands to another item, and why it is not owed, a row a pair."""
    found = [pl.DataFrame(schema=REASONS)]
    if pairs.is_empty():
        return found[0]
    catalogue, on = now.catalogue, now.as_of
    ground = Ground(
        now.population.only(pairs["enterprise_id"].unique()),
        catalogue.vocabulary,
        catalogue.definitions,
        on,
    )
    decided = outcomes(pairs["item_id"].unique().sort(), catalogue.items, ground, on)
    for key, part in pairs.partition_by("item_id", as_dict=True).items():
        item = catalogue.item(str(key[0]))
        if item is None:
            gone = pl.lit("事项已从政策库撤下")
            found.append(part.select(*PAIR, code=NO_CODE, state=NO_STATE, why=gone))
            continue
        may = payable(item, on)
        if not may.allowed:
            why = pl.lit(may.reason)
            found.append(part.select(*PAIR, code=NO_CODE, state=NO_STATE, why=why))
            continue
        told = _reasons_of_item(item, ground, on).join(part, on="enterprise_id", how="semi")
        aside = aside_sentences(decided[item.id].aside, catalogue)
        beside = told.join(aside, on="enterprise_id", how="left", maintain_order="left")
        why = pl.coalesce("aside", "why")
        found.append(beside.with_columns(why=why).select(REASONS.keys()))
    return pl.concat(found)


def _reasons_of_item(item: Item, ground: Ground, on: date) -> pl.DataFrame:
    code = verdicts((item,), ground, on)[item.id]
    why = reason_sentences(item, ground, on)
    return ground.collect(why.alias("why"), pl.lit(item.id).alias("item_id")).with_columns(
        code=code
    )
