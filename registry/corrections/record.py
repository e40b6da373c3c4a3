"""An accepted wish becomes a value with that cause: an import of its own, of the department that decided."""

import hashlib
from datetime import date

import msgspec
import polars as pl

from matching.language.vocabulary import fact_of_column
from matching.storage.bulk import insert_rows
from matching.storage.read import read_frame
from registry.corrections.store import strike_entries
from registry.corrections.types import Request
from registry.imports.store import Taken, add_import, reserve_import
from registry.imports.tables import SourceRecord
from registry.profiles.knowledge import Knowledge, known
from registry.profiles.tables import FactValue, Membership
from registry.profiles.types import Profile

LAYOUT = "correction"
"""The layout of imports that are accepted corrections; no sheet has it."""


async def recorded(request: Request, profile: Profile, decided: Knowledge) -> int:
    """Record the wanted value in the current transaction; gives the import it stands under.

    It speaks of the same day as the value it corrects, so that it is the same statement put right, and of
    a later import, so that it is the one believed. Where nothing was known it speaks of the day
    it was decided as of: that of the office, not of a clock in another zone.
    """
    import_id = await reserve_import()
    on = _spoken_of(request, profile, decided.as_of)
    if request.kind == "fact":
        await _record_value(request, on, import_id)
    else:
        await _record_entry(request, decided, import_id)
    cells = {"更正": request.column, "应为": request.wanted, "理由": request.reason}
    await insert_rows(
        SourceRecord,
        ("import_id", "sheet", "row", "enterprise_id", "cells"),
        [(import_id, "", 1, request.enterprise_id, msgspec.json.encode(cells).decode())],
    )
    await add_import(
        Taken(
            id=import_id,
            file_name=f"更正申请第{request.id}号",
            sha256=hashlib.sha256(msgspec.json.encode(request)).hexdigest(),
            layout=LAYOUT,
            department=request.department,
            observed_on=on,
            recorded_at=decided.known_at,
            rows_read=1,
            rows_taken=1,
            rows_refused=0,
        )
    )
    return import_id


def _spoken_of(request: Request, profile: Profile, day: date) -> date:
    said = profile.values.get(request.column)
    if said is not None:
        return said[0].observed_on
    return profile.population.coverage.get(request.column, day)


async def _record_value(request: Request, on: date, import_id: int) -> None:
    fact, period = fact_of_column(request.column)
    value = request.value()
    number, text = (value, None) if isinstance(value, int) else (None, value)
    await insert_rows(
        FactValue,
        ("enterprise_id", "fact", "period", "number", "text", "observed_on", "import_id"),
        [(request.enterprise_id, fact, period, number, text, on, import_id)],
    )


async def _record_entry(request: Request, decided: Knowledge, import_id: int) -> None:
    """Strike every entry that counts now, and write the right one where there is one."""
    counting = await known(decided)
    subjects = ", ".join(str(one) for one in counting.subjects_of(request.enterprise_id)) or "NULL"
    found = await read_frame(
        f"SELECT id FROM membership WHERE enterprise_id IN ({subjects}) AND list = $1",  # noqa: S608  whole numbers only
        {"id": pl.Int64},
        (request.column,),
    )
    await strike_entries(found["id"].to_list(), import_id)
    wish = request.entry()
    if wish.on:
        await insert_rows(
            Membership,
            ("enterprise_id", "list", "level", "batch", "document", "from_on", "until_on", "import_id"),
            [(request.enterprise_id, request.column, wish.level, wish.batch, wish.document,
              wish.from_on, wish.until_on, import_id)],
        )  # fmt: skip
