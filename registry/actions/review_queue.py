"""The review queue: rows whose enterprise a person must name, by situation, and one case with all that is known."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import polars as pl

from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.identity.identities import identities_of
from registry.identity.review import alike, open_cases, situations
from registry.identity.store import all_judgements, seen_in_counting_imports, stand_ins
from registry.identity.types import EVIDENCE, Situation
from registry.resolution.compare_evidence import with_signs
from registry.resolution.known_beside import known_beside
from registry.resolution.types import ABOUT, Candidate, Evidence

SITUATIONS: dict[Situation, str] = {
    "several_bearers": "同名多家",
    "near": "名称相近",
    "nobody_near": "查无此名",
    "one_bearer": "认定后又拆开",
    "evidence": "认定后又拆开",
    "judged": "认定后又拆开",
}
"""What a reviewer reads of each situation."""

ROWS_SHOWN = 5
_BESIDE = tuple(name for name in EVIDENCE if name != "name_key")


class NoSuchCase(Exception):
    """There is no stand-in of that number."""


class Waiting(msgspec.Struct, frozen=True):
    """All open cases: columns of SEEN and STAND_INS, one row a stand-in."""

    cases: pl.DataFrame


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases of one identical situation; `subject_id` is the first of them."""

    subject_id: int
    name: str
    situation: Situation
    place: str | None
    departments: tuple[str, ...]
    alike: int


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """What waits: stand-ins in all, by situation, and the groups of one page, the largest first."""

    total: int
    counts: dict[str, int]
    groups: tuple[Group, ...]
    group_total: int


class RowSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it came."""

    file_name: str
    department: str
    observed_on: str
    row: int
    cells: dict[str, str | None]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of a candidate beside its name."""

    candidate: Candidate
    uscc: str | None
    former_names: tuple[str, ...]


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement about the case, as it stands in the record."""

    verdict: str
    enterprise_id: int | None
    probability_bp: int | None
    reason: str
    decided_by: str
    recorded_at: datetime


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One stand-in with all that is known of it.

    is_now  which enterprise it is judged to be; None: it waits, or is set aside.
    alike   stand-ins in the identical situation, this one among them; 0 where it does not wait.
    next_id the case to go on with.
    """

    subject_id: int
    name: str
    situation: Situation
    department: str
    beside: dict[str, str | None]
    candidates: tuple[Known, ...]
    rows: tuple[RowSeen, ...]
    history: tuple[Decided, ...]
    is_now: int | None
    alike: int
    next_id: int | None


async def waiting_now() -> Waiting:
    """Give every open case."""
    judgements = await all_judgements()
    seen = await seen_in_counting_imports()
    waiting = open_cases(seen, judgements, identities_of(judgements))
    who = await stand_ins(waiting["subject_id"])
    return Waiting(waiting.join(who.drop("import_id"), on="subject_id", maintain_order="left"))


async def review_queue(situation: str | None = None, page: int = 1, size: int = 50) -> Queue:
    """Give what waits; `situation` narrows the groups, `page` counts from 1."""
    cases = (await waiting_now()).cases
    counts = dict(cases.group_by("situation").len().sort("len", descending=True).iter_rows())
    wanted = cases if situation is None else cases.filter(pl.col("situation") == situation)
    grouped = situations(wanted)
    shown = grouped.slice((page - 1) * size, size)
    return Queue(
        total=cases.height,
        counts=counts,
        group_total=grouped.height,
        groups=tuple(
            Group(
                subject_id=one["subject_id"],
                name=one["name"],
                situation=one["situation"],
                place=one["place"],
                departments=tuple(one["departments"]),
                alike=one["alike"],
            )
            for one in shown.iter_rows(named=True)
        ),
    )


