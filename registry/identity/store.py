"""The queries on stand-ins and judgements."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows, next_ids
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers, unfolded_texts
from registry.identity import tables
from registry.identity.identities import identities_of
from registry.identity.types import EVIDENCE, JUDGEMENTS, SEEN, STAND_INS, Judgement

SYSTEM = "system"
_STAND_IN = ("name", *EVIDENCE, "department", "import_id", "evidence_key")


async def all_judgements() -> pl.DataFrame:
    """Give every judgement in the record, whatever the clock says: columns of JUDGEMENTS, oldest first."""
    columns = ", ".join(JUDGEMENTS)
    return await read_frame(f"SELECT {columns} FROM judgement ORDER BY id", JUDGEMENTS)  # noqa: S608  our own names


async def judgements_known(known_at: datetime) -> pl.DataFrame:
    """Give all judgements recorded by a moment: columns of JUDGEMENTS, oldest first."""
    found = await all_judgements()
    return found.filter(pl.col("recorded_at") <= known_at.astimezone(UTC))


async def identities_known(known_at: datetime) -> pl.DataFrame:
    """Give which enterprise each subject was known to be at a moment: columns of IDENTITIES."""
    steps = ("id", "subject_id", "verdict", "enterprise_id", "recorded_at")
    found = await read_frame(  # without evidence and reasons: this is read for every page
        f"SELECT {', '.join(steps)} FROM judgement ORDER BY id",  # noqa: S608  our own names
        {step: JUDGEMENTS[step] for step in steps},
    )
    return identities_of(found.filter(pl.col("recorded_at") <= known_at.astimezone(UTC)))


async def add_judgements(judgements: Sequence[Judgement]) -> None:
    """Keep judgements; those about one subject in this order."""
    columns = Judgement.__struct_fields__
    await insert_rows(
        tables.Judgement, columns, (msgspec.structs.astuple(one) for one in judgements)
    )


async def add_sure(links: pl.DataFrame, reason: str, recorded_at: datetime) -> None:
    """Keep links the system is sure of as its judgements, for one reason.

    links  subject_id, enterprise_id, probability_bp (null: none was weighed) and evidence (JSON).
    """
    columns = (*links.columns, "verdict", "reason", "decided_by", "recorded_at")
    same = ("same", reason, SYSTEM, recorded_at)
    await insert_rows(tables.Judgement, columns, ((*row, *same) for row in links.iter_rows()))


async def different_from(subject_ids: pl.Series) -> pl.DataFrame:
    """Give subject_id and enterprise_id of what was judged to be different, and not left standing apart since."""
    return await read_frame(
        "SELECT j.subject_id, j.enterprise_id FROM judgement j WHERE j.verdict = 'different'"  # noqa: S608  our own words
        f" AND j.subject_id IN ({unfolded_numbers()}) AND NOT EXISTS (SELECT 1 FROM judgement a"
        " WHERE a.subject_id = j.subject_id AND a.verdict = 'apart' AND a.id > j.id)",
        {"subject_id": pl.Int64, "enterprise_id": pl.Int64},
        [listed(subject_ids)],
    )


async def add_seen(seen: pl.DataFrame) -> None:
    """Keep what the linking made of stand-ins: columns of SEEN."""
    await insert_rows(tables.StandInSeen, tuple(SEEN), seen.select(*SEEN).iter_rows())


async def seen_in_counting_imports() -> pl.DataFrame:
    """Give the newest sighting of every stand-in an import that was not taken back speaks of: columns of SEEN."""
    columns = ", ".join(SEEN)
    found = await read_frame(
        f"SELECT {columns} FROM stand_in_seen WHERE import_id NOT IN"  # noqa: S608  our own names
        " (SELECT import_id FROM import_undone) ORDER BY id",
        SEEN,
    )
    return found.unique("subject_id", keep="last", maintain_order=True)


async def created_by(enterprise_id: int) -> tuple[int, str] | None:
    """Give the import an enterprise was created by, and its layout; None: it is not kept."""
    found = await read_frame(
        "SELECT i.id, i.layout FROM enterprise e JOIN import i ON i.id = e.created_import WHERE e.id = $1",
        {"id": pl.Int64, "layout": pl.String},
        [enterprise_id],
    )
    return None if found.is_empty() else (found["id"][0], found["layout"][0])


async def stand_ins(subject_ids: pl.Series) -> pl.DataFrame:
    """Give the stand-ins under these numbers (below zero): columns of STAND_INS."""
    columns = ", ".join(name for name in STAND_INS if name != "subject_id")
    return await read_frame(
        f"SELECT -id AS subject_id, {columns} FROM stand_in WHERE -id IN ({unfolded_numbers()})",  # noqa: S608  our own names
        STAND_INS,
        [listed(subject_ids)],
    )


async def standing_in(rows: pl.DataFrame, department: str, import_id: int) -> pl.DataFrame:
    """Give row and subject_id for rows of row, name and EVIDENCE, making stand-ins that are not there yet.

    The same department's same name with the same evidence is the same stand-in, within a sheet and from
    sheet to sheet.
    """
    keys = [
        evidence_key(department, evidence)
        for evidence in rows.select(
            *EVIDENCE
        ).iter_rows()  # hashed one by one: no column form keeps its value between releases
    ]
    keyed = rows.with_columns(pl.Series("evidence_key", keys, dtype=pl.String))
    known = await _by_key(keyed["evidence_key"])
    strange = keyed.join(known, on="evidence_key", how="anti").unique(
        "evidence_key", keep="first", maintain_order=True
    )
    if strange.height:
        ids = await next_ids(tables.StandIn, strange.height)
        made = strange.with_columns(
            pl.Series("id", ids, dtype=pl.Int64),
            department=pl.lit(department),
            import_id=pl.lit(import_id),
        )
        await insert_rows(
            tables.StandIn, ("id", *_STAND_IN), made.select("id", *_STAND_IN).iter_rows()
        )
        known = pl.concat([known, made.select("evidence_key", subject_id=-pl.col("id"))])
    return keyed.join(known, on="evidence_key", maintain_order="left").select("row", "subject_id")


def evidence_key(department: str, evidence: Sequence[str | None]) -> str:
    """Give what tells again the same name with the same evidence from the same department."""
    return hashlib.sha256(msgspec.json.encode([department, *evidence])).hexdigest()


async def _by_key(keys: pl.Series) -> pl.DataFrame:
    return await read_frame(
        f"SELECT evidence_key, -id AS subject_id FROM stand_in WHERE evidence_key IN ({unfolded_texts()})",  # noqa: S608  our own words
        {"evidence_key": pl.String, "subject_id": pl.Int64},
        [listed(keys)],
    )
