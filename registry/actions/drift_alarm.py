"""Whether a sheet that was just written moves too far from the last one of its layout."""

import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.storage.read import read_frame
from registry.actions.keep_sheet import Kept
from registry.imports.drift import Drift, figures_drifted, limits, rows_drifted
from registry.imports.store import Earlier, earlier_of_layout
from registry.imports.title_lines import is_supplement
from registry.imports.types import CleanSheet

_FIGURES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "period": pl.String,
    "number": pl.Int64,
}
_MEASURED = {"money", "number", "share"}


async def drift_of(kept: Kept, sheet: CleanSheet, vocabulary: Vocabulary) -> tuple[Drift, ...]:
    """Give what must be confirmed of a sheet, inside the transaction that wrote it; figures on a sample."""
    limit = limits()
    taken = kept.taken
    earlier = await earlier_of_layout(sheet.layout.name, taken.id, limit.imports)
    if not earlier or is_supplement(sheet.heading):
        return ()
    rows: tuple[Drift, ...] = ()
    whole = next((one for one in earlier if one.whole), None)
    if sheet.covered and whole is not None:  # who is missing from a sheet of some stays as it was
        rows = rows_drifted(taken.rows_read, whole.rows_read, limit)
    step = max(1, taken.rows_taken // limit.sampled)
    new = await _figures([taken.id], step, vocabulary)
    old = await _figures(_enough(earlier, taken.rows_taken), step, vocabulary)
    return (*rows, *figures_drifted(new, old, limit))


def _enough(earlier: tuple[Earlier, ...], rows: int) -> list[int]:
    """Give the latest imports that together have as many rows: the last may hold a few corrections only."""
    found: list[int] = []
    for one in earlier:
        found.append(one.id)
        rows -= one.rows_taken
        if rows <= 0:
            break
    return found


async def _figures(imports: list[int], step: int, vocabulary: Vocabulary) -> pl.DataFrame:
    """Give the newest figures of some imports, of every n-th enterprise."""
    measured = [key for key, fact in vocabulary.facts.items() if fact.kind in _MEASURED]
    found = await read_frame(
        'SELECT enterprise_id, fact, period, "number", import_id FROM fact_value'  # noqa: S608  whole numbers only
        f" WHERE import_id IN ({', '.join(str(one) for one in imports)})"
        ' AND enterprise_id % $1 = 0 AND "number" IS NOT NULL',
        {**_FIGURES, "import_id": pl.Int64},
        [step],
    )
    figures = found.sort("import_id", maintain_order=True).select(*_FIGURES)
    return figures.filter(pl.col("fact").is_in(measured)).unique(
        ["enterprise_id", "fact", "period"], keep="last"
    )
