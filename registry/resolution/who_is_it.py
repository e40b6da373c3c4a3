"""Which enterprise each row speaks of: by its code, else by its exact name.

Pure: what is known comes in as frames. A name that two enterprises bear or bore decides nothing.
"""

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


def linked_by_name(
    rows: pl.DataFrame, known: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Unresolved, ...]]:
    """Link rows whose name exactly one enterprise bears or bore; say of the others why not."""
    bearers = known.group_by("name_key").agg(
        pl.col("enterprise_id").n_unique().alias("bearers"), pl.col("enterprise_id").first()
    )
    found = rows.join(bearers, on="name_key", how="left")
    links = found.filter(pl.col("bearers") == 1).select(*LINKS)
    others = found.filter(pl.col("bearers").is_null() | (pl.col("bearers") > 1))
    unresolved = tuple(
        _no_name(row, coded=uscc is not None)
        if name_key is None
        else _no_hit(row)
        if count is None
        else _several(row, count)
        for row, uscc, name_key, count in others.select(
            "row", "uscc", "name_key", "bearers"
        ).iter_rows()
    )
    return links, unresolved


def one_row_each(links: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Unresolved, ...]]:
    """Unlink rows that speak of one enterprise, by code and by name, where a sheet allows one."""
    twice = links.filter(pl.col("enterprise_id").is_duplicated())
    rows_of = {key[0]: sorted(group["row"]) for key, group in twice.group_by("enterprise_id")}
    unresolved = tuple(
        Unresolved(
            row=row,
            problem=f"第{'、'.join(map(str, rows))}行说的是同一家企业，不知以哪一行为准，都没有取用",
            way_out="只保留正确的一行",
        )
        for rows in rows_of.values()
        for row in rows
    )
    return links.filter(~pl.col("enterprise_id").is_duplicated()), unresolved


def _no_name(row: int, *, coded: bool) -> Unresolved:
    problem = "登记中没有这个代码，表中又没有名称，无法建档" if coded else "没有名称"
    return Unresolved(row=row, problem=f"{problem}，整行没有取用", way_out="补上企业名称")


def _no_hit(row: int) -> Unresolved:
    return Unresolved(
        row=row,
        problem="查无此名：没有企业现在或曾经用这个名称，整行没有取用",
        way_out="补上统一社会信用代码，或照营业执照更正名称",
    )


def _several(row: int, count: int) -> Unresolved:
    return Unresolved(
        row=row,
        problem=f"同名{count}家：现在或曾经用这个名称的企业不止一家，整行没有取用",
        way_out="补上统一社会信用代码",
    )
