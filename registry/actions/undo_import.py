"""Take an import back: from now on nothing it said counts; what others said stays, and counts again."""

from datetime import UTC, datetime, timedelta

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.runs.run_month import DATA_LOCK
from matching.runs.store import after_every_run
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.import_outcome import SHANGHAI
from registry.audit.store import record
from registry.audit.types import Entry
from registry.enterprises.store import (
    add_contacts,
    add_names_given,
    contacts_given,
    current,
    named_by,
    names_given,
    set_names,
    take_back_contacts,
)
from registry.identity.store import identities_known
from registry.imports.layout import Layout
from registry.imports.learned import known_layouts
from registry.imports.store import Taken, UndoneImport, add_undone, import_by, rows_about, undone
from registry.resolution.give_back_names import given_back, names_said

A_MOMENT = timedelta(microseconds=1)
SLICE = 50_000
"""Enterprises whose rows are read at once."""


class UndoRefused(Exception):
    """The import cannot be taken back; says why and the way out."""


class Undoing(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes an import back, why and when."""

    import_id: int
    by: str
    reason: str
    now: datetime


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo did, besides that nothing the import said counts any more.

    renamed   enterprises called otherwise again.
    unknown   enterprises nobody else speaks of: they are known no longer.
    contacts  addresses only it gave.
    """

    taken: Taken
    undoing: UndoneImport
    renamed: int
    unknown: int
    contacts: int


async def undo_import(asked: Undoing, vocabulary: Vocabulary) -> TakenBack:
    """Take an import back, in one transaction; raises UndoRefused."""
    async with database_lock(DATA_LOCK), engine().transaction():
        done = await take_back(asked, vocabulary)
        await record(
            Entry(
                at=done.undoing.undone_at,
                day=done.undoing.undone_at.astimezone(SHANGHAI).date(),
                who=asked.by,
                action="undo_import",
                subject_kind="import",
                subject_id=str(asked.import_id),
                department=done.taken.department,
                what={"file": done.taken.file_name, "reason": asked.reason},
            )
        )
    return done  # mypy: the lock might swallow what is raised inside


async def take_back(asked: Undoing, vocabulary: Vocabulary) -> TakenBack:
    """Take an import back in the current transaction, under DATA_LOCK."""
    taken = await _to_undo(asked)
    moment = max(await after_every_run(asked.now), taken.recorded_at + A_MOMENT).astimezone(UTC)
    undoing = UndoneImport(undone_at=moment, undone_by=asked.by, reason=asked.reason)
    await add_undone(taken.id, undoing)
    touched = await named_by(taken.id)
    contacts = await contacts_given(taken.id)
    await take_back_contacts(taken.id)
    known = (await known_layouts(vocabulary, moment)).layouts
    layouts = {layout.name: layout for layout in known}
    renamed = unknown = kept = 0
    for start in range(0, len(touched), SLICE):
        ids = touched.slice(start, SLICE)
        rows = await _said_by_others(ids, moment)
        some = await _give_back_names(ids, rows, layouts)
        renamed, unknown = renamed + some[0], unknown + some[1]
        kept += await _give_back_contacts(contacts, rows)
    return TakenBack(
        taken=taken,
        undoing=undoing,
        renamed=renamed,
        unknown=unknown,
        contacts=contacts.height - kept,
    )


async def _to_undo(asked: Undoing) -> Taken:
    if not (asked.by.strip() and asked.reason.strip()):
        raise UndoRefused("撤销要写明由谁撤销、为什么撤销")
    taken = await import_by(asked.import_id)
    if taken is None:
        raise UndoRefused(f"没有第{asked.import_id}号导入；用 registry imports list 查看有哪些")
    before = await undone(asked.import_id)
    if before is not None:
        when = before.undone_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        raise UndoRefused(
            f"第{taken.id}号导入“{taken.file_name}”已由{before.undone_by}于{when}撤销"
            f"（{before.reason}），没有再次撤销；需要时可重新导入该文件"
        )
    return taken


async def _said_by_others(ids: pl.Series, moment: datetime) -> pl.DataFrame:
    """Give the rows other imports have about enterprises, kept under whichever number."""
    identities = await identities_known(moment)
    merged = identities.filter(pl.col("enterprise_id").is_in(ids.implode()))
    numbers = pl.concat([ids, merged["subject_id"].alias("enterprise_id")])
    rows = await rows_about(numbers)
    now = merged.rename({"enterprise_id": "_is", "subject_id": "enterprise_id"})
    joined = rows.join(now, on="enterprise_id", how="left", maintain_order="left")
    return joined.with_columns(enterprise_id=pl.coalesce("_is", "enterprise_id")).drop("_is")


async def _give_back_names(
    ids: pl.Series, rows: pl.DataFrame, layouts: dict[str, Layout]
) -> tuple[int, int]:
    """Call enterprises as what still counts has it; gives how many are renamed, and known no longer."""
    before = await current(ids)
    names = given_back(await names_given(ids), names_said(rows, layouts), before)
    other = names.present.join(before, on=["enterprise_id", "name"], how="anti")
    await add_names_given(names.added)
    await set_names(other)
    unknown = before.join(names.present, on="enterprise_id", how="anti").height
    return other.height, unknown


async def _give_back_contacts(contacts: pl.DataFrame, rows: pl.DataFrame) -> int:
    """Keep the addresses other imports gave as well, as theirs; gives how many."""
    said = contacts.join(rows, on="enterprise_id").filter(
        pl.col("cells").str.contains(pl.col("address"), literal=True)
    )
    first = said.sort("import_id").unique(["enterprise_id", "address"], keep="first")
    for part in first.partition_by("import_id", maintain_order=True):
        await add_contacts(part, part["import_id"][0])
    return first.height
