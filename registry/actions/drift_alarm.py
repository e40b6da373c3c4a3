"""Whether a sheet that was just written moves too far from the last one of its layout."""

import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.storage.read import read_frame
from registry.actions.keep_sheet import Kept
from registry.imports.drift import Drift, figures_drifted, limits, rows_drifted
from registry.imports.store import last_of_layout
from registry.imports.title_lines import is_supplement
from registry.imports.types import CleanSheet

_FIGURES = {
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "period": pl.String,
    "number": pl.Int64,
}
_MEASURED = {"money", "number", "share"}


async def drift_of(kept: Kept, sheet: CleanSheet, vocabulary: Vocabulary) -> tuple[Drift, ...]:
    """Give what must be confirmed of a sheet, inside the transaction that wrote it; figures on a sample."""
    limit = limits()
    last = await last_of_layout(sheet.layout.name, kept.taken.id)
    if last is None or is_supplement(sheet.heading):
        return ()
    # Who is missing from a sheet that gives no list whole stays as it was.
    rows = rows_drifted(kept.taken.rows_read, last.rows_read, limit) if sheet.covered else ()
    step = max(1, kept.taken.rows_taken // limit.sampled)
    new, old = [await _figures(one, step, vocabulary) for one in (kept.taken.id, last.id)]
    return (*rows, *figures_drifted(new, old, limit))


async def _figures(import_id: int, step: int, vocabulary: Vocabulary) -> pl.DataFrame:
    measured = [key for key, fact in vocabulary.facts.items() if fact.kind in _MEASURED]
    found = await read_frame(
        'SELECT enterprise_id, fact, period, "number" FROM fact_value'
        ' WHERE import_id = $1 AND enterprise_id % $2 = 0 AND "number" IS NOT NULL',
        _FIGURES,
        [import_id, step],
    )
    return found.filter(pl.col("fact").is_in(measured)).unique(
        ["enterprise_id", "fact", "period"], keep="last"
    )
