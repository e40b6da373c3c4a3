"""Keeping a sheet that is understood: who is who, what it says, the rows as they came.

The one way anything of a sheet is written: an import commits it, a preview rolls it back.
"""

import msgspec
import polars as pl

from registry.actions.import_outcome import ImportOutcome, Progress, Told, Written
from registry.enterprises.store import add_contacts, add_names, set_names, unnamed
from registry.imports.store import (
    Taken,
    add_import,
    add_refusals,
    add_source_records,
    next_turn,
    refusals_of,
    reserve_import,
)
from registry.imports.title_lines import is_supplement
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
from registry.profiles.repeated_values import said_by_layout, without_repeated
from registry.resolution.resolve import Asking, resolve
from registry.resolution.take_over_names import NamesGiven, take_over_names
from registry.resolution.types import Resolved


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet as it was kept.

    renamed  enterprise_id, name_known (before) and name (now).
    """

    taken: Taken
    resolved: Resolved
    renamed: pl.DataFrame
    outcome: ImportOutcome


async def keep_sheet(sheet: CleanSheet, sha256: str, told: Told) -> Kept:
    """Write all of a sheet in the current transaction, under DATA_LOCK."""
    import_id = await reserve_import()
    told.progress("认企业", 0, sheet.rows.height)
    resolved = await resolve(
        sheet.rows.join(sheet.beside, on="row", how="left", maintain_order="left"),
        Asking(
            import_id=import_id,
            department=sheet.layout.department,
            observed_on=sheet.observed_on,
            recorded_at=told.recorded_at,
            once=sheet.layout.one_row_each,
            lookup=told.lookup,
        ),
    )
    told.progress("认企业", resolved.links.height, sheet.rows.height)
    again = await _named_again(sheet, resolved.meant, import_id)
    renamed = await _renamed(sheet, resolved.links, import_id)
    new = {
        "created": resolved.created + again,
        "renamed": renamed.height,
        "by_code": resolved.meant.height - resolved.by_name(),
        "by_name": resolved.by_name(),
        "held": resolved.held(),
    }
    fresh = await _unrepeated(sheet, resolved.links)
    said = await _written(fresh, resolved, import_id, told.progress)
    written = msgspec.structs.replace(said, **new)
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
        turn=await next_turn(sha256),
        heading=msgspec.json.encode(sheet.heading).decode(),
        written=msgspec.json.encode(written).decode(),
    )
    await add_import(taken)
    told.progress("写入原始记录", sheet.rows_read, sheet.rows_read)
    outcome = outcome_of(taken, refused)
    return Kept(taken=taken, resolved=resolved, renamed=renamed, outcome=outcome)


def outcome_of(taken: Taken, refused: tuple[Refusal, ...]) -> ImportOutcome:
    """Say what became of a file, by what is kept of it."""
    return ImportOutcome(
        import_id=taken.id,
        file_name=taken.file_name,
        layout=taken.layout,
        department=taken.department,
        observed_on=taken.observed_on,
        rows_read=taken.rows_read,
        rows_taken=taken.rows_taken,
        rows_refused=taken.rows_refused,
        written=written_by(taken),
        refused=refused,
    )


async def already_in(before: Taken, file_name: str) -> ImportOutcome:
    """Say of a file that it was taken in already, and how that came out."""
    outcome = outcome_of(before, await refusals_of(before.id))
    return msgspec.structs.replace(
        outcome, file_name=file_name, already_since=before.recorded_at, written=Written()
    )


def written_by(taken: Taken) -> Written:
    """Give what an import added; nothing is counted of imports older than the counting."""
    return Written() if taken.written is None else msgspec.json.decode(taken.written, type=Written)


async def _written(
    sheet: CleanSheet, resolved: Resolved, import_id: int, progress: Progress
) -> Written:
    links = resolved.links
    source = Source(import_id=import_id, observed_on=sheet.observed_on, links=links)
    await add_contacts(sheet.contacts.join(links, on="row", how="inner"), import_id)
    await record_coverage(sheet.covered, source)
    return Written(
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


async def _unrepeated(sheet: CleanSheet, links: pl.DataFrame) -> CleanSheet:
    """Leave out of a supplement what its rows said before: said later again, it would outdo corrections since."""
    if not is_supplement(sheet.heading):
        return sheet
    said = await said_by_layout(sheet.layout.name, sheet.observed_on, links)
    return msgspec.structs.replace(
        sheet,
        numbers=without_repeated(sheet.numbers, links, said),
        texts=without_repeated(sheet.texts, links, said),
    )


async def _named_again(sheet: CleanSheet, links: pl.DataFrame, import_id: int) -> int:
    """Name enterprises again that only imports since taken back had named; gives how many."""
    nobody = await unnamed(links["enterprise_id"])
    if nobody.is_empty():
        return 0
    said = links.join(sheet.rows, on="row").join(nobody, on="enterprise_id", suffix="_before")
    names = said.select(
        "enterprise_id",
        pl.coalesce("name", "name_before").alias("name"),
        pl.coalesce("name_key", "name_key_before").alias("name_key"),
    ).unique("enterprise_id", keep="first", maintain_order=True)
    await add_names(names, sheet.observed_on, import_id)
    await set_names(names)
    return names.height


async def _renamed(sheet: CleanSheet, links: pl.DataFrame, import_id: int) -> pl.DataFrame:
    by_code = sheet.rows.filter(pl.all_horizontal(pl.col("uscc", "name").is_not_null()))
    named = links.join(by_code, on="row").select("enterprise_id", "name", "name_key")
    return await take_over_names(
        NamesGiven(
            names=named if sheet.layout.registers else named.clear(),
            layout=sheet.layout.name,
            observed_on=sheet.observed_on,
            import_id=import_id,
        )
    )


def _unresolved(sheet: CleanSheet, resolved: Resolved) -> tuple[Refusal, ...]:
    at = sheet.told_at
    return tuple(
        sheet.grid.refusal(at.letter, one.row, one.problem, one.way_out, header=at.header)
        for one in sorted(resolved.unresolved, key=lambda one: one.row)
    )
