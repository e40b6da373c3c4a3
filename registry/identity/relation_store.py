"""The queries on relations between enterprises."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows
from matching.storage.read import read_frame
from registry.identity.relations import RELATIONS
from registry.identity.tables import Relation as RelationTable

Kind = Literal["merged_into", "split_from", "moved", "controls", "group_member", "withdrawn"]

KINDS: dict[Kind, str] = {
    "merged_into": "吸收合并：并入",
    "split_from": "分立：分自",
    "moved": "迁移",
    "controls": "控制",
    "group_member": "集团成员：属于",
    "withdrawn": "撤回",
}
"""What people read between the enterprise and the other one."""


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How one enterprise stands to another from a day on. Never changed, only withdrawn.

    other_id     whom it was merged into, split from, controls, or whose group it belongs to; None: moved, withdrawn.
    withdraws    the relation that is not to stand; only of kind "withdrawn".
    share_bp     controls: of the capital or votes; None: not told.
    titles       split_from: "pass" where titles pass to the new enterprise by the document, else "stay".
    recorded_by  a person; None: the sheet of import_id.
    """

    enterprise_id: int
    kind: Kind
    effective_on: date
    document: str
    recorded_at: datetime
    other_id: int | None = None
    withdraws: int | None = None
    share_bp: int | None = None
    place_from: str | None = None
    place_to: str | None = None
    titles: Literal["pass", "stay"] | None = None
    recorded_by: str | None = None
    import_id: int | None = None


async def relations_known(known_at: datetime) -> pl.DataFrame:
    """Give the relations recorded by a moment, but those of imports taken back by then: columns of RELATIONS."""
    columns = ", ".join(RELATIONS)
    found = await read_frame(f"SELECT {columns} FROM enterprise_relation ORDER BY id", RELATIONS)  # noqa: S608  our own names
    if found.is_empty():
        return found
    undone = await read_frame(
        "SELECT import_id, undone_at FROM import_undone",
        {"import_id": pl.Int64, "undone_at": pl.Datetime("us", "UTC")},
    )
    moment = known_at.astimezone(UTC)
    gone = undone.filter(pl.col("undone_at") <= moment)["import_id"]
    return found.filter(
        pl.col("recorded_at") <= moment,
        pl.col("import_id").is_null() | ~pl.col("import_id").is_in(gone.implode()),
    )


async def add_relations(relations: Sequence[Relation]) -> None:
    """Keep relations, in this order."""
    columns = Relation.__struct_fields__
    rows = (msgspec.structs.astuple(one) for one in relations)
    await insert_rows(RelationTable, columns, rows)
