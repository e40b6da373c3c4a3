"""Reading amounts, those made of others among them: `{highest: […]}`, `{table: […]}`, `{split: {…}}`."""

from collections.abc import Callable
from typing import Literal, cast

from matching.language.amounts import (
    Amount,
    FirmCap,
    Highest,
    LessPaid,
    PartOf,
    Payer,
    Pool,
    Row,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
)
from matching.language.read_condition import read_condition
from matching.language.read_plain_amount import (
    MOST_SHARE_BP,
    PLAIN_READERS,
    entry,
    read_cents,
    read_money,
    read_share,
)
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Tree

MOST_ROWS = 100
MOST_PARTS = 1_000
WHOLE_BP = 10_000


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


def _inner(reader: Reader, block: Block, where: str, key: str = "amount") -> Amount:
    return read_amount(reader, entry(reader, block, key, where, "{fixed: …}"), f"{where}.{key}")


def _rows(reader: Reader, tree: Tree, where: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    broken = False
    parts = reader.parts(tree, where)
    if len(parts) > MOST_ROWS:
        raise reader.note(tree.line, where, f"超过{MOST_ROWS}行", "拆成几个事项")
    for place, part in enumerate(parts):
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


def _table(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("table", "when"))
    tree = block.entries["table"]
    rows = _rows(reader, tree, f"{where}.table")
    if any(row.when is None for row in rows[:-1]):
        what = "没有 when 的一行之后，其余各行永远轮不到"
        raise reader.note(tree.line, f"{where}.table", what, "把它放到最后，或补上 when")
    return Table(rows=rows)


def _staged(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("staged", "when"))
    inside = f"{where}.staged"
    staged = reader.block(block.entries["staged"], inside)
    reader.only(staged, inside, ("family", "stages"))
    family = _family(reader, staged, inside)
    tree = entry(reader, staged, "stages", inside, "[{when: …, fixed: …}, …]")
    stages = _rows(reader, tree, f"{inside}.stages")
    if any(row.when is None for row in stages[1:]):
        what = "没有 when 的阶段总算到达，它之前的各阶段永远轮不到"
        raise reader.note(tree.line, f"{inside}.stages", what, "补上 when；最远的阶段写在最后")
    return Staged(family=family, stages=stages)


def _family(reader: Reader, block: Block, where: str) -> str:
    return reader.text(entry(reader, block, "family", where, "P29"), f"{where}.family")


def _less_paid(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("less_paid", "amount", "when"))
    family = reader.text(block.entries["less_paid"], f"{where}.less_paid")
    return LessPaid(family=family, amount=_inner(reader, block, where))


def _part(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("part", "amount", "when"))
    share_bp = read_share(reader, block, "part", where, WHOLE_BP)
    return PartOf(share_bp=share_bp, amount=_inner(reader, block, where))


def _pool(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("pool", "sharing", "claim", "when"))
    cents = read_cents(reader, block, "pool", where)
    tree = entry(reader, block, "sharing", where, "pro_rata（按比例）或 first_come（先到先得）")
    sharing = reader.word(tree, f"{where}.sharing", ("pro_rata", "first_come"))
    if sharing == "first_come" and "claim" not in block.entries:
        what = "先到先得的资金池没有写明每家得多少"
        raise reader.note(block.line, where, what, "写上 claim: {fixed: …}")
    return Pool(
        cents=cents,
        sharing=cast('Literal["pro_rata", "first_come"]', sharing),
        claim=_inner(reader, block, where, "claim") if "claim" in block.entries else None,
    )


def _split(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("split", "when"))
    inside = f"{where}.split"
    split = reader.block(block.entries["split"], inside)
    reader.only(split, inside, ("amount", "payers"))
    amount = _inner(reader, split, inside)
    tree = entry(reader, split, "payers", inside, "{省: 1, 县: 1}")
    payers = reader.block(tree, f"{inside}.payers")
    if len(payers.entries) < 2:
        raise reader.note(tree.line, f"{inside}.payers", "分担至少要有两级", "如 {省: 1, 县: 1}")
    if not all(level.strip() for level in payers.entries):
        raise reader.note(tree.line, f"{inside}.payers", "有一级没有名字", "如 {省: 1, 县: 1}")
    return Split(
        amount=amount,
        payers=tuple(
            Payer(level, reader.whole(parts, f"{inside}.payers.{level}", 1, MOST_PARTS))
            for level, parts in payers.entries.items()
        ),
    )


def _stack_cap(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("stack_cap", "when"))
    inside = f"{where}.stack_cap"
    cap = reader.block(block.entries["stack_cap"], inside)
    reader.only(cap, inside, ("amount", "cost", "share", "besides", "aid"))
    if not {"besides", "aid"} & cap.entries.keys():
        way = "写 besides: [系列, …]，或 aid: {fact: …}"
        raise reader.note(cap.line, inside, "没有写明与哪些资助合计", way)
    share = "share" in cap.entries
    besides = "besides" in cap.entries
    return StackCap(
        amount=_inner(reader, cap, inside),
        cost=read_money(reader, cap, "cost", inside),
        share_bp=read_share(reader, cap, "share", inside, MOST_SHARE_BP) if share else WHOLE_BP,
        besides=_families(reader, cap, "besides", inside) if besides else (),
        aid=read_money(reader, cap, "aid", inside) if "aid" in cap.entries else None,
    )


def _firm_cap(reader: Reader, block: Block, where: str) -> Amount:
    reader.only(block, where, ("firm_cap", "when"))
    inside = f"{where}.firm_cap"
    cap = reader.block(block.entries["firm_cap"], inside)
    reader.only(cap, inside, ("amount", "most", "families", "per"))
    per = reader.word(
        entry(reader, cap, "per", inside, "year（每年）或 life（累计）"),
        f"{inside}.per",
        ("year", "life"),
    )
    return FirmCap(
        amount=_inner(reader, cap, inside),
        cents=read_cents(reader, cap, "most", inside),
        families=_families(reader, cap, "families", inside),
        per=cast('Literal["year", "life"]', per),
    )


def _families(reader: Reader, block: Block, key: str, where: str) -> tuple[str, ...]:
    tree = entry(reader, block, key, where, "[P07, …]")
    families = reader.texts(tree, f"{where}.{key}")
    if len(set(families)) < len(families):
        raise reader.note(tree.line, f"{where}.{key}", "同一系列写了两次，会扣两次", "只留一个")
    return families


READERS: dict[str, Callable[[Reader, Block, str], Amount]] = {
    **PLAIN_READERS,
    "highest": _highest,
    "total": _total,
    "table": _table,
    "staged": _staged,
    "less_paid": _less_paid,
    "part": _part,
    "pool": _pool,
    "split": _split,
    "stack_cap": _stack_cap,
    "firm_cap": _firm_cap,
}
