"""Whether place, code, representative, address and phone of a row and of an enterprise agree, differ or are unknown.

Pure and in columns: a frame of pairs in, the same frame with a Sign a datum out.
"""

import polars as pl
from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.process import cpdist

from registry.resolution.types import ABOUT

# Two addresses are one from here on, and two below there; between the two we do not know.
_ONE_ADDRESS = 85.0
_TWO_ADDRESSES = 60.0
_LEAST_ADDRESS = 4
_ABOVE_THE_STREET = r"^(\p{Han}{2,7}?(省|自治区|市|区|县))+"
_LEAST_PHONE = 7


def with_signs(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add code, place, legal_representative, address and phone as Signs, and "place_levels".

    A frame has each of them twice: of the row, and with the suffix "_known" of the enterprise. place_levels says how far
    two places are one: 1 the province, 2 the prefecture, 3 the district, 4 the street; null where one is not known.
    """
    judged = pairs.with_columns(address_alike=_alike(pairs))
    return judged.with_columns(
        code=_equal("uscc"),
        place_levels=_levels(),
        place=_signs(_within("place", "place_known") | _within("place_known", "place")),
        legal_representative=_signs(_plain("legal_representative") == _plain("legal_representative_known")),
        address=_address(),
        phone=_signs(_one_phone()),
    ).select(*pairs.drop("code", *_data(), strict=False).columns, *ABOUT[1:], "place_levels")  # fmt: skip


def _data() -> list[str]:
    return [column + end for column in ("uscc", *ABOUT[2:]) for end in ("", "_known")]


def _signs(agrees: pl.Expr) -> pl.Expr:
    return (
        pl.when(agrees.is_null())
        .then(pl.lit("unknown"))
        .when(agrees)
        .then(pl.lit("agrees"))
        .otherwise(pl.lit("differs"))
    )


def _equal(column: str) -> pl.Expr:
    return _signs(pl.col(column) == pl.col(column + "_known"))


def _plain(column: str) -> pl.Expr:
    """Give a text without what people write differently; a text of nothing else is unknown."""
    text = pl.col(column).str.normalize("NFKC").str.replace_all(r"[\s\p{P}\p{S}]+", "")
    return text.str.to_lowercase().replace("", None)


def _street(column: str) -> pl.Expr:
    """Give an address from the street on: the place is a datum of its own, and often left out."""
    return _plain(column).str.replace(_ABOVE_THE_STREET, "").replace("", None)


def _known_place(column: str) -> pl.Expr:
    """Give a code's digits without the zeros that say "all of it"; the whole country says nothing."""
    return (
        pl.col(column)
        .str.replace(r"^(\d{6})000$", "$1")
        .str.replace(r"^(\d\d)(\d\d)?(00)+$", "$1$2")
        .str.replace(r"^(\d\d)00$", "$1")
        .replace("00", None)
    )


def _within(inner: str, outer: str) -> pl.Expr:
    return _known_place(inner).str.starts_with(_known_place(outer))


def _levels() -> pl.Expr:
    one, other = _known_place("place"), _known_place("place_known")
    same = [one.str.head(size) == other.str.head(size) for size in (2, 4, 6, 9)]
    deep = [pl.min_horizontal(one.str.len_chars(), other.str.len_chars()) >= size for size in (2, 4, 6, 9)]  # fmt: skip
    return (
        pl.when(one.is_not_null() & other.is_not_null())
        .then(pl.sum_horizontal(a & b for a, b in zip(same, deep, strict=True)))
        .cast(pl.Int8)
    )


def _alike(pairs: pl.DataFrame) -> pl.Series:
    """Give 0 to 100, how much of the shorter address stands in the longer one."""
    texts = pairs.select(_street("address"), _street("address_known"))
    scores = cpdist(
        texts["address"].fill_null("").to_list(),
        texts["address_known"].fill_null("").to_list(),
        scorer=partial_ratio,
    )
    return pl.Series(scores, dtype=pl.Float32)


def _address() -> pl.Expr:
    one, other = _street("address"), _street("address_known")
    said = pl.min_horizontal(one.str.len_chars(), other.str.len_chars()) >= _LEAST_ADDRESS
    numbers, others = one.str.extract_all(r"\d+"), other.str.extract_all(r"\d+")
    fewer = pl.min_horizontal(numbers.list.unique().list.len(), others.list.unique().list.len())
    # 12号 and 21号 of one street are two addresses, and a room more or less is one.
    contradict = numbers.list.set_intersection(others).list.len() < fewer
    return (
        pl.when(one.is_null() | other.is_null() | ~said)
        .then(pl.lit("unknown"))
        .when(contradict | (pl.col("address_alike") < _TWO_ADDRESSES))
        .then(pl.lit("differs"))
        .when(pl.col("address_alike") >= _ONE_ADDRESS)
        .then(pl.lit("agrees"))
        .otherwise(pl.lit("unknown"))
    )


def _phones(column: str) -> pl.Expr:
    """Give the numbers in a cell: digits without country code and trunk zero; short ones are none."""
    return (
        pl.col(column)
        .str.normalize("NFKC")
        .str.replace_all(r"[-\s().]|转.*$", "")
        .str.extract_all(r"\d+")
        .list.eval(pl.element().str.replace("^(0086|86)?0?", ""))
        .list.eval(pl.element().filter(pl.element().str.len_chars() >= _LEAST_PHONE))
    )


def _one_phone() -> pl.Expr:
    one, other = _phones("phone"), _phones("phone_known")
    both = (one.list.len() > 0) & (other.list.len() > 0)
    shared = one.list.set_intersection(other).list.len() > 0
    local = one.list.eval(pl.element().str.tail(_LEAST_PHONE + 1)).list.set_intersection(
        other.list.eval(pl.element().str.tail(_LEAST_PHONE + 1))
    )
    return pl.when(both).then(shared | (local.list.len() > 0))
