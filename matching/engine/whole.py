"""Whole numbers over columns that cannot overflow: each knows how far its values can reach.

Sixty-four bits are used where they surely suffice, else 128; a comparison of products that may pass even
those is made part by part, as on paper.
"""

from functools import lru_cache
from math import gcd

import msgspec
import polars as pl

from matching.language.conditions import Operator

NARROW, WIDE = 2**63 - 1, 2**127 - 1
NARROW_KIND, WIDE_KIND = pl.Int64(), pl.Int128()
PART = 2**32
"""The base in which a factor too large is taken apart."""


class Whole(msgspec.Struct, frozen=True):
    """A whole number a row; no known one is below `least` or above `most`."""

    expr: pl.Expr
    least: int
    most: int

    @property
    def reach(self) -> int:
        """Give the largest size a value can have."""
        return max(abs(self.least), abs(self.most))


@lru_cache(maxsize=4096)
def exactly(value: int) -> Whole:
    """Give the same number on every row."""
    kind = NARROW_KIND if abs(value) <= NARROW else WIDE_KIND
    return Whole(pl.lit(value, dtype=kind), value, value)


def times(number: Whole, factor: int) -> Whole:
    """Multiply by a constant."""
    if factor == 1:
        return number
    ends = sorted((number.least * factor, number.most * factor))
    kind = _kind(max(abs(ends[0]), abs(ends[1])), abs(factor))
    return Whole(_as(number, kind) * _literal(factor, kind), *ends)


def plus(one: Whole, two: Whole) -> Whole:
    """Add row by row; unknown where either is."""
    least, most = one.least + two.least, one.most + two.most
    kind = _kind(max(abs(least), abs(most)), one.reach, two.reach)
    return Whole(_as(one, kind) + _as(two, kind), least, most)


def minus(one: Whole, two: Whole) -> Whole:
    """Subtract row by row; unknown where either is."""
    return plus(one, times(two, -1))


def product(one: Whole, two: Whole) -> Whole:
    """Multiply row by row; unknown where either is. Both are columns of 64 bits."""
    ends = [a * b for a in (one.least, one.most) for b in (two.least, two.most)]
    kind = _kind(one.reach * two.reach)
    return Whole(_as(one, kind) * _as(two, kind), min(ends), max(ends))


