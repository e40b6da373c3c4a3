"""What taking in a sheet would do: it is taken in, looked at, and rolled back."""

import hashlib
from collections import Counter
from datetime import UTC

import msgspec
import polars as pl

from matching.language.vocabulary import column_name
from matching.runs.store import after_every_run
from registry.actions.drift_alarm import drift_of
from registry.actions.import_outcome import SHANGHAI, ImportOutcome, Told
from registry.actions.keep_sheet import Kept, already_in, keep_sheet
from registry.actions.preview_types import (
    SHOWN,
    CellShown,
    ColumnShown,
    EntryShown,
    FactCounted,
    ListCounted,
    NameShown,
    Preview,
)
from registry.actions.read_sheet import HandedIn, given, understood
from registry.actions.rehearse import rehearsal
from registry.enterprises.store import created_by, present_names
from registry.imports.meanings import meaning_of
from registry.imports.store import import_of, knowledge_state
from registry.imports.types import CleanSheet
from registry.profiles.choose import rank
from registry.profiles.compare_entries import EntriesCompared, compare_entries
from registry.profiles.compare_values import Compared, compare_values
from registry.profiles.knowledge import Knowledge, Known, known


class _Beside(msgspec.Struct, frozen=True):
    """The rehearsed import, and what counts with it."""

    sheet: CleanSheet
    kept: Kept
    told: Told
    counting: Known


async def preview_sheet(file: HandedIn, told: Told) -> Preview:
    """Say what taking in a file would do, and write nothing; raises SheetRefused where it cannot be taken in."""
    asked = given(file, told)
    before = await import_of(asked.sha256)
    if before:
        return Preview(token="", outcome=await already_in(before, asked.name))
    read = await understood(asked, told, ask=True)
    sheet = read.sheet
    async with rehearsal():
        token = await token_of(asked.sha256, sheet)
        later = msgspec.structs.replace(
            told, recorded_at=await after_every_run(told.recorded_at.astimezone(UTC))
        )
        kept = await keep_sheet(sheet, asked.sha256, later)
        found = await _looked_at(sheet, kept, later)
    return msgspec.structs.replace(found, token=token, headers=read.headers)


async def token_of(sha256: str, sheet: CleanSheet) -> str:
    """Name a file, the day it speaks of, what its columns are taken as, and the state of knowledge it is held against."""
    meant = ",".join(f"{one.letter}={meaning_of(one.column)}" for one in sheet.columns)
    columns = hashlib.sha256(meant.encode()).hexdigest()[:16]
    return f"{sha256}:{sheet.observed_on}:{columns}:{await knowledge_state()}"


async def _looked_at(sheet: CleanSheet, kept: Kept, told: Told) -> Preview:
    taken = kept.taken
    today = told.recorded_at.astimezone(SHANGHAI).date()
    counting = await known(Knowledge(today, taken.recorded_at))
    values = await compare_values(
        taken.id,
        counting,
        told.vocabulary,
        SHOWN,
        lambda done, of: told.progress("与已有数据比较", done, of),
    )
    entries = await compare_entries(taken.id, counting)
    rows = sheet.rows.join(kept.resolved.links, on="row", how="semi")
    by_name = rows["uscc"].null_count()
    return Preview(
        token="",
        outcome=msgspec.structs.replace(kept.outcome, import_id=None),
        by_code=rows.height - by_name,
        by_name=by_name,
        columns=_columns(sheet),
        created=tuple(
            NameShown(name=name, uscc=uscc)
            for name, uscc in (await created_by(taken.id, SHOWN)).iter_rows()
        ),
        renamed=tuple(
            NameShown(name=name, uscc=None, before=before)
            for before, name in kept.renamed.head(SHOWN).select("name_known", "name").iter_rows()
        ),
        facts=_facts(sheet, values, kept.outcome),
        cells=await _cells(
            _placed(values.samples, kept, counting), _Beside(sheet, kept, told, counting)
        ),
        lists=_lists(entries),
        entries=await _entries(entries),
        drift=await drift_of(kept, sheet, told.vocabulary),
    )


