"""Reading amounts: `{fixed: 10 万元}`, `{share: 30 %, of: …, cap: 200 万元}`, `{highest: […]}`."""

from collections.abc import Callable

from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    LessPaid,
    NonCash,
    PerPoint,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Total,
    Unstated,
)
from matching.language.read_comparison import read_growth
from matching.language.read_condition import read_condition
from matching.language.read_quantity import read_quantity
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Tree

MOST_CENTS = 1_000_000_000_000_000
"""Ten trillion yuan: no clause gives more, and products with it stay within 128 bits."""
MOST_SHARE_BP = 100_000


def read_amount(reader: Reader, tree: Tree, where: str) -> Amount:
    """Read one amount; raises Unreadable when its problems are noted."""
    block = reader.block(tree, where)
    for key, read in READERS.items():
        if key in block.entries:
            return read(reader, block, where)
    raise reader.note(
        block.line,
        where,
        f"看不出是哪种金额（键：{'、'.join(block.entries)}）",
        f"用 {'、'.join(READERS)} 之一",
    )


def _cents(reader: Reader, block: Block, key: str, where: str) -> int:
    if key not in block.entries:
        raise reader.note(block.line, where, f"缺少 {key}", f"写上 {key}: … 万元")
    cents = reader.quantity(block.entries[key], f"{where}.{key}", "money")
    if not 0 <= cents <= MOST_CENTS:
        raise reader.note(block.line, f"{where}.{key}", "金额为负或超过十万亿元", "核对数字和单位")
    return cents


def _cap(reader: Reader, block: Block, where: str) -> int | None:
    return _cents(reader, block, "cap", where) if "cap" in block.entries else None


def _fixed(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("fixed", "when"))
    return Fixed(cents=_cents(reader, block, "fixed", where))


def _of(reader: Reader, block: Block, where: str) -> Tree:
    if "of" not in block.entries:
        raise reader.note(block.line, where, "缺少基数 of", "写上 of: {fact: …}")
    return block.entries["of"]


def _share(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("share", "of", "cap", "when"))
    base, fact = read_quantity(reader, _of(reader, block, where), f"{where}.of")
    if fact.kind != "money":
        raise reader.note(block.line, where, f"“{fact.label}”不是金额", "按比例的金额以金额为基数")
    share_bp = reader.quantity(block.entries["share"], f"{where}.share", "share")
    if not 0 <= share_bp <= MOST_SHARE_BP:
        raise reader.note(block.line, f"{where}.share", "补助比例应在 0 到 1000 % 之间", "核对数字")
    return ShareOf(share_bp=share_bp, base=base, cap_cents=_cap(reader, block, where))


def _per_unit(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("per_unit", "of", "cap", "when"))
    base, fact = read_quantity(reader, _of(reader, block, where), f"{where}.of")
    if fact.kind != "number":
        raise reader.note(block.line, where, f"“{fact.label}”不是数量", "每单位的金额以数量为基数")
    return PerUnit(
        cents=_cents(reader, block, "per_unit", where),
        base=base,
        cap_cents=_cap(reader, block, where),
    )


def _per_point(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("per_point", "of", "cap", "when"))
    growth = read_growth(
        reader, reader.block(_of(reader, block, where), f"{where}.of"), f"{where}.of"
    )
    if growth.years != 1:
        raise reader.note(block.line, f"{where}.of", "每个百分点的金额只按一期增幅计", "去掉 years")
    return PerPoint(
        cents=_cents(reader, block, "per_point", where),
        growth=growth,
        cap_cents=_cap(reader, block, where),
    )


def _per_step(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("per_step", "of", "beyond", "step", "when"))
    base, fact = read_quantity(reader, _of(reader, block, where), f"{where}.of")
    if fact.kind != "money":
        raise reader.note(block.line, where, f"“{fact.label}”不是金额", "分档金额以金额为基数")
    step = _cents(reader, block, "step", where)
    if step == 0:
        raise reader.note(block.line, where, "step 不能为零", "写每档的金额，如 step: 100 亿元")
    return PerStep(
        cents=_cents(reader, block, "per_step", where),
        base=base,
        beyond=_cents(reader, block, "beyond", where),
        step=step,
    )


def _rows(reader: Reader, tree: Tree, where: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    broken = False
    for place, part in enumerate(reader.parts(tree, where)):
        inside = f"{where}[{place}]"
        try:
            block = reader.block(part, inside)
            when = block.entries.get("when")
            condition = read_condition(reader, when, f"{inside}.when") if when else None
            rows.append(Row(when=condition, amount=read_amount(reader, block, inside)))
        except Unreadable:
            broken = True
    if broken:
        raise Unreadable
    return tuple(rows)


def _highest(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("highest", "when"))
    return Highest(rows=_rows(reader, block.entries["highest"], f"{where}.highest"))


def _total(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("total", "when"))
    return Total(rows=_rows(reader, block.entries["total"], f"{where}.total"))


def _less_paid(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("less_paid", "amount", "when"))
    family = reader.text(block.entries["less_paid"], f"{where}.less_paid")
    if "amount" not in block.entries:
        raise reader.note(block.line, where, "缺少 amount", "写成 {less_paid: P12, amount: …}")
    return LessPaid(
        family=family, amount=read_amount(reader, block.entries["amount"], f"{where}.amount")
    )


def _unstated(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("unstated", "cap", "when"))
    reason = reader.text(block.entries["unstated"], f"{where}.unstated")
    return Unstated(reason=reason, cap_cents=_cap(reader, block, where))


def _non_cash(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("non_cash", "when"))
    return NonCash(benefit=reader.text(block.entries["non_cash"], f"{where}.non_cash"))


READERS: dict[str, Callable[[Reader, Block, str], Amount]] = {
    "fixed": _fixed,
    "share": _share,
    "per_unit": _per_unit,
    "per_point": _per_point,
    "per_step": _per_step,
    "highest": _highest,
    "total": _total,
    "less_paid": _less_paid,
    "unstated": _unstated,
    "non_cash": _non_cash,
}
