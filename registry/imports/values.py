"""The values of a sheet's columns, and a refusal for every cell that gives none."""

import msgspec
import polars as pl

from matching.language.vocabulary import Tree, Vocabulary, column_name
from registry.imports.columns import blank_words, reading_of
from registry.imports.numbers import Explained
from registry.imports.texts import plain_texts
from registry.imports.types import ROW, BoundColumn, BoundSheet, Refusal


class ColumnValues(msgspec.Struct, frozen=True, kw_only=True):
    """What one column says, in the order of the rows.

    bad  the rows whose cell was refused.
    """

    column: BoundColumn
    values: pl.Series
    bad: tuple[int, ...]


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of a sheet say.

    facts    by fact[@period]; several columns may have said the same.
    others   by role, or "field:NAME".
    """

    facts: dict[str, pl.Series]
    others: dict[str, ColumnValues]
    refused: tuple[Refusal, ...]


def read_values(bound: BoundSheet, body: pl.DataFrame, vocabulary: Vocabulary) -> Values:
    """Read every column but code and name."""
    wanted = [c for c in bound.columns if c.column.role not in {"uscc", "name", "ignore"}]
    # Lazily, so that steps two expressions share are taken once.
    plain = [plain_texts(pl.col(c.letter), blank_words(c)) for c in wanted]
    texts = body.lazy().select(ROW, *plain).collect()
    readings = {c.letter: reading_of(c, texts[c.letter], vocabulary) for c in wanted}
    values = [reading.values.alias(letter) for letter, reading in readings.items()]
    read = texts.lazy().select(values).collect()
    refused: list[Refusal] = []
    facts: dict[str, list[ColumnValues]] = {}
    others: dict[str, ColumnValues] = {}
    for column in wanted:
        letter = column.letter
        wrong = texts.select(ROW, letter).filter(
            pl.col(letter).is_not_null() & read[letter].is_null()
        )
        problems = {text: readings[letter].explain(text) for text in set(wrong[letter])}
        refused += [refused_cell(bound, column, row, problems[text]) for row, text in wrong.rows()]
        said = ColumnValues(column=column, values=read[letter], bad=tuple(wrong[ROW]))
        if column.fact is None:
            others[column.column.says] = said
        else:
            facts.setdefault(column_name(column.fact.key, column.period), []).append(said)
    agreed: dict[str, pl.Series] = {}
    for key, columns in facts.items():
        agreed[key], contradictions = _agreed(bound, body[ROW], columns, vocabulary)
        refused += contradictions
    return Values(facts=agreed, others=others, refused=tuple(refused))


def refused_cell(bound: BoundSheet, column: BoundColumn, row: int, explained: Explained) -> Refusal:
    """Refuse one cell of a column."""
    problem, way_out = explained
    return bound.grid.refusal(column.letter, row, problem, way_out, header=column.header)


def _agreed(
    bound: BoundSheet, rows: pl.Series, columns: list[ColumnValues], vocabulary: Vocabulary
) -> tuple[pl.Series, list[Refusal]]:
    """Make one of the columns that give the same fact; where two contradict, neither counts."""
    first = columns[0]
    fact = first.column.fact
    tree = vocabulary.tree_of(fact) if fact else None
    chosen, refused = first.values, []
    for other in columns[1:]:
        pairs = pl.DataFrame({"one": chosen, "other": other.values})
        differ = (pairs["one"] != pairs["other"]).fill_null(value=False).arg_true()
        settled = [_finer(pairs["one"][at], pairs["other"][at], tree) for at in differ]
        refused += [
            refused_cell(bound, other.column, rows[at], _contradicts(first.column))
            for at, value in zip(differ, settled, strict=True)
            if value is None
        ]
        chosen = pairs.select(pl.coalesce("one", "other")).to_series().scatter(differ, settled)
    return chosen, refused


def _contradicts(first: BoundColumn) -> Explained:
    problem = f"与同一行{first.letter}列“{first.header}”矛盾，两个值都没有取用"
    return problem, "核对后改成一致"


def _finer(one: object, other: object, tree: Tree | None) -> object:
    """Give the place or industry that lies in the other one; None where neither does."""
    if tree is None or not isinstance(one, str) or not isinstance(other, str):
        return None
    if tree.contains(one, other):
        return other
    return one if tree.contains(other, one) else None
