"""How like a header is to a name, and how well the cells below it can be read as what it may mean."""

from collections.abc import Iterable

import msgspec
import polars as pl
from rapidfuzz import fuzz

from matching.language.units import QuantityKind, factors
from matching.language.vocabulary import Fact, Vocabulary
from registry.enterprises.codes import compact_codes, valid_codes
from registry.imports.columns import blank_words, reading_of
from registry.imports.headers import Header, plain_header
from registry.imports.layout import Column
from registry.imports.texts import plain_texts
from registry.imports.types import BoundColumn

NEAR_ENOUGH = 66
"""Below this score a header is not even suggested; tests/registry/imports/header_cases.csv holds the cases it divides."""

_OTHER_ORDER = 0.95
"""总资产 and 资产总额 are the same signs in another order: nearly as good as in the same."""
_COMPANY = r"(公司|企业|厂|店|合作社|经营部|商行|中心|工作室)(（[^（）]*）|\([^()]*\))?$"
_NOT_A_NAME = r"^[\d\W_]*$"
_A_LETTER = "A"


class Nearest(msgspec.Struct, frozen=True):
    """The name a header is most like, and how like it is: 0 to 100."""

    name: str
    score: int


def nearest_name(header: Header, names: Iterable[str]) -> Nearest:
    """Give which of some names a header is most like, with or without its last bracket and its group."""
    said = {plain_header(header.name), header.bare_name, header.name.rpartition("/")[2]} - {""}
    found = [
        Nearest(name, likeness(one, name)) for name in map(plain_header, names) for one in said
    ]
    return max(found, key=lambda one: one.score, default=Nearest("", 0))


def likeness(one: str, other: str) -> int:
    """Give how alike two short texts are: 0 to 100, by the signs they share in order, or in any order."""
    in_order = fuzz.ratio(one, other)
    in_any = fuzz.ratio("".join(sorted(one)), "".join(sorted(other)))
    return round(max(in_order, _OTHER_ORDER * in_any))


def readable_share(
    column: Column, fact: Fact | None, texts: pl.Series, vocabulary: Vocabulary
) -> float | None:
    """Give which part of the cells that say anything can be read as this column; None where none says anything."""
    cells = texts.alias(_A_LETTER)
    match column.role:
        case "ignore":
            return None
        case "uscc":
            codes = cells.to_frame().select(compact_codes(pl.col(_A_LETTER)))[_A_LETTER]
            good = codes.to_frame().select(valid_codes(pl.col(_A_LETTER)))[_A_LETTER]
            return _part(codes, int(good.sum()))
        case "name":
            plain = cells.to_frame().select(plain_texts(pl.col(_A_LETTER)))[_A_LETTER]
            return _part(plain, int((~plain.str.contains(_NOT_A_NAME)).sum()))
        case _:
            return _read_as(_bound(column, fact), cells, vocabulary)


def company_share(texts: pl.Series) -> float:
    """Give which part of the cells end as names of enterprises do."""
    return _part(texts, int(texts.str.strip_chars().str.contains(_COMPANY).sum())) or 0.0


def _read_as(bound: BoundColumn, cells: pl.Series, vocabulary: Vocabulary) -> float | None:
    plain = cells.to_frame().select(plain_texts(pl.col(_A_LETTER), blank_words(bound)))
    read = plain.select(reading_of(bound, plain[_A_LETTER], vocabulary).values.alias("read"))
    return _part(plain[_A_LETTER], read["read"].count())


def _bound(column: Column, fact: Fact | None) -> BoundColumn:
    kind = "money" if column.role == "amount" else fact.kind if fact else None
    unit, decimals = "", 0
    if kind in ("money", "number", "share"):
        quantity: QuantityKind = kind
        known = factors(quantity, fact.unit if fact else "")
        unit = max(known, key=known.__getitem__)  # the widest reads every figure of the others
        decimals = len(str(known[unit])) - 1
    # Whether a figure may be below zero is not asked here: it says nothing of what is meant.
    readable = msgspec.structs.replace(column, negative=True)
    return BoundColumn(
        letter=_A_LETTER,
        header="",
        column=readable,
        fact=fact if column.field is None else None,
        field=None if column.field is None else fact,
        unit=unit,
        decimals=decimals,
    )


def _part(cells: pl.Series, good: int) -> float | None:
    said = cells.count()
    return good / said if said else None
