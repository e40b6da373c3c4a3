"""What an item may lack while it is being written, but not once it is published."""

from collections.abc import Iterator

from matching.catalogue.lines import Lines
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.walk import all_at, rows_at
from matching.language.amounts import AsPaid, FirmCap, LessPaid, StackCap, Staged, amounts_in
from matching.language.conditions import Paid, RelatedHas
from matching.language.items import Item
from matching.language.problems import Finding, Rule


def publishing_findings(item: Item, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give what still keeps an item from being published."""
    lines = Lines(catalogue.files.get(item.file, ""))
    told: list[tuple[Rule, str, str, str]] = []
    if item.phone is None:
        told.append(
            ("no_phone", "phone", "没有联系电话，企业有疑问无处可问", "写 phone: 主管部门的电话")
        )
    if item.guide is None:
        what = "没有办事指南，企业不知道找谁、何时、带什么"
        told.append(("no_guide", "guide", what, "写 guide: {who, what, when, where, materials}"))
    known = {other.family for other in catalogue.items}
    for where, family in dict.fromkeys(_families(item)):
        if family not in known:
            what = f"没有事项属于系列“{family}”，这一条永远当作没有兑付过"
            told.append(("unknown_family", where, what, "核对系列名；旧政策也要有事项文件"))
    return tuple(
        Finding(
            file=item.file,
            line=lines.at(where),
            where=where,
            what=what,
            way_out=way_out,
            item=item.id,
            rule=rule,
        )
        for rule, where, what, way_out in told
    )


def _families(item: Item) -> Iterator[tuple[str, str]]:
    """Give where and name of every family whose payments the item looks at."""
    written = list(all_at(item.condition, "condition"))
    for placed in rows_at(item.amount, "amount"):
        if placed.row.when is not None:
            written += all_at(placed.row.when, f"{placed.where}.when")
    for part in written:
        condition = (
            part.condition.condition if isinstance(part.condition, RelatedHas) else part.condition
        )
        if isinstance(condition, Paid):
            yield part.where, condition.family
    for amount in amounts_in(item.amount):
        match amount:
            case LessPaid(family=family) | Staged(family=family) | AsPaid(family=family):
                yield "amount", family
            case StackCap(besides=families) | FirmCap(families=families):
                yield from (("amount", family) for family in families)
            case _:
                continue
