"""Reading amounts that hold no others: `{fixed: 10 万元}`, `{share: 30 %, of: …, cap: 200 万元}`."""

from collections.abc import Callable

from matching.language.amounts import (
    Amount,
    AsPaid,
    Fixed,
    Interest,
    NonCash,
    PerPoint,
    PerStep,
    PerUnit,
    ShareOf,
    Unstated,
)
from matching.language.quantities import Quantity
from matching.language.read_comparison import read_growth
from matching.language.read_quantity import read_quantity
from matching.language.reading import Reader
from matching.language.yaml_tree import Block, Tree

MOST_CENTS = 1_000_000_000_000_000
"""Ten trillion yuan: no clause gives more, and products with it stay within 128 bits."""
MOST_SHARE_BP = 100_000
MOST_YEARLY_BP = 10_000
MOST_LOAN_YEARS = 30


def entry(reader: Reader, block: Block, key: str, where: str, sample: str) -> Tree:
    """Give what stands behind a key; notes its absence, and how to write it."""
    if key not in block.entries:
        raise reader.note(block.line, where, f"缺少 {key}", f"写上 {key}: {sample}")
    return block.entries[key]


def read_cents(reader: Reader, block: Block, key: str, where: str) -> int:
    """Read a sum of money, zero or more."""
    tree = entry(reader, block, key, where, "… 万元")
    cents = reader.quantity(tree, f"{where}.{key}", "money")
    if not 0 <= cents <= MOST_CENTS:
        raise reader.note(block.line, f"{where}.{key}", "金额为负或超过十万亿元", "核对数字和单位")
    return cents


def read_cap(reader: Reader, block: Block, where: str, key: str = "cap") -> int | None:
    """Read the most something can be; None where no limit is written."""
    return read_cents(reader, block, key, where) if key in block.entries else None


def read_share(reader: Reader, block: Block, key: str, where: str, most_bp: int) -> int:
    """Read a share in basis points, from nothing to `most_bp`."""
    tree = entry(reader, block, key, where, "50 %")
    share_bp = reader.quantity(tree, f"{where}.{key}", "share")
    if not 0 <= share_bp <= most_bp:
        what = f"比例应在 0 到 {most_bp // 100} % 之间"
        raise reader.note(block.line, f"{where}.{key}", what, "核对数字")
    return share_bp


def read_money(reader: Reader, block: Block, key: str, where: str) -> Quantity:
    """Read a quantity that must be money."""
    tree = entry(reader, block, key, where, "{fact: …}")
    base, fact = read_quantity(reader, tree, f"{where}.{key}")
    if fact.kind != "money":
        raise reader.note(block.line, where, f"“{fact.label}”不是金额", "这里要用以金额计的事实")
    return base


def _fixed(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("fixed", "when"))
    return Fixed(cents=read_cents(reader, block, "fixed", where))


def _share(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("share", "of", "cap", "when"))
    base = read_money(reader, block, "of", where)
    share_bp = read_share(reader, block, "share", where, MOST_SHARE_BP)
    return ShareOf(share_bp=share_bp, base=base, cap_cents=read_cap(reader, block, where))


def _per_unit(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("per_unit", "of", "cap", "when"))
    base, fact = read_quantity(
        reader, entry(reader, block, "of", where, "{fact: …}"), f"{where}.of"
    )
    if fact.kind != "number":
        raise reader.note(block.line, where, f"“{fact.label}”不是数量", "每单位的金额以数量为基数")
    return PerUnit(
        cents=read_cents(reader, block, "per_unit", where),
        base=base,
        cap_cents=read_cap(reader, block, where),
    )


def _per_point(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("per_point", "of", "cap", "when"))
    tree = entry(reader, block, "of", where, "{growth: …, over: …, at_least: 0 %}")
    growth = read_growth(reader, reader.block(tree, f"{where}.of"), f"{where}.of")
    if growth.years != 1 or growth.through is not None:
        raise reader.note(
            block.line, f"{where}.of", "每个百分点的金额只按一期增幅计", "去掉 years、through"
        )
    return PerPoint(
        cents=read_cents(reader, block, "per_point", where),
        growth=growth,
        cap_cents=read_cap(reader, block, where),
    )


def _per_step(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("per_step", "of", "beyond", "step", "when"))
    base = read_money(reader, block, "of", where)
    step = read_cents(reader, block, "step", where)
    if step == 0:
        raise reader.note(block.line, where, "step 不能为零", "写每档的金额，如 step: 100 亿元")
    return PerStep(
        cents=read_cents(reader, block, "per_step", where),
        base=base,
        beyond=read_cents(reader, block, "beyond", where),
        step=step,
    )


def _unstated(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("unstated", "cap", "when"))
    reason = reader.text(block.entries["unstated"], f"{where}.unstated")
    return Unstated(reason=reason, cap_cents=read_cap(reader, block, where))


def _non_cash(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("non_cash", "when"))
    return NonCash(benefit=reader.text(block.entries["non_cash"], f"{where}.non_cash"))


def _as_paid(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("as_paid", "when"))
    return AsPaid(family=reader.text(block.entries["as_paid"], f"{where}.as_paid"))


def _interest(reader: Reader, block: Block, where: str) -> Amount:
    """Read `{interest: {principal: …, points: 1.5 %, years: 2}, cap: …}`, or `rate` and `share` for points."""
    reader.only(block, where, ("interest", "cap", "when"))
    inside = f"{where}.interest"
    loan = reader.block(block.entries["interest"], inside)
    by_points = "points" in loan.entries
    kinds = ("points",) if by_points else ("rate", "share", "most")
    reader.only(loan, inside, ("principal", "principal_most", "years", *kinds))
    principal = read_money(reader, loan, "principal", inside)
    years = (
        reader.whole(loan.entries["years"], f"{inside}.years", 1, MOST_LOAN_YEARS)
        if "years" in loan.entries
        else 1
    )
    most = "most" in loan.entries and not by_points
    return Interest(
        principal=principal,
        points_bp=read_share(reader, loan, "points", inside, MOST_YEARLY_BP) if by_points else None,
        rate=None if by_points else _rate(reader, loan, inside),
        share_bp=None if by_points else read_share(reader, loan, "share", inside, MOST_YEARLY_BP),
        most_bp=read_share(reader, loan, "most", inside, MOST_YEARLY_BP) if most else None,
        principal_most_cents=read_cap(reader, loan, inside, "principal_most"),
        years=years,
        cap_cents=read_cap(reader, block, where),
    )


def _rate(reader: Reader, block: Block, where: str) -> Quantity:
    if "rate" not in block.entries:
        way = "写 points: 1.5 %（固定贴息点数），或 rate: {fact: …} 与 share: 50 %（实际利率的一部分）"
        raise reader.note(block.line, where, "看不出贴息多少", way)
    rate, fact = read_quantity(reader, block.entries["rate"], f"{where}.rate")
    if fact.kind != "share":
        raise reader.note(block.line, where, f"“{fact.label}”不是比例", "利率要用以 % 计的事实")
    return rate


PLAIN_READERS: dict[str, Callable[[Reader, Block, str], Amount]] = {
    "fixed": _fixed,
    "share": _share,
    "per_unit": _per_unit,
    "per_point": _per_point,
    "per_step": _per_step,
    "interest": _interest,
    "as_paid": _as_paid,
    "unstated": _unstated,
    "non_cash": _non_cash,
}
