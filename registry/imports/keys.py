"""Who a row speaks of: its code and its name, checked; rows that stand there twice."""

import re

import msgspec
import polars as pl

from registry.enterprises.codes import code_problem, compact_codes, valid_codes
from registry.enterprises.names import name_keys
from registry.imports.numbers import Explained
from registry.imports.texts import plain_texts
from registry.imports.types import ROW, BoundColumn, BoundSheet, Refusal
from registry.imports.values import refused_cell

LONGEST_NAME = 200

_UNSEEN = r"\s*[\p{Cc}\p{Cf}]\s*|_x000D_"
_NAME = r"\p{L}.*\p{L}"


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The rows that say who they speak of.

    rows  row, uscc, name, name_key; one of uscc and name_key is not null.
    """

    rows: pl.DataFrame
    refused: tuple[Refusal, ...]


class Who(msgspec.Struct, frozen=True):
    """The roles of the columns that name an enterprise, and what rows are told that name none."""

    code: str
    name: str
    nobody: str


OWN = Who("uscc", "name", "没有可用的代码，也没有可用的名称，认不出是哪家企业，整行没有取用")
OTHER = Who(
    "other_uscc",
    "other_name",
    "没有对方可用的代码，也没有对方可用的名称，认不出是哪家企业，整行没有取用",
)


def read_keys(bound: BoundSheet, body: pl.DataFrame, who: Who = OWN) -> Keys:
    """Check codes and names; a row with neither goes, and so do rows that contradict each other."""
    refused: list[Refusal] = []
    code = _with_role(bound, who.code)
    name = _with_role(bound, who.name)
    rows = body.select(
        ROW,
        _column(code).pipe(compact_codes).alias("code"),
        plain_texts(_column(name)).alias("written"),
        _column(name).str.replace_all(_UNSEEN, "").str.strip_chars().alias("shown"),
    )
    rows = rows.with_columns(pl.col("code").replace(_NO_CODE, None)).with_columns(
        pl.when(valid_codes(pl.col("code"))).then("code").alias("uscc"),
        pl.when(_is_name(pl.col("written"), pl.col("shown"))).then("shown").alias("name"),
    )
    if code:
        wrong = rows.filter(pl.col("code").is_not_null() & pl.col("uscc").is_null())
        for row, text in wrong.select(ROW, "code").iter_rows():
            refused.append(refused_cell(bound, code, row, code_problem(text)))
    if name:
        wrong = rows.filter(pl.col("written").is_not_null() & pl.col("name").is_null())
        for row, text in wrong.select(ROW, "written").iter_rows():
            refused.append(refused_cell(bound, name, row, _name_problem(text)))
    nobody = rows.filter(pl.all_horizontal(pl.col("uscc", "name").is_null()))
    refused += [_nobody(bound, code or name, row, who.nobody) for row in nobody[ROW]]
    rows = rows.filter(pl.any_horizontal(pl.col("uscc", "name").is_not_null()))
    rows = rows.select(ROW, "uscc", "name", name_keys(pl.col("name")).alias("name_key"))
    if code and who is OWN and bound.layout.one_row_each:
        rows, twice = _once(bound, code, rows, body)
        refused += twice
    return Keys(rows=rows, refused=tuple(refused))


_NO_CODE = ["", "-", "--", "—", "——", "/", "无", "暂无", "N/A", "NULL", "NONE"]


def _column(column: BoundColumn | None) -> pl.Expr:
    return pl.lit(None, dtype=pl.String) if column is None else pl.col(column.letter)


def _with_role(bound: BoundSheet, role: str) -> BoundColumn | None:
    return next((column for column in bound.columns if column.column.role == role), None)


def _is_name(written: pl.Expr, shown: pl.Expr) -> pl.Expr:
    # One sign may be many in half width, and many one.
    longest = pl.max_horizontal(shown.str.len_chars(), name_keys(shown).str.len_chars())
    return written.str.contains(_NAME) & (longest <= LONGEST_NAME) & ~written.str.starts_with("#")


def _name_problem(text: str) -> Explained:
    if text.startswith("#") or re.fullmatch(r"[\W\d_]*", text):
        return "不是企业名称", "填写营业执照上的名称"
    if len(text) > 2:
        return f"超过{LONGEST_NAME}个字，不像企业名称", "填写营业执照上的名称"
    return "只有一个字，不是企业名称", "填写营业执照上的名称"


def _nobody(bound: BoundSheet, column: BoundColumn | None, row: int, problem: str) -> Refusal:
    letter = column.letter if column else ""
    header = column.header if column else ""
    return bound.grid.refusal(letter, row, problem, "补上统一社会信用代码或企业名称", header)


def _once(
    bound: BoundSheet, code: BoundColumn, rows: pl.DataFrame, body: pl.DataFrame
) -> tuple[pl.DataFrame, list[Refusal]]:
    """Keep one of rows that say the same of one code; refuse all that do not."""
    again = rows.filter(pl.col("uscc").is_not_null() & pl.col("uscc").is_duplicated())
    if again.is_empty():
        return rows, []
    said = [c.letter for c in bound.columns if c.column.role not in {"ignore", "uscc"}]
    different = (
        again.select(ROW, "uscc")
        .join(body.select(ROW, *said), on=ROW)
        .unique(subset=["uscc", *said], keep="first", maintain_order=True)
    )
    refused: list[Refusal] = []
    drop = set(again[ROW]) - set(different[ROW])
    for _, group in different.group_by("uscc", maintain_order=True):
        if group.height < 2:
            continue
        numbers = "、".join(str(row) for row in group[ROW])
        problem = f"同一代码在第{numbers}行出现而内容不同，不知以哪一行为准，都没有取用"
        drop |= set(group[ROW])
        refused += [
            refused_cell(bound, code, row, (problem, "只保留正确的一行")) for row in group[ROW]
        ]
    return rows.filter(~pl.col(ROW).is_in(list(drop))), refused