def full_times(number: Whole, divisor: int) -> Whole:
    """Say how often a positive constant goes into it, rounded down."""
    if divisor == 1:
        return number
    kind = _kind(number.reach, divisor)
    expr = _as(number, kind) // _literal(divisor, kind)
    return Whole(expr, number.least // divisor, number.most // divisor)


def product_over(one: Whole, two: Whole, divisor: int) -> Whole:
    """Multiply two columns, neither of them ever below zero, and divide by a positive constant, rounded down.

    Exact up to the largest number a column can hold; what is larger comes out as some number beyond that.
    """
    one, two = sorted((one, two), key=lambda number: number.most)
    if one.most * two.most <= WIDE:
        kind = _kind(one.most * two.most)
        product = Whole(_as(one, kind) * _as(two, kind), 0, one.most * two.most)
        return full_times(product, divisor)
    beyond = (NARROW + 1) * divisor
    kind = _kind(beyond + one.most, two.most)
    first, second = _as(one, kind), _as(two, kind)
    enough = pl.lit(beyond, dtype=kind) // first.clip(lower_bound=pl.lit(1, dtype=kind)) + 1
    saturated = first * pl.when(second > enough).then(enough).otherwise(second)
    return full_times(Whole(saturated, 0, beyond + one.most), divisor)


def clipped(number: Whole, least: int, most: int | None) -> Whole:
    """Keep every value within two bounds; `most` None: no upper one."""
    ends = [max(end, least) for end in (number.least, number.most)]
    expr = number.expr
    if number.least < least:
        expr = expr.clip(lower_bound=pl.lit(least, dtype=_kind(number.reach, least)))
    if most is not None and ends[1] > most:
        expr = expr.clip(upper_bound=pl.lit(most, dtype=_kind(number.reach, most)))
        ends = [min(end, most) for end in ends]
    return Whole(expr, *ends)


def where_positive(number: Whole, then: pl.Expr) -> pl.Expr:
    """Keep a result only where the number is above zero; elsewhere it is not known."""
    return then if number.least > 0 else pl.when(number.expr > 0).then(then)


def compared(left: pl.Expr, operator: Operator, right: pl.Expr) -> pl.Expr:
    """Compare row by row; unknown where either is."""
    match operator:
        case "at_least":
            return left >= right
        case "at_most":
            return left <= right
        case "more_than":
            return left > right
        case "less_than":
            return left < right


def products_compared(
    left: Whole, left_factor: int, operator: Operator, right: Whole, right_factor: int
) -> pl.Expr:
    """Compare left × left_factor with right × right_factor, exactly, however large they are.

    left_factor  a positive number.
    """
    shared = gcd(left_factor, right_factor)
    if right_factor < 0:
        right, right_factor = times(right, -1), -right_factor
    one, two = left_factor // shared, right_factor // shared
    if max(left.reach * one, right.reach * two, one, two) <= WIDE:
        a, b = times(left, one), times(right, two)
        kind = _kind(a.reach, b.reach)
        return compared(_as(a, kind), operator, _as(b, kind))
    count = max(_count_of_parts(one), _count_of_parts(two))
    # A digit of 32 bits times a number of more than 95 would pass 128.
    in_parts = _product_parts if max(left.reach, right.reach) * PART <= WIDE else _all_in_parts
    a_parts, b_parts = in_parts(left, one, count), in_parts(right, two, count)
    match operator:
        case "at_least":
            return ~_less(a_parts, b_parts)
        case "at_most":
            return ~_less(b_parts, a_parts)
        case "more_than":
            return _less(b_parts, a_parts)
        case "less_than":
            return _less(a_parts, b_parts)


def _literal(value: int, kind: pl.DataType) -> pl.Expr:
    """Give a number as a column; making one anew costs as much as the arithmetic of a small column."""
    return exactly(value).expr if kind is NARROW_KIND else _wide(value)


@lru_cache(maxsize=4096)
def _wide(value: int) -> pl.Expr:
    return pl.lit(value, dtype=WIDE_KIND)


def _kind(*reaches: int) -> pl.DataType:
    largest = max(abs(reach) for reach in reaches)
    if largest > WIDE:
        raise OverflowError(
            f"{largest} does not fit into 128 bits; refuse such limits when reading"
        )
    return NARROW_KIND if largest <= NARROW else WIDE_KIND


def _as(number: Whole, kind: pl.DataType) -> pl.Expr:
    return number.expr if kind is NARROW_KIND else number.expr.cast(kind)


def _count_of_parts(factor: int) -> int:
    return (factor.bit_length() + 31) // 32


def _product_parts(number: Whole, factor: int, count: int) -> list[pl.Expr]:
    """Give number × factor as digits to the base 2^32, the highest (which bears the sign) first."""
    wide = number.expr.cast(pl.Int128())
    carried = pl.lit(0, dtype=pl.Int128)
    parts: list[pl.Expr] = []
    for place in range(count):
        digit = factor // PART**place % PART
        product = wide * pl.lit(digit, dtype=pl.Int128) + carried
        parts.append(product % PART)
        carried = product // PART
    return [carried, *reversed(parts)]


def _all_in_parts(number: Whole, factor: int, count: int) -> list[pl.Expr]:
    """Give the same where the number is too large for a digit's product: it is taken apart as well."""
    left, digits = number.expr.cast(pl.Int128()), []
    for _ in range(3):
        digits.append(left % PART)
        left = left // PART
    digits.append(left)  # bears the sign
    factors = [pl.lit(factor // PART**place % PART, dtype=pl.Int128) for place in range(count)]
    carried = pl.lit(0, dtype=pl.Int128)
    parts: list[pl.Expr] = []
    for place in range(len(digits) + count - 1):
        met = range(max(0, place - count + 1), min(place + 1, len(digits)))
        total = sum((digits[at] * factors[place - at] for at in met), carried)
        parts.append(total % PART)
        carried = total // PART
    return [carried, *reversed(parts)]


def _less(one: list[pl.Expr], two: list[pl.Expr]) -> pl.Expr:
    """Compare digit lists of one length: the first differing digit decides."""
    less = one[-1] < two[-1]
    for left, right in zip(reversed(one[:-1]), reversed(two[:-1]), strict=True):
        less = (left < right) | ((left == right) & less)
    return less
