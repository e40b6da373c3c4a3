"""Standards seen as items: what checks and gates of items ask of a rule, they then ask of a standard."""

from matching.language.amounts import NonCash
from matching.language.items import Item
from matching.language.standards import Kind, Standard


def as_item(standard: Standard, kind: Kind, nation: str) -> Item:
    """Give what a standard asks at a kind of application as an item that gives no money.

    nation  its area: who is judged by it is chosen before, and nobody fails it for lying elsewhere.
    """
    return Item(
        id=standard.id,
        policy=standard.tier,
        title=f"{standard.tier} {kind}",
        version=standard.version,
        mark=standard.mark,
        status="published",
        document=standard.document,
        department="",
        area=nation,
        valid=standard.valid[kind],
        repeat="standing",
        family=standard.tier,
        condition=standard.condition(kind),
        amount=NonCash(kind),
        review_by=standard.review_by,
        notes=standard.notes,
        background=standard.background,
        examples=tuple(told.example for told in standard.examples if told.kind == kind),
        file=standard.file,
    )
