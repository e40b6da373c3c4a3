"""Take in sheets of departments: read, check, resolve who is who, and keep what they say."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from matching.runs.run_month import DATA_LOCK
from matching.runs.store import after_every_run
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.drift_alarm import drift_of
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.keep_sheet import already_in, keep_sheet
from registry.actions.learn_layouts import checked_headers
from registry.actions.preview_sheet import token_of
from registry.actions.read_sheet import HandedIn, file_at, given, understood
from registry.actions.tell_drift import drift_refusals
from registry.imports.errors import SheetRefused
from registry.imports.learned import add_learned_headers
from registry.imports.store import add_refusals, import_of


class PreviewOutdated(Exception):
    """What is known has changed since the preview: it must be looked at anew."""


async def import_sheet(path: Path, told: Told) -> ImportOutcome:
    """Take in one file; raises SheetRefused, whose refusals are kept, where none of it can be."""
    try:
        return await commit_sheet(await file_at(path, told.largest_bytes), told)
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


async def commit_sheet(file: HandedIn, told: Told, token: str | None = None) -> ImportOutcome:
    """Take in a file in one transaction: all that can be, or nothing.

    token  that of a preview: raises PreviewOutdated where what is known is no longer what was looked at.
           None: there was no preview.

    What was decided of its headers is learned with it. Raises SheetRefused where nothing of it can be taken in,
    or where it moves too far from the last sheet of its layout and nobody has confirmed that.
    """
    asked = given(file, told)
    before = await import_of(asked.sha256)
    if before:
        return await already_in(before, asked.name)
    sheet = (await understood(asked, told)).sheet
    async with database_lock(DATA_LOCK), engine().transaction():
        before = await import_of(asked.sha256)  # another process may have been faster
        if before:
            return await already_in(before, asked.name)
        if token is not None and token != await token_of(asked.sha256, sheet):
            raise PreviewOutdated(
                "预览之后又有数据入库、撤销或认定，预览的结果可能已经不同；没有导入，请重新预览"
            )
        recorded_at = await after_every_run(told.recorded_at)
        kept = await keep_sheet(
            sheet, asked.sha256, msgspec.structs.replace(told, recorded_at=recorded_at)
        )
        drift = () if told.confirmed else await drift_of(kept, sheet, told.vocabulary)
        if drift:
            raise SheetRefused(drift_refusals(drift, sheet, told.vocabulary))
        if told.headers is not None:
            learned = await checked_headers(told.headers, recorded_at, told.vocabulary)
            await add_learned_headers(learned)
        outcome = kept.outcome
    return outcome  # noqa: RET504  # mypy: the lock might swallow what is raised inside
