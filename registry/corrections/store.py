"""The queries on corrections."""

from collections.abc import Sequence
from typing import Any

import msgspec

from matching.storage.bulk import insert_rows, next_ids
from registry.corrections.tables import (
    CorrectionDecision,
    CorrectionEvidence,
    CorrectionRequest,
    EntryStruck,
)
from registry.corrections.types import Decision, Evidence, Request


async def add_request(request: Request, evidence: Sequence[Evidence]) -> Request:
    """Keep a request and what is attached, in the current transaction; gives it with its number."""
    [number] = await next_ids(CorrectionRequest, 1)
    kept = msgspec.structs.replace(request, id=number)
    await CorrectionRequest.insert(CorrectionRequest(**msgspec.structs.asdict(kept)))
    await insert_rows(
        CorrectionEvidence,
        ("request_id", "file_name", "sha256", "size_bytes"),
        [(number, *msgspec.structs.astuple(one)) for one in evidence],
    )
    return kept


async def add_decision(decision: Decision) -> None:
    """Keep a decision; the database refuses a second one about the same request."""
    await CorrectionDecision.insert(CorrectionDecision(**msgspec.structs.asdict(decision)))


async def request_of(number: int) -> Request | None:
    """Give one request; None: there is none of that number."""
    found = await CorrectionRequest.select().where(CorrectionRequest.id == number).first()
    return None if found is None else msgspec.convert(found, Request)


async def requests(
    department: str | None = None, enterprise_id: int | None = None
) -> tuple[Request, ...]:
    """Give requests, the oldest first; of one department, of one enterprise."""
    asked = CorrectionRequest.select().order_by(CorrectionRequest.id)
    if department is not None:
        asked = asked.where(CorrectionRequest.department == department)
    if enterprise_id is not None:
        asked = asked.where(CorrectionRequest.enterprise_id == enterprise_id)
    return tuple(msgspec.convert(row, Request) for row in await asked)


async def decisions_on(numbers: Sequence[int]) -> dict[int, Decision]:
    """Give the decisions there are on these requests, by the request's number."""
    if not numbers:
        return {}
    found: list[dict[str, Any]] = await CorrectionDecision.select(
        *(getattr(CorrectionDecision, name) for name in Decision.__struct_fields__)
    ).where(CorrectionDecision.request_id.is_in(list(numbers)))
    return {row["request_id"]: msgspec.convert(row, Decision) for row in found}


async def evidence_of(number: int) -> tuple[Evidence, ...]:
    """Give what is attached to a request."""
    found = (
        await CorrectionEvidence.select(
            CorrectionEvidence.file_name, CorrectionEvidence.sha256, CorrectionEvidence.size_bytes
        )
        .where(CorrectionEvidence.request_id == number)
        .order_by(CorrectionEvidence.id)
    )
    return tuple(msgspec.convert(row, Evidence) for row in found)


async def strike_entries(membership_ids: Sequence[int], import_id: int) -> None:
    """Let list entries count no more from an import on."""
    await insert_rows(
        EntryStruck, ("membership_id", "import_id"), [(one, import_id) for one in membership_ids]
    )
