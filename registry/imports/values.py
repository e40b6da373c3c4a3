"""The values of a sheet's columns, and a refusal for every cell that gives none."""

import msgspec
import polars as pl

from matching.language.vocabulary import Tree, Vocabulary, column_name
from registry.imports.columns import DAY_ROLES, blank_words, reading_of
from registry.imports.dates import counted_from_1900
from registry.imports.errors import SheetRefused
from registry.imports.numbers import Explained
from registry.imports.progress import Progress, unheard
from registry.imports.texts import plain_texts, unread_problem, without_unread
from registry.imports.types import ROW, BoundColumn, BoundSheet, Refusal

SLICE = 50_000
"""Rows read at a time: what is needed on the way is held for so many only."""
MOST_REFUSED = 200_000
"""Cells; each refusal is kept with its words, and nobody corrects more of them one by one."""
SHOWN_REFUSED = 1_000


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


def read_values(
    bound: BoundSheet, body: pl.DataFrame, vocabulary: Vocabulary, progress: Progress = unheard
) -> Values:
    """Read every column but code and name, slice by slice of the rows.

    Raises SheetRefused where so many cells are refused that the sheet is not what it seems to be.
    """
    parts: list[Values] = []
    refused = done = 0
    for rows in body.iter_slices(SLICE) if body.height else (body,):
        part = _values_of(bound, rows, vocabulary)
        refused += len(part.refused)
        if refused > MOST_REFUSED:
            raise _hopeless(bound, parts[0] if parts else part)
        parts.append(part)
        done += rows.height
        progress(done, body.height)
    return Values(
        facts={key: pl.concat([part.facts[key] for part in parts]) for key in parts[0].facts},
        others={role: _joined([part.others[role] for part in parts]) for role in parts[0].others},
        refused=tuple(one for part in parts for one in part.refused),
    )


def _joined(parts: list[ColumnValues]) -> ColumnValues:
    return ColumnValues(
        column=parts[0].column,
        values=pl.concat([part.values for part in parts]),
        bad=tuple(row for part in parts for row in part.bad),
    )


def _hopeless(bound: BoundSheet, first: Values) -> SheetRefused:
    problem = f"超过{MOST_REFUSED:,}格无法取用，多半是列错了位或版式不对，整张表没有取用"
    whole = bound.grid.refusal("", 0, problem, "先看下面列出的几格，改好整列后再导入")
    return SheetRefused([whole, *first.refused[:SHOWN_REFUSED]])


def _values_of(bound: BoundSheet, body: pl.DataFrame, vocabulary: Vocabulary) -> Values:
    wanted = [c for c in bound.columns if c.column.role not in {"uscc", "name", "ignore"}]
    # Lazily, so that steps two expressions share are taken once.
    plain = [_plain(bound, column) for column in wanted]
    texts = body.lazy().select(ROW, *plain).collect()
    readable = texts.lazy().select(ROW, *(without_unread(pl.col(c.letter)) for c in wanted))
    known = readable.collect()
    readings = {c.letter: reading_of(c, known[c.letter], vocabulary) for c in wanted}
    values = [reading.values.alias(letter) for letter, reading in readings.items()]
    read = known.lazy().select(values).collect()
    refused: list[Refusal] = []
    facts: dict[str, list[ColumnValues]] = {}
    others: dict[str, ColumnValues] = {}
    for column in wanted:
        letter = column.letter
        wrong = texts.select(ROW, letter).filter(
            pl.col(letter).is_not_null() & read[letter].is_null()
        )
        problems = {
            text: unread_problem(text) or readings[letter].explain(text)
            for text in set(wrong[letter])
        }
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


def _plain(bound: BoundSheet, column: BoundColumn) -> pl.Expr:
    text = plain_texts(pl.col(column.letter), blank_words(column))
    meant = column.fact or column.field
    is_day = column.column.role in DAY_ROLES or (meant is not None and meant.kind == "date")
    return counted_from_1900(text) if bound.grid.from_1904 and is_day else text


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
