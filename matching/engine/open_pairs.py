"""The open pairs of an item: which of its missing data would settle which of them.

Enterprises of whom the same tests are known, the same way, are one pattern: each pattern is decided once,
however many enterprises share it.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.answers import Answer, answers, single_tests
from matching.engine.ground import UNASKED, Ground
from matching.engine.groups import numbered
from matching.engine.leaves import quantity_parts
from matching.engine.match import payable, whole_condition
from matching.engine.pay import amount_range
from matching.engine.truth import OPEN
from matching.language.conditions import Condition, Growth, Share, opened, parts_of
from matching.language.items import Item
from matching.language.needs import columns_of

RADIX_DIGITS = 39
"""Three-valued digits that fit into a whole number of 64 bits."""
EFFECTS = {"pattern": pl.UInt32, "datum": pl.String, "settles": pl.Boolean}
NOTHING = pl.lit(0, dtype=pl.Int64)


class OpenPairs(msgspec.Struct, frozen=True, kw_only=True):
    """The enterprises of whom a datum is missing to decide one item.

    rows     "row" in the population (ascending), "pattern", "low_cents", "high_cents" (null: no upper end known;
             both 0 where meeting the item pays nobody anything on that day).
    effects  one row a pattern and missing datum that takes part in leaving it open; "settles": that datum
             alone decides it, whatever it says.
    untried  data with more possible answers than are tried: they settle nothing here.
    """

    item_id: str
    rows: pl.DataFrame
    effects: pl.DataFrame
    untried: tuple[str, ...]


class _Asked(msgspec.Struct, frozen=True):
    """One item's condition on its evidence day, and its tests by the column each is computed in."""

    condition: Condition
    day: date
    tests: dict[str, Condition]


class _Reading(msgspec.Struct, frozen=True):
    """How one test, in this column, reads one datum.

    gone   where it is this datum that is missing, though others may be too.
    alone  where nothing else is missing, so that the datum decides the test.
    Both are Boolean columns of the patterns; None: wherever the test is unknown.
    """

    column: str
    test: Condition
    gone: str | None
    alone: str | None


def open_pairs(item: Item, codes: pl.Series, ground: Ground, on: date) -> OpenPairs | None:
    """Give the open pairs of an item; None: there is none.

    codes  its verdict codes, one a row of the population.
    """
    mask = codes == OPEN
    if not mask.any():
        return None
    whole = whole_condition(item, ground.vocabulary.places.root)
    asked = _asked(whole, item.evidence(on), ground)
    readings, flags = _readings(asked, ground)
    low, high = _money(item, ground, on)
    frame = (
        ground.facts_and_tests()
        .lazy()
        .filter(pl.lit(mask))
        .select(
            pl.lit(None, dtype=pl.Boolean).alias(UNASKED),
            *asked.tests,
            *flags,
            low.alias("low_cents"),
            high.alias("high_cents"),
        )
        .collect()
    )
    marks = [name for name in frame.columns if name not in (UNASKED, "low_cents", "high_cents")]
    pattern = _pattern(frame, marks)
    first = pl.DataFrame({"pattern": pattern}).with_row_index("row").unique("pattern", keep="first")
    patterns = frame[first.sort("pattern")["row"]]
    effects, untried = _effects(asked, readings, patterns, ground)
    rows = pl.DataFrame([mask.arg_true().alias("row"), pattern]).hstack(
        frame.select("low_cents", "high_cents").get_columns()
    )
    return OpenPairs(item_id=item.id, rows=rows, effects=effects, untried=untried)


def missing_data(condition: Condition, day: date, mask: pl.Series, ground: Ground) -> pl.DataFrame:
    """Name the data that take part in leaving a condition open: "row" and "datum", in the order of the text.

    mask  the rows of the population of which it is asked.
    """
    asked = _asked(condition, day, ground)
    readings, flags = _readings(asked, ground)
    rows = mask.arg_true().alias("row")
    nobody = pl.lit(None, dtype=pl.Boolean).alias(UNASKED)
    frame = ground.facts_and_tests()[rows].select(nobody, *asked.tests, *flags)
    reached = _reached(asked, frame, ground)
    found = pl.DataFrame(
        [rows, *(_taking_part(read, reached, frame).alias(name) for name, read in readings.items())]
    )
    long = found.unpivot(index="row", variable_name="datum", value_name="missing")
    return long.filter("missing").select("row", "datum")


def _taking_part(
    read: list[_Reading], reached: dict[str, pl.Series], frame: pl.DataFrame
) -> pl.Series:
    """Say where a datum is missing in a test that matters."""
    return _any([reached[one.column] & (frame[one.gone] if one.gone else True) for one in read])


def _asked(condition: Condition, day: date, ground: Ground) -> _Asked:
    tests: dict[str, Condition] = {
        _column(test, day, ground): test
        for test in single_tests(condition, ground.definitions)
        # A judgement reads nothing, nor does a table whose rows always give their points.
        if columns_of(test, day, ground.definitions)
    }
    return _Asked(condition, day, tests)


def _column(test: Condition, day: date, ground: Ground) -> str:
    """Name the column of a test; tests that differ in their label only share it."""
    return ground.truth(test, day).meta.output_name()


def _money(item: Item, ground: Ground, on: date) -> tuple[pl.Expr, pl.Expr]:
    if not payable(item, on).allowed:
        return NOTHING, NOTHING
    return amount_range(item.amount, ground, item.evidence(on))


