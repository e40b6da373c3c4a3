"""From a sheet that is understood to typed values: columns throughout, refusals cell by cell."""

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from registry.imports.body import body_rows, row_cells
from registry.imports.entries import covered_lists, read_entries
from registry.imports.keys import read_keys
from registry.imports.ledgers import SHOWN_SIGNS, item_column, masked, read_ledgers
from registry.imports.progress import Progress, unheard
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.records import read_records
from registry.imports.types import ROW, BoundColumn, BoundSheet, CleanSheet, Refusal
from registry.imports.understand import Understood
from registry.imports.values import Values, read_values

BESIDE = ("place", "legal_representative", "address", "phone")


def clean_sheet(
    understood: Understood,
    vocabulary: Vocabulary,
    pseudonyms: Pseudonyms | None,
    progress: Progress = unheard,
) -> CleanSheet:
    """Give what a sheet says; a refused cell costs its value, a refused key its row, no more.

    Numbers of persons, loans and contracts leave this function only as pseudonyms or masked.
    """
    bound = understood.bound
    body = body_rows(bound)
    keys = read_keys(bound, body)
    values = read_values(bound, body, vocabulary, progress)
    entries = read_entries(bound, body[ROW], values, vocabulary)
    ledgers = read_ledgers(bound, body[ROW], values, vocabulary, pseudonyms)
    records = read_records(bound, body[ROW], keys.rows, values, vocabulary.records)
    covered, unknown = covered_lists(bound.layout, understood.coverage, vocabulary)
    lost = entries.lost | ledgers.lost | records.lost
    rows = keys.rows.filter(~pl.col(ROW).is_in(list(lost)))
    refused = (
        *bound.notes,
        *keys.refused,
        *values.refused,
        *entries.refused,
        *ledgers.refused,
        *records.refused,
        *unknown,
    )
    return CleanSheet(
        grid=bound.grid,
        layout=bound.layout,
        observed_on=bound.observed_on,
        rows=rows,
        numbers=_facts(body, values, pl.Int64),
        texts=_facts(body, values, pl.String),
        memberships=entries.memberships,
        awards=entries.awards,
        claims=ledgers.claims,
        uses=ledgers.uses,
        records=records.rows,
        contacts=_contacts(body, values),
        beside=_beside(body, values),
        cells=row_cells(bound, _without_numbers(bound, body)),
        told_at=_told_at(bound),
        covered=covered,
        refused=tuple(sorted((_hidden(bound, one) for one in refused), key=_place)),
        rows_read=body.height,
    )


def _without_numbers(bound: BoundSheet, body: pl.DataFrame) -> pl.DataFrame:
    """Mask the numbers of evidence items before a row is kept as it came."""
    column = item_column(bound)
    if column is None:
        return body
    text = pl.col(column.letter)
    shown = pl.when(text.str.len_chars() > SHOWN_SIGNS).then(text.str.tail(SHOWN_SIGNS))
    return body.with_columns(
        pl.when(text.is_not_null())
        .then(pl.concat_str(pl.lit("…"), shown.fill_null("")))
        .alias(column.letter)
    )


def _hidden(bound: BoundSheet, refusal: Refusal) -> Refusal:
    """Mask the number of an evidence item in a refusal, which is kept and shown."""
    column = item_column(bound)
    if column is None or refusal.column != column.letter or refusal.sheet != bound.grid.sheet:
        return refusal
    return msgspec.structs.replace(refusal, value=masked(refusal.value))


def _facts(body: pl.DataFrame, values: Values, dtype: type[pl.DataType]) -> pl.DataFrame:
    of_type = {key: said for key, said in values.facts.items() if said.dtype == dtype}
    return body.select(ROW).with_columns(said.alias(key) for key, said in of_type.items())


def _contacts(body: pl.DataFrame, values: Values) -> pl.DataFrame:
    said = values.others.get("email")
    if said is None:
        return pl.DataFrame(schema={ROW: pl.Int64, "address": pl.String})
    return body.select(ROW).with_columns(said.values.alias("address")).drop_nulls()


def _beside(body: pl.DataFrame, values: Values) -> pl.DataFrame:
    """Give what tells who is meant beside code and name; null where no column or no cell says it."""
    nothing = pl.Series([None] * body.height, dtype=pl.String)
    said = {role: values.others[role].values for role in BESIDE[1:] if role in values.others}
    return body.select(
        ROW,
        values.facts.get("place", nothing).alias("place"),
        *(said.get(role, nothing).alias(role) for role in BESIDE[1:]),
    )


def _told_at(bound: BoundSheet) -> BoundColumn:
    by_role = {column.column.role: column for column in bound.columns}
    return by_role.get("name") or by_role["uscc"]


def _place(refusal: Refusal) -> tuple[str, int, int, str]:
    return refusal.sheet, refusal.row, len(refusal.column), refusal.column
