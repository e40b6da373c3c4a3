"""List entries as truths: which enterprises are, surely or possibly, on a list in the asked way."""

from datetime import date, timedelta

import msgspec
import polars as pl

from matching.engine.population import Population
from matching.language.conditions import Listed
from matching.language.periods import months_before, years_before
from matching.language.vocabulary import Vocabulary


def listed_truth(
    condition: Listed,
    population: Population,
    vocabulary: Vocabulary,
    on: date,
    run_day: date | None = None,
) -> pl.Series:
    """Give one truth per row of the population's frame.

    on       the evidence day.
    run_day  what a negative list is held against besides: whoever stands on it on the day of the run, or
             had an entry since the evidence day, is on it. None: the evidence day.

    True where an entry surely passes, null where one may (a day or level is not known) or the list is not
    known for that enterprise, false otherwise.
    """
    entries = population.memberships.filter(pl.col("list") == condition.list)
    ids = population.frame["enterprise_id"]
    negative = vocabulary.lists[condition.list].kind == "negative"
    today = run_day if negative and run_day is not None else on
    answer = _list_silence(condition.list, population, vocabulary, today)
    if entries.is_empty():
        return answer
    first = _first_days(condition, on)
    if first is not None:
        asked = _Asked(condition, first, on)
        decided = _first_ever(entries, asked, pl.DataFrame([ids, answer.alias("silent")]))
        return all_marked(answer, ids, decided, (False, None, True))
    tests = [*_kind_tests(condition), *_spell_tests(condition, vocabulary, on, today)]
    passed = entries.select("enterprise_id", pl.all_horizontal(tests).alias("passes"))
    return all_marked(answer, ids, passed, (None, True))


def paid_sum(family: str, population: Population) -> pl.Series:
    """Give the 分 paid so far under a family per row, never below zero; null where that is not known."""
    ids = population.frame["enterprise_id"]
    paid = population.awards.filter(pl.col("family") == family)
    if paid.is_empty():
        silent = paid_silence(family, population).to_frame("silent")
        nothing = pl.lit(0, dtype=pl.Int64)
        return silent.select(paid=pl.when(pl.col("silent").is_not_null()).then(nothing))["paid"]
    sums = paid.group_by("enterprise_id").agg(
        pl.col("amount_cents").cast(pl.Int128).sum().alias("paid"),
        pl.col("amount_cents").is_not_null().all().alias("sized"),
    )
    held = pl.col("paid").clip(0, 2**63 - 1).cast(pl.Int64)
    sums = sums.select("enterprise_id", pl.when("sized").then(held))
    # A ledger that is not completely known may hold more: then not even what it names is the sum.
    return placed(paid_silence(family, population).cast(pl.Int64), ids, sums)


def paid_truth(family: str, population: Population) -> pl.Series:
    """Say per row whether an award of the family was ever paid."""
    ids = population.frame["enterprise_id"]
    paid = population.awards.filter(pl.col("family") == family)["enterprise_id"].unique()
    return marked(paid_silence(family, population), ids, paid, value=True)


def paid_silence(family: str, population: Population) -> pl.Series:
    """Give what it means per row that the ledger names no payment: false, or null where it is not known."""
    return silence(f"paid:{family}", population, covered="awards" in population.coverage)


def _list_silence(key: str, population: Population, vocabulary: Vocabulary, on: date) -> pl.Series:
    """Give what the absence of an entry means per row: not on the list, or unknown."""
    day = population.coverage.get(key)
    fresh = timedelta(days=vocabulary.lists[key].fresh_days)
    return silence(key, population, covered=day is not None and day + fresh >= on)


def silence(key: str, population: Population, *, covered: bool) -> pl.Series:
    """Give what it means per row that nothing is said under a key: no, or unknown.

    covered  the whole of it is known, for every enterprise.
    """
    ids = population.frame["enterprise_id"]
    value = False if covered else None
    answer = pl.repeat(value, len(ids), dtype=pl.Boolean, eager=True)
    if population.known.is_empty():
        return answer
    told = population.known.filter(pl.col("list") == key)["enterprise_id"].unique()
    return marked(answer, ids, told, value=False)


def all_marked(
    answer: pl.Series, ids: pl.Series, decided: pl.DataFrame, values: tuple[bool | None, ...]
) -> pl.Series:
    """Put these values of "passes" at the rows of their enterprises, the last one on top."""
    for value in values:
        hit = pl.col("passes").is_null() if value is None else pl.col("passes") == value
        answer = marked(answer, ids, decided.filter(hit)["enterprise_id"].unique(), value=value)
    return answer


