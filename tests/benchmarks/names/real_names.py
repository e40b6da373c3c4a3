"""Real names out of a file, to measure on what the measurer may use and this project may not ship."""

from pathlib import Path

import polars as pl


def real_names(path: Path) -> pl.DataFrame:
    """Give a register of the names in a file, in the columns of `invent_register`; what it lacks is null.

    .txt: a name a line. .csv or .parquet: the column "name"; uscc, place (six digits), place_name,
    legal_representative, address and phone are taken where they are there. No name is given twice.
    """
    table = _read(path)
    if "name" not in table.columns:
        raise ValueError(
            f'{path} has no column "name": give the names one, or a .txt with a name a line'
        )
    names = table.filter(pl.col("name").str.strip_chars().str.len_chars() >= 4).unique(
        "name", keep="first", maintain_order=True
    )
    return names.select(
        _or_null(names, "name"),
        *(_or_null(names, column) for column in _OTHERS),
        enterprise_id=pl.int_range(1, pl.len() + 1),
    )


_OTHERS = (
    "uscc", "brand", "kind", "place", "place_name", "legal_representative", "address", "phone", "former_name",
    "short_name",
)  # fmt: skip


def _read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    if path.suffix == ".csv":
        return pl.read_csv(path, infer_schema=False)
    return pl.DataFrame({"name": path.read_text(encoding="utf-8-sig").splitlines()})


def _or_null(table: pl.DataFrame, column: str) -> pl.Expr:
    given = pl.col(column) if column in table.columns else pl.lit(None)
    return given.cast(pl.String).alias(column)
