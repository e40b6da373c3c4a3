"""Reading tiers.yml: the titles people speak of, on the ladder and beside it."""

from collections import Counter

from matching.language.reading import Reader, Unreadable
from matching.language.standards import Tier
from matching.language.yaml_tree import Block, Tree

NEEDED = ("label", "list")
OPTIONAL = ("rung", "beside", "validity_years", "recognised_by")


def read_tiers(reader: Reader, tree: Tree) -> dict[str, Tier]:
    """Read tiers.yml; what is wrong with one title does not hide the others."""
    read: dict[str, Tier] = {}
    try:
        top = reader.block(tree, "")
        reader.only(top, "", ("tiers",))
        entries = reader.block(top.entries.get("tiers", top), "tiers").entries
    except Unreadable:
        return read
    for key, body in entries.items():
        try:
            read[key] = _tier(reader, body, key)
        except Unreadable:
            continue
    times = Counter(tier.rung for tier in read.values() if tier.rung is not None)
    for key, tier in read.items():
        if tier.rung is not None and times[tier.rung] > 1:
            what = f"第{tier.rung}级有{times[tier.rung]}个称号"
            reader.note(
                entries[key].line, f"{key}.rung", what, "每级一个；不在梯上的写 beside: true"
            )
    return read


def _tier(reader: Reader, tree: Tree, key: str) -> Tier:
    block = reader.block(tree, key)
    reader.only(block, key, (*NEEDED, *OPTIONAL))
    nothing_missing(reader, block, NEEDED, f"{key}.")
    entries = block.entries
    if ("rung" in entries) == ("beside" in entries):
        way = "在梯上的写 rung: 第几级，不在梯上的写 beside: true"
        raise reader.note(block.line, key, "看不出是不是梯上的一级", way)
    if "beside" in entries:
        reader.word(entries["beside"], f"{key}.beside", ("true",))
    if "recognised_by" in entries:
        reader.word(entries["recognised_by"], f"{key}.recognised_by", ("list",))
    said, rung = entries.get("validity_years"), entries.get("rung")
    years = None if said is None else reader.whole(said, f"{key}.validity_years", 1, 100)
    listed = reader.word(entries["list"], f"{key}.list", reader.vocabulary.lists)
    if years != reader.vocabulary.lists[listed].validity_years:
        what = f"有效年限与 lists.yml 里“{listed}”的不同"
        raise reader.note(block.line, f"{key}.validity_years", what, "两处写同样的年限")
    return Tier(
        key=key,
        label=reader.text(entries["label"], f"{key}.label"),
        list=listed,
        rung=None if rung is None else reader.whole(rung, f"{key}.rung", 1, 20),
        validity_years=years,
        by_list="recognised_by" in entries,
    )


def nothing_missing(reader: Reader, block: Block, needed: tuple[str, ...], at: str = "") -> None:
    """Note every needed key that is not there; raises Unreadable inside a part, to leave it.

    at  the part, with a dot; empty: the whole file, which is read on.
    """
    missing = [name for name in needed if name not in block.entries]
    for name in missing:
        reader.note(block.line, f"{at}{name}", "缺少这一项", f"写上 {name}: …")
    if missing and at:
        raise Unreadable
