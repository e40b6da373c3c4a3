"""Evidence items: rows that name a person, a loan or a contract, kept under pseudonyms only."""

import msgspec
import polars as pl
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from matching.language.vocabulary import Vocabulary
from registry.imports.errors import whole_file
from registry.imports.numbers import Explained
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.types import ROW, BoundColumn, BoundSheet, Refusal
from registry.imports.values import Values, refused_cell

CLAIM_SCHEMA = {ROW: pl.Int64, "fact": pl.String, "key": pl.String, "amount_cents": pl.Int64}
USE_SCHEMA = {
    ROW: pl.Int64,
    "ledger": pl.String,
    "key": pl.String,
    "family": pl.String,
    "used_on": pl.Date,
}
SHORTEST = 4
"""A number of a loan or contract with fewer signs would meet others by chance."""
SHOWN_SIGNS = 4
"""What is kept of a number besides its pseudonym, so that a clerk finds the row again."""


class Ledgers(msgspec.Struct, frozen=True, kw_only=True):
    """What rows say of evidence items.

    lost  rows that are nothing but an item, and give none.
    """

    claims: pl.DataFrame
    uses: pl.DataFrame
    refused: tuple[Refusal, ...]
    lost: frozenset[int]


NOTHING = Ledgers(
    claims=pl.DataFrame(schema=CLAIM_SCHEMA),
    uses=pl.DataFrame(schema=USE_SCHEMA),
    refused=(),
    lost=frozenset(),
)


def read_ledgers(
    bound: BoundSheet,
    rows: pl.Series,
    values: Values,
    vocabulary: Vocabulary,
    pseudonyms: Pseudonyms | None,
) -> Ledgers:
    """Give the evidence items of a sheet, a row each; raises SheetRefused where no secret is there to hide them."""
    if not bound.layout.has("item"):
        return NOTHING
    if pseudonyms is None:
        problem = "表中有证件号或合同号，没有假名密钥，不能取用"
        way_out = "用 registry import 导入，密钥在数据目录中"
        raise whole_file(bound.grid.file_name, problem, way_out, bound.grid.sheet)
    said = values.others["item"]
    items = pl.DataFrame(
        {"text": said.values, "ledger": _ledgers(bound, len(rows), values, vocabulary)}
    ).insert_column(0, rows.alias(ROW))
    keys, problems = _pseudonymous(items.select("ledger", "text").drop_nulls().unique(), pseudonyms)
    found = items.join(keys, on=["ledger", "text"], how="left", maintain_order="left")
    wrong = found.filter(pl.col("key").is_null())
    refused = [
        refused_cell(bound, said.column, row, _blank() if text is None else problems[ledger, text])
        for row, ledger, text in wrong.select(ROW, "ledger", "text").iter_rows()
        if row not in said.bad and ledger is not None
    ]
    good = found.filter(pl.col("key").is_not_null()).select(ROW, "ledger", "key")
    return Ledgers(
        claims=_claims(bound, rows, values, good),
        uses=_uses(bound, rows, values, good),
        refused=tuple(refused),
        lost=frozenset(wrong[ROW]),
    )


def _ledgers(bound: BoundSheet, height: int, values: Values, vocabulary: Vocabulary) -> pl.Series:
    """Give the ledger of every row: that of the fact it claims for, else what its column says."""
    if bound.layout.claims is not None:
        ledger = vocabulary.facts[bound.layout.claims].ledger
        return pl.Series([ledger] * height, dtype=pl.String)
    return values.others["ledger"].values


def item_column(bound: BoundSheet) -> BoundColumn | None:
    """Give the column that names evidence items; None where there is none."""
    return next((one for one in bound.columns if one.column.role == "item"), None)


def masked(text: str | None) -> str | None:
    """Show of an item's number only its last signs."""
    if text is None:
        return None
    return f"…{text[-SHOWN_SIGNS:]}" if len(text) > SHOWN_SIGNS else "…"


def _claims(bound: BoundSheet, rows: pl.Series, values: Values, good: pl.DataFrame) -> pl.DataFrame:
    if bound.layout.claims is None:
        return NOTHING.claims
    amount = values.others.get("amount")
    nothing = pl.Series([None] * len(rows), dtype=pl.Int64)
    sums = pl.DataFrame({ROW: rows, "amount_cents": amount.values if amount else nothing})
    return good.join(sums, on=ROW).select(
        ROW, pl.lit(bound.layout.claims).alias("fact"), "key", "amount_cents"
    )


def _uses(bound: BoundSheet, rows: pl.Series, values: Values, good: pl.DataFrame) -> pl.DataFrame:
    if not bound.layout.uses:
        return NOTHING.uses
    day = values.others.get("paid_on")
    nothing = pl.Series([None] * len(rows), dtype=pl.Date)
    said = pl.DataFrame(
        {
            ROW: rows,
            "family": values.others["family"].values,
            "used_on": day.values if day else nothing,
        }
    ).filter(pl.col("family").is_not_null())
    return good.join(said, on=ROW).select(ROW, "ledger", "key", "family", "used_on")


def _pseudonymous(
    items: pl.DataFrame, pseudonyms: Pseudonyms
) -> tuple[pl.DataFrame, dict[tuple[str, str], Explained]]:
    """Give ledger, text and key of each distinct item, and what is wrong with those that can have none."""
    keys: list[tuple[str, str, str]] = []
    problems: dict[tuple[str, str], Explained] = {}
    for ledger, text in items.iter_rows():
        item = "".join(text.split()).upper()
        problem = _person_problem(item) if ledger == "person" else _number_problem(item)
        if problem is None:
            keys.append((ledger, text, pseudonyms.of(ledger, item)))
        else:
            problems[ledger, text] = problem
    columns = {"ledger": pl.String, "text": pl.String, "key": pl.String}
    return pl.DataFrame(keys, schema=columns, orient="row"), problems


def _person_problem(item: str) -> Explained | None:
    try:
        ric.validate(item)
    except ValidationError:
        return "不是有效的居民身份证号", "核对18位号码；其他证件请由人社部门换成社会保障号"
    return None


def _number_problem(item: str) -> Explained | None:
    if len(item) < SHORTEST:
        return f"编号不足{SHORTEST}位，会与别的凭证相混", "填写完整的借据或合同编号"
    return None


def _blank() -> Explained:
    return "没有写凭证编号，整行没有取用", "补上证件号、借据编号或合同编号后重新导入"
