"""What relations between enterprises mean: who inherits from whom, and who belongs to whose group. Pure."""

from datetime import date

import polars as pl

RELATIONS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "kind": pl.String,
    "other_id": pl.Int64,
    "withdraws": pl.Int64,
    "share_bp": pl.Int64,
    "place_from": pl.String,
    "place_to": pl.String,
    "titles": pl.String,
    "effective_on": pl.Date,
    "document": pl.String,
    "recorded_by": pl.String,
    "import_id": pl.Int64,
    "recorded_at": pl.Datetime("us", "UTC"),
}

HEIRS: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "origin_id": pl.Int64,
    "titles": pl.Boolean,
    "until": pl.Date,
}
"""Columns of who inherits (`enterprise_id`) from whom.

titles  whether titles and list entries pass; what was paid always does, so that no "first time" is had twice.
until   only what had come about by that day passes; null: everything.
"""

TIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "other_id": pl.Int64,
    "role": pl.String,
}
"""Columns of who belongs to whose group, as `matching.engine.population` has them."""

_BOUND = ("controls", "group_member")


def standing(relations: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Give the relations in effect on a day, those withdrawn not among them."""
    withdrawn = relations["withdraws"].drop_nulls()
    return relations.filter(
        pl.col("kind") != "withdrawn",
        pl.col("effective_on") <= as_of,
        ~pl.col("id").is_in(withdrawn.implode()),
    )


def heirs_of(relations: pl.DataFrame) -> pl.DataFrame:
    """Give columns of HEIRS, through however many mergers and splits.

    吸收合并: the surviving enterprise takes over titles and what was paid. 分立: the new one takes over what the old one
    had been paid by then, and its titles only where the relation says that they pass. The rules on titles ask for a
    report of 更名, 合并 and 重组 within three months and a person's decision on the title (2号 article 15); so it is said,
    not guessed.
    """
    direct = pl.concat([_of_mergers(relations), _of_splits(relations)])
    reached = _once(direct)
    for _ in range(direct.height.bit_length()):
        reached = _once(pl.concat([reached, _through(reached, reached)]))
    # Who inherits from itself through a circle inherits nothing new.
    return reached.filter(pl.col("enterprise_id") != pl.col("origin_id")).sort(*HEIRS)


def ties_of(relations: pl.DataFrame) -> pl.DataFrame:
    """Give columns of TIES: whoever controls one, directly or through others, is its "parent", all others "member"."""
    bound = relations.filter(pl.col("kind").is_in(_BOUND))
    controls = bound.filter(pl.col("kind") == "controls").select(
        enterprise_id="other_id", other_id="enterprise_id"
    )
    parents = _closed(controls)
    edges = bound.select("enterprise_id", "other_id")
    groups = _groups(edges)
    pairs = groups.join(groups, on="group", suffix="_other").select(
        "enterprise_id", other_id="enterprise_id_other"
    )
    pairs = pairs.filter(pl.col("enterprise_id") != pl.col("other_id"))
    marked = pairs.join(
        parents.with_columns(role=pl.lit("parent")), on=["enterprise_id", "other_id"], how="left"
    )
    return marked.with_columns(pl.col("role").fill_null("member")).sort(*TIES).cast(TIES)  # type: ignore[arg-type]  # a mapping of column to type


def _of_mergers(relations: pl.DataFrame) -> pl.DataFrame:
    merged = relations.filter(pl.col("kind") == "merged_into")
    return merged.select(
        enterprise_id="other_id",
        origin_id="enterprise_id",
        titles=pl.lit(value=True),
        until=pl.lit(None, dtype=pl.Date),
    )


def _of_splits(relations: pl.DataFrame) -> pl.DataFrame:
    split = relations.filter(pl.col("kind") == "split_from")
    return split.select(
        "enterprise_id",
        origin_id="other_id",
        titles=pl.col("titles").eq_missing(pl.lit("pass")),
        until="effective_on",
    )


def _through(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    """Give what comes through two steps: titles where both pass them, what both had by their days."""
    joined = first.join(
        second, left_on="origin_id", right_on="enterprise_id", suffix="_further", how="inner"
    )
    return joined.select(
        "enterprise_id",
        pl.col("origin_id_further").alias("origin_id"),
        pl.col("titles") & pl.col("titles_further"),
        pl.min_horizontal("until", "until_further").alias("until"),
    )


def _once(heirs: pl.DataFrame) -> pl.DataFrame:
    """Of several ways from one to another the most generous counts."""
    return heirs.group_by("enterprise_id", "origin_id", maintain_order=True).agg(
        pl.col("titles").any(),
        pl.when(pl.col("until").is_null().any()).then(None).otherwise(pl.col("until").max()).alias("until"),
    )  # fmt: skip


def _closed(edges: pl.DataFrame) -> pl.DataFrame:
    reached = edges.unique()
    for _ in range(edges.height.bit_length()):
        further = reached.join(reached, left_on="other_id", right_on="enterprise_id", suffix="_2")
        grown = pl.concat(
            [reached, further.select("enterprise_id", other_id="other_id_2")]
        ).unique()
        if grown.height == reached.height:
            break
        reached = grown
    return reached


def _groups(edges: pl.DataFrame) -> pl.DataFrame:
    """Give enterprise_id and group: the least number that can be reached over the edges."""
    both = pl.concat(
        [edges, edges.select(enterprise_id="other_id", other_id="enterprise_id")]
    ).unique()
    label = both.select("enterprise_id").unique().with_columns(group=pl.col("enterprise_id"))
    while True:
        least = (
            both.join(label, left_on="other_id", right_on="enterprise_id")
            .group_by("enterprise_id")
            .agg(pl.col("group").min().alias("near"))
        )
        nearer = label.join(least, on="enterprise_id", how="left").select(
            "enterprise_id", group=pl.min_horizontal("group", "near")
        )
        if nearer.equals(label):
            return label
        label = nearer
