"""Rows told in profile cells, put together: whose they are is numbered once the profiles are counted.

Beside an enterprise its profile may tell of three others: its parent, a member of its group, and a rival
that claims the same evidence. They get numbers behind those of all profiles.
"""

import msgspec
import polars as pl

from matching.engine.population import (
    AWARD_COLUMNS,
    EVIDENCE_COLUMNS,
    KNOWN_COLUMNS,
    MEMBERSHIP_COLUMNS,
    RELATION_COLUMNS,
    USE_COLUMNS,
    Population,
)
from matching.engine.records import record_columns
from matching.language.vocabulary import Vocabulary

ITSELF, PARENT, MEMBER, RIVAL = 0, 1, 2, 3
OTHERS = 3
ROW: dict[str, pl.DataType] = {"row": pl.Int64()}
KINDS: dict[str, dict[str, pl.DataType]] = {
    "memberships": ROW | MEMBERSHIP_COLUMNS,
    "awards": ROW | AWARD_COLUMNS,
    "known": ROW | KNOWN_COLUMNS,
    "relations": ROW | RELATION_COLUMNS,
    "evidence": ROW | EVIDENCE_COLUMNS,
    "used": ROW | {"column": pl.String(), "key": pl.String(), "family": pl.String()},
    "alone": ROW | {"column": pl.String()},
}
"""What cells can tell: rows of the population's frames, of which profile, `enterprise_id` being one of the
four above until they are numbered; uses without their ledger yet; and who says that it has no group."""


def kinds_of(vocabulary: Vocabulary) -> dict[str, dict[str, pl.DataType]]:
    """Give what cells can tell with these words: KINDS, and each ledger of records by its key."""
    ledgers = {key: ROW | record_columns(ledger) for key, ledger in vocabulary.records.items()}
    return KINDS | ledgers


class WrongRow(msgspec.Struct, frozen=True, order=True):
    """A cell that contradicts another one; `row` counts from 1."""

    row: int
    column: str
    problem: str


def wrong_rows(told: dict[str, pl.DataFrame]) -> tuple[WrongRow, ...]:
    """Name used evidence nobody claims, and groups of enterprises that say they have none."""
    unclaimed = told["used"].join(told["evidence"], on="key", how="anti")
    grouped = told["alone"].join(told["relations"], on="row", how="semi")
    return (
        *(
            WrongRow(row, column, f"没有哪条证据叫“{key}”；先在逐笔登记的事实里写上")
            for row, column, key in unclaimed.select("row", "column", "key").iter_rows()
        ),
        *(
            WrongRow(row, column, "写了 none，又写了 parent: 或 member:；改为 known")
            for row, column in grouped.iter_rows()
        ),
    )


def population_told(
    frame: pl.DataFrame, told: dict[str, pl.DataFrame], vocabulary: Vocabulary
) -> Population:
    """Give the population of a frame whose `enterprise_id` counts from 1, and of what its cells told."""
    count = frame.height

    def numbered(kind: str) -> pl.DataFrame:
        rows = told[kind]
        whose = [name for name in ("enterprise_id", "other_id") if name in rows.columns]
        return rows.with_columns(_number(name, count) for name in whose).drop("row").unique()

    ledgers = pl.DataFrame(
        [(fact.key, fact.ledger) for fact in vocabulary.facts.values() if fact.ledger],
        schema={"fact": pl.String, "ledger": pl.String},
        orient="row",
    )
    claims = told["evidence"].join(ledgers, on="fact").select("ledger", "key").unique()
    # An entry, a payment or a record told twice is two.
    entries, awards, *records = (
        told[kind].with_columns(_number("enterprise_id", count)).drop("row")
        for kind in ("memberships", "awards", *vocabulary.records)
    )
    return Population(
        frame=frame,
        memberships=entries,
        awards=awards,
        known=numbered("known").sort("enterprise_id", "list"),
        relations=numbered("relations").sort(RELATION_COLUMNS.keys()),
        evidence=numbered("evidence").sort("enterprise_id", "fact", "key"),
        records={
            key: rows
            for key, rows in zip(vocabulary.records, records, strict=True)
            if not rows.is_empty()
        },
        uses=told["used"].join(claims, on="key").select(USE_COLUMNS.keys()).unique(),
    )


def _number(name: str, count: int) -> pl.Expr:
    other = count + OTHERS * (pl.col("row") - 1) + pl.col(name)
    return pl.when(pl.col(name) == ITSELF).then("row").otherwise(other).alias(name)
