"""The indexes of names that rows are looked up in, as they can be handed to another process."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from registry.lookup.candidates import gather, query_of
from registry.lookup.features import features
from registry.lookup.fold import fold_column
from registry.lookup.index import NAMES, SHORT, Index, open_index, small_index
from registry.lookup.letters import sound_classes
from registry.lookup.score import scores
from registry.lookup.shortlist import Near, shortlist
from registry.resolution.near import NEAR, Gathered
from registry.resolution.types import Columns

NEAREST = 6
"""Enterprises a row that are weighed with all that is known; the look-up has compared many more."""

EQUAL: Columns = {**NEAR, "decisive": pl.Boolean}
"""Columns of `bearers`: NEAR, and whether the name tells its bearer from all others that may exist."""

# A name without its place may be that of a firm of any place: 恒达商贸有限公司. A branch's is long enough.
_BRANCH = "公司.{2,}$"


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that `build_index` made, and the names that are newer than it.

    folder  None: there is none yet, all names are newer.
    newer   rows of enterprise_id, name and kind; None: none is.
    """

    folder: Path | None
    newer: pl.DataFrame | None = None


class Opened(msgspec.Struct, frozen=True):
    """Indexes of this process, the largest first."""

    indexes: tuple[Index, ...]

    def gather(self, text: str) -> Gathered:
        """Give the enterprises whose names are nearest, each under its nearest one."""
        query = query_of(text, self.indexes[0])
        found = shortlist(query, gather(query, self.indexes), self.indexes)
        compared = features(query, found, self.indexes[0])
        kept = _nearest(found, scores(compared)) if found else []
        return Gathered(query.folded, [found[at] for at in kept], compared[kept].astype(np.float32))

    def sound(self, letter: str) -> int:
        """Give the sound class of a character; 0: none."""
        table = sound_classes()
        return int(table[ord(letter)]) if ord(letter) < len(table) else 0


def open_sources(sources: Sources) -> Opened:
    """Open the folder and index what is newer."""
    newer = pl.DataFrame(schema=NAMES) if sources.newer is None else sources.newer
    small = small_index(newer)
    if sources.folder is None:
        return Opened((small,))
    return Opened((open_index(sources.folder), *([small] if newer.height else [])))


def bearers(rows: pl.DataFrame, opened: Opened) -> pl.DataFrame:
    """Give EQUAL: who bears or bore the very names of a frame of row and name, in whatever writing."""
    folded = pl.concat([rows.select("row"), fold_column(rows["name"])], how="horizontal")
    texts = folded.filter(pl.col("text") != "")["text"].unique()
    parts = [_same(index, texts) for index in opened.indexes]
    found = pl.concat(parts).unique(["text", "enterprise_id"], keep="first", maintain_order=True)
    whole = (pl.col("start") > 0) | pl.col("text").str.contains(_BRANCH)
    return (
        folded.join(found, on="text", maintain_order="left")
        .with_columns(
            marks=pl.lit(["same_name"]),
            decisive=whole & (pl.col("name_kind") != SHORT),
        )
        .select(*EQUAL)
    )


def _same(index: Index, texts: pl.Series) -> pl.DataFrame:
    """Give text, enterprise_id, name and name_kind of the names that fold into one of these."""
    near = [(text, int(number)) for text in texts for number in index.same(text)]
    numbers = np.array([number for _, number in near], dtype=np.int64)
    return pl.DataFrame(
        {
            "text": [text for text, _ in near],
            "enterprise_id": index.enterprise_ids[numbers],
            "name": [index.names[number] for _, number in near],
            "name_kind": index.kinds[numbers],
        },
        {
            "text": pl.String,
            "enterprise_id": pl.Int64,
            "name": pl.String,
            "name_kind": pl.Int8,
        },
    )


def _nearest(found: Sequence[Near], chances: np.ndarray) -> list[int]:
    """Give where the nearest enterprises stand, each once."""
    kept: dict[int, int] = {}
    for at in np.argsort(-chances, kind="stable").tolist():
        kept.setdefault(found[at].enterprise_id, at)
        if len(kept) == NEAREST:
            break
    return list(kept.values())
