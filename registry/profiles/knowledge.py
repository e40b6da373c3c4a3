"""What counts: which imports, and who is whom; true on a day, known at a moment."""

from datetime import UTC, date, datetime

import msgspec
import polars as pl

from matching.storage.read import read_frame
from registry.identity.relation_store import relations_known
from registry.identity.relations import HEIRS, TIES, heirs_of, standing, ties_of
from registry.identity.store import identities_known

IMPORTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "file_name": pl.String,
    "department": pl.String,
    "observed_on": pl.Date,
    "recorded_at": pl.Datetime("us", "UTC"),
}
_UNDONE: dict[str, pl.DataType | type[pl.DataType]] = {
    "import_id": pl.Int64,
    "undone_at": pl.Datetime("us", "UTC"),
}


class Knowledge(msgspec.Struct, frozen=True):
    """The two time axes: facts true on `as_of`, as far as they were recorded by `known_at`."""

    as_of: date
    known_at: datetime


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What counts at one point of the two time axes.

    imports     id, file_name, department, observed_on, recorded_at.
    identities  subject_id and enterprise_id of subjects that are somebody else than their own number.
    heirs       who inherits from whom: HEIRS.
    ties        who belongs to whose group: TIES.
    """

    imports: pl.DataFrame
    identities: pl.DataFrame
    heirs: pl.DataFrame = pl.DataFrame(schema=HEIRS)
    ties: pl.DataFrame = pl.DataFrame(schema=TIES)

    def subjects_of(self, enterprise_id: int) -> list[int]:
        """Give the numbers under which values of one enterprise are kept; none where it is now another."""
        if (self.identities["subject_id"] == enterprise_id).any():
            return []
        others = self.identities.filter(pl.col("enterprise_id") == enterprise_id)
        return [enterprise_id, *others["subject_id"].to_list()]

    def circle_of(self, enterprise_id: int) -> list[int]:
        """Give an enterprise and the others of its group; nobody where it is now another one."""
        if (self.identities["subject_id"] == enterprise_id).any():
            return []
        ties = self.ties.filter(pl.col("enterprise_id") == enterprise_id)
        return [enterprise_id, *ties["other_id"].to_list()]

    def of_enterprises(self, kept: pl.DataFrame) -> pl.DataFrame:
        """Give rows kept under subjects as rows of enterprises; those of nobody identified fall out.

        A null enterprise_id stays: it says that nobody we know is meant.
        """
        if self.identities.is_empty() and not (kept["enterprise_id"] < 0).any():
            return kept
        other = self.identities.select(
            pl.col("subject_id").alias("enterprise_id"), pl.col("enterprise_id").alias("_is")
        )
        joined = kept.join(other, on="enterprise_id", how="left", maintain_order="left")
        named = joined.with_columns(enterprise_id=pl.coalesce("_is", "enterprise_id")).drop("_is")
        return named.filter(pl.col("enterprise_id").is_null() | (pl.col("enterprise_id") > 0))


async def known(knowledge: Knowledge) -> Known:
    """Read which imports count, and who is whom."""
    counting = Known(
        imports=await imports_known(knowledge),
        identities=await identities_known(knowledge.known_at),
    )
    relations = await relations_known(knowledge.known_at)
    if relations.is_empty():
        return counting
    among = counting.of_enterprises(standing(relations, knowledge.as_of))
    others = among.select("id", enterprise_id="other_id")
    now = counting.of_enterprises(others).rename({"enterprise_id": "other_id"})
    meant = among.drop("other_id").join(now, on="id")
    # Two that were judged to be one are in no relation any more.
    meant = meant.filter(pl.col("other_id").ne_missing(pl.col("enterprise_id")))
    return msgspec.structs.replace(counting, heirs=heirs_of(meant), ties=ties_of(meant))


async def imports_known(knowledge: Knowledge) -> pl.DataFrame:
    """Give the imports that count, those undone by then not among them: columns of IMPORTS."""
    found = await read_frame(
        "SELECT id, file_name, department, observed_on, recorded_at FROM import", IMPORTS
    )
    undone = await read_frame("SELECT import_id, undone_at FROM import_undone", _UNDONE)
    known_at = knowledge.known_at.astimezone(UTC)  # columns of different zones do not compare
    gone = undone.filter(pl.col("undone_at") <= known_at)["import_id"].to_list()
    return found.filter(
        pl.col("observed_on") <= knowledge.as_of,
        pl.col("recorded_at") <= known_at,
        ~pl.col("id").is_in(gone),
    ).sort("id")