def placed(base: pl.Series, ids: pl.Series, values: pl.DataFrame) -> pl.Series:
    """Put a second column beside "enterprise_id" at the rows of its enterprises, where the base is known.

    ids  ascending, so that a row is found by halving.
    """
    if values.is_empty() or ids.is_empty():
        return base
    found = values.with_columns(row=ids.search_sorted(values["enterprise_id"])).filter(
        pl.col("row") < len(ids)
    )
    rows = found["row"]
    hit = (ids.gather(rows) == found["enterprise_id"]) & base.gather(rows).is_not_null()
    found = found.filter(hit)
    # A copy: scatter changes the series it is called on.
    return base.clone().scatter(found["row"], found.to_series(1)) if len(found) else base


def marked(
    answer: pl.Series, ids: pl.Series, chosen: pl.Series, *, value: bool | None
) -> pl.Series:
    """Put one value at the rows of some enterprises; ids are ascending, so a row is found by halving."""
    if chosen.is_empty() or ids.is_empty():
        return answer
    asked = pl.DataFrame({"chosen": chosen, "row": ids.search_sorted(chosen)})
    asked = asked.filter(pl.col("row") < len(ids))
    hit = asked["row"].filter(ids.gather(asked["row"]) == asked["chosen"])
    return answer.scatter(hit, value) if len(hit) else answer


def _kind_tests(condition: Listed) -> list[pl.Expr]:
    """Give the tests of what an entry is; a level or batch nobody told leaves them open."""
    tests: list[pl.Expr] = [pl.lit(value=True)]
    if condition.levels:
        tests.append(pl.col("level").is_in(condition.levels))
    if condition.batches:
        tests.append(pl.col("batch").is_in(condition.batches))
    return tests


class _Asked(msgspec.Struct, frozen=True):
    """A question about a first entry: which, within which days, as of which day."""

    condition: Listed
    days: tuple[date, date]
    on: date


def _first_ever(entries: pl.DataFrame, asked: _Asked, rows: pl.DataFrame) -> pl.DataFrame:
    """Give enterprise and whether its first such entry began within the days asked for, three-valued.

    An earlier one rules it out for sure; that there is none is known only where the whole list is. One
    struck off by the evidence day is no recognition any more, though it stays an earlier one for others.
    """
    fits = pl.all_horizontal(_kind_tests(asked.condition))
    stands = pl.col("left_on").is_null() | (pl.col("left_on") > asked.on)
    within = fits & pl.col("from_on").is_between(*asked.days) & stands
    earlier = fits & (pl.col("from_on") < asked.days[0])
    found = entries.group_by("enterprise_id").agg(
        within.any(ignore_nulls=False).alias("within"),
        earlier.any(ignore_nulls=False).alias("earlier"),
    )
    passes = pl.col("within") & ~pl.col("earlier")
    complete = pl.col("silent").is_not_null()
    return found.join(rows, on="enterprise_id").select(
        "enterprise_id",
        pl.when(complete).then(passes).when("earlier").then(statement=False).alias("passes"),
    )


def _first_days(condition: Listed, on: date) -> tuple[date, date] | None:
    if condition.first_in is not None:
        return condition.first_in
    if condition.first_year is not None:
        year = on.year + condition.first_year
        return date(year, 1, 1), date(year, 12, 31)
    return None


def _looked_back_to(condition: Listed, day: date) -> date | None:
    """Give the first day of a look-back from that day; None where none is asked for."""
    if condition.within_years is not None:
        return years_before(day, condition.within_years)
    if condition.within_months is not None:
        return months_before(day, condition.within_months)
    return None


def _spell_tests(condition: Listed, vocabulary: Vocabulary, on: date, today: date) -> list[pl.Expr]:
    """Give the tests of one entry's days.

    Without a removal day it stands, without a last day it runs as its list says: so many full years from
    its first day, that day included.
    """
    began, until = pl.col("from_on"), pl.col("until_on")
    day = condition.valid_on or today
    since = _looked_back_to(condition, condition.valid_on or on)
    if since is not None:
        return [began.is_between(since, day)]
    tests = [began <= condition.since_by] if condition.since_by is not None else []
    if not condition.still:
        return tests or [began <= day]
    years = vocabulary.lists[condition.list].validity_years
    runs = pl.lit(value=True) if years is None else began > years_before(day, years)
    tests.append(pl.when(until.is_not_null()).then(until >= day).otherwise(runs))
    tests.append(pl.col("left_on").is_null() | (pl.col("left_on") > day))
    tests.append(began <= day)
    return tests
