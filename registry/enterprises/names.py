"""Enterprise names made comparable: two writings of one name have one name key."""

import polars as pl

# Marks that spreadsheets carry and nobody sees; with them two equal names would differ.
_UNSEEN = r"[\s\p{Cc}\p{Cf}]+"
_OPENING = r"[\[{<〈《【〔〖「『]"
_CLOSING = r"[\]}>〉》】〕〗」』]"


def name_keys(names: pl.Expr) -> pl.Expr:
    """Give the name keys of a column of names; null stays null.

    Full width becomes half width, every bracket a round one, letters upper case; blanks go.
    """
    return (
        names.str.normalize("NFKC")
        .str.replace_all(_UNSEEN, "")
        .str.replace_all(_OPENING, "(")
        .str.replace_all(_CLOSING, ")")
        .str.to_uppercase()
    )


def name_key(name: str) -> str:
    """Give the name key of one name, exactly as the column does."""
    key: str = pl.select(name_keys(pl.lit(name))).item()
    return key
