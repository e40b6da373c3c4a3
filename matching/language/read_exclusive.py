"""Reading how an item stands to others that may not, or may, be had besides it."""

from matching.language.exclusivity import (
    EARLIERS,
    FAMILY,
    LATERS,
    RULES,
    SCOPES,
    Exclusive,
)
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Series, Tree

KEYS = ("with", "rule", "per", "basis", "earlier", "first", "later", "reading")


def read_exclusive(reader: Reader, tree: Tree, where: str) -> tuple[Exclusive, ...]:
    """Read the list of clauses of an item; raises Unreadable where one of them cannot be read."""
    clauses: list[Exclusive] = []
    parts = reader.parts(tree, where)
    for place, part in enumerate(parts):
        try:
            clauses.append(_clause(reader, part, f"{where}[{place}]"))
        except Unreadable:
            continue
    if len(clauses) < len(parts):
        raise Unreadable
    return tuple(clauses)


def _clause(reader: Reader, tree: Tree, where: str) -> Exclusive:
    block = reader.block(tree, where)
    reader.only(block, where, KEYS)
    _needed(reader, block, where, ("with", "rule", "basis"))
    rule = reader.word(block.entries["rule"], f"{where}.rule", RULES)
    scope = _scope(reader, block, rule, where)
    own = _own_keys(rule, scope)
    _needed(reader, block, where, own)
    for key in ("earlier", "first", "later"):
        if key in block.entries and key not in own:
            what = f"规则 {rule}（per: {scope}）不用 {key}"
            raise reader.note(block.entries[key].line, f"{where}.{key}", what, "去掉这一行")
    fields: dict[str, object] = {
        "partners": _partners(reader, block.entries["with"], f"{where}.with"),
        "rule": rule,
        "scope": scope,
        "basis": reader.text(block.entries["basis"], f"{where}.basis"),
        "line": block.line,
    }
    entries = block.entries
    if "earlier" in entries:
        fields["earlier"] = reader.word(entries["earlier"], f"{where}.earlier", EARLIERS)
    if "later" in entries:
        fields["later"] = reader.word(entries["later"], f"{where}.later", LATERS)
    fields |= {
        key: reader.text(entries[key], f"{where}.{key}")
        for key in ("first", "reading")
        if key in entries
    }
    return Exclusive(**fields)  # type: ignore[arg-type]


def _own_keys(rule: str, scope: str) -> tuple[str, ...]:
    """Name what a rule must say besides, and no other may."""
    if rule == "order":
        return ("first", "later")
    # An evidence item used before is gone: there is no earlier award to weigh a later one against.
    return ("earlier",) if rule == "highest" and scope != "evidence" else ()


def _needed(reader: Reader, block: Block, where: str, keys: tuple[str, ...]) -> None:
    missing = [key for key in keys if key not in block.entries]
    for key in missing:
        reader.note(block.line, f"{where}.{key}", "缺少这一项", MISSING[key])
    if missing:
        raise Unreadable


MISSING = {
    "with": "写 with: [事项编号, family:系列]；没有对象的互斥说了等于没说",
    "rule": f"写 rule: 其一 {'、'.join(RULES)}",
    "basis": "写 basis: 依据的条款；没有依据的互斥不能用",
    "earlier": f"写 earlier: 其一 {'、'.join(EARLIERS)}（从前得过低一级的怎么办）",
    "first": "写 first: 先给的事项编号",
    "later": f"写 later: 其一 {'、'.join(LATERS)}（后给的还给不给）",
}


def _partners(reader: Reader, tree: Tree, where: str) -> tuple[str, ...]:
    if isinstance(tree, Series) and not tree.parts:
        raise reader.note(tree.line, where, "没有写对象", MISSING["with"])
    partners = reader.texts(tree, where)
    for partner in partners:
        if partner == FAMILY:
            raise reader.note(tree.line, where, "“family:”后面没有系列名", "写 family:P13")
    if len(set(partners)) < len(partners):
        raise reader.note(tree.line, where, "同一对象写了两次", "只留一个")
    return partners


def _scope(reader: Reader, block: Block, rule: str, where: str) -> str:
    """Take the scope as said; one evidence item is what same_evidence is about, the firm all else."""
    if "per" not in block.entries:
        return "evidence" if rule == "same_evidence" else "firm"
    said = reader.word(block.entries["per"], f"{where}.per", SCOPES)
    if rule == "same_evidence" and said != "evidence":
        what = "same_evidence 只按凭证"
        raise reader.note(block.line, f"{where}.per", what, "写 per: evidence，或去掉")
    if rule == "difference" and said == "evidence":
        what = "级差不能按凭证算：一笔以前给过多少看不出"
        raise reader.note(block.line, f"{where}.per", what, "用 order 或 highest")
    return said
