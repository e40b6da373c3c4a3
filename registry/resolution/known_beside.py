"""What the register says of enterprises beside their names, to be held against what a row says."""

import polars as pl

from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.resolution.types import KNOWN


async def known_beside(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give columns of KNOWN: the code, and the place as the newest import that counts has it; null is unknown.

    Representative, address and phone are unknown: no department sends them as facts yet.
    """
    found = await read_frame(
        "SELECT e.id AS enterprise_id, e.uscc, (SELECT f.text FROM fact_value f"  # noqa: S608  our own words
        " WHERE f.enterprise_id = e.id AND f.fact = 'place'"
        " AND f.import_id NOT IN (SELECT import_id FROM import_undone)"
        " ORDER BY f.observed_on DESC, f.id DESC LIMIT 1) AS place"
        f" FROM enterprise e WHERE e.id IN ({unfolded_numbers()})",
        {"enterprise_id": pl.Int64, "uscc": pl.String, "place": pl.String},
        [listed(enterprise_ids)],
    )
    untold = [name for name in KNOWN if name not in found.columns]
    return found.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in untold)
