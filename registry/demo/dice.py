"""Numbers that look random and stay the same for ever: splitmix64 over the row number.

A library's own generator or hash may change between versions, and a demonstration that changes with them cannot be
compared with last year's. Whole-number arithmetic cannot. Every column has a salt of its own, so a new column does
not move the others. Where fractions are needed, only + and * are used: they are the same on every machine.
"""

from collections.abc import Sequence
from itertools import accumulate

import msgspec
import polars as pl

GOLDEN = 0x9E3779B97F4A7C15
FIRST_FACTOR = 0xBF58476D1CE4E5B9
SECOND_FACTOR = 0x94D049BB133111EB
WORD = (1 << 64) - 1


def unsigned(value: int) -> pl.Expr:
    """Give a whole number as an unsigned 64-bit constant."""
    return pl.lit(value & WORD, dtype=pl.UInt64)


def mixed(state: pl.Expr) -> pl.Expr:
    """Finish splitmix64: turn states that differ by little into numbers that share nothing."""
    state = (state ^ (state // unsigned(1 << 30))) * unsigned(FIRST_FACTOR)
    state = (state ^ (state // unsigned(1 << 27))) * unsigned(SECOND_FACTOR)
    return state ^ (state // unsigned(1 << 31))


def two_to(power: pl.Expr) -> pl.Expr:
    """Give about 2 ** power for powers from 0 to 63, exact at whole powers and smooth between them."""
    whole = power.floor()
    part = power - whole
    steps = whole.cast(pl.Int64)
    value = 1 + part * (0.6565 + part * 0.3435)
    for bit in range(6):
        is_set = (steps // (1 << bit)) % 2 == 1
        value = value * pl.when(is_set).then(float(1 << (1 << bit))).otherwise(1.0)
    return value


class Dice(msgspec.Struct, frozen=True):
    """Throws for every row of a frame that has a column "row"; the same seed, salt and row give the same."""

    seed: int

    def bits(self, salt: str) -> pl.Expr:
        """Give 64 even bits a row."""
        key = self.seed & WORD
        for byte in salt.encode():
            key = ((key ^ byte) * 0x100000001B3 + GOLDEN) & WORD
        return mixed((pl.col("row").cast(pl.UInt64) + 1) * unsigned(GOLDEN) + unsigned(key))

    def share(self, salt: str) -> pl.Expr:
        """Give a fraction from 0 to below 1."""
        return (self.bits(salt) // unsigned(1 << 11)).cast(pl.Float64) * (1.0 / (1 << 53))

    def below(self, salt: str, limit: int) -> pl.Expr:
        """Give a whole number from 0 to below the limit."""
        return (self.bits(salt) % unsigned(limit)).cast(pl.Int64)

    def chance(self, salt: str, basis_points: int) -> pl.Expr:
        """Give true in so many of ten thousand rows."""
        return self.below(salt, 10_000) < basis_points

    def normal(self, salt: str) -> pl.Expr:
        """Give a bell around 0 with deviation 1: eight 16-bit throws added up, none beyond 4.9."""
        total = pl.lit(0, dtype=pl.UInt64)
        for part in (salt + "/1", salt + "/2"):
            bits = self.bits(part)
            for place in range(4):
                total = total + (bits // unsigned(1 << (16 * place))) % unsigned(1 << 16)
        return (total.cast(pl.Float64) * (1.0 / (1 << 16)) - 4) * 1.224744871391589

    def pick(self, salt: str, weights: Sequence[int]) -> pl.Expr:
        """Give a position in the weights, each as often as its weight says."""
        ends = pl.lit(pl.Series(list(accumulate(weights)), dtype=pl.Int64))
        return ends.search_sorted(self.below(salt, sum(weights)), side="right").cast(pl.Int64)

    def choose(self, salt: str, weighted: dict[str, int]) -> pl.Expr:
        """Give one of the words, each as often as its weight says."""
        return at(list(weighted), self.pick(salt, list(weighted.values())))


def at(words: Sequence[str], position: pl.Expr) -> pl.Expr:
    """Give the word at each position."""
    return pl.lit(pl.Series(list(words), dtype=pl.String)).gather(position)


def places_of(order: pl.Expr) -> pl.Expr:
    """Give each row its place, from 0, when rows stand from the greatest to the least; null stays without one."""
    return order.rank("ordinal", descending=True).cast(pl.Int64) - 1
