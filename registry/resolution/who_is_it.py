"""Which enterprise each row speaks of by its code, and which rows can speak of nobody. Pure."""

import polars as pl

from registry.resolution.types import LINKS, Unresolved


def linked_by_code(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Give row and enterprise_id for the rows whose code is known."""
    return rows.join(known, on="uscc", how="inner").select(*LINKS)


def newcomers(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Give uscc, name and name_key of units with a valid code we have not met; each once."""
    strange = rows.filter(pl.col("uscc").is_not_null() & pl.col("name").is_not_null())
    return (
        strange.join(known, on="uscc", how="anti")
        .unique("uscc", keep="first", maintain_order=True)
        .select("uscc", "name", "name_key")
    )


def nameless(rows: pl.DataFrame) -> tuple[Unresolved, ...]:
    """Say of rows without a name, whose code is unknown too, why nothing is taken of them."""
    return tuple(
        _no_name(row, coded=uscc is not None)
        for row, uscc in rows.filter(pl.col("name_key").is_null()).select("row", "uscc").iter_rows()
    )


def one_row_each(links: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Unresolved, ...]]:
    """Unlink rows that speak of one enterprise (column "meant"), by code and by name, where a sheet allows one."""
    twice = links.filter(pl.col("meant").is_duplicated())
    rows_of = {key[0]: sorted(group["row"]) for key, group in twice.group_by("meant")}
    unresolved = tuple(
        Unresolved(
            row=row,
            problem=f"第{'、'.join(map(str, rows))}行说的是同一家企业，不知以哪一行为准，都没有取用",
            way_out="只保留正确的一行",
        )
        for rows in rows_of.values()
        for row in rows
    )
    return links.filter(~pl.col("meant").is_duplicated()), unresolved


def _no_name(row: int, *, coded: bool) -> Unresolved:
    problem = "登记中没有这个代码，表中又没有名称，无法建档" if coded else "没有名称"
    return Unresolved(row=row, problem=f"{problem}，整行没有取用", way_out="补上企业名称")
