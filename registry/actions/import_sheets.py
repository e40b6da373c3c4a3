"""Take in sheets of departments: read, check, resolve who is who, and keep what they say."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.runs.run_month import DATA_LOCK
from matching.runs.store import after_every_run
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.enterprises.store import add_contacts
from registry.imports.errors import SheetRefused, whole_file
from registry.imports.learned import known_layouts
from registry.imports.limits import refuse_large
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.store import (
    Taken,
    add_import,
    add_refusals,
    add_source_records,
    import_of,
    refusals_of,
    reserve_import,
)
from registry.imports.take_in import GivenFile, sheet_in
from registry.imports.types import CleanSheet, Refusal
from registry.profiles.record_values import (
    Source,
    record_awards,
    record_claims,
    record_coverage,
    record_facts,
    record_ledger,
    record_memberships,
    record_uses,
)
from registry.resolution.resolve import resolve
from registry.resolution.take_over_names import NamesGiven, take_over_names
from registry.resolution.types import Resolved
from registry.settings import LARGEST_UPLOAD

SHANGHAI = ZoneInfo("Asia/Shanghai")

Progress = Callable[[str, int, int], None]
"""Is told the step, and how much of it is done, of how much."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """How many enterprises, fact values, entries of lists, awards, evidence items and records a file added."""

    created: int = 0
    renamed: int = 0
    values: int = 0
    memberships: int = 0
    awards: int = 0
    claims: int = 0
    uses: int = 0
    records: int = 0


class ImportOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file.

    import_id      None where the whole file was refused; then layout to observed_on are None, too.
    already_since  when the same bytes were taken in before; None where this is the first time. Then
                   nothing is written.
    rows_read      without titles, blanks, totals and footnotes.
    rows_refused   rows of which nothing went in.
    refused        cells, rows and columns that were left out, each with its reason.
    """

    file_name: str
    refused: tuple[Refusal, ...]
    import_id: int | None = None
    layout: str | None = None
    department: str | None = None
    observed_on: date | None = None
    already_since: datetime | None = None
    rows_read: int = 0
    rows_taken: int = 0
    rows_refused: int = 0
    written: Written = Written()

    def sentence(self) -> str:
        """Say to people what became of the file."""
        if self.import_id is None:
            return f"{self.file_name}：整个文件没有取用，原因见下"
        if self.already_since is not None:
            when = self.already_since.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
            return f"{self.file_name}：与{when}导入的文件完全相同，没有重复导入"
        added = self.written
        counts = (
            (added.created, "新建企业", "家"),
            (added.renamed, "更名", "家"),
            (added.values, "指标值", "个"),
            (added.memberships, "名录记录", "条"),
            (added.awards, "奖补记录", "笔"),
            (added.claims, "凭证", "件"),
            (added.uses, "凭证使用记录", "条"),
            (added.records, "台账记录", "条"),
            (len(self.refused), "需核对", "处"),
        )
        said = "，".join(f"{what}{count:,}{unit}" for count, what, unit in counts if count)
        taken = f"{self.rows_read:,}行中取用{self.rows_taken:,}行"
        return f"{self.file_name}（截至{self.observed_on}）：{taken}；{said or '没有新内容'}"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the files of one import: when, of which day, in which words, told to whom.

    observed_on  for sheets whose title does not name the day they speak of.
    pseudonyms   None: sheets that name persons, loans or contracts are refused.
    largest_bytes  of a file; a larger one is refused unread.
    """

    recorded_at: datetime
    observed_on: date | None
    vocabulary: Vocabulary
    progress: Progress
    pseudonyms: Pseudonyms | None = None
    largest_bytes: int = LARGEST_UPLOAD


async def import_sheet(path: Path, told: Told) -> ImportOutcome:
    """Take in one file; raises SheetRefused, whose refusals are kept, where none of it can be."""
    try:
        return await _taken_in(path, told)
    except SheetRefused as refused:
        await add_refusals(refused.refusals, None)
        raise


async def import_sheets(paths: Sequence[Path], told: Told) -> tuple[ImportOutcome, ...]:
    """Take in files in this order; one that is refused does not stop the others."""
    outcomes: list[ImportOutcome] = []
    for path in paths:
        try:
            outcomes.append(await import_sheet(path, told))
        except SheetRefused as refused:
            outcomes.append(ImportOutcome(file_name=path.name, refused=refused.refusals))
    return tuple(outcomes)


async def _taken_in(path: Path, told: Told) -> ImportOutcome:
    try:
        size_bytes = (await asyncio.to_thread(path.stat)).st_size
        refuse_large(path.name, size_bytes, told.largest_bytes)
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as unreadable:
        way_out = "确认路径无误、有读取权限，且是文件而不是目录"
        raise whole_file(path.name, "读不到这个文件", way_out) from unreadable
    given = GivenFile(
        name=path.name,
        data=data,
        observed_on=told.observed_on,
        received_on=told.recorded_at.astimezone(SHANGHAI).date(),
    )
    before = await import_of(given.sha256)
    if before:
        return await _as_before(before, given.name)
    told.progress("读取与核对", 0, 1)
    layouts = (await known_layouts(told.vocabulary, told.recorded_at)).layouts
    heard = partial(told.progress, "读取与核对")
    sheet = await asyncio.to_thread(
        sheet_in, given, layouts, told.vocabulary, told.pseudonyms, heard
    )
    async with database_lock(DATA_LOCK), engine().transaction():
        before = await import_of(given.sha256)  # another process may have been faster
        if before:
            outcome = await _as_before(before, given.name)
        else:
            recorded_at = await after_every_run(told.recorded_at)
            later = msgspec.structs.replace(told, recorded_at=recorded_at)
            outcome = await _kept(sheet, given.sha256, later)
    return outcome


async def _as_before(before: Taken, file_name: str) -> ImportOutcome:
    outcome = _outcome(before, Written(), await refusals_of(before.id))
    return msgspec.structs.replace(outcome, file_name=file_name, already_since=before.recorded_at)


async def _kept(sheet: CleanSheet, sha256: str, told: Told) -> ImportOutcome:
    import_id = await reserve_import()
    told.progress("认企业", 0, sheet.rows.height)
    once = sheet.layout.one_row_each
    resolved = await resolve(sheet.rows, sheet.observed_on, import_id, once=once)
    told.progress("认企业", resolved.links.height, sheet.rows.height)
    written = await _written(sheet, resolved, import_id, told.progress)
    told.progress("写入原始记录", 0, sheet.rows_read)
    await add_source_records(sheet, resolved.links, import_id)
    refused = (*sheet.refused, *_unresolved(sheet, resolved))
    await add_refusals(refused, import_id)
    taken = Taken(
        id=import_id,
        file_name=sheet.grid.file_name,
        sha256=sha256,
        layout=sheet.layout.name,
        department=sheet.layout.department,
        observed_on=sheet.observed_on,
        recorded_at=told.recorded_at,
        rows_read=sheet.rows_read,
        rows_taken=resolved.links.height,
        rows_refused=sheet.rows_read - resolved.links.height,
    )
    await add_import(taken)
    told.progress("写入原始记录", sheet.rows_read, sheet.rows_read)
    return _outcome(taken, written, refused)


async def _written(
    sheet: CleanSheet, resolved: Resolved, import_id: int, progress: Progress
) -> Written:
    links = resolved.links
    source = Source(import_id=import_id, observed_on=sheet.observed_on, links=links)
    renamed = await _renamed(sheet, links, import_id) if sheet.layout.registers else 0
    await add_contacts(sheet.contacts.join(links, on="row", how="inner"), import_id)
    await record_coverage(sheet.covered, source)
    return Written(
        created=resolved.created,
        renamed=renamed,
        values=await record_facts(
            sheet.numbers, sheet.texts, source, lambda done, of: progress("写入指标", done, of)
        ),
        memberships=await record_memberships(sheet.memberships, source),
        awards=await record_awards(sheet.awards, source),
        claims=await record_claims(sheet.claims, source),
        uses=await record_uses(sheet.uses, source),
        records=await _recorded(sheet, source),
    )


async def _recorded(sheet: CleanSheet, source: Source) -> int:
    ledger = sheet.layout.records
    return 0 if ledger is None else await record_ledger(ledger, sheet.records, source)


async def _renamed(sheet: CleanSheet, links: pl.DataFrame, import_id: int) -> int:
    by_code = sheet.rows.filter(pl.all_horizontal(pl.col("uscc", "name").is_not_null()))
    return await take_over_names(
        NamesGiven(
            names=links.join(by_code, on="row").select("enterprise_id", "name", "name_key"),
            layout=sheet.layout.name,
            observed_on=sheet.observed_on,
            import_id=import_id,
        )
    )


def _outcome(taken: Taken, written: Written, refused: tuple[Refusal, ...]) -> ImportOutcome:
    return ImportOutcome(
        import_id=taken.id,
        file_name=taken.file_name,
        layout=taken.layout,
        department=taken.department,
        observed_on=taken.observed_on,
        rows_read=taken.rows_read,
        rows_taken=taken.rows_taken,
        rows_refused=taken.rows_refused,
        written=written,
        refused=refused,
    )


def _unresolved(sheet: CleanSheet, resolved: Resolved) -> tuple[Refusal, ...]:
    at = sheet.told_at
    return tuple(
        sheet.grid.refusal(at.letter, one.row, one.problem, one.way_out, header=at.header)
        for one in sorted(resolved.unresolved, key=lambda one: one.row)
    )
