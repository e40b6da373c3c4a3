"""Headers no layout column bears exactly: what they may mean, as suggestions to be confirmed, never taken by themselves."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import polars as pl

from matching.language.vocabulary import Fact, PeriodKind, Vocabulary
from registry.imports.headers import Header
from registry.imports.layout import Column, Layout
from registry.imports.likeness import NEAR_ENOUGH, company_share, nearest_name, readable_share
from registry.imports.meanings import (
    IGNORE,
    can_be_a_column,
    column_meaning,
    fact_of,
    meaning_in_words,
    meaning_of,
)
from registry.imports.recognise import Candidate, header_names
from registry.imports.teach import taught_header

CELLS_LOOKED_AT = 200
READABLE = 0.5
"""A header whose cells cannot be read at least this far does not mean that, whatever it is called."""
BY_CELLS = 90
"""The score where the cells alone say what a column is, as valid credit codes do."""
OTHERS_SHOWN = 3
SAME = 100


class HeaderGuess(msgspec.Struct, frozen=True, kw_only=True):
    """What one header may mean.

    header   as people wrote it.
    key      what is kept once it is confirmed: without unit and period.
    meaning  a word of registry.imports.meanings.
    words    what people read for it.
    period, unit  as the header says; None and "" where it does not.
    score    0 to 100.
    why      shown as it stands.
    others   further words it may mean, the likeliest first.
    """

    letter: str
    header: str
    key: str
    meaning: str
    words: str
    period: str | None
    unit: str
    score: int
    why: str
    others: tuple[str, ...] = ()


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a header may mean: the column, all names it goes by, and the period its header must say.

    words  what people read for it.
    fact   what its cells are read as; None where the role says it all.
    """

    meaning: str
    words: str
    column: Column
    fact: Fact | None
    names: tuple[str, ...]
    period: PeriodKind


def possible(layout: Layout, vocabulary: Vocabulary) -> tuple[Meant, ...]:
    """Give all a header of a layout may mean: its columns, and facts its department owns or is asked for."""
    found = {meaning_of(column): meant_by(column, vocabulary, layout) for column in layout.columns}
    for fact in vocabulary.facts.values():
        theirs = layout.department in (fact.department, *fact.sources)
        meaning = f"fact/{fact.key}"
        if theirs and can_be_a_column(fact) and meaning not in found:
            found[meaning] = meant_by(column_meaning(meaning, fact.label), vocabulary)
    return tuple(found.values())


def guess_headers(
    at: Candidate, taken: Mapping[str, str], meant: tuple[Meant, ...], vocabulary: Vocabulary
) -> tuple[HeaderGuess, ...]:
    """Suggest what the headers outside `taken` mean; the nearest pairs are made first, each meaning once.

    taken  by letter: the meaning of headers that are known already.
    """
    open_headers = {letter: one for letter, one in at.headers.items() if letter not in taken}
    pairs = sorted(
        (
            pair
            for letter, header in open_headers.items()
            for pair in _pairs(letter, header, at, meant, vocabulary)
        ),
        key=lambda pair: -pair.score,
    )
    gone = {_once(meaning, at.headers[letter]) for letter, meaning in taken.items()}
    chosen: dict[str, HeaderGuess] = {}
    for pair in pairs:
        once = _once(pair.meaning, open_headers[pair.letter])
        if pair.letter in chosen or once in gone:
            continue
        chosen[pair.letter] = pair
        if pair.meaning != IGNORE:
            gone.add(once)
    return tuple(
        msgspec.structs.replace(chosen[letter], others=_others(letter, chosen[letter], pairs))
        for letter in open_headers
        if letter in chosen
    )


def _pairs(
    letter: str, header: Header, at: Candidate, meant: Iterable[Meant], vocabulary: Vocabulary
) -> Iterator[HeaderGuess]:
    texts = at.grid.frame[letter].slice(at.last, CELLS_LOOKED_AT)
    for one in meant:
        if one.period != header.period_kind:
            continue
        near = nearest_name(header, one.names)
        by_cells = _says_itself(one.meaning, texts, vocabulary)
        if near.score < NEAR_ENOUGH and by_cells is None:
            continue
        read = readable_share(one.column, one.fact, texts, vocabulary)
        if read is not None and read < READABLE:
            continue
        how = "相同" if near.score == SAME else "相近"
        like = f"与“{near.name}”{how}" if near.score >= NEAR_ENOUGH else ""
        cells = "" if read is None or by_cells else f"{read:.0%}的单元格读得出"
        yield HeaderGuess(
            letter=letter,
            header=header.text,
            key=taught_header(header),
            meaning=one.meaning,
            words=one.words,
            period=header.period,
            unit=header.unit,
            score=max(near.score, BY_CELLS if by_cells else 0),
            why="，".join(part for part in (like, by_cells or "", cells) if part),
        )


def _says_itself(meaning: str, texts: pl.Series, vocabulary: Vocabulary) -> str | None:
    """Say that the cells alone show what a column is; None where they do not."""
    if meaning == "uscc":
        read = readable_share(Column(role="uscc"), None, texts, vocabulary)
        return f"{read:.0%}的单元格是有效的信用代码" if read and read >= READABLE else None
    if meaning == "name":
        share = company_share(texts)
        return f"{share:.0%}的单元格像企业名称" if share >= READABLE else None
    return None


def _once(meaning: str, header: Header) -> tuple[str, str | None]:
    """Give what only one column of a sheet may say: a fact of one period, or a role."""
    return meaning, header.period if meaning.startswith("fact/") else None


def _others(letter: str, chosen: HeaderGuess, pairs: list[HeaderGuess]) -> tuple[str, ...]:
    found = [one.meaning for one in pairs if one.letter == letter]
    return tuple(one for one in dict.fromkeys(found) if one != chosen.meaning)[:OTHERS_SHOWN]


def meant_by(column: Column, vocabulary: Vocabulary, layout: Layout | None = None) -> Meant:
    """Give what a header that stands over a column means; `layout` tells of which ledger its fields are."""
    names, meaning = header_names(column, vocabulary), meaning_of(column)
    return Meant(
        meaning=meaning,
        words=meaning_in_words(meaning, vocabulary, layout),
        column=column,
        fact=fact_of(meaning, vocabulary, layout),
        names=tuple(name for name, _ in names),
        period=names[0][1] if names else "none",
    )