def _columns(sheet: CleanSheet) -> tuple[ColumnShown, ...]:
    return tuple(
        ColumnShown(
            letter=one.letter,
            header=one.header,
            means=column_name(one.fact.key, one.period) if one.fact else one.column.role,
            unit=one.unit,
        )
        for one in sheet.columns
    )


def _letters(sheet: CleanSheet) -> dict[str, str]:
    """Give the letter of every column of a fact."""
    facts = [one for one in sheet.columns if one.fact is not None]
    return {column_name(one.fact.key, one.period): one.letter for one in facts if one.fact}


def _facts(sheet: CleanSheet, values: Compared, outcome: ImportOutcome) -> tuple[FactCounted, ...]:
    letters = _letters(sheet)
    refused = Counter(
        cell.column
        for cell in outcome.refused
        if cell.row > len(sheet.heading) and cell.sheet == sheet.grid.sheet
    )
    counted: dict[str, dict[str, int]] = {column: {} for column in letters}
    for fact, period, kind, count in values.counts.iter_rows():
        counted.setdefault(column_name(fact, period), {})[kind] = count
    return tuple(
        FactCounted(column=column, refused=refused[letters.get(column, "")], **kinds)
        for column, kinds in counted.items()
    )


def _placed(samples: pl.DataFrame, kept: Kept, counting: Known) -> pl.DataFrame:
    """Add to each sample the row that says it; of several rows about one enterprise the last."""
    rows = counting.of_enterprises(kept.resolved.links).unique(
        "enterprise_id", keep="last", maintain_order=True
    )
    return samples.join(rows, on="enterprise_id", how="left", maintain_order="left")


async def _cells(samples: pl.DataFrame, beside: _Beside) -> tuple[CellShown, ...]:
    letters = _letters(beside.sheet)
    names = dict((await present_names(samples["enterprise_id"])).iter_rows())
    sources = {one["id"]: one for one in beside.counting.imports.iter_rows(named=True)}
    shown: list[CellShown] = []
    for one in samples.iter_rows(named=True):
        column = column_name(one["fact"], one["period"])
        old = sources.get(one["import_old"])
        of = beside.told.vocabulary.facts[one["fact"]]
        own = rank(of, beside.kept.taken.department)
        ranks = old is not None and rank(of, old["department"]) < own
        shown.append(
            CellShown(
                row=one["row"],
                letter=letters.get(column, ""),
                enterprise=names.get(one["enterprise_id"], ""),
                column=column,
                kind=one["kind"],
                new=one["number"] if one["number"] is not None else one["text"],
                old=one["number_old"] if one["number_old"] is not None else one["text_old"],
                department=old["department"] if old else None,
                file_name=old["file_name"] if old else None,
                observed_on=old["observed_on"] if old else None,
                why=None if one["kind"] != "conflict" else "trusted" if ranks else "newer",
            )
        )
    return tuple(shown)


def _lists(entries: EntriesCompared) -> tuple[ListCounted, ...]:
    new, gone = (
        dict(one.group_by("list").len().iter_rows()) for one in (entries.new, entries.gone)
    )
    named = sorted({*new, *gone, *entries.same})
    return tuple(
        ListCounted(
            list=key, new=new.get(key, 0), same=entries.same.get(key, 0), gone=gone.get(key, 0)
        )
        for key in named
    )


async def _entries(entries: EntriesCompared) -> tuple[EntryShown, ...]:
    new = entries.new.with_columns(kind=pl.lit("new"))
    both = pl.concat([new, entries.gone.with_columns(kind=pl.lit("gone"))])
    first = both.filter(pl.int_range(pl.len()).over("list", "kind") < SHOWN)
    names = dict((await present_names(first["enterprise_id"])).iter_rows())
    return tuple(
        EntryShown(
            list=one["list"],
            kind=one["kind"],
            enterprise=names.get(one["enterprise_id"], ""),
            on=one["on"],
            amount_cents=one["amount_cents"],
        )
        for one in first.iter_rows(named=True)
    )
