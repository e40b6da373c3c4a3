"""The names nearest to each row's name, with all that is weighed about the two names."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import polars as pl

from registry.lookup.shortlist import Near
from registry.resolution.compare_names import NAME_FEATURES, Side, difference
from registry.resolution.types import Columns, Mark
from registry.resolution.weigh import Matrix

NEAR: Columns = {
    "row": pl.Int64,
    "enterprise_id": pl.Int64,
    "name": pl.String,
    "name_kind": pl.Int8,
    "marks": pl.List(pl.String),
}
"""Columns of `NearPairs.pairs`."""


class Gathered(msgspec.Struct, frozen=True):
    """What the look-up found for one name: its own side, the names near it, and the features of each (a row each)."""

    given: Side
    names: Sequence[Near]
    features: Matrix


class NearPairs(msgspec.Struct, frozen=True):
    """Pairs of a row and an enterprise: NEAR, and for each the features of the look-up and of the two names."""

    pairs: pl.DataFrame
    matrix: Matrix

    def standing_for(self, identities: pl.DataFrame) -> "NearPairs":
        """Let pairs speak of whom their enterprise is now: subject_id and enterprise_id; nobody twice a row."""
        return self._kept(standing_for(self.pairs, identities).with_row_index("at"))

    def among(self, enterprise_ids: pl.Series) -> "NearPairs":
        """Leave out the pairs of other enterprises."""
        counted = pl.col("enterprise_id").is_in(enterprise_ids.implode())
        return self._kept(self.pairs.with_row_index("at").filter(counted))

    def _kept(self, numbered: pl.DataFrame) -> "NearPairs":
        once = numbered.unique(["row", "enterprise_id"], keep="first", maintain_order=True)
        return NearPairs(once.drop("at"), self.matrix[once["at"].to_numpy()])


class Found(msgspec.Struct, frozen=True):
    """One pair."""

    row: int
    enterprise_id: int
    name: str
    name_kind: int
    marks: tuple[Mark, ...]


def standing_for(pairs: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
    """Give the pairs with the enterprise each stands for now, in their order."""
    now = identities.select(enterprise_id="subject_id", now="enterprise_id")
    told = pairs.join(now, on="enterprise_id", how="left", maintain_order="left")
    return told.with_columns(pl.coalesce("now", "enterprise_id").alias("enterprise_id")).drop("now")


def near_names(
    rows: pl.DataFrame, gather: Callable[[str], Gathered], sound: Callable[[str], int]
) -> NearPairs:
    """Look up the names of a frame of row and name."""
    found: list[Found] = []
    looked_up: list[Matrix] = []
    compared: list[Matrix] = []
    for row, name in rows.select("row", "name").iter_rows():
        gathered = gather(name)
        looked_up.append(gathered.features)
        for near in gathered.names:
            said = difference(gathered.given, near, sound)
            compared.append(said.features)
            found.append(Found(row, near.enterprise_id, near.name, near.kind, said.marks))
    if not found:
        return NearPairs(pl.DataFrame(schema=NEAR), np.zeros((0, 0), dtype=np.float32))
    pairs = pl.DataFrame({column: [getattr(one, column) for one in found] for column in NEAR}, NEAR)
    beside = np.array(compared, dtype=np.float32).reshape(-1, len(NAME_FEATURES))
    return NearPairs(pairs, np.hstack([np.vstack(looked_up), beside]))


def together(parts: Sequence[NearPairs]) -> NearPairs:
    """Join what several processes found."""
    full = [part for part in parts if part.pairs.height]
    if not full:
        return NearPairs(pl.DataFrame(schema=NEAR), np.zeros((0, 0), dtype=np.float32))
    return NearPairs(
        pl.concat([part.pairs for part in full]), np.vstack([part.matrix for part in full])
    )
