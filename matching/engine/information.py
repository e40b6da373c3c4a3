"""Which missing datum is worth asking for: the verdicts it would settle, and the money that hangs on them.

A datum settles an open pair (enterprise, item) where every answer it may give decides the verdict, all else
staying as it is. An answer gives truths to the unknown tests of which nothing else is missing; a test of several
data is taken to come out either way, and a whole or a base to be above zero.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.groups import Groups
from matching.engine.match import verdicts
from matching.engine.open_pairs import OpenPairs, open_pairs
from matching.language.items import Item

CHUNK = 65_536
"""Enterprises ranked at a time, so that memory stays small."""
WORTH: dict[str, pl.DataType] = {
    "settled": pl.Int64(),
    "low_cents": pl.Int128(),
    "high_cents": pl.Int128(),
    "endless": pl.Int64(),
    "open_pairs": pl.Int64(),
}
"""What a datum is worth.

settled                pairs it settles.
low_cents, high_cents  what these items give to those enterprises, at least and at most, as far as an upper
                       end is known; only of items that pay on the day.
endless                settled pairs whose upper end nobody can name.
open_pairs             pairs it takes part in leaving open.
"""
ORDER = ("settled", "high_cents", "low_cents", "open_pairs")


class Information:
    """What the missing data of a population are worth."""

    def __init__(self, items: Sequence[Item], ground: Ground, on: date) -> None:
        """Find every open pair of these items and which datum settles it."""
        self.ids = ground.population.frame["enterprise_id"]
        codes = verdicts(items, ground, on)
        tried = (open_pairs(item, codes[item.id], ground, on) for item in items)
        found = [pairs for pairs in tried if pairs is not None]
        names = sorted({name for pairs in found for name in pairs.effects["datum"]})
        self._data = pl.Series("datum", names, dtype=pl.String)
        self._open = tuple(_with_numbers(pairs, pl.Enum(names)) for pairs in found)

    @property
    def open_pairs(self) -> int:
        """Count the pairs of which a datum is missing."""
        return sum(pairs.rows.height for pairs in self._open)

    @property
    def untried(self) -> tuple[tuple[str, str], ...]:
        """Give item and datum where a datum has too many possible answers to try them all."""
        return tuple((pairs.item_id, datum) for pairs in self._open for datum in pairs.untried)

    def ranked(self, groups: Groups | None = None) -> pl.DataFrame:
        """Give what each datum is worth, the worthiest first: "datum" and WORTH.

        groups  ranks within each group of enterprises, "group" (null: not known) and "name" in front.
        """
        by = ["group", "datum"] if groups is not None else ["datum"]
        parts = [
            _worth(_weighed(pairs, groups).join(pairs.effects, on="pattern"), by, pl.Int128())
            for pairs in self._open
        ]
        empty = pl.DataFrame(schema={"group": pl.UInt32, "datum": pl.UInt32, **WORTH})
        whole = pl.concat([empty.select(*by, *WORTH), *parts])
        worth = whole.group_by(by).agg(pl.col(name).sum() for name in WORTH)
        order = [*by[:-1], *ORDER, "datum"]
        descending = [name in ORDER for name in order]
        ranked = worth.sort(order, descending=descending)
        ranked = ranked.with_columns(self._data.gather(ranked["datum"]))
        return ranked if groups is None else _named(ranked, groups)

    def next_questions(self) -> pl.DataFrame:
        """Give the one datum most worth asking each enterprise for: "enterprise_id", "datum" and WORTH.

        Enterprises of whom nothing is open are left out.
        """
        kind = self._kind_of_one_enterprise()
        parts = [
            self._next_of(start, min(start + CHUNK, len(self.ids)), kind)
            for start in range(0, len(self.ids), CHUNK)
            if self._open
        ]
        empty = pl.DataFrame(schema={"enterprise_id": pl.Int64, "datum": pl.String, **WORTH})
        return pl.concat([empty, *parts])

    def _kind_of_one_enterprise(self) -> pl.DataType:
        """Give the narrowest whole number the sums of one enterprise surely fit into."""
        reach = 0
        for pairs in self._open:
            most = pairs.rows.select(pl.max_horizontal(pl.col("low_cents", "high_cents").max()))
            reach += most.item() or 0
        return pl.Int64() if reach < 2**63 else pl.Int128()

    def _next_of(self, start: int, end: int, kind: pl.DataType) -> pl.DataFrame:
        parts: list[pl.DataFrame] = []
        for pairs in self._open:
            rows = pairs.rows["row"]
            first, last = rows.search_sorted(start), rows.search_sorted(end)
            some = pairs.rows.slice(first, last - first).join(pairs.effects, on="pattern")
            parts.append(some.drop("pattern"))
        data = max(len(self._data), 1)
        counted = pl.concat(parts).select(
            # One whole number a pair: grouping by two columns takes several times as long.
            (pl.col("row").cast(pl.UInt64) * data + pl.col("datum")).alias("key"),
            "settles",
            pl.lit(1, dtype=pl.Int64).alias("count"),
            pl.col("low_cents", "high_cents").cast(kind),
            pl.col("high_cents").is_null().cast(pl.Int64).alias("endless"),
        )
        worth = _worth(counted, ["key"], kind).with_columns((pl.col("key") // data).alias("row"))
        for name in ORDER:
            worth = worth.filter(pl.col(name) == pl.col(name).max().over("row"))
        best = worth.sort("key").unique("row", keep="first", maintain_order=True)
        return best.select(
            self.ids.gather(best["row"]).alias("enterprise_id"),
            self._data.gather(best["key"] % data),
            *(pl.col(name).cast(WORTH[name]) for name in WORTH),
        )


def _with_numbers(pairs: OpenPairs, data: pl.Enum) -> OpenPairs:
    numbered = pairs.effects.with_columns(pl.col("datum").cast(data).to_physical().cast(pl.UInt32))
    return msgspec.structs.replace(pairs, effects=numbered)


def _weighed(pairs: OpenPairs, groups: Groups | None) -> pl.DataFrame:
    """Count the enterprises of each pattern (and group), and add up what the item gives them."""
    rows = pairs.rows
    by = ["pattern"]
    if groups is not None:
        rows = rows.with_columns(groups.codes.gather(rows["row"]).alias("group"))
        by.append("group")
    return rows.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("count"),
        pl.col("low_cents", "high_cents").cast(pl.Int128).sum(),
        pl.col("high_cents").null_count().cast(pl.Int64).alias("endless"),
    )


def _worth(counted: pl.DataFrame, by: list[str], kind: pl.DataType) -> pl.DataFrame:
    """Add up counted pairs; `kind` holds their money."""
    # Masked first and only then added up: a filter within each of a million small groups is slow.
    settles = pl.col("settles")
    masked = counted.lazy().select(
        *by,
        (settles.cast(pl.Int64) * pl.col("count")).alias("settled"),
        *(
            pl.when(settles).then(pl.col(name)).otherwise(0).cast(kind).alias(name)
            for name in ("low_cents", "high_cents")
        ),
        (settles.cast(pl.Int64) * pl.col("endless")).alias("endless"),
        pl.col("count").alias("open_pairs"),
    )
    return masked.group_by(by).agg(pl.col(name).sum() for name in WORTH).collect()


def _named(ranked: pl.DataFrame, groups: Groups) -> pl.DataFrame:
    keys = pl.Series(groups.keys, dtype=pl.String).gather(ranked["group"]).alias("group")
    names = pl.Series(groups.names, dtype=pl.String).gather(ranked["group"]).alias("name")
    return pl.DataFrame([keys, names]).hstack(ranked.drop("group").get_columns())