def _readings(asked: _Asked, ground: Ground) -> tuple[dict[str, list[_Reading]], list[pl.Expr]]:
    """Give which tests read which datum, and the columns that say where it is that datum that is missing."""
    readings: dict[str, list[_Reading]] = {}
    flags: dict[str, pl.Expr] = {}
    facts = ground.columns.frame.columns
    for column, test in asked.tests.items():
        read = columns_of(test, asked.day, ground.definitions)
        for datum in read:
            if len(read) == 1:
                readings.setdefault(datum, []).append(_Reading(column, test, None, None))
                continue
            known = {
                name: pl.col(name).is_not_null() if name in facts else pl.lit(value=False)
                for name in read
            }
            gone, alone = f"gone:{datum}", f"alone:{column}:{datum}"
            flags[gone] = ~known[datum]
            others = [known[name] for name in read if name != datum]
            base = _base(test, datum, asked.day, ground)
            flags[alone] = pl.all_horizontal(~known[datum], *others, *base)
            readings.setdefault(datum, []).append(_Reading(column, test, gone, alone))
    return readings, [flag.alias(name) for name, flag in flags.items()]


def _base(test: Condition, datum: str, on: date, ground: Ground) -> list[pl.Expr]:
    """Say where a share's whole or a growth's base is above zero; from nothing no datum helps."""
    match test:
        case Share(whole=base) | Growth(before=base):
            if datum in base.columns(on):
                return []
            return [(quantity_parts(base, on, ground.columns)[0].expr > 0).fill_null(value=False)]
        case _:
            return []


def _pattern(frame: pl.DataFrame, marks: Sequence[str]) -> pl.Series:
    """Give rows of which the same is known the same number."""
    digits = [
        pl.col(name).cast(pl.UInt64).fill_null(2) * 3 ** (place % RADIX_DIGITS)
        for place, name in enumerate(marks)
    ]
    keys = frame.select(
        pl.sum_horizontal(digits[start : start + RADIX_DIGITS]).alias(str(start))
        for start in range(0, len(digits), RADIX_DIGITS)
    )
    found = numbered(keys.to_series(0))
    for key in keys.get_columns()[1:]:
        more = numbered(key)
        found = numbered(found * (more.n_unique() + 1) + more)
    return found.cast(pl.UInt32).alias("pattern")


def _effects(
    asked: _Asked, readings: dict[str, list[_Reading]], patterns: pl.DataFrame, ground: Ground
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    reached = _reached(asked, patterns, ground)
    parts = [pl.DataFrame(schema=EFFECTS)]
    untried: list[str] = []
    for datum, read in readings.items():
        takes_part = _taking_part(read, reached, patterns)
        if not takes_part.any():
            continue
        tests = [one.test for one in read]
        tried = answers(tests, datum, asked.day, ground.vocabulary)
        if tried is None:
            untried.append(datum)
        settles = _settles(asked, read, tried or (), patterns, ground)
        effect = pl.DataFrame({"settles": settles, "takes_part": takes_part}).with_row_index(
            "pattern"
        )
        parts.append(
            effect.filter("takes_part").select(
                "pattern", pl.lit(datum, dtype=pl.String).alias("datum"), "settles"
            )
        )
    return pl.concat(parts), tuple(untried)


def _settles(
    asked: _Asked,
    read: list[_Reading],
    tried: tuple[Answer, ...],
    patterns: pl.DataFrame,
    ground: Ground,
) -> pl.Series:
    """Say which patterns are decided under every answer a datum may give."""
    truth = ground.truth(asked.condition, asked.day)
    settled = pl.repeat(bool(tried), patterns.height, dtype=pl.Boolean, eager=True)
    for answer in tried:
        said = []
        for one, value in zip(read, answer, strict=True):
            known = pl.col(one.column)
            answered = known.fill_null(value=value)
            if one.alone is not None:
                answered = pl.when(one.alone).then(answered).otherwise(known)
            said.append(answered)
        decided = patterns.with_columns(said).select(truth.is_not_null().alias("decided"))
        settled &= decided["decided"]
    return settled


def _reached(asked: _Asked, patterns: pl.DataFrame, ground: Ground) -> dict[str, pl.Series]:
    """Say where each test is unknown inside nothing but unknown parts, so that it matters."""
    nodes: dict[Condition, pl.Expr] = {}
    reached: dict[str, list[pl.Expr]] = {}

    def walk(condition: Condition, above: tuple[pl.Expr, ...]) -> None:
        meant = opened(condition, ground.definitions)
        truth = ground.truth(meant, asked.day)
        nodes.setdefault(meant, truth.is_null().alias(f"node:{len(nodes)}"))
        here = (*above, pl.col(nodes[meant].meta.output_name()))
        inner = parts_of(meant)
        if not inner:
            reached.setdefault(truth.meta.output_name(), []).append(pl.all_horizontal(here))
        for part in inner:
            walk(part, here)

    walk(asked.condition, ())
    # In two steps: within one, each condition would be computed for every test inside it.
    found = patterns.select(nodes.values()).select(
        pl.any_horizontal(ways).alias(name) for name, ways in reached.items()
    )
    return {name: found[name] for name in reached}


def _any(truths: list[pl.Series]) -> pl.Series:
    found = truths[0]
    for truth in truths[1:]:
        found |= truth
    return found
