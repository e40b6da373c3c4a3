"""Three-valued truth over columns: true, false, and null for "not known".

Polars' `&`, `|` and `~` on Boolean columns are Kleene's: one false settles an AND, one true an OR,
and otherwise a single null leaves the row open.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

import msgspec
import polars as pl

UNKNOWN = pl.lit(None, dtype=pl.Boolean)
ALWAYS, NEVER = pl.lit(value=True), pl.lit(value=False)

UNMET, MET, OPEN, PERSON = 0, 1, 2, 3
"""Codes of a verdict column: 不符合, 符合, 待补充 (a datum is missing), 需人工 (only a person can say)."""


def all_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    """One false settles a row; without one, a single unknown leaves it open."""
    return reduce(and_, parts)


def any_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    """One true settles a row; without one, a single unknown leaves it open."""
    return reduce(or_, parts)


def chosen(when: pl.Expr, then: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
    """Let one truth choose between two; where it is open, what both agree on still holds."""
    return (when & then) | (~when & otherwise) | (then & otherwise)


def count_of(parts: Iterable[pl.Expr], at_least: int) -> pl.Expr:
    """Enough certain parts settle it, too few possible ones too; between the two it is open."""
    truths = list(parts)
    certain = _number(part.fill_null(value=False) for part in truths)
    possible = _number(part.fill_null(value=True) for part in truths)
    settled = pl.when(certain >= at_least).then(statement=True)
    return settled.when(possible < at_least).then(statement=False).otherwise(UNKNOWN)


class Outcomes(msgspec.Struct, frozen=True):
    """What a condition may become, whatever persons answer to its judgements; never null.

    true, false  some answers make it so.
    open         some answers leave it open, because a datum is missing.
    """

    true: pl.Expr
    false: pl.Expr
    open: pl.Expr


def outcomes_of_truth(truth: pl.Expr) -> Outcomes:
    """Give what a condition without judgements may become: nothing but what it is."""
    return Outcomes(truth.fill_null(value=False), ~truth.fill_null(value=True), truth.is_null())


def outcomes_of_judgement() -> Outcomes:
    """Give what a judgement may become: a person says yes or no."""
    return Outcomes(ALWAYS, ALWAYS, NEVER)


def outcomes_negated(part: Outcomes) -> Outcomes:
    """Swap true and false."""
    return Outcomes(part.false, part.true, part.open)


def outcomes_asked(part: Outcomes) -> Outcomes:
    """Let a person say what is left open for want of a datum."""
    return Outcomes(part.true | part.open, part.false | part.open, NEVER)


def outcomes_of_all(parts: Iterable[Outcomes]) -> Outcomes:
    """Put together the outcomes of parts each of which must hold; their judgements are independent."""

    def both(one: Outcomes, two: Outcomes) -> Outcomes:
        return Outcomes(
            one.true & two.true,
            one.false | two.false,
            (one.open & (two.open | two.true)) | (one.true & two.open),
        )

    return reduce(both, parts)


def outcomes_of_any(parts: Iterable[Outcomes]) -> Outcomes:
    """Put together the outcomes of parts one of which must hold."""
    return outcomes_negated(outcomes_of_all(outcomes_negated(part) for part in parts))


def outcomes_of_count(parts: Iterable[Outcomes], at_least: int) -> Outcomes:
    """Put together the outcomes of parts of which so many must hold."""
    known = list(parts)
    sure = _number(part.true & ~part.false & ~part.open for part in known)
    either = _number(part.true & part.false & ~part.open for part in known)
    opened = _number(part.open for part in known)
    return Outcomes(
        _number(part.true for part in known) >= at_least,
        _number(~part.false for part in known) < at_least,
        # Every part that may be open is left open: then it is possible without being certain.
        (opened > 0) & (sure < at_least) & (opened + sure + either >= at_least),
    )


def outcomes_chosen(when: Outcomes, then: Outcomes, otherwise: Outcomes) -> Outcomes:
    """Put together a choice: each answer to the first leads to one of the two others, or to what both say."""

    def leads(one: pl.Expr, other: pl.Expr, both: pl.Expr) -> pl.Expr:
        return (when.true & one) | (when.false & other) | (when.open & both)

    differing = (then.true & otherwise.false) | (then.false & otherwise.true)
    return Outcomes(
        leads(then.true, otherwise.true, then.true & otherwise.true),
        leads(then.false, otherwise.false, then.false & otherwise.false),
        leads(then.open, otherwise.open, then.open | otherwise.open | differing),
    )


def verdict(truth: pl.Expr, may_be_open: pl.Expr | None) -> pl.Expr:
    """Give the code of a verdict.

    truth        the condition with every judgement left open.
    may_be_open  a datum is missing under some answers; where not, though the truth is open, only a
                 person is. None: there is no judgement in it.
    """
    met, unmet, lacking, person = (
        pl.lit(code, dtype=pl.UInt8) for code in (MET, UNMET, OPEN, PERSON)
    )
    unsettled = (
        lacking if may_be_open is None else pl.when(may_be_open).then(lacking).otherwise(person)
    )
    return pl.when(truth).then(met).when(truth.is_null()).then(unsettled).otherwise(unmet)


def _number(truths: Iterable[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal(truth.cast(pl.Int32) for truth in truths)
