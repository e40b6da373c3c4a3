"""Entries of lists and awards: rows that say an enterprise is on a list, or was paid."""

import msgspec
import polars as pl

from matching.language.data_names import LEDGERS
from matching.language.vocabulary import Vocabulary
from registry.imports.layout import RELATIONS, Layout
from registry.imports.texts import plain_texts
from registry.imports.types import ROW, BoundSheet, Grid, Refusal
from registry.imports.values import ColumnValues, Values, refused_cell
from registry.imports.words import level_problem, read_lists

MEMBERSHIP_SCHEMA = {
    ROW: pl.Int64,
    "list": pl.String,
    "level": pl.String,
    "batch": pl.String,
    "document": pl.String,
    "from_on": pl.Date,
    "until_on": pl.Date,
    "left_on": pl.Date,
}
AWARD_SCHEMA = {
    ROW: pl.Int64,
    "family": pl.String,
    "amount_cents": pl.Int64,
    "paid_on": pl.Date,
}


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """What rows say beside facts.

    lost  rows that are nothing but an entry, and give none.
    """

    memberships: pl.DataFrame
    awards: pl.DataFrame
    refused: tuple[Refusal, ...]
    lost: frozenset[int]


def read_entries(
    bound: BoundSheet, rows: pl.Series, values: Values, vocabulary: Vocabulary
) -> Entries:
    """Give the entries of a sheet, a row each."""
    refused: list[Refusal] = []
    lost: set[int] = set()
    memberships = pl.DataFrame(schema=MEMBERSHIP_SCHEMA)
    awards = pl.DataFrame(schema=AWARD_SCHEMA)
    for role, what in (("list", "名录或称号"), ("family", "政策")):
        if bound.layout.has(role):
            refused += _blanks(bound, rows, values.others[role], what)
            lost |= set(rows.filter(values.others[role].values.is_null()))
    if bound.layout.has("list") or bound.layout.member_of:
        memberships = _laid_out(rows, values, MEMBERSHIP_SCHEMA)
        if bound.layout.member_of:
            memberships = memberships.with_columns(pl.lit(bound.layout.member_of).alias("list"))
        unended = _unended(values, memberships, vocabulary)
        if bound.layout.has("list"):
            lost |= unended
        memberships = memberships.filter(
            pl.col("list").is_not_null() & ~pl.col(ROW).is_in(list(unended))
        )
        memberships, levels = _with_levels(bound, memberships, values, vocabulary)
        refused += levels
    if bound.layout.has("family") and not bound.layout.uses:
        awards = _laid_out(rows, values, AWARD_SCHEMA).filter(pl.col("family").is_not_null())
    return Entries(
        memberships=memberships, awards=awards, refused=tuple(refused), lost=frozenset(lost)
    )


def covered_lists(
    layout: Layout, coverage: Grid | None, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], list[Refusal]]:
    """Give the lists a sheet gives whole: those of its layout, and those its worksheet names."""
    if coverage is None:
        return layout.covers, []
    also = {word: key for column in layout.columns for word, key in column.words.items()}
    if layout.records is not None:
        also[vocabulary.records[layout.records].label] = layout.records
    if layout.relations:
        also[LEDGERS[RELATIONS]] = RELATIONS
    found: list[str] = []
    refused: list[Refusal] = []
    for letter in coverage.frame.columns:
        texts = coverage.frame.select(plain_texts(pl.col(letter))).to_series()
        read = read_lists(texts.drop_nulls().unique(), vocabulary, also)
        below = False  # what stands above the first list is a title
        for row, text in enumerate(texts, start=1):
            if text in read.meant:
                below = True
                found.append(read.meant[text])
            elif below and text is not None and not text.isdigit():
                problem, way_out = read.problems[text]
                refused.append(coverage.refusal(letter, row, problem, way_out))
    return tuple(dict.fromkeys((*layout.covers, *found))), refused


def _laid_out(
    rows: pl.Series, values: Values, schema: dict[str, type[pl.DataType]]
) -> pl.DataFrame:
    roles = {"amount_cents": "amount"}
    columns: list[pl.Series] = [rows.alias(ROW)]
    for name, dtype in schema.items():
        if name == ROW:
            continue
        said = values.others.get(roles.get(name, name))
        nothing = pl.Series([None] * len(rows), dtype=dtype)
        columns.append((said.values if said else nothing).alias(name))
    return pl.DataFrame(columns)


def _blanks(bound: BoundSheet, rows: pl.Series, said: ColumnValues, what: str) -> list[Refusal]:
    """Refuse cells that must name a list or a policy and are empty."""
    blank = set(rows.filter(said.values.is_null())) - set(said.bad)
    explained = (f"没有写{what}，整行没有取用", "补上后重新导入")
    return [refused_cell(bound, said.column, row, explained) for row in sorted(blank)]


def _unended(values: Values, memberships: pl.DataFrame, vocabulary: Vocabulary) -> set[int]:
    """Give the rows whose last day or revocation cannot be read.

    Taken without it, a title would stand that may be over. An entry on a negative list is taken all
    the same: there the careful reading is that it stands.
    """
    ends = [values.others[role] for role in ("until_on", "left_on") if role in values.others]
    bad = {row for said in ends for row in said.bad}
    negative = [key for key, listed in vocabulary.lists.items() if listed.kind == "negative"]
    return bad - set(memberships.filter(pl.col("list").is_in(negative))[ROW])


def _with_levels(
    bound: BoundSheet, memberships: pl.DataFrame, values: Values, vocabulary: Vocabulary
) -> tuple[pl.DataFrame, list[Refusal]]:
    """Refuse levels a list does not have; the entry stays, its level unknown."""
    said = values.others.get("level")
    if said is None:
        return memberships, []
    pairs = memberships.select("list", "level").drop_nulls().unique().rows()
    problems = {
        (key, level): problem
        for key, level in pairs
        if (problem := level_problem(level, vocabulary.lists[key]))
    }
    refused: list[Refusal] = []
    wrong: list[int] = []
    for row, key, level in memberships.select(ROW, "list", "level").iter_rows():
        if (key, level) in problems:
            wrong.append(row)
            refused.append(refused_cell(bound, said.column, row, problems[key, level]))
    known = pl.when(~pl.col(ROW).is_in(wrong)).then("level").alias("level")
    return memberships.with_columns(known), refused
