"""Take in sheets of departments: read, check, resolve who is who, and keep what they say."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from matching.runs.run_month import DATA_LOCK
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.keep_sheet import keep_sheet, outcome_of
from registry.actions.next_moment import after_every_run
from registry.actions.read_sheet import HandedIn, file_at, given, understood
from registry.imports.errors import SheetRefused
from registry.imports.store import Taken, add_refusals, import_of, refusals_of


async def import_sheet(path: Path, told: Told) -> ImportOutcome:
    """Take in one file; raises SheetRefused, whose refusals are kept, where none of it can be."""
    try:
        return await _taken_in(await file_at(path), told)
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


async def _taken_in(handed_in: HandedIn, told: Told) -> ImportOutcome:
    file = given(handed_in, told)
    before = await import_of(file.sha256)
    if before:
        return await as_before(before, file.name)
    sheet = await understood(file, told)
    async with database_lock(DATA_LOCK), engine().transaction():
        before = await import_of(file.sha256)  # another process may have been faster
        if before:
            outcome = await as_before(before, file.name)
        else:
            recorded_at = await after_every_run(told.recorded_at)
            later = msgspec.structs.replace(told, recorded_at=recorded_at)
            outcome = (await keep_sheet(sheet, file.sha256, later)).outcome
    return outcome


async def as_before(before: Taken, file_name: str) -> ImportOutcome:
    """Say of a file that it was taken in already, and how that came out."""
    outcome = outcome_of(
        msgspec.structs.replace(before, written=None), await refusals_of(before.id)
    )
    return msgspec.structs.replace(outcome, file_name=file_name, already_since=before.recorded_at)