async def show_case(subject_id: int) -> Case:
    """Give one case; raises NoSuchCase."""
    number = pl.Series([subject_id], dtype=pl.Int64)
    who = await stand_ins(number)
    if who.is_empty():
        raise NoSuchCase(f"没有编号为{subject_id}的待认定记录；用 registry review list 查看有哪些")
    one = who.row(0, named=True)
    judgements = await all_judgements()
    own = judgements.filter(pl.col("subject_id") == subject_id)
    cases = (await waiting_now()).cases
    here = cases.filter(pl.col("subject_id") == subject_id)
    seen = (await seen_in_counting_imports()).filter(pl.col("subject_id") == subject_id)
    situation: Situation = seen["situation"][0] if seen.height else "nobody_near"
    same = alike(cases, subject_id) if here.height else []
    further = situations(cases.filter(~pl.col("subject_id").is_in(same)))
    is_now = dict(identities_of(judgements).iter_rows()).get(subject_id)
    return Case(
        subject_id=subject_id,
        name=one["name"],
        situation=situation,
        department=one["department"],
        beside={key: one[key] for key in _BESIDE},
        candidates=await _candidates(seen["candidates"].to_list(), one),
        rows=await _rows(subject_id),
        history=tuple(
            Decided(**{key: row[key] for key in Decided.__struct_fields__})
            for row in own.iter_rows(named=True)
        ),
        is_now=is_now,
        alike=len(same),
        next_id=further["subject_id"][0] if further.height else None,
    )


async def _candidates(said: Sequence[str | None], one: dict[str, str | None]) -> tuple[Known, ...]:
    """Give whom it may be, with what the register says today beside what the row says."""
    found = msgspec.json.decode(said[0], type=list[Candidate]) if said and said[0] else []
    if not found:
        return ()
    ids = pl.Series("enterprise_id", [near.enterprise_id for near in found], dtype=pl.Int64)
    known = await known_beside(ids)
    given = [pl.lit(one[key], dtype=pl.String).alias(key) for key in _BESIDE]
    pairs = known.rename({key: f"{key}_known" for key in _BESIDE}).with_columns(given)
    signs = {row["enterprise_id"]: row for row in with_signs(pairs).iter_rows(named=True)}
    sides = {row["enterprise_id"]: row for row in known.iter_rows(named=True)}
    former = await _former_names(ids)
    return tuple(
        Known(
            candidate=msgspec.structs.replace(
                near,
                evidence=(
                    *(piece for piece in near.evidence if piece.about == "name"),
                    *_beside(one, signs[near.enterprise_id], sides[near.enterprise_id]),
                ),
            ),
            uscc=sides[near.enterprise_id]["uscc"],
            former_names=former.get(near.enterprise_id, ()),
        )
        for near in found
        if near.enterprise_id in sides
    )


def _beside(
    one: dict[str, str | None], signs: dict[str, str], known: dict[str, str | None]
) -> tuple[Evidence, ...]:
    columns = dict(zip(ABOUT[1:], _BESIDE, strict=True))
    pieces = [
        {"about": about, "sign": signs[about], "given": one[column], "known": known[column]}
        for about, column in columns.items()
    ]
    return tuple(msgspec.convert(pieces, list[Evidence]))


async def _former_names(ids: pl.Series) -> dict[int, tuple[str, ...]]:
    found = await read_frame(
        "SELECT DISTINCT n.enterprise_id, n.name FROM enterprise_name n"  # noqa: S608  our own words
        " JOIN enterprise e ON e.id = n.enterprise_id AND e.name <> n.name"
        f" WHERE n.enterprise_id IN ({unfolded_numbers()}) ORDER BY n.name",
        {"enterprise_id": pl.Int64, "name": pl.String},
        [listed(ids)],
    )
    return {
        number: tuple(part["name"])
        for (number,), part in found.group_by("enterprise_id", maintain_order=True)
    }


async def _rows(subject_id: int) -> tuple[RowSeen, ...]:
    """Give the first rows that speak of a stand-in, of imports that were not taken back, the newest import first."""
    found = await read_frame(
        "SELECT i.file_name, i.department, i.observed_on, s.row, s.cells FROM source_record s"  # noqa: S608  a number of ours
        " JOIN stand_in_seen n ON n.import_id = s.import_id AND n.subject_id = s.enterprise_id"
        " JOIN import i ON i.id = s.import_id"
        " WHERE n.subject_id = $1 AND i.id NOT IN (SELECT import_id FROM import_undone)"
        f" ORDER BY i.id DESC, s.row LIMIT {ROWS_SHOWN}",
        {
            "file_name": pl.String,
            "department": pl.String,
            "observed_on": pl.Date,
            "row": pl.Int64,
            "cells": pl.String,
        },
        [subject_id],
    )
    return tuple(
        RowSeen(
            file_name=one["file_name"],
            department=one["department"],
            observed_on=one["observed_on"].isoformat(),
            row=one["row"],
            cells=msgspec.json.decode(one["cells"], type=dict[str, str | None]),
        )
        for one in found.iter_rows(named=True)
    )
