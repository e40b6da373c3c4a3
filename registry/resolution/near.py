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


class Found(msgspec.Struct, frozen=True):
    """One pair."""

    row: int
    enterprise_id: int
    name: str
    name_kind: int
    marks: tuple[Mark, ...]


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
