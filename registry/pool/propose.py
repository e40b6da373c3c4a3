"""Who to propose for a pool: by how near a firm comes to the limit of its sector, ranked, with reasons.

One pass over columns for each line; a firm whose data leave it open is counted, never proposed and never
passed over.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.versions import by_item, version_in_force
from matching.engine.ground import Ground
from matching.engine.truth import MET, OPEN
from matching.language.conditions import AllOf, AnyOf, Compare, CompareTwo, Condition
from matching.language.items import Item
from matching.language.quantities import Value
from matching.language.units import money_in_words, share_in_words
from registry.pool.types import Near

PROPOSALS: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "item": pl.String,
    "reached": pl.Boolean,
    "figure": pl.Int64,
    "line": pl.Int64,
    "ratio_bp": pl.Int64,
    "growth_bp": pl.Int64,
    "gaps": pl.Int64,
    "reasons": pl.String,
}
RULE = "上一完整年度收入达到所在行业标准线的{share}且比前一年增长，或已达到标准线，尚未入库统计"


class Proposals(msgspec.Struct, frozen=True, kw_only=True):
    """Who is proposed.

    table    the columns PROPOSALS, the nearest first; `line` and `figure` in 分, empty where the line is no
             figure; `gaps`: changes lacking to a standard, empty where it is a line.
    unknown  enterprises whose data leave it open; `enterprises`: all looked at.
    untried  near by the count of their criteria, but beyond those looked at one by one.
    """

    rule: str
    enterprises: int
    unknown: int
    table: pl.DataFrame
    untried: int = 0


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An item, its one limit, and the condition for coming near it; `limit` None: it has no figure."""

    item: Item
    limit: Compare | None
    near: Condition


class NotDeclared(ValueError):
    """A pool nobody has said how to propose for; says which can be."""


def lines_in_force(near: Near, catalogue: Catalogue, on: date) -> tuple[Line, ...]:
    """Give the items candidates are measured by, in the version of the day; those not in force fall out."""
    versions = by_item(catalogue.items)
    found = [version_in_force(versions.get(name, ()), on) for name in near.items]
    return tuple(_line(item, near.share_bp) for item in found if item is not None)


def _line(item: Item, share_bp: int) -> Line:
    parts = item.condition.parts if isinstance(item.condition, AllOf) else (item.condition,)
    limits = [part for part in parts if isinstance(part, Compare) and part.operator == "at_least"]
    if len(limits) != 1 or not isinstance(limits[0].quantity, Value):
        return Line(item=item, limit=None, near=item.condition)
    limit, rest = limits[0], [part for part in parts if part is not limits[0]]
    nearly = msgspec.structs.replace(limit, limit=-(-limit.limit * share_bp // 10_000))
    grew = CompareTwo(
        quantity=limit.quantity, operator="more_than", other=_year_before(limits[0].quantity)
    )
    close = AnyOf(parts=(limit, AllOf(parts=(nearly, grew))))
    return Line(item=item, limit=limit, near=AllOf(parts=(*rest, close)))


def _year_before(quantity: Value) -> Value:
    period = quantity.period
    if period is None:
        return quantity
    return Value(quantity.fact, str(int(period) - 1))


def propose(near: Near, ground: Ground, catalogue: Catalogue, on: date) -> Proposals:
    """Find everybody near a line on the day, the nearest first."""
    parts = [pl.DataFrame(schema=PROPOSALS)]
    open_ids: list[pl.Series] = []
    for line in lines_in_force(near, catalogue, on):
        judged = _judged(line, ground, on)
        met, open_ones = (judged.filter(pl.col("code") == code) for code in (MET, OPEN))
        parts.append(_measured(met, line, on))
        open_ids.append(open_ones["enterprise_id"])
    # A firm of a coarse industry code may come near two lines: the one it is nearest to counts.
    ranked = _ranked(pl.concat(parts)).unique("enterprise_id", keep="first", maintain_order=True)
    unknown = pl.concat([pl.Series("enterprise_id", [], dtype=pl.Int64), *open_ids]).unique()
    return Proposals(
        rule=RULE.format(share=share_in_words(near.share_bp)),
        enterprises=ground.population.frame.height,
        unknown=unknown.to_frame().join(ranked, on="enterprise_id", how="anti").height,
        table=ranked,
    )


def _judged(line: Line, ground: Ground, on: date) -> pl.DataFrame:
    """Give the verdict code of everybody on coming near the line, and the figures of the year and the one before."""
    code = ground.verdict(line.near, on)
    figure, before = _figures(line, ground, on)
    return ground.facts_and_tests().select("enterprise_id", code=code, figure=figure, before=before)


def _measured(met: pl.DataFrame, line: Line, on: date) -> pl.DataFrame:
    """Say of those near a line how near, and why they are proposed."""
    limit = line.limit.limit if line.limit is not None else None
    wide = pl.col("figure").cast(pl.Int128)
    growth = (wide - pl.col("before")) * 10_000 // pl.col("before")
    measured = met.with_columns(
        item=pl.lit(line.item.id),
        line=pl.lit(limit, dtype=pl.Int64),
        reached=pl.lit(limit is None) | (pl.col("figure") >= (limit or 0)),
        ratio_bp=(wide * 10_000 // (limit or 1)).cast(pl.Int64, strict=False),
        growth_bp=pl.when(pl.col("before") > 0).then(growth).cast(pl.Int64, strict=False),
        gaps=pl.lit(None, dtype=pl.Int64),
    )
    said = [_sentence(row, line, on) for row in measured.iter_rows(named=True)]
    reasons = pl.Series("reasons", said, dtype=pl.String)
    return measured.with_columns(reasons).select(*PROPOSALS)


def _figures(line: Line, ground: Ground, on: date) -> tuple[pl.Expr, pl.Expr]:
    nothing = pl.lit(None, dtype=pl.Int64)
    if line.limit is None or not isinstance(line.limit.quantity, Value):
        return nothing, nothing
    now = line.limit.quantity
    return tuple(  # type: ignore[return-value]  # two quantities, two columns
        ground.columns.number(one.columns(on)[0]).expr.cast(pl.Int64)
        for one in (now, _year_before(now))
    )


def _sentence(row: dict[str, int | None], line: Line, on: date) -> str:
    figure, ratio, growth = row["figure"], row["ratio_bp"], row["growth_bp"]
    if line.limit is None or figure is None or ratio is None:
        return f"已符合{line.item.title}，尚未入库"
    quantity = line.limit.quantity
    year = quantity.columns(on)[0].partition("@")[2]
    limit = f"{line.item.title}{money_in_words(line.limit.limit)}"
    words = [f"{year}年收入{money_in_words(figure)}，是{limit}的{share_in_words(ratio)}"]
    if growth is not None:
        grew = "增长" if growth >= 0 else "下降"
        words.append(f"比上年{grew}{share_in_words(abs(growth))}")
    if figure < line.limit.limit:
        words.append(f"还差{money_in_words(line.limit.limit - figure)}")
    return "；".join(words)


def _ranked(found: pl.DataFrame) -> pl.DataFrame:
    return found.sort(
        "reached",
        "ratio_bp",
        "growth_bp",
        "enterprise_id",
        descending=[True, True, True, False],
        nulls_last=True,
    )


def without(found: Proposals, enterprises: Sequence[int]) -> Proposals:
    """Leave out enterprises that are in the pool already."""
    kept = found.table.filter(~pl.col("enterprise_id").is_in([*enterprises]))
    return msgspec.structs.replace(found, table=kept)
