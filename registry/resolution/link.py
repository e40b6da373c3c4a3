"""Whom the rows of a sheet speak of: by code, by a name one enterprise alone has, else by all that is known together.

Pure. A caller with a database asks in two steps, as what is known is needed only of the enterprises that are near:

    looked = look_up_rows(rows, coded, sources).standing_for(identities)
    linked = judge_rows(rows, looked, known_of(looked.enterprise_ids()))
"""

import msgspec
import polars as pl

from registry.enterprises.types import CODED
from registry.resolution.judge import contradicted, verdicts_of, weighed, with_data
from registry.resolution.near import NearPairs, standing_for
from registry.resolution.near_by_processes import near_by_processes
from registry.resolution.sources import Sources, bearers, open_sources
from registry.resolution.types import CANDIDATES, LINKS, VERDICTS, Linked
from registry.resolution.weigh import Weights, shipped_weights


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What the indexes say of the rows, before anything beside the names is looked at.

    coded    LINKS of rows whose code is known.
    strange  row of rows with a code nobody has.
    unnamed  row of rows with neither code nor name.
    equal    NEAR of rows whose name, in another writing at most, names an enterprise; several a row where several bear
             it, each enterprise once.
    near     pairs of the rows that names and codes alone did not settle.
    """

    coded: pl.DataFrame
    strange: pl.DataFrame
    unnamed: pl.DataFrame
    equal: pl.DataFrame
    near: NearPairs

    def enterprise_ids(self) -> pl.Series:
        """Give the enterprises of which it must be known what the register says."""
        both = (self.equal["enterprise_id"], self.near.pairs["enterprise_id"])
        return pl.concat(both).unique().sort()

    def standing_for(self, identities: pl.DataFrame) -> "Looked":
        """Let it speak of whom each enterprise is now, where it was merged: subject_id and enterprise_id."""
        now = standing_for(self.equal, identities)
        return msgspec.structs.replace(
            self,
            coded=standing_for(self.coded, identities),
            equal=now.unique(["row", "enterprise_id"], keep="first", maintain_order=True),
            near=self.near.standing_for(identities),
        )


def look_up_rows(rows: pl.DataFrame, coded: pl.DataFrame, sources: Sources, processes: int = 2) -> Looked:  # fmt: skip
    """Look the rows up.

    rows       ROWS.
    coded      CODED of at least the codes in the rows.
    processes  look so many rows up at once, where there are enough of them.
    """
    by_code = rows.join(coded.select(*CODED), on="uscc", how="inner").select(*LINKS)
    others = rows.join(by_code, on="row", how="anti")
    uncoded = others.filter(pl.col("uscc").is_null())
    named = uncoded.filter(pl.col("name").is_not_null())
    strange = others.filter(pl.col("uscc").is_not_null()).select("row")
    equal = bearers(
        others.filter(pl.col("name").is_not_null()).select("row", "name"), open_sources(sources)
    )
    settled = equal.filter(pl.col("enterprise_id").n_unique().over("row") == 1)
    left = named.join(settled.filter("decisive"), on="row", how="anti").select("row", "name")
    return Looked(
        coded=by_code,
        strange=strange,
        unnamed=uncoded.filter(pl.col("name").is_null()).select("row"),
        equal=equal.join(left, on="row", how="anti"),
        near=near_by_processes(left, sources, processes),
    )


def judge_rows(
    rows: pl.DataFrame, looked: Looked, known: pl.DataFrame, weights: Weights | None = None
) -> Linked:
    """Give a verdict for every row.

    known    KNOWN of the enterprises that are near; one that is not in it counts no longer, and is nobody.
    weights  those that came with this version, unless others are given.
    """
    weights = weights or shipped_weights()
    equal = _equal(rows, looked, known)
    strange_rows = equal.join(looked.strange, on="row", how="semi")
    asked = strange_rows.filter(pl.col("code") == "unknown")
    doubted = equal.join(looked.strange, on="row", how="anti").filter("contradicted")
    sure = equal.join(looked.strange, on="row", how="anti").filter(~pl.col("contradicted"))
    near = looked.near.among(known["enterprise_id"]) if looked.near.pairs.height else looked.near
    candidates = weighed(near, rows, known, weights)
    by_evidence = verdicts_of(candidates, weights)
    parts = [
        _verdicts(looked.coded, "auto", "code"),
        _verdicts(looked.strange.join(asked, on="row", how="anti"), "new", "code_unknown"),
        _verdicts(asked.select("row").unique(), "review", "evidence"),
        _verdicts(looked.unnamed, "unnamed", "no_name"),
        _verdicts(sure, "auto", "name"),
        _verdicts(doubted.select("row").unique(), "review", "evidence"),
        by_evidence,
    ]
    settled = pl.concat(parts)
    rest = rows.join(settled, on="row", how="anti")
    verdicts = pl.concat([settled, _verdicts(rest, "new", "nothing_near")]).sort("row")
    shown = candidates.join(verdicts.filter(pl.col("by") == "evidence"), on="row", how="semi")
    return Linked(
        verdicts=verdicts,
        candidates=pl.concat([shown, _as_candidates(asked), _as_candidates(doubted)]).sort("row", "rank"),
    )  # fmt: skip


def link_rows(rows: pl.DataFrame, sources: Sources, known: pl.DataFrame, processes: int = 2) -> Linked:  # fmt: skip
    """Do both steps with KNOWN of all enterprises at hand."""
    coded = known.filter(pl.col("uscc").is_not_null()).select(*CODED)
    return judge_rows(rows, look_up_rows(rows, coded, sources, processes), known)


def _equal(rows: pl.DataFrame, looked: Looked, known: pl.DataFrame) -> pl.DataFrame:
    """Give the pairs of equal names with their Signs and whether what stands beside them speaks against."""
    counted = looked.equal.join(known, on="enterprise_id", how="semi", maintain_order="left")
    signed = with_data(counted, rows, known)
    return signed.with_columns(contradicted=contradicted())


def _verdicts(rows: pl.DataFrame, verdict: str, by: str) -> pl.DataFrame:
    """Give VERDICTS with one verdict for all these rows; linked where it is "auto"."""
    linked = pl.col("enterprise_id") if verdict == "auto" else pl.lit(None)
    found = rows.select(
        "row",
        verdict=pl.lit(verdict),
        enterprise_id=linked,
        by=pl.lit(by),
        probability_bp=pl.lit(None),
    )
    return found.cast(VERDICTS)  # type: ignore[arg-type]


def _as_candidates(pairs: pl.DataFrame) -> pl.DataFrame:
    """Give pairs of equal names as candidates; their probability is that of a person's doubt: even."""
    placed = pairs.with_columns(
        rank=pl.int_range(1, pl.len() + 1).over("row"), probability_bp=pl.lit(5_000)
    )
    return placed.select(*CANDIDATES).cast(CANDIDATES)  # type: ignore[arg-type]
