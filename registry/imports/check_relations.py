"""Whether a layout can be read as a sheet of relations between enterprises."""

from registry.imports.layout import Layout

_ROLES = ("other_uscc", "other_name", "relation", "share", "effective_on")
_OF_LISTS = ("level", "batch", "from_on", "until_on", "left_on")


def relation_problems(layout: Layout) -> list[tuple[str, str]]:
    """Give what is wrong and the way out; none where the layout says nothing of relations, or all of it."""
    if not layout.relations:
        strange = [role for role in _ROLES if layout.has(role)]
        way_out = "在版式中写 relations: true，或去掉这些列"
        return [(f"不是关系表，却有 {'、'.join(strange)} 列", way_out)] if strange else []
    found: list[tuple[str, str]] = []
    if not any(column.role == "relation" and column.required for column in layout.columns):
        found.append(("不知是什么关系", "加上 {is: relation, required: true}"))
    if not (layout.has("other_uscc") or layout.has("other_name")):
        found.append(("不知另一方是谁", "加上 {is: other_uscc} 或 {is: other_name}"))
    if layout.one_row_each or layout.registers:
        found.append(("关系表里一家企业可有多行", "去掉 one_row_each 和 registers"))
    strange = [role for role in _OF_LISTS if layout.has(role)]
    if strange and not layout.has("list"):
        found.append((f"关系表没有 {'、'.join(strange)}", "去掉这些列"))
    return found
