"""List entries as truths: which enterprises are, surely or possibly, on a list in the asked way."""

from datetime import date, timedelta

import polars as pl

from matching.engine.population import Population
from matching.language.conditions import Listed
from matching.language.periods import years_before
from matching.language.vocabulary import Vocabulary


def listed_truth(
    condition: Listed, population: Population, vocabulary: Vocabulary, on: date
) -> pl.Series:
    """Give one truth per row of the population's frame.

    True where an entry surely passes, null where one may (a day or level is not known) or the list is not
    known for that enterprise, false otherwise.
    """
    entries = population.memberships.filter(pl.col("list") == condition.list)
    passed = _passed(entries, condition, vocabulary, on)
    ids = population.frame["enterprise_id"]
    answer = _silence(condition.list, population, vocabulary, on)
    maybe = passed.filter(pl.col("passes").is_null())["enterprise_id"].unique()
    surely = passed.filter(pl.col("passes"))["enterprise_id"].unique()
    if _first_days(condition, on) is not None:
        # "The first ever" is sure only where the whole history is known.
        sure_rows = ids.filter(answer.is_not_null())
        surely = surely.filter(surely.is_in(sure_rows.to_list()))
    unknown = pl.Series([None], dtype=pl.Boolean)
    return _marked(_marked(answer, ids, maybe, unknown), ids, surely, pl.Series([True]))


def paid_sum(family: str, population: Population) -> pl.Series:
    """Give the 分 paid so far under a family per row; null where not known (then nothing is zero)."""
    ids = population.frame["enterprise_id"]
    paid = population.awards.filter(pl.col("family") == family)
    sums = paid.group_by("enterprise_id").agg(
        pl.when(pl.col("amount_cents").is_null().any())
        .then(None)
        .otherwise(pl.col("amount_cents").sum())
        .alias("paid")
    )
    rows = pl.DataFrame({"enterprise_id": ids, "silent": paid_silence(family, population)})
    joined = rows.join(
        sums.with_columns(seen=pl.lit(value=True)),
        on="enterprise_id",
        how="left",
        maintain_order="left",
    )
    nothing = pl.when(~pl.col("silent")).then(pl.lit(0, dtype=pl.Int64))
    return joined.select(
        paid=pl.when(pl.col("seen").is_not_null()).then(pl.col("paid")).otherwise(nothing)
    )["paid"]


def paid_truth(family: str, population: Population) -> pl.Series:
    """Say per row whether an award of the family was ever paid."""
    ids = population.frame["enterprise_id"]
    paid = population.awards.filter(pl.col("family") == family)["enterprise_id"].unique()
    return _marked(paid_silence(family, population), ids, paid, pl.Series([True]))


def paid_silence(family: str, population: Population) -> pl.Series:
    """Give what it means per row that the ledger names no payment: false, or null where it is not known."""
    return _base(population, f"paid:{family}", covered="awards" in population.coverage)


def _silence(key: str, population: Population, vocabulary: Vocabulary, on: date) -> pl.Series:
    """Give what the absence of an entry means per row: not on the list, or unknown."""
    day = population.coverage.get(key)
    fresh = timedelta(days=vocabulary.lists[key].fresh_days)
    return _base(population, key, covered=day is not None and day + fresh >= on)


def _base(population: Population, key: str, *, covered: bool) -> pl.Series:
    ids = population.frame["enterprise_id"]
    value = False if covered else None
    answer = pl.repeat(value, len(ids), dtype=pl.Boolean, eager=True)
    told = population.known.filter(pl.col("list") == key)["enterprise_id"].unique()
    return _marked(answer, ids, told, pl.Series([False]))


def _marked(answer: pl.Series, ids: pl.Series, chosen: pl.Series, value: pl.Series) -> pl.Series:
    """Put one value at the rows of some enterprises; ids are ascending, so a row is found by halving."""
    if chosen.is_empty() or ids.is_empty():
        return answer
    asked = pl.DataFrame({"chosen": chosen, "row": ids.search_sorted(chosen)})
    asked = asked.filter(pl.col("row") < len(ids))
    hit = asked["row"].filter(ids.gather(asked["row"]) == asked["chosen"])
    return answer.scatter(hit, value[0]) if len(hit) else answer


def _passed(
    entries: pl.DataFrame, condition: Listed, vocabulary: Vocabulary, on: date
) -> pl.DataFrame:
    """Give enterprise and whether an entry passes, three-valued."""
    kept = entries
    tests: list[pl.Expr] = []
    if condition.levels:
        tests.append(pl.col("level").is_in(condition.levels))
    if condition.batches:
        tests.append(pl.col("batch").is_in(condition.batches))
    first = _first_days(condition, on)
    if first is not None:
        if condition.levels:
            kept = kept.filter(pl.col("level").is_in(condition.levels).fill_null(value=True))
        kept = kept.group_by("enterprise_id").agg(
            pl.when(pl.col("from_on").is_null().any())
            .then(None)
            .otherwise(pl.col("from_on").min())
            .alias("from_on"),
            pl.when(pl.col("level").is_null().any())
            .then(None)
            .otherwise(pl.lit(""))
            .alias("level"),
            pl.col("batch").first(),
        )
        # An entry whose level nobody told may be the first one: then the first day is open.
        told = pl.when(pl.col("level").is_not_null()).then(statement=True)
        tests = [told] if condition.levels else []
        tests.append(pl.col("from_on").is_between(*first))
    elif condition.within_years is not None:
        since = years_before(on, condition.within_years)
        tests.append(pl.col("from_on").is_between(since, on))
    else:
        tests += _spell_tests(condition, vocabulary, on)
    return kept.select("enterprise_id", pl.all_horizontal(tests).alias("passes"))


def _first_days(condition: Listed, on: date) -> tuple[date, date] | None:
    if condition.first_in is not None:
        return condition.first_in
    if condition.first_year is not None:
        year = on.year + condition.first_year
        return date(year, 1, 1), date(year, 12, 31)
    return None


def _spell_tests(condition: Listed, vocabulary: Vocabulary, on: date) -> list[pl.Expr]:
    """Give the tests of one entry: without a removal day it stands, without a last day it runs as its list says."""
    tests: list[pl.Expr] = []
    if condition.since_by is not None:
        tests.append(pl.col("from_on") <= condition.since_by)
    if not condition.still:
        return tests or [pl.lit(value=True)]
    day = condition.valid_on or on
    years = vocabulary.lists[condition.list].validity_years
    until = pl.col("until_on")
    if years is not None:
        until = pl.coalesce(until, pl.col("from_on").dt.offset_by(f"{years}y").dt.offset_by("-1d"))
        tests.append(until >= day)
    else:
        tests.append(until.is_null() | (until >= day))
    tests.append(pl.col("left_on").is_null() | (pl.col("left_on") > day))
    tests.append(pl.col("from_on") <= day)
    return tests
