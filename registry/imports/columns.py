"""How the cells of each column become values, and how a refused one is explained."""

import re
from collections.abc import Callable

import msgspec
import polars as pl

from matching.language.vocabulary import Fact, Vocabulary
from registry.imports.dates import MonthMeans, date_problem, days
from registry.imports.numbers import (
    Explained,
    number_problem,
    share_problem,
    whole_numbers,
    whole_shares,
)
from registry.imports.texts import BLANK, BLANK_BUT_NONE
from registry.imports.types import BoundColumn
from registry.imports.words import (
    FLAGS,
    Read,
    read_code_words,
    read_families,
    read_industries,
    read_ledgers,
    read_lists,
    read_places,
)

_EMAIL = r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+$"
_LONGEST: dict[str, int] = {
    "level": 60,
    "batch": 60,
    "document": 120,
    "email": 254,
    "item": 60,
    "legal_representative": 100,
    "address": 300,
    "phone": 60,
    "record_number": 60,
}
_MONTH_MEANS: dict[str, MonthMeans] = {
    "from_on": "first",
    "left_on": "first",
    "paid_on": "first",
    "until_on": "last",
}
DAY_ROLES = frozenset(_MONTH_MEANS)
"""What a column of days may be besides a fact."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How one column is read.

    values   over the column of plain texts: a value, or null for blanks and what is refused.
    explain  says of a refused plain text what is wrong with it, and the way out.
    """

    values: pl.Expr
    explain: Callable[[str], Explained]


def blank_words(column: BoundColumn) -> frozenset[str]:
    """Give the words that stand for nothing in a column; 无 is an answer where 有 is one."""
    meant = column.fact or column.field
    is_flag = meant is not None and meant.kind == "flag"
    return BLANK_BUT_NONE if is_flag else BLANK


def reading_of(column: BoundColumn, texts: pl.Series, vocabulary: Vocabulary) -> Reading:
    """Give how a column is read; `texts` are its plain texts, for words that need a look-up."""
    role = column.column.role
    meant = column.fact or column.field
    if meant is not None:
        return _fact_reading(column, meant, texts, vocabulary)
    if role in _MONTH_MEANS:
        means = _MONTH_MEANS[role]
        return Reading(
            values=days(pl.col(column.letter), means),
            explain=lambda text: date_problem(text, means),
        )
    if role == "amount":
        return _number_reading(column)
    if role == "list":
        words = read_lists(texts.drop_nulls().unique().to_list(), vocabulary, column.column.words)
        return _word_reading(column, words)
    if role == "ledger":
        return _word_reading(column, read_ledgers(texts.drop_nulls().unique().to_list()))
    if role == "family":
        said = texts.drop_nulls().unique().to_list()
        words = read_families(said, vocabulary, column.column.words)
        return _word_reading(column, words)
    return _text_reading(column)


def _fact_reading(
    column: BoundColumn, fact: Fact, texts: pl.Series, vocabulary: Vocabulary
) -> Reading:
    text = pl.col(column.letter)
    match fact.kind:
        case "money" | "number":
            return _number_reading(column)
        case "share":
            allowed = column.column.negative
            return Reading(
                values=whole_shares(text, column.unit, negative=allowed),
                explain=lambda cell: share_problem(cell, column.unit, negative=allowed),
            )
        case "flag":
            return Reading(
                values=text.str.to_uppercase().replace_strict(
                    FLAGS, default=None, return_dtype=pl.Int64
                ),
                explain=lambda _: ("不是“是”或“否”", "填写“是”或“否”；不知道就留空"),
            )
        case "date":
            return Reading(values=days(text).dt.to_string("%Y-%m-%d"), explain=date_problem)
        case "code":
            words = texts.drop_nulls().unique().to_list()
            return _word_reading(column, _code_words(column, fact, words, vocabulary))


def _code_words(column: BoundColumn, fact: Fact, words: list[str], vocabulary: Vocabulary) -> Read:
    if fact.tree == "places":
        return read_places(words, vocabulary.places)
    if fact.tree == "industries":
        return read_industries(words, vocabulary.industries)
    return read_code_words(words, fact, column.column.words)


def _number_reading(column: BoundColumn) -> Reading:
    unit, decimals, allowed = column.unit, column.decimals, column.column.negative
    return Reading(
        values=whole_numbers(pl.col(column.letter), unit, decimals, negative=allowed),
        explain=lambda text: number_problem(text, unit, decimals, negative=allowed),
    )


def _word_reading(column: BoundColumn, words: Read) -> Reading:
    return Reading(
        values=pl.col(column.letter).replace_strict(
            words.meant, default=None, return_dtype=pl.String
        ),
        explain=words.problems.__getitem__,
    )


def _text_reading(column: BoundColumn) -> Reading:
    longest = _LONGEST[column.column.role]
    text = pl.col(column.letter).replace(column.column.words)
    fits = text.str.len_chars() <= longest
    if column.column.role == "email":
        fits &= text.str.contains(_EMAIL)
    return Reading(
        values=pl.when(fits).then(text), explain=lambda cell: _text_problem(cell, longest)
    )


def _text_problem(text: str, longest: int) -> Explained:
    if len(text) > longest:
        return f"超过{longest}个字", "只写要点"
    if not re.match(_EMAIL, text):
        return "不是一个邮箱地址", "填写一个邮箱，如 name@example.com"
    return "不能取用", "核对后更正"
