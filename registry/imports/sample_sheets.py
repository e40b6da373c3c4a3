"""A sample row of a layout as a sheet of its own, and what the import makes of it, in words and values."""

from datetime import date
from typing import Any

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from registry.imports.clean import clean_sheet
from registry.imports.layout import Layout, Sample
from registry.imports.letters import column_letter
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.recognise import best_fits
from registry.imports.records import NUMBER
from registry.imports.types import ROW, BoundSheet, CleanSheet, Grid
from registry.imports.understand import understand
from registry.secret_file import SECRET_BYTES

AS_OF = date(2026, 9, 30)
"""The day every sample sheet speaks of (截至)."""
FILE = "样例"
SHOWN_SIGNS = 4
_SAMPLE_ROW = 3
_PSEUDONYMS = Pseudonyms(bytes(SECRET_BYTES))  # of invented numbers: nothing to keep secret

Stored = int | str


class CameOut(msgspec.Struct, frozen=True, kw_only=True):
    """What an import makes of one row.

    values   fact[@period] or role to the stored value; days as 2026-09-30, sums in 分.
    refused  header to the problem of its cell, or several joined by ；.
    taken    whether the row goes in.
    """

    values: dict[str, Stored]
    refused: dict[str, str]
    taken: bool


def came_out(layout: Layout, sample: Sample, vocabulary: Vocabulary) -> CameOut:
    """Take a sample row in as a department's sheet; raises SheetRefused where its header cannot be."""
    grid = _grid(sample)
    understood = understand((grid,), (layout,), vocabulary, None)
    sheet = clean_sheet(understood, vocabulary, _PSEUDONYMS)
    refused: dict[str, str] = {}
    for one in sheet.refused:
        if one.column:
            refused[one.header] = "；".join(filter(None, (refused.get(one.header), one.problem)))
    taken = bool(sheet.rows.height)
    return CameOut(
        values=row_values(sheet, understood.bound) if taken else {}, refused=refused, taken=taken
    )


def layouts_fitting(
    layouts: tuple[Layout, ...], sample: Sample, vocabulary: Vocabulary
) -> tuple[Layout, ...]:
    """Give the layouts a sheet with this sample's header fits; more than one, and it would be refused."""
    fits = best_fits(_grid(sample), layouts, vocabulary)
    return tuple(fit.layout for fit in fits if not fit.missing)


def _grid(sample: Sample) -> Grid:
    letters = [column_letter(place) for place in range(len(sample.row))]
    title = f"截至{AS_OF.year}年{AS_OF.month}月{AS_OF.day}日"
    columns = [
        [title if place == 0 else None, header, cell or None]
        for place, (header, cell) in enumerate(sample.row.items())
    ]
    frame = pl.DataFrame(
        [
            pl.Series(letter, cells, dtype=pl.String)
            for letter, cells in zip(letters, columns, strict=True)
        ]
    )
    return Grid(file_name=FILE, sheet="", frame=frame)


def row_values(sheet: CleanSheet, bound: BoundSheet) -> dict[str, Stored]:
    """Give all that came out of the one row, but code and name."""
    found: dict[str, Any] = {}
    for frame in (sheet.numbers, sheet.texts):
        found |= _row(frame)
    found |= _row(sheet.memberships)
    awards = _row(sheet.awards) | _row(sheet.claims) | _row(sheet.uses)
    renamed = {"amount_cents": "amount", "used_on": "paid_on", "address": "email"}
    found |= {renamed.get(key, key): value for key, value in awards.items()}
    found |= {renamed[key]: value for key, value in _row(sheet.contacts).items()}
    for key, value in _row(sheet.records).items():
        found["record_number" if key == NUMBER else f"field/{key}"] = value
    if "key" in found:  # a pseudonym: what people know of it are its last signs
        found["item"] = _item(bound)
        found.pop("key")
        found.pop("fact", None)
    return {
        key: value.isoformat() if isinstance(value, date) else _stored(value)
        for key, value in found.items()
        if value is not None
    }


def _stored(value: Stored) -> Stored:
    return int(value) if isinstance(value, bool) else value


def _row(frame: pl.DataFrame) -> dict[str, Any]:
    return next(frame.drop(ROW).iter_rows(named=True), {}) if frame.width > 1 else {}


def _item(bound: BoundSheet) -> str:
    letter = next(one.letter for one in bound.columns if one.column.role == "item")
    return str(bound.grid.frame[letter][_SAMPLE_ROW - 1])[-SHOWN_SIGNS:]
